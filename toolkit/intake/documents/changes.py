"""Changes that a text says: from what to what, or by how much.

What is doubtful is passed over: "from 9 to 5" is no change, and "2000 users" no year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from toolkit.intake.documents import change_patterns as written
from toolkit.intake.documents.quantity import Quantity, quantity
from toolkit.intake.documents.surroundings import as_line, said_after, said_before, sentence
from toolkit.intake.number_marks import Mark

#: In one text; nobody checks more.
MOST = 500
#: Decimal marks by the language of a sentence, where the numbers leave it open.
MARKS: Mapping[str, Mark] = {"en": ".", "de": ","}
_YEARS = range(1950, 2050)


@dataclass(frozen=True)
class Change:
    """A figure before and after, or how much it changed.

    Parameters
    ----------
    place : str
    words : str
        As they stand.
    around : str
        The words around, as one line.
    before, after : Decimal or None
        None where only the change is given.
    unit : str
        Of both: ``"%"``, a currency, or what is counted; empty where it is not said.
    relative : Fraction or None
        The change as a share of what it was before, exact: 2 for a tripling, −1/2 for a
        halving. None where it was nought before, or only percentage points are given.
    points : Decimal or None
        Percentage points, where only these are given.
    """

    place: str
    words: str
    around: str
    before: Decimal | None
    after: Decimal | None
    unit: str
    relative: Fraction | None
    points: Decimal | None = None

    @property
    def absolute(self) -> Decimal | None:
        """After minus before, in the unit (percentage points for ``"%"``)."""
        if self.before is None or self.after is None:
            return self.points
        return self.after - self.before

    def to_dict(self) -> dict[str, object]:
        return {
            "place": self.place,
            "words": self.words,
            "around": self.around,
            "before": _float(self.before),
            "after": _float(self.after),
            "unit": self.unit,
            "absolute": _float(self.absolute),
            "relative": None if self.relative is None else float(self.relative),
        }


def changes_in(text: str, marks: Mapping[str, Mark] | None = None) -> list[tuple[int, int, Change]]:
    """Changes in a text with their first and last character, those that overlap once.

    Examples
    --------
    >>> [(c.before, c.after, c.relative) for _, _, c in changes_in("Raised sales from 2 to 5 %.")]
    [(Decimal('2'), Decimal('5'), Fraction(3, 2))]
    """
    marks = marks or MARKS
    found: list[tuple[int, int, Change]] = []
    for find in _FINDERS:
        for start, stop, change in islice(find(text, marks), MOST + 1):
            if all(stop <= a or b <= start for a, b, _ in found):
                found.append((start, stop, change))
    return sorted(found, key=lambda one: one[0])


def _from_to(text: str, marks: Mapping[str, Mark]) -> Iterator[tuple[int, int, Change]]:
    for hit in written.FROM_TO.finditer(text):
        german = hit["word"].casefold() == "auf"
        if german != (hit["lead"].casefold() == "von"):
            continue
        pair = _pair(hit, marks["de" if german else "en"])
        if pair is None:
            continue
        before, after, unit = pair
        said = sentence(text, hit.start(), hit.end())
        if not german and unit != "%" and not written.CHANGED.search(said):
            continue  # from 5 to 12 people: a range of sizes
        if not german and written.RANGE.search(said_before(text, hit.start()) + hit[0]):
            continue
        if not _signed_unit(hit) and {int(before), int(after)} <= set(_YEARS):
            continue
        yield hit.start(), _end(hit), _change(before, after, unit)


def _percent_to(text: str, marks: Mapping[str, Mark]) -> Iterator[tuple[int, int, Change]]:
    for hit in written.PERCENT_TO.finditer(text):
        mark = marks["de" if hit["word"].casefold() == "auf" else "en"]
        first, second = quantity(hit, "a_", mark), quantity(hit, "b_", mark)
        if first is None or second is None or (first.unit, second.unit) != ("%", "%"):
            continue
        if not written.RANGE.search(said_before(text, hit.start())):
            yield hit.start(), hit.end(), _change(first.value, second.value, "%")


def _arrow(text: str, marks: Mapping[str, Mark]) -> Iterator[tuple[int, int, Change]]:
    for hit in written.ARROW.finditer(text):
        pair = _pair(hit, marks["en"])
        if pair and (_signed_unit(hit) or not {int(pair[0]), int(pair[1])} <= set(_YEARS)):
            yield hit.start(), _end(hit), _change(*pair)


def _by(text: str, marks: Mapping[str, Mark]) -> Iterator[tuple[int, int, Change]]:
    for hit in written.BY.finditer(text):
        german = hit["word"].casefold() == "um"
        found = quantity(hit, "a_", marks["de" if german else "en"])
        if found is None or found.unit not in ("%", "points"):
            continue
        # The verb stands before "by", and in German as a rule after the figure.
        sign = _first_direction(said_after(text, hit.end())) if german else 0
        sign = sign or _direction(said_before(text, hit.start()))
        if sign and not written.NOT.search(said_before(text, hit.start())):
            yield hit.start(), hit.end(), _by_share(found, sign)


def _verb_percent(text: str, marks: Mapping[str, Mark]) -> Iterator[tuple[int, int, Change]]:
    for hit in written.VERB_PERCENT.finditer(text):
        found = quantity(hit, "a_", marks["en"])
        sign = _direction(hit["verb"])
        if found is None or found.unit not in ("%", "points") or not sign:
            continue
        if not written.NOT.search(said_before(text, hit.start())):
            yield hit.start(), hit.end(), _by_share(found, sign)


def _percent_noun(text: str, marks: Mapping[str, Mark]) -> Iterator[tuple[int, int, Change]]:
    for hit in written.PERCENT_NOUN.finditer(text):
        word = hit["up"] or hit["down"]
        german = word[0].isupper() or word.casefold() in (
            "mehr",
            "weniger",
            "schneller",
            "günstiger",
        )
        found = quantity(hit, "a_", marks["de" if german else "en"])
        if found is None or found.unit not in ("%", "points"):
            continue
        if not written.NOT.search(said_before(text, hit.start())):
            yield hit.start(), hit.end(), _by_share(found, 1 if hit["up"] else -1)


def _signed(text: str, marks: Mapping[str, Mark]) -> Iterator[tuple[int, int, Change]]:
    for hit in written.SIGNED.finditer(text):
        found = quantity(hit, "a_", marks["en"])
        if found is None or found.unit not in ("%", "points") or hit["sign"] == "±":
            continue
        if hit["sign"] in "–-" and text[hit.start() + 1] == " ":
            continue  # a dash between words
        yield hit.start(), hit.end(), _by_share(found, 1 if hit["sign"] == "+" else -1)


def _times(text: str, _: Mapping[str, Mark]) -> Iterator[tuple[int, int, Change]]:
    for pattern in (written.TIMES, written.FACTOR_OF, written.FOLD):
        for hit in pattern.finditer(text):
            said = said_before(text, hit.start())
            number = hit["factor"].casefold().replace(",", ".")
            factor = Fraction(written.FOLD_OF.get(number, number))
            if pattern is written.TIMES and not hit["after"]:
                words = said.split()
                if not words or not written.CHANGED.fullmatch(words[-1].strip(",:")):
                    continue
            if factor <= 1 or written.NOT.search(said):
                continue
            if pattern is not written.TIMES and written.DOWN.search(said):
                factor = 1 / factor
            yield hit.start(), hit.end(), _multiplied(factor)


def _words(text: str, _: Mapping[str, Mark]) -> Iterator[tuple[int, int, Change]]:
    for hit in written.WORD.finditer(text):
        if not written.NOT.search(said_before(text, hit.start())):
            yield hit.start(), hit.end(), _multiplied(written.factor_of(hit["word"]))


_FINDERS: tuple[Callable[[str, Mapping[str, Mark]], Iterator[tuple[int, int, Change]]], ...] = (
    _from_to,
    _percent_to,
    _arrow,
    _by,
    _verb_percent,
    _percent_noun,
    _signed,
    _times,
    _words,
)


def _pair(hit: re.Match[str], mark: Mark) -> tuple[Decimal, Decimal, str] | None:
    """Both figures in one unit, or None where they are not of the same."""
    first, second = quantity(hit, "a_", mark), quantity(hit, "b_", mark)
    if first is None or second is None:
        return None
    things = hit.groupdict()
    mid, thing = (as_line(things.get(key) or "") for key in ("mid", "thing"))
    if first.unit and second.unit and first.unit != second.unit:
        return None
    unit = first.unit or second.unit
    if unit and not first.unit and hit["b_unit"] is None:
        return None  # from 3 to $5: the sign stands in front of one alone
    if mid and thing and mid.split()[0].casefold() != thing.split()[0].casefold():
        return None
    # "from 2 to 5m": the multiplier is meant for both, but that is not sure.
    if hit["b_times"] and not hit["a_times"] and first.value < 1000:
        return None
    return first.value, second.value, unit or thing or mid


def _change(before: Decimal, after: Decimal, unit: str) -> Change:
    share = Fraction(after) / Fraction(before) - 1 if before else None
    return Change("", "", "", before, after, unit, share)


def _by_share(found: Quantity, sign: int) -> Change:
    if found.unit == "points":
        return Change("", "", "", None, None, "%", None, sign * found.value)
    return Change("", "", "", None, None, "", Fraction(found.value) / 100 * sign)


def _multiplied(factor: Fraction) -> Change:
    return Change("", "", "", None, None, "", factor - 1)


def _direction(said: str) -> int:
    """Whether what is said goes up or down; by the last word that tells, 0 where none does."""
    ups = [hit.end() for hit in written.UP.finditer(said)]
    downs = [hit.end() for hit in written.DOWN.finditer(said)]
    if not ups and not downs:
        return 0
    return 1 if max(ups, default=-1) > max(downs, default=-1) else -1


def _first_direction(said: str) -> int:
    """The same by the first word that tells."""
    up, down = written.UP.search(said), written.DOWN.search(said)
    if up and down:
        return 1 if up.start() < down.start() else -1
    return 1 if up else -1 if down else 0


def _end(hit: re.Match[str]) -> int:
    """The last character of a change: of what is counted, where no sign says the unit."""
    return hit.start("thing") if _signed_unit(hit) else hit.end()


def _signed_unit(hit: re.Match[str]) -> bool:
    """Whether a percent sign or a currency stands at the second figure."""
    return bool(hit["b_unit"] or hit["b_front"])


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
