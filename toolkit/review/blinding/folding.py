"""Texts compared without regard to capitals and accents, letter by letter."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPELT_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "å": "aa"}
#: Marks that stand after the letter they belong to.
COMBINING = "[\u0300-\u036f]*"


def folded(text: str) -> str:
    """A text in small letters without accents, as long as the text itself.

    Examples
    --------
    >>> folded("José ÄRGER")
    'jose arger'
    """
    return "".join(map(_folded_letter, text)) if not text.isascii() else text.lower()


def spelt_out(name: str) -> str:
    """A name with its umlauts in two letters: Müller → Mueller."""
    return "".join(_SPELT_OUT.get(c, _SPELT_OUT.get(c.lower(), c)) for c in name)


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1]
    small = base.lower() if base.isalpha() else letter.lower()
    return small if len(small) == 1 else letter
