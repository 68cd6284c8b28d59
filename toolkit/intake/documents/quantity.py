"""Numbers with their unit as people write them in sentences: ``1,400``, ``2.5 Mio. €``, ``3 %``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
import pandas as pd

from toolkit.intake.number_marks import Mark, column_mark
from toolkit.intake.numbers import read_numbers

_DIGITS = r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,6})?|\d{1,12}(?:[.,]\d{1,6})?"
_CURRENCY = r"US\$|[€$£¥]|EUR|USD|GBP|CHF|Euro|euros?|dollars?|Dollar|pounds?|Franken"
_TIMES = (
    r"thousand|million|billion|Tausend|Tsd\.?|Millionen|Million|Mio\.?|Milliarden|Milliarde|Mrd\.?"
    r"|[kK](?![\w])|[mM](?![\w])|[bB]n(?!\w)|[mM]n(?!\w)"
)
#: A number as it stands in a sentence, with currency, multiplier and percent sign.
QUANTITY = (
    rf"(?P<{{0}}front>(?:{_CURRENCY})\s?)?(?P<{{0}}number>(?<![\w.,/:-]){_DIGITS}"
    rf"|(?<=[€$£¥])(?:{_DIGITS}))"
    rf"(?P<{{0}}times>\s?(?:{_TIMES}))?(?![\d])"
    r"(?P<{0}unit>\s?(?:%|percentage points?|per ?cent|Prozentpunkte?n?|Prozent"
    rf"|(?:{_CURRENCY})(?!\w)))?"
)
_FACTORS = {
    "thousand": 3, "tausend": 3, "tsd": 3, "k": 3, "million": 6, "millionen": 6, "mio": 6, "m": 6,
    "mn": 6, "billion": 9, "bn": 9, "milliarde": 9, "milliarden": 9, "mrd": 9,
}  # fmt: skip
_PERCENT = re.compile(r"%|per ?cent|prozent", re.IGNORECASE)
_POINTS = re.compile(r"percentage points?|prozentpunkt", re.IGNORECASE)
_MONEY = {
    "us$": "$", "usd": "$", "dollar": "$", "dollars": "$", "eur": "€", "euro": "€", "euros": "€",
    "gbp": "£", "pound": "£", "pounds": "£", "franken": "CHF",
}  # fmt: skip
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+")
#: Values of more digits would not survive being read as floating-point numbers.
_MOST_DIGITS = 15


@dataclass(frozen=True)
class Quantity:
    """A number and its unit.

    Parameters
    ----------
    value : Decimal
        Exact, as it stands; multipliers such as "million" are multiplied in.
    unit : str
        ``"%"``, ``"points"``, a currency, or empty.
    """

    value: Decimal
    unit: str


def quantity_pattern(name: str) -> str:
    """The pattern of a quantity, its groups' names beginning with `name`."""
    return QUANTITY.replace("{0}", name)


def quantity(hit: re.Match[str], name: str, mark: Mark, whole: bool = False) -> Quantity | None:
    """The quantity that a match of `quantity_pattern` found.

    Parameters
    ----------
    hit : Match
    name : str
        What the groups' names begin with.
    mark : {".", ","}
        The decimal mark where the number itself leaves it open.
    whole : bool
        Whether things are counted, so that 1.400 is fourteen hundred whatever the mark; money
        has no three decimals either.
    """
    number = hit[f"{name}number"]
    if sum(c.isdigit() for c in number) > _MOST_DIGITS:
        return None
    plain = re.sub(r"[ \u00a0\u202f]", "", number)
    unit = _unit(hit[f"{name}front"] or "", hit[f"{name}unit"] or "")
    if (whole or unit not in ("", "%", "points")) and _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    value = _value(plain, mark)
    if value is None:
        return None
    times = (hit[f"{name}times"] or "").strip().rstrip(".").casefold()
    if times:
        value = value.scaleb(_FACTORS[times])
    return Quantity(value.normalize() + 0, unit)


@lru_cache(maxsize=4096)
def _value(plain: str, mark: Mark) -> Decimal | None:
    if plain.isdecimal() and plain.isascii():
        return Decimal(plain)
    read = read_numbers(pd.Series([plain]), default=mark).values
    return Decimal(repr(float(read[0]))) if np.isfinite(read).all() else None


def document_mark(texts: Sequence[str], default: Mark) -> Mark:
    """The decimal mark of the numbers in some texts, where they agree on one."""
    found = [
        number for text in texts for number in re.findall(rf"(?<![\w.,/:-])(?:{_DIGITS})", text)
    ]
    telling = [number for number in found if re.search(r"[.,]", number)]
    mark = column_mark(pd.Series(telling, dtype=object)) if telling else None
    return mark if mark in (".", ",") else default


def _unit(front: str, behind: str) -> str:
    said = (front or behind).strip()
    if _POINTS.search(said):
        return "points"
    if _PERCENT.search(said):
        return "%"
    return _MONEY.get(said.casefold(), said)
