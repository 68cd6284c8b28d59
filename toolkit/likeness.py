"""How alike short texts are: the cosine of their TF-IDF vectors over word stems.

Words that many of the texts share count little, words that say nothing ("the", "of") not at
all, and endings are taken off. It compares words, not meanings: two texts that say the same
in other words come out unlike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from toolkit.arrays import Floats

_ENDINGS = ("ings", "ing", "ers", "er", "ies", "es", "ed", "s", "y")
LEAST_STEM = 3


def similarities(first: Sequence[str], second: Sequence[str], others: Sequence[str] = ()) -> Floats:
    """Cosine of the TF-IDF vectors of texts, shape (n_first, n_second).

    Parameters
    ----------
    first, second : sequence of str
    others : sequence of str, optional
        Further texts of the kind, which only say how common each word is.
    """
    # Only where texts are given: the library takes a second to load.
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not any(map(stems, first)) or not any(map(stems, second)):
        return np.zeros((len(first), len(second)))
    vectors = TfidfVectorizer(analyzer=stems).fit([*first, *second, *others])
    found: Floats = (vectors.transform(first) @ vectors.transform(second).T).toarray()
    return found


def stems(text: str) -> list[str]:
    """The words of a text without endings and without words that say nothing.

    Examples
    --------
    >>> stems("Juggling and the marketing of markets")
    ['juggl', 'market', 'market']
    """
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    words = re.findall(r"[^\W_]+(?:[+#]+)?", text.casefold())
    return [_stem(word) for word in words if word not in ENGLISH_STOP_WORDS]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            return word.removesuffix(ending)
    return word
