"""Scores made of other scores: a sum or the highest of their parts.

A composite of parts x₁ … xₖ with multipliers m₁ … mₖ is

    sum       m₁x₁ + … + mₖxₖ
    maximum   max(m₁x₁, …, mₖxₖ)

and is missing where any part is missing. Parts may be composites themselves. Where the parts
correlate, such a sum counts the same thing twice, which is why the catalogue keeps the recipe
and not only the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from toolkit.errors import CatalogueError, UnknownName, did_you_mean
from toolkit.scores.score import Score

Floats = npt.NDArray[np.float64]


def composite_column(
    scores: Mapping[str, Score], key: str, columns: Mapping[str, Floats]
) -> Floats:
    """Compute a composite's column from the columns of its parts.

    Parameters
    ----------
    scores : mapping of str to Score
        The catalogue.
    key : str
        The composite.
    columns : mapping of str to float array, shape (n_candidates,)
        Part columns by key; NaN where missing. A part that has no column of its own but is a
        composite is computed first.

    Returns
    -------
    float array, shape (n_candidates,)
        NaN where any part is missing.

    Raises
    ------
    UnknownName
        If the score, or the column of a part, is not there.
    CatalogueError
        If the score is not a composite.

    Examples
    --------
    >>> from toolkit.scores.catalogue import load_catalogue
    >>> columns = {"klout": np.array([50.0, np.nan]), "peerindex": np.array([30.0, 40.0])}
    >>> composite_column(load_catalogue(), "flaunt", columns)
    array([80., nan])
    """
    if key not in scores:
        raise UnknownName("score", key, scores)
    score = scores[key]
    if not score.is_composite:
        raise CatalogueError(
            f"'{key}' is not made of other scores, so it cannot be computed. "
            "Upload its column, or give it parts."
        )
    weighted = []
    for part, multiplier in score.parts.items():
        if part in columns:
            column = np.asarray(columns[part], dtype=np.float64)
        elif part in scores and scores[part].is_composite:
            column = composite_column(scores, part, columns)
        else:
            raise UnknownName("column", part, columns, f"the parts of '{key}'")
        weighted.append(multiplier * column)
    stacked = np.stack(weighted)
    # np.max and np.sum both hand NaN on, so a missing part gives a missing composite.
    result: Floats = stacked.max(axis=0) if score.combine == "maximum" else stacked.sum(axis=0)
    return result


def computable(scores: Mapping[str, Score], columns: Iterable[str]) -> list[str]:
    """Keys of the composites that can be computed from columns that are there.

    Parameters
    ----------
    scores : mapping of str to Score
        The catalogue.
    columns : iterable of str
        Keys of the columns at hand.

    Returns
    -------
    list of str
        Without those that are at hand themselves.
    """
    present = set(columns)

    def reachable(key: str) -> bool:
        return key in present or (
            scores[key].is_composite and all(reachable(part) for part in scores[key].parts)
        )

    return [key for key in scores if key not in present and reachable(key)]


def with_composite_scales(scores: Mapping[str, Score], where: str) -> dict[str, Score]:
    """Check the parts of every composite, and give those without a scale the one that follows.

    Parameters
    ----------
    scores : mapping of str to Score
        By key.
    where : str
        The file's name, for messages.

    Raises
    ------
    CatalogueError
        If a part is not there, or a composite's parts lead back to itself.
    """
    for key in scores:
        _refuse_circle(scores, key, where)
    done: dict[str, Score] = {}

    def scaled(key: str) -> Score:
        if key not in done:
            score = scores[key]
            if score.is_composite and score.low is None and score.high is None:
                low, high = _scale(score, [scaled(part) for part in score.parts])
                score = replace(score, low=low, high=high)
            done[key] = score
        return done[key]

    return {key: scaled(key) for key in scores}


def _refuse_circle(scores: Mapping[str, Score], start: str, where: str) -> None:
    trail = [start]

    def follow(key: str) -> None:
        for part in scores[key].parts:
            if part not in scores:
                raise CatalogueError(
                    f"{where}, score '{key}', key 'parts': there is no score '{part}'. "
                    f"{did_you_mean(part, scores)}"
                )
            if part in trail:
                circle = " → ".join([*trail[trail.index(part) :], part])
                raise CatalogueError(
                    f"{where}, score '{key}', key 'parts': a score cannot be made of itself "
                    f"({circle}). Take one of these parts out."
                )
            trail.append(part)
            follow(part)
            trail.pop()

    follow(start)


def _scale(score: Score, parts: list[Score]) -> tuple[float | None, float | None]:
    """Ends of a composite's scale; an end is open where a part leaves it open."""
    lows: list[float | None] = []
    highs: list[float | None] = []
    for part in parts:
        multiplier = score.parts[part.key]
        low = None if part.low is None else multiplier * part.low
        high = None if part.high is None else multiplier * part.high
        lows.append(low if multiplier > 0 else high)
        highs.append(high if multiplier > 0 else low)
    join: Callable[[list[float]], float] = max if score.combine == "maximum" else sum
    return _joined(lows, join), _joined(highs, join)


def _joined(ends: list[float | None], join: Callable[[list[float]], float]) -> float | None:
    known = [end for end in ends if end is not None]
    return join(known) if len(known) == len(ends) else None
