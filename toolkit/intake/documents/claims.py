"""Figures that a document claims: what changed, from what to what, how much, and when.

They are listed for a reviewer to check; nothing here says that one is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from toolkit.intake.documents.changes import MARKS, MOST, Change, changes_in
from toolkit.intake.documents.dates_in_text import DateFound, date_spans
from toolkit.intake.documents.document import Document, Section
from toolkit.intake.documents.quantity import document_mark, quantity, quantity_pattern
from toolkit.intake.documents.surroundings import around, as_line
from toolkit.intake.number_marks import Mark

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
    marks = {language: document_mark(texts, mark) for language, mark in MARKS.items()}
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
                as_line(section.text[start:stop]),
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


def _amounts(
    section: Section, marks: Mapping[str, Mark], taken: list[tuple[int, int]]
) -> Iterator[Amount]:
    text = section.text
    for hit in _AMOUNT.finditer(text):
        start, stop = hit.start(), hit.end()
        thing = as_line(hit["thing"] or "")
        if not (thing or hit["a_front"] or hit["a_unit"]):
            continue
        if any(a < stop and start < b for a, b in taken):
            continue
        found = quantity(hit, "a_", marks["en"], whole=bool(thing))
        if found is None:
            continue
        yield Amount(
            section.line(start),
            as_line(text[start:stop]),
            around(text, start, stop),
            found.value,
            found.unit or thing,
        )


def _placed(section: Section, start: int, stop: int, change: Change) -> Change:
    return Change(
        section.line(start),
        as_line(section.text[start:stop]),
        around(section.text, start, stop),
        change.before,
        change.after,
        change.unit,
        change.relative,
        change.points,
    )
