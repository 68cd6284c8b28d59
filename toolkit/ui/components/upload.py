"""Bring files: one or several tables, or a ZIP of them."""

from __future__ import annotations

import streamlit as st

#: What intake can read, as the file dialogue offers it.
FORMATS = ["csv", "tsv", "txt", "xlsx", "xlsm", "json", "jsonl", "ndjson", "parquet", "zip"]


def upload(key: str = "upload") -> tuple[tuple[str, bytes], ...]:
    """A field for files.

    Returns
    -------
    tuple of (str, bytes)
        File names and their bytes, on the run in which the button was pressed; empty
        otherwise.
    """
    uploaded = st.file_uploader(
        "Candidate files",
        type=FORMATS,
        accept_multiple_files=True,
        key=key,
        help=(
            "One table with a row a candidate is enough. Several tables may come as several "
            "files, as sheets of one workbook, or in a ZIP: candidates, scores, accounts, "
            "score_history, followers, groups, outcomes, portfolio, tasks, ratings."
        ),
    )
    if not uploaded:
        return ()
    pressed = st.button("Read these files", key=f"{key}-read", type="primary")
    return tuple((file.name, file.getvalue()) for file in uploaded) if pressed else ()
