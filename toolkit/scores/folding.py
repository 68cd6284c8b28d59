"""Column names folded to what they say, whatever the case, spaces and punctuation."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """Letters and digits of a name, in one case and one Unicode form.

    Examples
    --------
    >>> folded("Klout Score") == folded("klout_score") == folded("KLOUT-score ")
    True
    >>> folded("Followers (n°)")
    'followersn'
    """
    # NFKC may bring new punctuation and casefold new composed letters, hence twice.
    once = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in unicodedata.normalize("NFKC", once) if c.isalnum())
