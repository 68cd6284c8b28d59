"""The documentation of the methods, read inside the app."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "methods"

_LOCAL_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?://)[^)]*\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_TITLE = re.compile(r"^# +(.+)\n")


def methods_reader(folder: Path = FOLDER) -> None:
    """Choose a method and read it; the choice stands in the address.

    Parameters
    ----------
    folder : Path
        Where the methods' Markdown files are.
    """
    files = sorted(path for path in folder.glob("*.md") if path.stem != "index")
    if not files:
        st.markdown("The description of the methods comes with the source, in `docs/methods`.")
        return
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    asked = st.query_params.get("method")
    chosen = st.selectbox(
        "Method",
        list(texts),
        index=list(texts).index(asked) if asked in texts else 0,
        format_func=lambda stem: title_of(texts[stem], stem),
        key="method",
    )
    st.query_params["method"] = chosen
    with st.container(border=True):
        st.markdown(for_reading(texts[chosen]))


def title_of(text: str, otherwise: str) -> str:
    """The heading that a Markdown text begins with."""
    found = _TITLE.match(text)
    return found.group(1) if found else otherwise


def for_reading(text: str) -> str:
    r"""Markdown as it can stand inside a page of the app.

    Headings go one step down, below the page's own. Links between documentation files
    lead nowhere here, so their words remain without the link; pictures likewise.

    Examples
    --------
    >>> for_reading("# Impact\nSee [wording](../wording.md).")
    '## Impact\nSee wording.'
    """
    text = _LOCAL_LINK.sub(r"\1", _PICTURE.sub(r"\1", text))
    return re.sub(r"^(#{1,5}) ", r"#\1 ", text, flags=re.MULTILINE)
