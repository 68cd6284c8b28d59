"""Text that runs from right to left, in documents whose own words run from left to right.

The order in which mixed text is shown depends on the direction of the paragraph it stands in
(Unicode Standard Annex 9). A field with an Arabic name, a number and a Latin word, set in a German
paragraph, would be shown with its parts in the wrong order. As browsers do with ``dir="auto"``,
the first letter with a direction decides (rules P2 and P3): a line that begins from the right is
put between two marks that show nothing and set it off as a text of its own (RLI and PDI).
"""

from __future__ import annotations

import re
import unicodedata

_FROM_RIGHT, _END = "\u2067", "\u2069"
#: Scripts that run from right to left; all others need no look at each letter.
_ANY_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U0001efff]")


def set_off(text: str) -> str:
    r"""The text with every line that begins from the right set off as its own.

    Parameters
    ----------
    text : str
        Without isolating marks of its own; `printable` shows those as code points.

    Examples
    --------
    >>> set_off("Zoë 12") == "Zoë 12"
    True
    >>> set_off("فاطمة 12") == "\u2067فاطمة 12\u2069"
    True
    """
    if not _ANY_FROM_RIGHT.search(text):
        return text
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    return f"{_FROM_RIGHT}{line}{_END}" if _begins_from_right(line) else line


def _begins_from_right(line: str) -> bool:
    for character in line:
        way = unicodedata.bidirectional(character)
        if way in ("L", "R", "AL"):
            return way != "L"
    return False
