"""Whose groups are looked at: the candidates', or those of a table of counts."""

from __future__ import annotations

import streamlit as st

CANDIDATES = "The candidates and their screen"
COUNTS = "A table of counts"


def group_source() -> str:
    """`CANDIDATES` or `COUNTS`."""
    chosen = st.segmented_control(
        "Look at",
        [CANDIDATES, COUNTS],
        default=CANDIDATES,
        required=True,
        key="groups-source",
        persist_state="session",
    )
    return chosen or CANDIDATES
