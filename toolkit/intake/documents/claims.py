"""Figures that a document claims: what changed, from what to what, how much, and when.

They are listed for a reviewer to check; nothing here says that one is true. What is doubtful
is passed over: "from 9 to 5" is no change, and "2000 users" no year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from toolkit.intake.documents import change_patterns as written
from toolkit.intake.documents.dates_in_text import DateFound, date_spans
from toolkit.intake.documents.document import Document, Section
from toolkit.intake.documents.quantity import (
    Quantity,
    document_mark,
    quantity,
    quantity_pattern,
)
from toolkit.intake.number_marks import Mark

#: Of each kind, in one document; nobody checks more.
MOST = 500
#: Characters shown on either side of a figure.
AROUND = 90
#: A line that is shorter, with a capital after it, was not wrapped but ended.
_WRAPPED_FROM = 60
_LINE_END = re.compile(r"\n(?=[^\sa-zäöüß])")
_SENTENCE = re.compile(r"[.!?;]\s|\n\s*\n|\n\s*[•*▪‣-]\s?")
#: Decimal marks by the language of a sentence, where the numbers leave it open.
_MARKS: Mapping[str, Mark] = {"en": ".", "de": ","}
_YEARS = range(1950, 2050)
_COUNTED = (
    r"users?|customers?|clients?|people|employees|members?|visitors?|visits|views|downloads|orders"
    r"|leads|sales|sign-?ups|subscribers?|subscriptions|readers|followers|attendees|participants"
    r"|students|volunteers|requests|installations?|installs|tickets|donors|donations|applications"
    r"|documents|pods|servers|shops|stores|countries|engineers|developers|reports|articles"
    r"|Nutzer(?:innen)?|Kund(?:en|innen)|Besucher(?:innen)?|Mitarbeitende[rn]?|Mitarbeiter(?:innen)?"
    r"|Mitglieder|Teilnehmer(?:innen)?|Teilnehmende[rn]?|Abonnent(?:en|innen)|Bestellungen|Anmeldungen"
    r"|Aufrufe|Downloads|Leser(?:innen)?|Filialen|Spenden|Anfragen|Personen"
)
_AMOUNT = re.compile(
    rf"{quantity_pattern('a_')}\+?(?P<thing>\s(?:[^\W\d_][\w-]*\s)?(?:{_COUNTED})\b(?![-\w]))?",
    re.IGNORECASE,
)


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


@dataclass(frozen=True)
class Amount:
    """A sum of money, a share, or a count of something, that stands alone.

    Parameters
    ----------
    place, words, around : str
    value : Decimal
    unit : str
    """

    place: str
    words: str
    around: str
    value: Decimal
    unit: str

    def to_dict(self) -> dict[str, object]:
        return {
            "place": self.place,
            "words": self.words,
            "around": self.around,
            "value": float(self.value),
            "unit": self.unit,
        }


@dataclass(frozen=True)
class Claims:
    """Everything that was found in one document, each in the order of the text.

    Parameters
    ----------
    changes : tuple of Change
    amounts : tuple of Amount
    dates : tuple of DateFound
    complete : bool
        False where a kind has more than `MOST`, and only the first were listed.
    """

    changes: tuple[Change, ...]
    amounts: tuple[Amount, ...]
    dates: tuple[DateFound, ...]
    complete: bool = True

    def to_dict(self) -> dict[str, object]:
        return {
            "changes": [change.to_dict() for change in self.changes],
            "amounts": [amount.to_dict() for amount in self.amounts],
            "dates": [date.to_dict() for date in self.dates],
            "complete": self.complete,
        }


def find_claims(document: Document) -> Claims:
    """The figures and dates of a document, for a reviewer to check.

    Decimal marks are those of the document's own numbers where they agree on one, and
    otherwise those of the language of the sentence.
    """
    changes: list[Change] = []
    amounts: list[Amount] = []
    dates: list[DateFound] = []
    texts = [section.text for section in document.sections]
    marks = {language: document_mark(texts, mark) for language, mark in _MARKS.items()}
    for section in document.sections:
        days = date_spans(section.text)[: MOST + 1]
        taken = [(start, stop) for start, stop, *_ in days]
        found = changes_in(section.text, marks)
        changes += [_placed(section, start, stop, change) for start, stop, change in found]
        taken += [(start, stop) for start, stop, _ in found]
        amounts += islice(_amounts(section, marks, taken), MOST + 1)
        dates += [
            DateFound(
                section.line(start),
                _line(section.text[start:stop]),
                around(section.text, start, stop),
                first,
                last,
                goes_on,
                precision,
            )
            for start, stop, first, last, goes_on, precision in days
        ]
        if max(len(changes), len(amounts), len(dates)) > MOST:
            break
    complete = max(len(changes), len(amounts), len(dates)) <= MOST
    return Claims(tuple(changes[:MOST]), tuple(amounts[:MOST]), tuple(dates[:MOST]), complete)


def changes_in(text: str, marks: Mapping[str, Mark] | None = None) -> list[tuple[int, int, Change]]:
    """Changes in a text with their first and last character, those that overlap once.

    Examples
    --------
    >>> [(c.before, c.after, c.relative) for _, _, c in changes_in("Raised sales from 2 to 5 %.")]
    [(Decimal('2'), Decimal('5'), Fraction(3, 2))]
    """
    marks = marks or _MARKS
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
        said = _sentence(text, hit.start(), hit.end())
        if not german and unit != "%" and not written.CHANGED.search(said):
            continue  # from 5 to 12 people: a range of sizes
        if not german and written.RANGE.search(_before(text, hit.start()) + hit[0]):
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
        if not written.RANGE.search(_before(text, hit.start())):
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
        sign = _first_direction(_after(text, hit.end())) if german else 0
        sign = sign or _direction(_before(text, hit.start()))
        if sign and not written.NOT.search(_before(text, hit.start())):
            yield hit.start(), hit.end(), _by_share(found, sign)


def _verb_percent(text: str, marks: Mapping[str, Mark]) -> Iterator[tuple[int, int, Change]]:
    for hit in written.VERB_PERCENT.finditer(text):
        found = quantity(hit, "a_", marks["en"])
        sign = _direction(hit["verb"])
        if found is None or found.unit not in ("%", "points") or not sign:
            continue
        if not written.NOT.search(_before(text, hit.start())):
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
        if not written.NOT.search(_before(text, hit.start())):
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
            said = _before(text, hit.start())
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
        if not written.NOT.search(_before(text, hit.start())):
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
    mid, thing = (_line(things.get(key) or "") for key in ("mid", "thing"))
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


def _amounts(
    section: Section, marks: Mapping[str, Mark], taken: list[tuple[int, int]]
) -> Iterator[Amount]:
    text = section.text
    for hit in _AMOUNT.finditer(text):
        start, stop = hit.start(), hit.end()
        thing = _line(hit["thing"] or "")
        if not (thing or hit["a_front"] or hit["a_unit"]):
            continue
        if any(a < stop and start < b for a, b in taken):
            continue
        found = quantity(hit, "a_", marks["en"], whole=bool(thing))
        if found is None:
            continue
        yield Amount(
            section.line(start),
            _line(text[start:stop]),
            around(text, start, stop),
            found.value,
            found.unit or thing,
        )


def _placed(section: Section, start: int, stop: int, change: Change) -> Change:
    return Change(
        section.line(start),
        _line(section.text[start:stop]),
        around(section.text, start, stop),
        change.before,
        change.after,
        change.unit,
        change.relative,
        change.points,
    )


def around(text: str, start: int, stop: int) -> str:
    """A part of a text with the words before and after it, as one line."""
    first, last = _bounds(text, start, stop)
    first, last = max(first, start - AROUND), min(last, stop + AROUND)
    if first > 0 and text[first - 1 : first].isalnum():
        first = text.find(" ", first, start) + 1 or start
    if last < len(text) and text[last - 1].isalnum() and text[last].isalnum():
        last = max(text.rfind(" ", stop, last), stop)
    return _line(text[first:last]).lstrip("•*▪‣- ")


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


def _sentence(text: str, start: int, stop: int) -> str:
    first, last = _bounds(text, start, stop)
    return text[first:last]


def _before(text: str, start: int) -> str:
    return text[_bounds(text, start, start)[0] : start]


def _after(text: str, stop: int) -> str:
    return text[stop : _bounds(text, stop, stop)[1]]


def _end(hit: re.Match[str]) -> int:
    """The last character of a change: of what is counted, where no sign says the unit."""
    return hit.start("thing") if _signed_unit(hit) else hit.end()


def _signed_unit(hit: re.Match[str]) -> bool:
    """Whether a percent sign or a currency stands at the second figure."""
    return bool(hit["b_unit"] or hit["b_front"])


def _line(words: str) -> str:
    return " ".join(words.split())


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
