"""A text of several lines as it was written, without letting it draw anything."""

from __future__ import annotations

import re

import streamlit as st

from toolkit.ui.plain_text import plain

_HEAD = re.compile(r"#{1,6} +(.*)")
_BULLET = re.compile(r" *[-*•] +(.*)")


def long_text(text: str) -> None:
    """Show a text: its lines, headings and lists, and nothing that it would fetch or run."""
    lines: list[str] = []
    for line in text.splitlines():
        head, bullet = _HEAD.fullmatch(line), _BULLET.fullmatch(line)
        if bullet:
            lines.append(f"- {plain(bullet[1])}")
            continue
        if lines and lines[-1].startswith("- "):
            # A line after a list would be taken for a part of it.
            lines.append("")
        if head:
            lines += ["", f"**{plain(head[1])}**", ""]
        else:
            # Two spaces at the end of a line keep the next one apart.
            lines.append(f"{plain(line)}  " if line.strip() else "")
    st.markdown("\n".join(lines))
