"""How much of a score its holder's public profile explains: followers and activity alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from toolkit.arrays import Floats, Ints
from toolkit.estimate import CONFIDENCE, Estimate
from toolkit.inflation.account_facts import SIGNALS_FOR, account_facts
from toolkit.intake.cohort import Cohort

#: Counts of an account that may explain a score.
COUNTS = ("followers", "following", "posts", "listed")
#: A count known for fewer of those who have the score than this is left out.
FEWEST_KNOWN = 0.5
#: So many candidates more than coefficients, at the least.
SPARE = 10
_EXACT = 1e-12


@dataclass(frozen=True)
class ExplainedShare:
    """Share of a score's variance that the counts of a profile explain.

    Parameters
    ----------
    share : Estimate
        Adjusted R², not below 0.
    share_unadjusted : float or None
        R² as it comes out, which is too high where candidates are few.
    n : int
        Candidates who have the score and all the counts.
    counts : tuple of str
        The counts that were used.
    left_out : mapping of str to str
        Counts that were not, and why.
    logarithm_of_score : bool
        Whether log(1 + score) is explained: so where the score is a count without an upper end.
    """

    share: Estimate
    share_unadjusted: float | None
    n: int
    counts: tuple[str, ...]
    left_out: dict[str, str]
    logarithm_of_score: bool

    def to_dict(self) -> dict[str, object]:
        return {
            **self.share.to_dict("share"),
            "share_unadjusted": self.share_unadjusted,
            "n": self.n,
            "counts": list(self.counts),
            "left_out": dict(self.left_out),
            "logarithm_of_score": self.logarithm_of_score,
        }


def profile_counts(cohort: Cohort) -> dict[str, Floats]:
    """Each count by candidate, added up over the candidate's accounts; NaN where unknown.

    An account whose count is not known adds nothing; a candidate of none of whose accounts it
    is known has no value.

    Returns
    -------
    dict of str to float array, shape (n_candidates,)
        Only counts that are known of somebody.
    """
    facts = account_facts(cohort)
    counts = {name: _summed(getattr(facts, name), facts.position, len(cohort)) for name in COUNTS}
    return {name: values for name, values in counts.items() if not np.isnan(values).all()}


def explained_share(
    score: Floats, counts: dict[str, Floats], *, name: str = "", counted: bool = False
) -> ExplainedShare:
    r"""Regress a score on the logarithms of its holder's public counts.

    Least squares of the score on log(1 + followers), log(1 + following), log(1 + posts) and
    log(1 + listed). With k counts, residuals eᵢ and sᵢ = (yᵢ − ȳ)²,

    .. math::
        \bar R^2 = 1 - (1 - R^2)\frac{n - 1}{n - k - 1}, \qquad
        \log(1 - \bar R^2) \pm t\,
        \frac{\sqrt{\sum_i \left(e_i^2 - (1 - R^2) s_i\right)^2}}{\sum_i e_i^2}

    t with n − k − 1 degrees of freedom. The error is the linearised one of the ratio
    Σe²/Σs, which asks for no normal distribution. Ends below 0 are set to 0.

    Parameters
    ----------
    score : float array, shape (n_candidates,)
        NaN where missing.
    counts : dict of str to float array, shape (n_candidates,)
        See `profile_counts`.
    name : str
        The score's name. A count is not used to explain itself.
    counted : bool
        Whether the score is a count without an upper end, and enters by its logarithm.

    Returns
    -------
    ExplainedShare

    Notes
    -----
    Adjusted R²: M. Ezekiel (1930). Against public samples of 2013, in draws of 30 to 400
    accounts, the intervals covered the share in the whole sample in 86 to 96 of 100 draws.
    """
    known = ~np.isnan(score)
    usable, left_out = _usable(score, counts, name)
    columns = [counts[count] for count in usable]
    complete = known & ~np.any([np.isnan(c) for c in columns] or [~known], axis=0)
    y = score[complete]
    x = np.log1p(np.array([c[complete] for c in columns]).reshape(len(columns), y.size).T)
    counted = counted and bool((y >= 0).all())
    y = np.log1p(y) if counted else y

    def result(share: Estimate, plain: float | None = None) -> ExplainedShare:
        return ExplainedShare(share, plain, int(y.size), tuple(usable), left_out, counted)

    if not columns:
        return result(Estimate.none("No counts of a public profile are known for this score."))
    if y.size < len(columns) + 1 + SPARE:
        return result(
            Estimate.none(
                f"{y.size:,} candidates have the score and the counts; at least "
                f"{len(columns) + 1 + SPARE} are needed."
            )
        )
    if np.ptp(y) == 0:
        return result(Estimate.none("The score is the same for all candidates with the counts."))
    return result(*_share(x, y))


def _usable(
    score: Floats, counts: dict[str, Floats], name: str
) -> tuple[list[str], dict[str, str]]:
    """Counts that can explain the score, and why the others cannot."""
    known = ~np.isnan(score)
    usable, left_out = [], {}
    for count in COUNTS:
        if count not in counts:
            continue
        both = known & ~np.isnan(counts[count])
        itself = name == count or name in SIGNALS_FOR.get(count, ())
        if itself or (both.any() and bool((counts[count][both] == score[both]).all())):
            left_out[count] = "It is the score itself."
        elif np.count_nonzero(both) < FEWEST_KNOWN * np.count_nonzero(known):
            left_out[count] = "It is known of fewer than half of those who have the score."
        elif both.any() and np.ptp(counts[count][both]) == 0:
            left_out[count] = "It is the same for everybody."
        else:
            usable.append(count)
    return usable, left_out


def _share(x: Floats, y: Floats) -> tuple[Estimate, float]:
    """Adjusted R² with its interval, and R²."""
    n, design = y.size, np.column_stack([np.ones(y.size), x])
    coefficients, _, rank, _ = np.linalg.lstsq(design, y, rcond=None)
    residuals, spread = y - design @ coefficients, (y - y.mean()) ** 2
    unexplained = float((residuals**2).sum() / spread.sum())
    degrees = n - int(rank)
    if unexplained < _EXACT:
        why = "The counts explain the score without remainder, so there is no spread to judge by."
        return Estimate(1.0, why=why), 1.0
    errors = residuals**2 - unexplained * spread
    error = math.sqrt(float((errors**2).sum())) / float((residuals**2).sum())
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, degrees)) * error
    adjusted = unexplained * (n - 1) / degrees
    return (
        Estimate(
            max(1 - adjusted, 0.0),
            max(1 - adjusted * math.exp(half), 0.0),
            max(1 - adjusted * math.exp(-half), 0.0),
        ),
        1 - unexplained,
    )


def _summed(values: Floats, position: Ints, n: int) -> Floats:
    known = ~np.isnan(values)
    total = np.bincount(position[known], values[known], minlength=n).astype(np.float64)
    has = np.bincount(position[known], minlength=n) > 0
    return np.where(has, total, np.nan)


def in_words(counts: Sequence[str]) -> list[str]:
    """The counts as running text names them."""
    words = {
        "followers": "followers",
        "following": "accounts followed",
        "posts": "posts",
        "listed": "lists",
    }
    return [words[count] for count in counts]
