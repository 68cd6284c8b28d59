"""Does a reviewer become more severe, or milder, as time goes on?

The model is ``rating = candidate − severity of the reviewer at that time + residual`` with

    severity of reviewer j at time t  =  a_j + b_j · t,

t running from 0 at the reviewer's own first rating to 1 at the last, so that b_j is the change
from the first to the last in points. Candidates' values are free (each is compared with itself
alone), so that it does not matter whether better candidates came first. Least squares; the
errors are taken to be independent of each other, with one variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from toolkit.arrays import Bools, Floats, Ints
from toolkit.estimate import CONFIDENCE, Estimate
from toolkit.review.ratings import Ratings
from toolkit.sentence import Sentence, figure, say, say_count

#: Fewer ratings than this, of candidates whom others rated too, and no trend is looked for.
FEWEST = 8
#: Fewer degrees of freedom than this are too few to judge a trend by.
FEWEST_DF = 10
#: From here on a change is said to be there.
LEVEL = 1 - CONFIDENCE
#: Singular values below this share of the largest are none.
_NOTHING = 1e-9


@dataclass(frozen=True)
class ReviewerDrift:
    """How one reviewer's severity went from the first rating to the last.

    Parameters
    ----------
    reviewer : str
    ratings : int
        Of candidates whom somebody else rated too.
    first, first_se, last, last_se : float or None
        Severity at the first and at the last rating, in points below the average of all
        reviewers, with standard errors.
    change : Estimate
        Last less first: positive has become more severe.
    se, p : float or None
        The change's standard error, and how often so large a one would come out if there
        were none.
    """

    reviewer: str
    ratings: int
    first: float | None
    first_se: float | None
    last: float | None
    last_se: float | None
    change: Estimate
    se: float | None
    p: float | None

    def to_dict(self) -> dict[str, object]:
        return {
            "reviewer": self.reviewer,
            "ratings": self.ratings,
            "first": self.first,
            "first_se": self.first_se,
            "last": self.last,
            "last_se": self.last_se,
            **self.change.to_dict("change"),
            "se": self.se,
            "p": self.p,
        }


@dataclass(frozen=True)
class Drift:
    """Every reviewer's severity over time.

    Parameters
    ----------
    by : {"order", "date"}
        What time is.
    reviewers : tuple of ReviewerDrift
    relative : bool
        True where all rated in the same order, so that a change which all share cannot be
        told from the candidates: each change is then beside the average reviewer's.
    p : float or None
        Of all changes at once: how often changes so large would come out if nobody changed.
    why : Sentence or None
        Why nothing can be said.
    without_time : int
        Ratings without a date or place, which are left out.
    """

    by: Literal["order", "date"]
    reviewers: tuple[ReviewerDrift, ...]
    relative: bool
    p: float | None
    why: Sentence | None
    without_time: int

    def to_dict(self) -> dict[str, object]:
        """The key ``drift`` of the command ``agreement``."""
        return {
            "by": self.by,
            "relative": self.relative,
            "p": self.p,
            "why": self.why,
            "without_time": self.without_time,
            "reviewers": [one.to_dict() for one in self.reviewers],
        }

    def sentences(self) -> list[Sentence]:
        """What is worth saying."""
        if self.why is not None:
            return [say("Whether severity changes over time cannot be said. {why}", why=self.why)]
        said = []
        tested = [one for one in self.reviewers if one.p is not None]
        if self.p is not None and self.p >= LEVEL:
            said.append(
                say(
                    "No change of severity over time can be told ({n} reviewers, p = {p}).",
                    n=len(tested),
                    p=figure(f"{self.p:.2f}"),
                )
            )
        else:
            changed = [one for one in tested if one.p is not None and one.p < LEVEL]
            said += [_changed(one, self.relative) for one in changed]
            if not changed:
                said.append(
                    say(
                        "Severity changes over time (p = {p}), but whose cannot be told.",
                        p=say("unknown") if self.p is None else figure(f"{self.p:.3f}"),
                    )
                )
        if self.relative:
            said.append(
                say(
                    "All rated in the same order, so a change that all share cannot be told from "
                    "the candidates: changes are beside the average reviewer's."
                )
            )
        if self.without_time:
            said.append(
                say_count(
                    "{n} ratings say not when they were made: left out.",
                    "{n} ratings say not when they were made: left out.",
                    self.without_time,
                    n=self.without_time,
                )
            )
        return said


def drift(ratings: Ratings) -> Drift | None:
    """How reviewers' severity goes over time.

    Parameters
    ----------
    ratings : Ratings
        On one criterion, or totals.

    Returns
    -------
    Drift or None
        None where the ratings carry neither an order nor a date, and for ratings in words.
    """
    if ratings.time is None or ratings.in_words:
        return None
    timed = ~np.isnan(ratings.time)
    used = timed & _shared(ratings.candidate, timed)
    counts = np.bincount(ratings.reviewer[used], minlength=len(ratings.reviewers))
    present = np.unique(ratings.reviewer)
    when = _own_time(ratings.time, ratings.reviewer, used, ratings.time_is == "order")
    moving = (counts >= FEWEST) & (_spans(when, ratings.reviewer, used, len(counts)) > 0)
    without_time = int((~timed).sum())
    if not moving.any():
        why = say(
            "No reviewer has {n} ratings, made one after the other, of candidates whom somebody "
            "else rated too.",
            n=str(FEWEST),
        )
        return Drift(ratings.time_is, (), False, None, why, without_time)
    fit = _Fit(
        ratings.candidate[used], ratings.reviewer[used], ratings.value[used], when[used], moving
    )
    if fit.df < FEWEST_DF:
        why = say(
            "After the candidates and reviewers are taken out, {left} ratings are left to judge "
            "by; at least {needed} are needed.",
            left=str(max(fit.df, 0)),
            needed=str(FEWEST_DF),
        )
        return Drift(ratings.time_is, (), False, None, why, without_time)
    absolute = fit.can_tell(fit.changes())
    relative = not absolute and fit.can_tell(fit.changes(relative=True))
    if not absolute and not relative:
        why = say(
            "The reviewers' changes cannot be told from each other or from the candidates. Let "
            "each reviewer rate in a random order of their own, and share candidates."
        )
        return Drift(ratings.time_is, (), False, None, why, without_time)
    return Drift(
        ratings.time_is,
        tuple(_one(fit, at, ratings.reviewers[at], int(counts[at]), relative) for at in present),
        relative,
        fit.joint_p(fit.changes(relative=relative)),
        None,
        without_time,
    )


def _one(fit: _Fit, at: int, name: str, ratings: int, relative: bool) -> ReviewerDrift:
    if not fit.moving[at]:
        why = Estimate.none(f"Fewer than {FEWEST} ratings one after the other.")
        return ReviewerDrift(name, ratings, None, None, None, None, why, None, None)
    change, se = fit.estimate(fit.changes(relative=relative)[fit.slope_of[at]])
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, fit.df)) * se
    p = float(2 * stats.t.sf(abs(change) / se, fit.df)) if se > 0 else None
    first, last = _severity(fit, at, 0.0, relative), _severity(fit, at, 1.0, relative)
    return ReviewerDrift(
        name,
        ratings,
        first[0],
        first[1],
        last[0],
        last[1],
        Estimate(change, change - half, change + half),
        se,
        p,
    )


def _severity(
    fit: _Fit, at: int, time: float, relative: bool
) -> tuple[float, float] | tuple[None, None]:
    contrast = fit.severity(at, time)
    return (None, None) if relative or not fit.can_tell(contrast) else fit.estimate(contrast)


class _Fit:
    """Least squares of severities and their changes, candidates taken out.

    Columns are a severity for each reviewer, then a change for each who has one, both as
    points below: the ratings enter with their sign turned.
    """

    def __init__(
        self, candidate: Ints, reviewer: Ints, value: Floats, when: Floats, moving: Bools
    ) -> None:
        self.moving = moving
        self.n_reviewers = len(moving)
        self.slope_of = np.cumsum(moving) - 1
        n, slopes = len(value), int(moving.sum())
        columns = np.zeros((n, self.n_reviewers + slopes))
        columns[np.arange(n), reviewer] = 1.0
        moves = moving[reviewer]
        columns[np.flatnonzero(moves), self.n_reviewers + self.slope_of[reviewer[moves]]] = when[
            moves
        ]
        # Compared with the candidate's own mean, whatever the candidate is worth drops out.
        _, group = np.unique(candidate, return_inverse=True)
        sizes = np.bincount(group)
        both = np.column_stack([columns, -value])
        sums = np.zeros((len(sizes), both.shape[1]))
        np.add.at(sums, group, both)
        both -= (sums / sizes[:, None])[group]
        left, size, right = np.linalg.svd(both[:, :-1], full_matrices=False)
        kept = size > _NOTHING * max(float(size[0]), 1e-300)
        self._right, self._size = right[kept], size[kept]
        projected = left[:, kept].T @ both[:, -1]
        self.solution: Floats = self._right.T @ (projected / self._size)
        self.df = n - len(sizes) - int(kept.sum())
        rest = float(both[:, -1] @ both[:, -1] - projected @ projected)
        self.residual = max(rest, 0.0) / max(self.df, 1)

    def changes(self, *, relative: bool = False) -> Floats:
        """A contrast a row for the change of each reviewer who has one."""
        slopes = len(self.solution) - self.n_reviewers
        picked = np.hstack([np.zeros((slopes, self.n_reviewers)), np.eye(slopes)])
        if relative:
            picked[:, self.n_reviewers :] -= 1 / slopes
        return picked

    def severity(self, reviewer: int, time: float) -> Floats:
        """A contrast: a reviewer's severity at a time, less the mean of all at mid-time."""
        contrast = np.zeros(len(self.solution))
        present = np.abs(self._right).max(axis=0)[: self.n_reviewers] > _NOTHING
        contrast[: self.n_reviewers][present] -= 1 / present.sum()
        moving = present & self.moving
        contrast[self.n_reviewers + self.slope_of[moving]] -= 0.5 / present.sum()
        contrast[reviewer] += 1
        contrast[self.n_reviewers + self.slope_of[reviewer]] += time
        return contrast

    def can_tell(self, contrasts: Floats) -> bool:
        """Whether these ratings determine the contrasts."""
        outside = contrasts - (contrasts @ self._right.T) @ self._right
        return bool(np.abs(outside).max(initial=0.0) < 1e-6)

    def estimate(self, contrast: Floats) -> tuple[float, float]:
        """A contrast's value and its standard error."""
        scaled = (self._right @ contrast) / self._size
        return float(contrast @ self.solution), float((self.residual * (scaled @ scaled)) ** 0.5)

    def joint_p(self, contrasts: Floats) -> float | None:
        """F test that all contrasts are nothing."""
        scaled = (contrasts @ self._right.T) / self._size
        values = contrasts @ self.solution
        covariance = scaled @ scaled.T
        rank = int(np.linalg.matrix_rank(covariance))
        if not rank or self.residual == 0:
            return None
        statistic = float(values @ np.linalg.pinv(covariance) @ values) / (rank * self.residual)
        return float(stats.f.sf(statistic, rank, self.df))


