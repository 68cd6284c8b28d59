"""The fixed words of the documents in one language, and how it writes numbers and dates.

``texts/en.toml`` holds every text once, in English, under the document that uses it. Each other
language is a gettext catalogue beside it, ``texts/de.po``: the English text is the message, and
the key under which it stands (``candidate.conflicts.1``) is its context, so that two texts that
are alike in English may differ elsewhere. Catalogues are read as they are; nothing is compiled.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

from toolkit.errors import SheetError

CATALOGUES = Path(__file__).parent / "texts"

#: Languages of the documents, and the place whose way of writing numbers and dates they follow.
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"en": "en_GB", "de": "de_DE", "fr": "fr_FR", "es": "es_ES"}
)
#: What the languages call themselves.
LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
)

#: The section whose texts every document may use.
COMMON = "common"
_MINUS = "−"
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,](?=\d)")


@dataclass(frozen=True)
class Texts:
    """The words of one document in one language.

    Parameters
    ----------
    common : mapping
        Words that every document uses.
    document : mapping
        Words of one document: strings and lists of strings.
    locale : Locale
        How numbers and dates are written.
    """

    common: Mapping[str, Any]
    document: Mapping[str, Any]
    locale: Locale

    def __call__(self, key: str, **filled: object) -> str:
        """One text with its braces filled in; the document's own words come first."""
        text = self.document[key] if key in self.document else self.common[key]
        return str(text).format(**filled) if filled else str(text)

    def count(self, key: str, number: int, **filled: object) -> str:
        """A text about so many, filled in as ``number``; ``KEY_one`` where it is for one.

        Which numbers are spoken of in the singular differs: none is, in French.
        """
        one = f"{key}_one"
        singular = one in self.document and self.locale.plural_form(number) == "one"
        return self(one if singular else key, number=self.number(number, 0), **filled)

    def date(self, date: dt.date) -> str:
        """A date in words, for instance ``9 October 2026``."""
        return format_date(date, "long", locale=self.locale)

    def number(self, value: float, decimals: int, *, sign: bool = True) -> str:
        """A number with fixed decimals, the marks of the language and a true minus sign.

        Parameters
        ----------
        value : float
        decimals : int
        sign : bool
            False writes the size alone.
        """
        plain = f"{abs(value):,.{decimals}f}"
        marks = _marks(self.locale)
        written = "".join(marks.get(character, character) for character in plain)
        negative = sign and value < 0 and any(character in "123456789" for character in plain)
        return _MINUS + written if negative else written

    def figures(self, text: str) -> str:
        """A text with the marks of its numbers as the language has them.

        Parameters
        ----------
        text : str
            With numbers as English writes them: ``1,234.5``.
        """
        marks = _marks(self.locale)
        return _BETWEEN_DIGITS.sub(lambda mark: marks[mark.group()], text)

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


def checked_language(language: str) -> str:
    """The language, if there is a catalogue of it.

    Raises
    ------
    SheetError
        If there is none.
    """
    if language not in LANGUAGES:
        known = ", ".join(f"{code} ({LANGUAGE_NAMES[code]})" for code in LANGUAGES)
        raise SheetError(f"There are no sheets in the language '{language}'. Choose {known}.")
    return language


@cache
def texts_of(document: str, language: str = "en") -> Texts:
    """The words of one document in one language.

    Parameters
    ----------
    document : str
        A section of ``texts/en.toml``, for instance ``"candidate"``.
    language : str
        One of `LANGUAGES`.

    Raises
    ------
    SheetError
        If the language is not known.
    """
    words = _translated(checked_language(language))
    return Texts(
        common=words[COMMON],
        document=words[document],
        locale=Locale.parse(LANGUAGES[language]),
    )


@cache
def english() -> Mapping[str, Any]:
    """Every text in English, as ``texts/en.toml`` holds it."""
    return tomllib.loads((CATALOGUES / "en.toml").read_text(encoding="utf-8"))


def messages(tree: object, context: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its context, in the order of the file.

    Examples
    --------
    >>> list(messages({"candidate": {"role": "Role", "ticks": ["yes", "no"]}}))
    [('candidate.role', 'Role'), ('candidate.ticks.0', 'yes'), ('candidate.ticks.1', 'no')]
    """
    found: list[tuple[str, str]] = []

    def note(where: str, text: str) -> str:
        found.append((where, text))
        return text

    _mapped(tree, context, note)
    yield from found


def catalogue(language: str) -> Catalog:
    """The catalogue of one language, as its file holds it."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def _translated(language: str) -> Mapping[str, Any]:
    """Every text in one language; in English where nobody has translated it yet."""
    words = english()
    if language == "en":
        return words
    found = catalogue(language)

    def said(context: str, text: str) -> str:
        message = found.get(text, context)
        usable = message is not None and message.string and not message.fuzzy
        return str(message.string) if message is not None and usable else text

    translated = _mapped(words, "", said)
    assert isinstance(translated, dict)
    return translated


def _mapped(tree: object, context: str, change: Callable[[str, str], str]) -> object:
    """The same tree with every text changed; `change` is told where the text stands."""
    if isinstance(tree, str):
        return change(context, tree)
    inside = f"{context}." if context else ""
    if isinstance(tree, Mapping):
        return {key: _mapped(value, f"{inside}{key}", change) for key, value in tree.items()}
    if isinstance(tree, Sequence):
        return [_mapped(value, f"{inside}{at}", change) for at, value in enumerate(tree)]
    return tree


@cache
def _marks(locale: Locale) -> Mapping[str, str]:
    """The marks of numbers, by those that Python writes."""
    return {".": get_decimal_symbol(locale), ",": get_group_symbol(locale)}
