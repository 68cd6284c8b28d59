"""A text of several lines as it was written, without letting it draw anything."""

from __future__ import annotations

import re

import streamlit as st

from toolkit.ui.plain_text import plain

_HEAD = re.compile(r"#{1,6} +(.*)")
_BULLET = re.compile(r" *[-*•] +(.*)")


def long_text(text: str) -> None:
    """Show a text: its lines, headings and lists, and nothing that it would fetch or run."""
    st.markdown("\n".join(map(_line, text.splitlines())))


def _line(line: str) -> str:
    head, bullet = _HEAD.fullmatch(line), _BULLET.fullmatch(line)
    if head:
        return f"\n**{plain(head[1])}**\n" if head[1].strip() else ""
    if bullet:
        return f"- {plain(bullet[1])}"
    # Two spaces at the end of a line keep the next one apart.
    return f"{plain(line)}  " if line.strip() else ""
