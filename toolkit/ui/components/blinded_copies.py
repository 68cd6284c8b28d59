"""The blinded portfolio documents of a candidate, with the figures that are to be checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from toolkit.intake.documents.claims import Claims
from toolkit.intake.documents.document import FORMS
from toolkit.store.documents import BlindedCopy
from toolkit.ui.components.long_text import long_text
from toolkit.ui.plain_text import plain

_LISTED = 20


def blinded_copies(
    copies: Sequence[BlindedCopy], claims_of: Callable[[BlindedCopy], Claims]
) -> None:
    """Each document folded, with what was removed and what it claims."""
    if not copies:
        return
    st.subheader("Portfolio", anchor=False)
    for number, copy in enumerate(copies, 1):
        document = copy.document
        with st.expander(f"Document {number}: {FORMS[document.form]}", expanded=len(copies) == 1):
            if copy.removed:
                named = ", ".join(f"{count} {kind}" for kind, count in copy.removed.items())
                st.caption(f"Taken out, so that you judge the work: {plain(named)}.")
            _changes(claims_of(copy))
            for section in document.sections:
                if section.place:
                    st.caption(section.place.capitalize())
                long_text(section.text)
            if document.links:
                st.markdown("Links, to be opened outside of this page:")
                st.code("\n".join(link.address for link in document.links), language=None)


def _changes(claims: Claims) -> None:
    changes = claims.changes
    if not changes:
        return
    st.markdown("Figures to check:")
    st.markdown(
        "\n".join(
            f"- {plain(one.words)} ({plain(one.place)}): {plain(one.around)}"
            for one in changes[:_LISTED]
        )
    )
    if len(changes) > _LISTED:
        st.caption(f"And {len(changes) - _LISTED} more.")
