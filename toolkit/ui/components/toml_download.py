"""A button that downloads a small TOML file."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st


def toml_download(label: str, name: str, make: Callable[[], str], key: str) -> None:
    """Offer a file named after what it holds.

    Parameters
    ----------
    label : str
        Words on the button.
    name : str
        What the file is called, as people wrote it.
    make : callable
        Makes the text, on the click.
    key : str
        Unique on the page, and the file's name where `name` has no letters.
    """
    st.download_button(
        label,
        data=make,
        file_name=toml_file_name(name, key),
        mime="application/toml",
        key=f"{key}-download",
        on_click="ignore",
    )


def toml_file_name(name: str, otherwise: str) -> str:
    """A file name made of words.

    Examples
    --------
    >>> toml_file_name("Data task, spring", "task"), toml_file_name("…", "task")
    ('data-task-spring.toml', 'task.toml')
    """
    words = re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")
    return f"{words[:60] or otherwise}.toml"
