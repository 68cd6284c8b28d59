"""Uploaded text, made safe to stand inside Markdown."""

from __future__ import annotations

import re

# Everything that Streamlit's Markdown gives a meaning: emphasis, links, images, HTML,
# formulas, tables, coloured text and icons (":red[...]", ":smile:"), lists and headings.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:=&^])")
_LINES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: object) -> str:
    r"""Text that Markdown shows character by character.

    Names and cells come from uploaded files. Without this, a candidate called
    ``![](https://example.org/x.png)`` would make every reader's browser call that host.

    Examples
    --------
    >>> plain("C-017")
    'C\\-017'
    >>> plain("two\nlines")
    'two lines'
    """
    # Control and direction marks would hide or reorder what stands around them.
    visible = _CONTROLS.sub("", _LINES.sub(" ", str(text)))
    return _MARKUP.sub(r"\\\1", visible)
