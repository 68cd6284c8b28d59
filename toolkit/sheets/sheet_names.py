"""Names that a spreadsheet accepts for the sheets of one workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 31
_NEVER = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff]")
_BLANK = re.compile(r"\s+")
#: The name of the change log in spreadsheets that keep one.
_RESERVED = "history"


def sheet_names(wanted: Iterable[str]) -> list[str]:
    r"""Names as close to those wanted as the format allows, each used once.

    A name has 1 to 31 characters, none of ``[ ] : * ? / \``, no apostrophe at either end, is
    not *History*, and differs from the others in more than its capitals.

    Examples
    --------
    >>> sheet_names(["Race/ethnicity", "race ethnicity", ""])
    ['Race ethnicity', 'race ethnicity (2)', 'Sheet']
    """
    names: list[str] = []
    taken: set[str] = {_RESERVED}
    for want in wanted:
        plain = _BLANK.sub(" ", _NEVER.sub(" ", want)).strip(" '") or "Sheet"
        name, again = _cut(plain, LONGEST), 1
        while name.casefold() in taken:
            again += 1
            ending = f" ({again})"
            name = _cut(plain, LONGEST - len(ending)) + ending
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(text: str, longest: int) -> str:
    """The text without its end, counted as spreadsheets do: in UTF-16 units."""
    while len(text.encode("utf-16-le")) > 2 * longest:
        text = text[:-1]
    return text.rstrip(" '") or "Sheet"
