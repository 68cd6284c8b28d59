"""Where the values of two documents differ, named by their place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence

from toolkit.sentence import from_json
from toolkit.sheets.verification import Difference

#: Sums in another order, on another machine, differ in their last digits.
SAME_TO = 1e-9
_NOTHING = "–"
#: By these a sentence in a record is known.
_SENTENCES = ({"say"}, {"row", "between"})


def compared_content(document: object, expected: object, where: str = "") -> list[Difference]:
    """Every value that is not the same in both.

    Parameters
    ----------
    document, expected : JSON values
    where : str
        Put before each place.

    Examples
    --------
    >>> compared_content({"outcome": {"rank": 9}}, {"outcome": {"rank": 12}})
    [Difference(where='outcome.rank', document='9', expected='12')]
    """
    return list(_compared(document, expected, where))


def _compared(document: object, expected: object, where: str) -> Iterator[Difference]:
    document, expected = _said(document), _said(expected)
    if isinstance(document, Mapping) and isinstance(expected, Mapping):
        for key in dict.fromkeys([*document, *expected]):
            inside = f"{where}.{key}" if where else str(key)
            yield from _compared(document.get(key), expected.get(key), inside)
    elif isinstance(document, list) and isinstance(expected, list):
        yield from _compared_lists(document, expected, where)
    elif not _same(document, expected):
        yield Difference(where, _shown(document), _shown(expected))


def _compared_lists(
    document: Sequence[object], expected: Sequence[object], where: str
) -> Iterator[Difference]:
    for at in range(max(len(document), len(expected))):
        one, other = (each[at] if at < len(each) else None for each in (document, expected))
        yield from _compared(one, other, f"{where}.{at + 1}")


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=SAME_TO, abs_tol=SAME_TO)
    return one == other


def _said(value: object) -> object:
    """The text of a sentence, which is what stands on the pages; any other value as it is."""
    if not isinstance(value, Mapping) or not any(keys <= set(value) for keys in _SENTENCES):
        return value
    try:
        return str(from_json(value))
    except ValueError:
        return value


def _shown(value: object) -> str:
    if value is None:
        return _NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
