"""Postal addresses: streets with a number, towns with a postcode, fields that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from toolkit.review.blinding.marks import Part

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,40}"
_STREET = (
    r"(?:St|Street|Rd|Road|Ave|Avenue|Blvd|Boulevard|Ln|Lane|Dr|Drive|Ct|Court|Sq|Square|Parkway"
    r"|Pkwy"
    r"|Terrace|Crescent|Highway|Hwy|Gardens|Mews|Close)"
)
_US_TOWN = rf"{_CAPITAL}(?: {_CAPITAL}){{0,3}},? [A-Z]{{2}},? \d{{5}}(?:-\d{{4}})?(?!\d)"
_TOWN = rf"(?:(?:[A-Z]{{1,2}}-)?\d{{4,5}} {_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}})"
_UK_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}"
_PATTERNS = (
    # 123 Somewhere Rd., Apt. 4, Mountain View, CA 94035
    re.compile(
        rf"(?<![\w.,$€£-])\d{{1,5}}[A-Za-z]?,? (?:{_CAPITAL} ){{1,4}}?{_STREET}(?:\.|\b)(?! \d)"
        rf"(?:,? (?:Apt|Suite|Unit|Flat|#)\.? ?\w{{1,5}})?(?:[,\n] ?(?:{_US_TOWN}|{_UK_POSTCODE}"
        rf"|{_CAPITAL}(?: {_CAPITAL})? {_UK_POSTCODE}))?"
    ),
    # 2712 Broadway St; and a street of one word with its number behind, as in German
    re.compile(
        rf"(?<!\w)(?:{_CAPITAL}[ -]){{0,3}}[A-ZÄÖÜ]?[\wäöüß.-]{{0,40}}"
        rf"(?:straße|strasse|str\.|[Ss]tr\.|weg|platz|allee|gasse"
        rf"|damm|ufer|[Ss]traße|laan|straat|plein)\s\d{{1,4}}\s?(?:[a-z](?!\w))?(?!\s?[%€\d])"
        rf"(?:\s?[-–/]\s?\d{{1,4}}[a-z]?)?(?:,? ?\n?{_TOWN})?"
    ),
    re.compile(rf"(?<!\w){_US_TOWN}"),
    re.compile(rf"(?<!\w)(?:{_CAPITAL}(?: {_CAPITAL})?,? )?{_UK_POSTCODE}(?!\w)"),
    re.compile(r"(?<!\w)P\.? ?O\.? Box \d{1,6}|(?<!\w)Postfach \d{1,6}(?: \d{1,4})?"),
)
#: A line of its own, which at the top of a document is hardly anything else.
_TOWN_ALONE = re.compile(
    rf"^(?:[A-Z]{{1,2}}-\d{{4,5}}|\d{{5}}) {_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}}(?:,? {_CAPITAL})?$",
    re.MULTILINE,
)
_FIELD = re.compile(
    r"(?:^|[|•·])[ \t]*(?:address|home address|postal address|anschrift|adresse|wohnort|wohnhaft in"
    r"|lives in|residence|postcode|zip code|plz|post code)\s?:\s?(?P<value>[^|•·\n]{2,200})",
    re.IGNORECASE | re.MULTILINE,
)
#: Lines at the top of a document among which a place of living stands as a rule.
_TOP = 15
_SEGMENT = re.compile(r"[^|•·\n]{6,120}")
_LONG_NAMES = (
    "Republic of Korea",
    "United States of America",
    "USA",
    "U.S.A.",
    "UK",
    "England",
    "Scotland",
    "Wales",
    "The Netherlands",
    "Deutschland",
    "Österreich",
    "Schweiz",
)


def address_parts(text: str) -> Iterator[Part]:
    """Where postal addresses stand."""
    for pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            yield Part(hit.start(), hit.end(), "address")
    for hit in _FIELD.finditer(text):
        yield Part(hit.start("value"), hit.end("value"), "address")
    yield from _at_the_top(text)


def _at_the_top(text: str) -> Iterator[Part]:
    """In the first lines: a postcode with a town, and what has two commas and ends in a country."""
    end = 0
    for _ in range(_TOP):
        end = text.find("\n", end) + 1
        if not end:
            end = len(text)
            break
    for hit in _TOWN_ALONE.finditer(text, 0, end):
        yield Part(hit.start(), hit.end(), "address")
    for hit in _SEGMENT.finditer(text, 0, end):
        segment = hit[0].strip()
        pieces = [piece.strip() for piece in segment.split(",")]
        if len(pieces) >= 3 and pieces[-1].casefold() in _countries():
            start = hit.start() + (len(hit[0]) - len(hit[0].lstrip()))
            yield Part(start, start + len(segment), "address")


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    names = {n for code in ("en", "de") for n in Locale(code).territories.values()}
    return frozenset(name.casefold() for name in (*names, *_LONG_NAMES))
