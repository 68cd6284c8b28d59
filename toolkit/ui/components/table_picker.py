"""Choose one attribute, or the intersection, out of several."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st


def table_picker(names: Sequence[str], key: str) -> int:
    """Position of the chosen table; nothing is drawn where there is only one.

    Parameters
    ----------
    names : sequence of str
        At least one.
    key : str
        Unique on the page.
    """
    if len(names) == 1:
        return 0
    chosen = st.segmented_control(
        "By",
        list(names),
        default=names[0],
        required=True,
        # A choice among other names starts anew.
        key=f"{key}-{'-'.join(names)}",
        persist_state="session",
    )
    return list(names).index(chosen)
