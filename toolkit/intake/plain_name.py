"""Column names as plain words, so that spelling and case do not matter."""

from __future__ import annotations

import re
import unicodedata

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_WORD = re.compile(r"[\W_]+")


def shown_name(column: str) -> str:
    """A column name as people read it: one without capitals gets spaces and a capital.

    Examples
    --------
    >>> shown_name("years_experience"), shown_name("Klout (May)")
    ('Years experience', 'Klout (May)')
    """
    if column != column.lower():
        return column
    return column.replace("_", " ").capitalize()


def plain_name(text: str) -> str:
    """A column name in lower case words joined by underscores, without accents.

    Examples
    --------
    >>> plain_name("Klout Score"), plain_name("candidateID"), plain_name(" % fake (est.) ")
    ('klout_score', 'candidate_id', 'fake_est')
    >>> plain_name("Âge"), plain_name("経験年数")
    ('age', '経験年数')
    """
    separated = _HUMP.sub(" ", unicodedata.normalize("NFKC", text))
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", separated) if not unicodedata.combining(c)
    )
    # Composed again, so that scripts whose letters decompose (Hangul) stay as typed.
    return _NO_WORD.sub("_", unicodedata.normalize("NFC", bare).casefold()).strip("_")
