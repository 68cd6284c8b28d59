"""What is never accepted: passwords, tokens, cookies, log-ins, by name or by look.

Asking applicants for them is unlawful in many places, and nobody who screens needs them.
A column is refused by its name, a cell by its look; neither is stored, hashed or shown.
"""

from __future__ import annotations

import re

from toolkit.intake.plain_name import plain_name
from toolkit.intake.vocabulary import vocabulary

#: Postcodes are called pin codes in India; they are no secret.
_NO_SECRET = frozenset({"pin_code", "postal_pin_code", "area_pin_code"})

#: Cells that look like a secret whatever their column is called (RE2 and `re` syntax).
TOKEN_PATTERN = (
    r"\bgh[oprsu]_[A-Za-z0-9]{6,}"
    r"|\bgithub_pat_[A-Za-z0-9_]{8,}"
    r"|\bglpat-[A-Za-z0-9_-]{8,}"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{8,}"
    r"|\beyJ[A-Za-z0-9_-]{8,}"
    r"|\bsk-(?:proj-|ant-|live-|test-)?[A-Za-z0-9]{8,}"
    r"|\b[rs]k_(?:live|test)_[A-Za-z0-9]{6,}"
    r"|\bxox[abeoprs]-[A-Za-z0-9-]{8,}"
    r"|\bAIza[A-Za-z0-9_-]{20,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\b[Bb]earer [A-Za-z0-9._~+/-]{12,}"
    r"|(?i:\b(?:password|passwd|pwd|passwort|passcode|api[_ -]?key|access[_ -]?token)\b"
    r"\s*[:=]\s*\S)"
    r"|://[^/\s:@]+:[^/\s@]+@"
)
_TOKEN = re.compile(TOKEN_PATTERN)
#: The same with what follows it up to the next space: a pattern may end within the secret.
_SECRET_WORDS = re.compile(rf"(?:{TOKEN_PATTERN})\S*")


def refused_name(column: str) -> str | None:
    """What a column name says it holds, where that is never accepted.

    Returns
    -------
    str or None
        For instance ``"a password"``.

    Examples
    --------
    >>> refused_name("Facebook Password"), refused_name("apiKey"), refused_name("sessionID")
    ('a password', 'an API key', 'a session id')
    >>> refused_name("author"), refused_name("pass rate"), refused_name("PIN code")
    (None, None, None)
    """
    plain = plain_name(column)
    if plain in _NO_SECRET:
        return None
    known = vocabulary()
    for word in plain.split("_"):
        if word in known.refused_words:
            return known.refused_words[word]
    run = plain.replace("_", "")
    if run in known.refused_words:
        return known.refused_words[run]
    return next((what for part, what in known.refused_runs.items() if part in run), None)


def looks_like_token(text: str) -> bool:
    """True where a text has the look of a token, key or written-down password.

    Examples
    --------
    >>> looks_like_token("AKIAIOSFODNN7EXAMPLE"), looks_like_token("scikit-learn, sk-learn")
    (True, False)
    """
    return _TOKEN.search(text) is not None


def without_tokens(text: str) -> str:
    """A text in which what looks like a secret is left out, with the word that it was in.

    Examples
    --------
    >>> without_tokens("Key: AKIAIOSFODNN7EXAMPLE, region: eu")
    'Key: [left out] region: eu'
    """
    return _SECRET_WORDS.sub("[left out]", text)
