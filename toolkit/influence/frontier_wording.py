"""The frontier of two signals in plain sentences."""

from __future__ import annotations

import numpy as np

from toolkit.influence.frontier import Frontier
from toolkit.influence.wording import margin_sentence, quantity
from toolkit.intake.cohort import Signal


def frontier_sentences(found: Frontier) -> list[str]:
    """What each signal would need alone, and what both would need together.

    Returns
    -------
    list of str
        One sentence for each signal alone, then one or two on both together.
    """
    alone = [
        margin_sentence(about, value, np.nan if change is None else change, found.selected)
        for about, value, change in zip(
            (found.first, found.second), found.values, found.alone, strict=True
        )
    ]
    return [*alone, *_together(found)]


def _together(found: Frontier) -> list[str]:
    first, second = found.first.label, found.second.label
    outcome = "would cost the place" if found.selected else "would win a place"
    both = found.pairs[(found.pairs != 0).all(axis=1)]
    if not found.pairs.size:
        return [f"{first} and {second} together: no admissible pair of values {outcome} either."]
    if not both.size:
        return [
            f"Moving {first} and {second} together takes no less of either than moving it alone."
        ]
    pair = pair_in_words(found, both[len(both) // 2])
    if found.alone == (None, None):
        opening = f"Neither alone {outcome}; both together: {pair}"
    else:
        opening = f"Together less of each is enough: {pair}"
    if len(both) == 1:
        return [f"{opening}."]
    return [f"{opening}, for instance.", f"There are {len(both):,} such pairs."]


def pair_in_words(found: Frontier, pair: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    """Both changes of a pair.

    Examples
    --------
    >>> klout, kred = Signal("klout", "Klout", "score"), Signal("kred", "Kred", "score")
    >>> found = Frontier("c1", klout, kred, (46.0, 825.0), False, np.array([[4.0, 27.0]]))
    >>> pair_in_words(found, found.pairs[0])
    'Klout 4 higher (50) and Kred 27 higher (852)'
    >>> frontier_sentences(found)[-1]
    'Neither alone would win a place; both together: Klout 4 higher (50) and Kred 27 higher (852).'
    """
    changes = zip((found.first, found.second), found.values, pair.tolist(), strict=True)
    return " and ".join(_change(about, value, change) for about, value, change in changes)


def _change(about: Signal, value: float, change: float) -> str:
    way = "higher" if change > 0 else "lower"
    return (
        f"{about.label} {quantity(abs(change), about.decimals)} {way} "
        f"({quantity(value + change, about.decimals)})"
    )
