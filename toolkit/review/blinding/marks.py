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


def together(text: str, parts: Sequence[Part]) -> list[Part]:
    """Parts that no longer overlap, outside of the marks that stand already.

    Where two overlap, the longer keeps what both would take; parts of one kind that overlap
    become one. What is left of a part has to hold a letter or digit. Words give way to marks.
    """
    taken = bytearray(len(text))
    for hit in _MARK.finditer(text):
        taken[hit.start() : hit.end()] = b"m" * len(hit[0])
    kept: list[Part] = []
    for part in sorted(_unions([one for one in parts if one.instead is None]), key=_rank):
        for start, stop in _free(taken, part.start, part.stop):
            found = _LETTERS.search(text, start, stop)
            if found:
                whole = (start, stop) == (part.start, part.stop)
                kept.append(Part(*((start, stop) if whole else found.span()), part.kind))
        taken[part.start : part.stop] = b"m" * (part.stop - part.start)
    for part in parts:
        if part.instead is not None and not any(taken[part.start : part.stop]):
            kept.append(part)
            taken[part.start : part.stop] = b"m" * (part.stop - part.start)
    return sorted(kept, key=lambda part: part.start)


def replaced(text: str, parts: Sequence[Part]) -> str:
    """A text with these parts replaced; a break within one stays, so that lines keep numbers."""
    pieces: list[str] = []
    at = 0
    for part in parts:
        gone = text[part.start : part.stop]
        instead = MARKS[part.kind] if part.instead is None else part.instead
        pieces += [text[at : part.start], instead, "\n" * gone.count("\n")]
        at = part.stop
    return "".join([*pieces, text[at:]])


def _unions(parts: Sequence[Part]) -> list[Part]:
    out: list[Part] = []
    for part in sorted(parts, key=lambda part: (KINDS.index(part.kind), part.start, -part.stop)):
        if out and out[-1].kind == part.kind and part.start < out[-1].stop:
            out[-1] = Part(out[-1].start, max(out[-1].stop, part.stop), part.kind)
        else:
            out.append(part)
    return out


def _free(taken: bytearray, start: int, stop: int) -> list[tuple[int, int]]:
    """The stretches between two places that nothing has taken."""
    found: list[tuple[int, int]] = []
    while start < stop:
        begin = taken.find(0, start, stop)
        if begin < 0:
            break
        end = taken.find(b"m", begin, stop)
        start = stop if end < 0 else end
        found.append((begin, start))
    return found


def _rank(part: Part) -> tuple[int, int, int]:
    return part.start - part.stop, KINDS.index(part.kind), part.start
