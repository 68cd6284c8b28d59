"""Text as a format gives it → text to read: plain lines, no signs that only steer print."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"}
#: Marks of width and direction, which hide or reorder what stands around them.
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffc]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BROKEN_WORD = re.compile("(?<=[^\\W\\d_])[\u00ad\u2010]\n(?=[^\\W\\d_])")
_DASH = re.compile("(?<= )\u00ad(?= |$)|^\u00ad(?= )", re.MULTILINE)
_MANY_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    r"""Text with words put together that were divided at a line's end, and plain spaces.

    Examples
    --------
    >>> tidy("oper\u00ad\nation  net\u00adwork, 2010 \u00ad 2012")
    'operation net-work, 2010 – 2012'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    text = unicodedata.normalize("NFC", text.replace("\x85", "\n")).translate(_LIGATURES)
    text = _CONTROLS.sub("", _HIDDEN.sub("", text))
    text = _BROKEN_WORD.sub("", _SPACES.sub(" ", text))
    # In print a soft hyphen that is seen is a hyphen, and between spaces a dash.
    text = _DASH.sub("–", text).replace("\u00ad", "-")
    lines = [line.strip() for line in text.replace("\u2028", "\n").split("\n")]
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def one_line(text: str) -> str:
    r"""A title or heading without line breaks.

    Examples
    --------
    >>> one_line("  Selected\n work ")
    'Selected work'
    """
    return " ".join(tidy(text).split())
