"""The fixed words of the sheets in one language, and how it writes numbers and dates."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

_TEXTS = Path(__file__).parent / "texts"
_MINUS = "−"


@dataclass(frozen=True)
class Texts:
    """The words of one language.

    Parameters
    ----------
    common : mapping
        Words that every document uses, and the marks of numbers and dates.
    document : mapping
        Words of one document: strings and lists of strings.
    """

    common: Mapping[str, Any]
    document: Mapping[str, Any]

    def __call__(self, key: str, **filled: object) -> str:
        """One text with its braces filled in; the document's own words come first."""
        text = self.document[key] if key in self.document else self.common[key]
        return str(text).format(**filled) if filled else str(text)

    def date(self, date: dt.date) -> str:
        """A date in words, for instance ``9 October 2026``."""
        month = self.common["months"][date.month - 1]
        return self("date_order", day=date.day, month=month, year=date.year)

    def number(self, value: float, decimals: int, *, sign: bool = True) -> str:
        """A number with fixed decimals and a true minus sign.

        Parameters
        ----------
        value : float
        decimals : int
        sign : bool
            False writes the size alone.
        """
        plain = f"{abs(value):,.{decimals}f}"
        marks = {",": self("thousands_mark"), ".": self("decimal_mark")}
        written = "".join(marks.get(character, character) for character in plain)
        negative = sign and value < 0 and any(character in "123456789" for character in plain)
        return _MINUS + written if negative else written

    def percent(self, share: float) -> str:
        """A share as whole percent; what is not quite nothing or all is not rounded to it."""
        if 0 < share < 0.005:
            return self("percent_under")
        if -0.005 < share < 0:
            return self("percent_negative")
        if 0.995 <= share < 1:
            return self("percent_over")
        return self("percent", number=self.number(100 * share, 0))

    def joined(self, names: Sequence[str], last: Literal["list_or", "list_and"]) -> str:
        """Names in a row: ``Klout, Kred or PeerIndex``."""
        *first, final = names
        return ", ".join(first) + self(last) + final if first else final


@cache
def texts_of(document: str, language: str = "en") -> Texts:
    """The words of one document in one language.

    Parameters
    ----------
    document : str
        For instance ``"candidate"``.
    language : str
        As in BCP 47.
    """
    words = tomllib.loads((_TEXTS / f"{language}.toml").read_text(encoding="utf-8"))
    return Texts(common=words["common"], document=words[document])
