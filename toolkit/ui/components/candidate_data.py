"""Everything that is kept of one candidate: taking a copy, and erasing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from toolkit.cli.output import json_text
from toolkit.ui.plain_text import plain


def candidate_export(code: str, make: Callable[[], Mapping[str, object]]) -> None:
    """Offer a copy of all that is kept of a candidate.

    Parameters
    ----------
    code : str
    make : callable
        Makes the export, on the click.
    """
    name = "".join(letter if letter.isalnum() else "-" for letter in code)[:60]
    st.download_button(
        "Download all that is kept, as JSON",
        data=lambda: json_text(make()),
        file_name=f"candidate-{name}.json",
        mime="application/json",
        key="export-candidate",
        on_click="ignore",
    )


def erasure_form(code: str) -> bool:
    """Ask once more before a candidate is erased.

    Returns
    -------
    bool
        True on the run in which the code was typed again.
    """
    with st.form("erase-candidate"):
        st.markdown(
            f"**Erase {plain(code)}** from this store: name, files, submissions, notes and "
            "reasons go for good. Marks and decisions stay without saying of whom, and so does "
            "the log. Backups and files on people's own computers are not reached."
        )
        typed = st.text_input("Type the candidate's code to confirm", key="erase-code")
        sent = st.form_submit_button("Erase this candidate", key="erase")
    if sent and typed.strip() != code:
        st.error("That is not the code. Nothing was erased.")
        return False
    return sent
