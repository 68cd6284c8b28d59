"""The link of an invitation, shown once."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urljoin

import streamlit as st

from toolkit.ui.plain_text import plain


def invitation_link(token: str, sign_in: str, lasts: timedelta) -> None:
    """Show the link, and say that it will not be shown again.

    Parameters
    ----------
    token : str
        The invitation's.
    sign_in : str
        Whom it is for.
    lasts : timedelta
        How long it can be taken up.
    """
    st.success(
        f"Hand this link to {plain(sign_in)}, in a message that only they read. It can be used "
        f"once, within {lasts.days} days. It is not kept here: copy it now, it is not shown again."
    )
    # All pages stand directly below the app's own address, wherever a proxy serves it.
    st.code(urljoin(st.context.url or "", f"invitation/{token}"), language=None, wrap_lines=True)