def _shared(candidate: Ints, timed: Bools) -> Bools:
    counts = np.bincount(candidate[timed], minlength=int(candidate.max(initial=-1)) + 1)
    shared: Bools = counts[candidate] >= 2
    return shared


def _own_time(time: Floats, reviewer: Ints, used: Bools, by_rank: bool) -> Floats:
    """Each rating's time from 0 at the reviewer's first to 1 at the last."""
    own = np.zeros(len(time))
    for code in np.unique(reviewer[used]):
        mine = used & (reviewer == code)
        times = stats.rankdata(time[mine]) if by_rank else time[mine]
        span = np.ptp(times)
        own[mine] = (times - times.min()) / span if span > 0 else 0.0
    return own


def _spans(when: Floats, reviewer: Ints, used: Bools, n_reviewers: int) -> Floats:
    spans = np.zeros(n_reviewers)
    np.maximum.at(spans, reviewer[used], when[used])
    return spans


def _changed(one: ReviewerDrift, relative: bool) -> Sentence:
    assert one.change.value is not None
    low, high = one.change.low or 0.0, one.change.high or 0.0
    least, most = sorted((abs(low), abs(high)))
    told: dict[str, object] = {
        "reviewer": one.reviewer,
        "points": figure(f"{abs(one.change.value):.2f}"),
        "way": say("lower") if one.change.value > 0 else say("higher"),
        "least": figure(f"{least:.2f}"),
        "most": figure(f"{most:.2f}"),
        "ratings": one.ratings,
    }
    if relative:
        return say(
            "{reviewer} rates about {points} points {way} at the end than at the beginning, beside "
            "the average reviewer (between {least} and {most}, {ratings} ratings).",
            **told,
        )
    return say(
        "{reviewer} rates about {points} points {way} at the end than at the beginning (between "
        "{least} and {most}, {ratings} ratings).",
        **told,
    )
