"""The sentence, or entry of a list, that a part of a text stands in."""

from __future__ import annotations

import re

#: Characters shown on either side of a figure.
AROUND = 90
#: A line that is shorter, with a capital after it, was not wrapped but ended.
_WRAPPED_FROM = 60
_LINE_END = re.compile(r"\n(?=[^\sa-zäöüß])")
_SENTENCE = re.compile(r"[.!?;]\s|\n\s*\n|\n\s*[•*▪‣-]\s?")


def around(text: str, start: int, stop: int) -> str:
    """A part of a text with the words before and after it, as one line."""
    first, last = _bounds(text, start, stop)
    first, last = max(first, start - AROUND), min(last, stop + AROUND)
    if first > 0 and text[first - 1 : first].isalnum():
        first = text.find(" ", first, start) + 1 or start
    if last < len(text) and text[last - 1].isalnum() and text[last].isalnum():
        last = max(text.rfind(" ", stop, last), stop)
    return as_line(text[first:last]).lstrip("•*▪‣- ")


def _bounds(text: str, start: int, stop: int) -> tuple[int, int]:
    """The sentence, or list entry, that a part of a text stands in."""
    low, high = max(0, start - 400), min(len(text), stop + 400)
    ends = [hit.end() for hit in _SENTENCE.finditer(text, low, start)]
    ends += [hit.end() for hit in _LINE_END.finditer(text, low, start) if _ends_here(text, hit)]
    after = [hit.start() + 1 for hit in _SENTENCE.finditer(text, stop, high)][:1]
    breaks = (hit for hit in _LINE_END.finditer(text, stop, high) if _ends_here(text, hit))
    after += [hit.start() for hit in breaks][:1]
    return max(ends, default=low), min(after, default=high)


def _ends_here(text: str, hit: re.Match[str]) -> bool:
    """Whether a line is a heading or entry of its own, and not merely wrapped."""
    begin = text.rfind("\n", 0, hit.start()) + 1
    return hit.start() - begin <= _WRAPPED_FROM


def sentence(text: str, start: int, stop: int) -> str:
    """The sentence that a part of a text stands in."""
    first, last = _bounds(text, start, stop)
    return text[first:last]


def said_before(text: str, start: int) -> str:
    """What the sentence says before a place."""
    return text[_bounds(text, start, start)[0] : start]


def said_after(text: str, stop: int) -> str:
    """What the sentence says after a place."""
    return text[stop : _bounds(text, stop, stop)[1]]


def as_line(words: str) -> str:
    """The words with single spaces, without breaks."""
    return " ".join(words.split())
