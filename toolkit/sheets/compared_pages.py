"""Which pages of two documents read differently, and in which lines."""

from __future__ import annotations

import difflib
from typing import Any

from toolkit.sheets.opened_pdf import opened
from toolkit.sheets.verification import Difference

_UNREADABLE = "(cannot be read)"
_NOTHING = "–"


def compared_pages(document: bytes, expected: bytes) -> list[Difference]:
    """Lines of text that stand in one document and not in the other, page after page.

    Parameters
    ----------
    document : bytes
        Perhaps damaged.
    expected : bytes

    Returns
    -------
    list of Difference
        Empty where every page reads the same, whatever else differs.
    """
    ours, theirs = _pages(expected), _pages(document)
    if theirs is None or ours is None:
        return [Difference("pages", _UNREADABLE, f"{len(ours or ())} pages")]
    found = []
    if len(ours) != len(theirs):
        found.append(Difference("pages", f"{len(theirs)}", f"{len(ours)}"))
    for number, (page, wanted) in enumerate(zip(theirs, ours, strict=False), 1):
        # Reading text is slow, and most pages are drawn by the same bytes.
        if _drawn(page) != _drawn(wanted):
            found += _lines(f"page {number}", _text(page), _text(wanted))
    return found


def _lines(where: str, document: str, expected: str) -> list[Difference]:
    one, other = document.splitlines(), expected.splitlines()
    steps = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [
        Difference(where, " ".join(one[a:b]) or _NOTHING, " ".join(other[c:d]) or _NOTHING)
        for step, a, b, c, d in steps
        if step != "equal"
    ]


def _pages(pdf: bytes) -> list[Any] | None:
    try:
        return list(opened(pdf).pages)
    except Exception:
        # A damaged file can fail in as many ways as it can be damaged.
        return None


def _drawn(page: Any) -> bytes | None:
    """The instructions that draw a page; None where they are damaged."""
    try:
        content = page.get_contents()
        return None if content is None else bytes(content.get_data())
    except Exception:
        return None


def _text(page: Any) -> str:
    try:
        return str(page.extract_text()).replace("\u200b", "")
    except Exception:
        return _UNREADABLE
