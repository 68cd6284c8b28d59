"""A button that makes a file on the click."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

MIME = {
    "txt": "text/plain",
    "jsonl": "application/jsonl",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(label: str, file_name: str, make: Callable[[], bytes], *, key: str) -> None:
    """Offer one file.

    Parameters
    ----------
    label : str
        Words on the button.
    file_name : str
        Ending in one of `MIME`.
    make : callable
        Makes the file. Built on the click: addresses of files that lie ready need no login.
    key : str
        Unique on the page.
    """
    st.download_button(
        label,
        data=make,
        file_name=file_name,
        mime=MIME[file_name.rsplit(".", 1)[-1]],
        key=f"{key}-download",
        on_click="ignore",
    )
