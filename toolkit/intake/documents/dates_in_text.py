"""Dates and spans of time in running text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from toolkit.intake.dates import read_dates

Precision = Literal["day", "month", "year"]

_MONTHS = {
    1: "january|jan|januar|jänner|janvier|enero",
    2: "february|feb|februar|février|febrero",
    3: "march|mar|märz|mrz|mars|marzo",
    4: "april|apr|avril|abril",
    5: "may|mai|mayo",
    6: "june|jun|juni|juin|junio",
    7: "july|jul|juli|juillet|julio",
    8: "august|aug|août|agosto",
    9: "september|sept|sep|septembre|septiembre",
    10: "october|oct|oktober|okt|octobre|octubre",
    11: "november|nov|novembre|noviembre",
    12: "december|dec|dezember|dez|décembre|diciembre",
}
_NUMBER_OF = {name: number for number, names in _MONTHS.items() for name in names.split("|")}
_MONTH = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_YEAR = r"(?:19[5-9]|20[0-4])\d"
_DATE = re.compile(
    rf"""
    (?P<iso>(?<![\d.,-]){_YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\d-]))
    |(?<![\w.])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\.?\s(?:of\s)?(?P<named>{_MONTH})\.?,?\s(?P<year>{_YEAR})(?!\d)
    |(?<!\w)(?P<first>{_MONTH})\.?\s(?P<second>[0-3]?\d)(?:st|nd|rd|th)?,\s?(?P<third>{_YEAR})(?!\d)
    |(?<!\w)(?P<month>{_MONTH})\.?[\s/]{{1,2}}(?P<of>{_YEAR})(?!\d)
    |(?<![\d./-])(?P<numbers>[0-3]?\d[./][01]?\d[./]{_YEAR}|[01]?\d/[0-3]?\d/{_YEAR})(?![\d/-])
    |(?<![\d./-])(?P<short>(?:0?[1-9]|1[0-2])[/.]{_YEAR})(?![\d/.-])
    |(?<![\w./-])(?P<quarter>Q[1-4][\s/-]?{_YEAR}|{_YEAR}[\s-]?Q[1-4])(?![\w])
    |(?<![\w.,/$€£+:-])(?P<alone>{_YEAR})(?![\w%]|[.,/:-]\d|[-+]\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BETWEEN = re.compile(r"\s?(?:[-–—/]|to|until|till|bis|through)\s?", re.IGNORECASE)
_BETWEEN_YEARS = re.compile(
    rf"(?<![\w./-])(?P<a>{_YEAR})\s?[-–—/]\s?(?P<b>{_YEAR}|\d\d)(?![\w-]|[.,]\d)"
)
_OPEN = re.compile(
    r"\s?(?:[-–—]|to|until|till|bis)\s?(?:present|today|now|current|ongoing|heute|jetzt|laufend|dato)"
    r"(?!\w)|\s[-–—](?=\)?$)",
    re.IGNORECASE | re.MULTILINE,
)
_SINCE = re.compile(r"(?:since|seit|as of|ab)\s$", re.IGNORECASE)
#: What stands before a year that is one, and not a count of something.
_BEFORE_YEAR = re.compile(
    r"(?:^|[(\[|•,;–—\t]\s?|\b(?:in|since|until|till|by|of|from|to|during|before|after|early|late|mid"
    r"|spring|summer|autumn|fall|winter|year|seit|bis|ab|von|im jahr|jahr|und|and|sommer|winter"
    r"|frühjahr|herbst|anfang|ende|mitte)\s)$",
    re.IGNORECASE | re.MULTILINE,
)
#: What a count is followed by, and a year hardly ever.
_AFTER_COUNT = re.compile(
    r"\s?(?:%|€|\$)|\s(?:users?|customers?|people|employees|followers?|visitors?|hours?|euros?|orders?"
    r"|nutzer\w*|kunden|kundinnen|besucher\w*|stunden|euro|stück|mitarbeiter\w*|times|items|km|kg|m²)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DateFound:
    """A date or span of time, and where it stands.

    Parameters
    ----------
    place : str
    words : str
        As they stand.
    around : str
        The words around, as one line.
    start : date
        Its first day, where only a month or year is given.
    end : date or None
        The first day of the last month or year of a span; None for a single date, and for one
        that goes on.
    goes_on : bool
        Whether the span is said to last until today.
    precision : {"day", "month", "year"}
    """

    place: str
    words: str
    around: str
    start: dt.date
    end: dt.date | None
    goes_on: bool
    precision: Precision

    @property
    def is_span(self) -> bool:
        return self.end is not None or self.goes_on

    def to_dict(self) -> dict[str, object]:
        return {
            "place": self.place,
            "words": self.words,
            "around": self.around,
            "start": self.start.isoformat(),
            "end": self.end.isoformat() if self.end else None,
            "goes_on": self.goes_on,
            "precision": self.precision,
        }


@dataclass(frozen=True)
class _Hit:
    start: int
    stop: int
    date: dt.date
    precision: Precision


Span = tuple[int, int, dt.date, dt.date | None, bool, Precision]


def date_spans(text: str) -> list[Span]:
    """Dates in a text: first and last character, first and last day, whether it goes on.

    Examples
    --------
    >>> [(str(a), str(b), precision) for _, _, a, b, _, precision in date_spans("Mar. 2010 – 2012")]
    [('2010-03-01', '2012-01-01', 'year')]
    """
    found: list[Span] = []
    hits = _hits(text)
    at = 0
    while at < len(hits):
        hit = hits[at]
        at += 1
        begin = hit.start
        if since := _SINCE.search(text, max(0, begin - 8), begin):
            found.append((since.start(), hit.stop, hit.date, None, True, hit.precision))
            continue
        if at < len(hits):
            after = hits[at]
            between = _BETWEEN.fullmatch(text, hit.stop, after.start)
            if between and hit.date <= after.date:
                found.append((begin, after.stop, hit.date, after.date, False, after.precision))
                at += 1
                continue
        if opened := _OPEN.match(text, hit.stop):
            found.append((begin, opened.end(), hit.date, None, True, hit.precision))
            continue
        found.append((begin, hit.stop, hit.date, None, False, hit.precision))
    return found


def _hits(text: str) -> list[_Hit]:
    """Single dates in order; both years of "2010–2014" are two."""
    hits: list[_Hit] = []
    taken = bytearray(len(text))
    numeric = _numeric(text)
    found = list(_DATE.finditer(text))
    for hit in found:
        if not hit["alone"] and (date := _date(hit, numeric)):
            hits.append(_Hit(hit.start(), hit.end(), *date))
            taken[hit.start() : hit.end()] = b"x" * len(hit[0])
    for pair in _BETWEEN_YEARS.finditer(text):
        first, last = int(pair["a"]), int(pair["b"])
        last = first // 100 * 100 + last if len(pair["b"]) == 2 else last
        if first < last <= first + 60 and not any(taken[pair.start() : pair.end()]):
            taken[pair.start() : pair.end()] = b"x" * len(pair[0])
            hits.append(_Hit(*pair.span("a"), dt.date(first, 1, 1), "year"))
            hits.append(_Hit(*pair.span("b"), dt.date(last, 1, 1), "year"))
    hits += [
        _Hit(hit.start(), hit.end(), dt.date(int(hit["alone"]), 1, 1), "year")
        for hit in found
        if hit["alone"] and not any(taken[hit.start() : hit.end()]) and _is_year(text, hit)
    ]
    return sorted(hits, key=lambda hit: hit.start)


def _is_year(text: str, hit: re.Match[str]) -> bool:
    """Whether four digits standing alone are a year rather than a count."""
    if _AFTER_COUNT.match(text, hit.end()) or text[max(0, hit.start() - 3) : hit.start()].rstrip()[
        -1:
    ] in tuple("€$£¥"):
        return False
    before = text[max(0, hit.start() - 24) : hit.start()]
    if "\n" in before or hit.start() <= 24:
        before = "\n" + before.rpartition("\n")[2]
    at_end = hit.end() == len(text) or text[hit.end()] in "\n)],;|–—"
    return bool(_BEFORE_YEAR.search(before)) or at_end


def _numeric(text: str) -> dict[str, dt.date]:
    """Dates in digits, read together: one of them may show whether the day comes first."""
    written = list(dict.fromkeys(hit["numbers"] for hit in _DATE.finditer(text) if hit["numbers"]))
    if not written:
        return {}
    read = read_dates(pd.Series(written, dtype=object)).values
    return {
        words: pd.Timestamp(day).date()
        for words, day in zip(written, read, strict=True)
        if not np.isnat(day)
    }


def _date(hit: re.Match[str], numeric: dict[str, dt.date]) -> tuple[dt.date, Precision] | None:
    try:
        if hit["iso"]:
            parts = [int(part) for part in hit["iso"].split("-")]
            return dt.date(*[*parts, 1][:3]), "day" if len(parts) == 3 else "month"
        if hit["named"]:
            return dt.date(int(hit["year"]), _month(hit["named"]), int(hit["day"])), "day"
        if hit["first"]:
            return dt.date(int(hit["third"]), _month(hit["first"]), int(hit["second"])), "day"
        if hit["month"]:
            return dt.date(int(hit["of"]), _month(hit["month"]), 1), "month"
        if hit["numbers"]:
            return (numeric[hit["numbers"]], "day") if hit["numbers"] in numeric else None
        if hit["short"]:
            month, year = re.split(r"[/.]", hit["short"])
            return dt.date(int(year), int(month), 1), "month"
        if hit["quarter"]:
            year = int(re.search(r"\d{4}", hit["quarter"])[0])  # type: ignore[index]
            quarter = int(re.search(r"Q(\d)", hit["quarter"], re.IGNORECASE)[1])  # type: ignore[index]
            return dt.date(year, 3 * quarter - 2, 1), "month"
    except ValueError:
        pass
    return None


def _month(name: str) -> int:
    return _NUMBER_OF[name.casefold()]
