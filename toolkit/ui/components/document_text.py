"""The text of a document, page by page, with the marks of a blinded copy made visible."""

from __future__ import annotations

import re

import streamlit as st

from toolkit.intake.documents.document import Document
from toolkit.review.blinding.marks import MARKS
from toolkit.ui.plain_text import plain

#: Characters that are drawn; a browser grows slow beyond.
DRAWN = 40_000
_HEIGHT = 560
#: Where Markdown would make a link of plain words; a mark without width keeps it from that.
_LINKS = re.compile(r"(?i)(?<=[^\W_])(?=@)|(?<=http)(?=s?\\?:)|(?<=www)(?=\\?\.)|(?<=ftp)(?=\\?:)")
_NO_LINK = "\u2060"
_BULLET = re.compile(r" *[-*•▪‣] +(?=\S)")
_MARKS = {plain(mark): f":gray-background[{plain(mark[1:-1])}]" for mark in MARKS.values()}
_MARK = re.compile("|".join(map(re.escape, _MARKS)))


def document_text(document: Document, key: str) -> None:
    """Show a document's words, in a frame that scrolls.

    Parameters
    ----------
    document : Document
    key : str
        Unique on the page.
    """
    left = DRAWN
    with st.container(border=True, height=_HEIGHT, key=f"text-{key}"):
        for section in document.sections:
            if left <= 0:
                break
            if section.place and len(document.sections) > 1:
                st.caption(plain(section.place.capitalize()))
            st.markdown(markdown_of(section.text[:left], section.heading))
            left -= len(section.text)
    if left < 0:
        st.caption(f"Only the first {DRAWN:,} characters are shown. The download has all.")


def markdown_of(text: str, heading: str = "") -> str:
    r"""A text of several lines as Markdown that shows it as it is.

    Examples
    --------
    >>> markdown_of("• One\n[name withheld]")
    '- One\n\n:gray-background[name withheld]  '
    """
    lines: list[str] = []
    listed = False
    for line in text.split("\n"):
        bullet = _BULLET.match(line)
        said = plain(line[bullet.end() :] if bullet else line)
        words = _MARK.sub(lambda hit: _MARKS[hit[0]], _LINKS.sub(_NO_LINK, said))
        if bullet:
            lines.append(f"- {words}")
        elif words.strip():
            if heading and line.strip("# ") == heading:
                words = f"**{words}**"
            # A line after a list would be taken for a part of it.
            lines += ["", f"{words}  "] if listed else [f"{words}  "]
        else:
            lines.append("")
        listed = bool(bullet)
    return "\n".join(lines)
