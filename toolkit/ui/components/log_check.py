"""Whether the log is whole, in a sentence, with the hash to note."""

from __future__ import annotations

import re

import streamlit as st

from toolkit.store.event_log import LogCheck

_HASH = re.compile(r"[0-9a-f]{64}")


def check_again() -> str:
    """A hash noted earlier, which the log must still contain; empty where none is given."""
    noted = st.text_input(
        "Head noted earlier",
        key="noted-head",
        help="A log cut off at its end is a whole, shorter log. Whoever notes the head "
        "elsewhere, on a printed sheet for instance, can tell.",
        placeholder="64 characters, if you have one",
    )
    noted = noted.strip().lower()
    if noted and not _HASH.fullmatch(noted):
        st.warning("A head has 64 characters, 0 to 9 and a to f. This one is not looked for.")
        return ""
    return noted


def log_check(check: LogCheck, noted: str) -> None:
    """Say what following the chain found.

    Parameters
    ----------
    check : LogCheck
    noted : str
        The head that it was asked to contain.
    """
    events = f"{check.events:,} event{'' if check.events == 1 else 's'}"
    if not check.ok:
        st.error(
            f"The log is broken at event {check.fault_at:,}: {check.fault} The {events} before it "
            "follow from one another. Compare with a backup, and find out who could write to the "
            "database."
        )
        return
    also = ", and the head noted earlier is among them" if noted else ""
    st.success(f"The log is whole: {events}, each following from the one before{also}.")
    st.markdown("Its head, to be noted elsewhere:")
    st.code(check.head, language=None, wrap_lines=True)
