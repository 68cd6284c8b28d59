"""What can be taken out, and the visible mark that stands in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "name",
    "e-mail",
    "phone",
    "address",
    "link",
    "handle",
    "date of birth",
    "age",
    "nationality",
    "marital status",
    "personal detail",
    "score",
    "pronoun",
    "picture",
]
#: Where two overlap and are equally long, the first of these says what it was.
KINDS: tuple[Kind, ...] = (
    "name",
    "e-mail",
    "link",
    "handle",
    "phone",
    "address",
    "date of birth",
    "age",
    "nationality",
    "marital status",
    "personal detail",
    "score",
    "pronoun",
    "picture",
)
#: Mark by kind; pronouns are replaced by words, and pictures were never in the text.
MARKS: Mapping[Kind, str] = {
    kind: f"[{kind} withheld]" for kind in KINDS if kind not in ("pronoun", "picture")
}
_MARK = re.compile("|".join(map(re.escape, MARKS.values())))
_LETTER = re.compile(r"[^\W_]")
#: From the first letter or digit to the last.
_LETTERS = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A part of a text that is to be taken out.

    Parameters
    ----------
    start, stop : int
    kind : Kind
    instead : str, optional
        What stands in its place; the kind's mark when left out.
    """

    start: int
    stop: int
    kind: Kind
    instead: str | None = None


def outside_marks(text: str, parts: Sequence[Part]) -> list[Part]:
    """The parts without the marks in them; what is left of one must hold a letter or digit."""
    marks = [hit.span() for hit in _MARK.finditer(text)]
    if not marks:
        return [part for part in parts if _LETTER.search(text, part.start, part.stop)]
    kept: list[Part] = []
    for part in parts:
        pieces = [(part.start, part.stop)]
        for low, high in marks:
            if low < part.stop and part.start < high:
                pieces = _without(pieces, low, high)
        whole = pieces == [(part.start, part.stop)]
        kept += [
            Part(start, stop, part.kind, part.instead if whole else None)
            for start, stop in pieces
            if _LETTER.search(text, start, stop) and (whole or part.instead is None)
        ]
    return kept


def together(text: str, parts: Sequence[Part]) -> list[Part]:
    """Parts that no longer overlap: where two do, the longer keeps what both would take.

    Parts of one kind that overlap become one; words give way to marks.
    """
    kept: list[Part] = []
    marked = [part for part in parts if part.instead is None]
    for part in sorted(_unions(marked), key=_rank):
        pieces = [(part.start, part.stop)]
        for other in kept:
            pieces = _without(pieces, other.start, other.stop)
        for start, stop in pieces:
            found = _LETTERS.search(text, start, stop)
            if found:
                whole = (start, stop) == (part.start, part.stop)
                kept.append(Part(*((start, stop) if whole else found.span()), part.kind))
    for part in parts:
        if part.instead is not None and all(
            part.stop <= other.start or other.stop <= part.start for other in kept
        ):
            kept.append(part)
    return sorted(kept, key=lambda part: part.start)


def _unions(parts: Sequence[Part]) -> list[Part]:
    out: list[Part] = []
    for part in sorted(parts, key=lambda part: (KINDS.index(part.kind), part.start, -part.stop)):
        if out and out[-1].kind == part.kind and part.start < out[-1].stop:
            out[-1] = Part(out[-1].start, max(out[-1].stop, part.stop), part.kind)
        else:
            out.append(part)
    return out


def _without(pieces: list[tuple[int, int]], low: int, high: int) -> list[tuple[int, int]]:
    """Some stretches of a text without one."""
    return [
        piece
        for start, stop in pieces
        for piece in ((start, min(stop, low)), (max(start, high), stop))
        if piece[0] < piece[1]
    ]


def _rank(part: Part) -> tuple[int, int, int]:
    return part.start - part.stop, KINDS.index(part.kind), part.start
