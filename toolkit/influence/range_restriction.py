"""Range restriction: what a correlation would be over everybody who was considered.

A later outcome is known only of those who were taken on. Where they were taken on because of
the score, they are more alike in it than the candidates were, and the correlation among them
is smaller than it would be among all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Floats
from toolkit.estimate import Estimate


@dataclass(frozen=True)
class RangeRestriction:
    """A correlation corrected for range restriction, and what the correction rests on.

    Parameters
    ----------
    n_all, n_used : int
        Candidates who have the score; those of them whose criterion is known.
    sd_all, sd_used : float or None
        Standard deviation of the score among them, in the score's own units.
    sd_ratio : float or None
        u = sd_all / sd_used; above 1 where the range is restricted.
    corrected : Estimate
        Pearson's r among all candidates who have the score, by Thorndike's case II. Its
        interval treats u as known.
    """

    n_all: int
    n_used: int
    sd_all: float | None
    sd_used: float | None
    sd_ratio: float | None
    corrected: Estimate

    @property
    def nobody_left_out(self) -> bool:
        """Whether the criterion is known of everybody who has the score."""
        return self.n_all == self.n_used

    def to_dict(self) -> dict[str, object]:
        return {
            "n_all": self.n_all,
            "n_used": self.n_used,
            "sd_all": self.sd_all,
            "sd_used": self.sd_used,
            "sd_ratio": self.sd_ratio,
            **self.corrected.to_dict("pearson_corrected"),
        }


def corrected_for_range(pearson: Estimate, score: Floats, criterion: Floats) -> RangeRestriction:
    """Correct a correlation for the range of the score among those with the criterion.

    Parameters
    ----------
    pearson : Estimate
        Among the candidates who have both values.
    score, criterion : float array, shape (n_candidates,)
        NaN where missing.

    Returns
    -------
    RangeRestriction
    """
    everyone = score[~np.isnan(score)]
    used = score[~np.isnan(score) & ~np.isnan(criterion)]
    sd_all, sd_used = _sd(everyone), _sd(used)
    ratio = sd_all / sd_used if sd_all is not None and sd_used else None
    if ratio is None or pearson.value is None:
        corrected = Estimate.none(
            pearson.why or "The score has no spread among those whose criterion is known."
        )
    else:
        corrected = pearson.through(lambda r: thorndike_case_2(r, ratio))
    return RangeRestriction(int(everyone.size), int(used.size), sd_all, sd_used, ratio, corrected)


def thorndike_case_2(r: float, sd_ratio: float) -> float:
    r"""Correlation in a population whose score has `sd_ratio` times the spread.

    .. math:: R = \frac{r u}{\sqrt{1 + r^2 (u^2 - 1)}}, \qquad u = S_{all} / s_{used}

    It holds where people were selected on this score alone, the relation is a straight line
    and its scatter is the same over the whole range. Where they were selected on something
    else that goes with the score, it usually corrects too little.

    Parameters
    ----------
    r : float
        Correlation among the selected.
    sd_ratio : float
        Standard deviation of the score in the population over that among the selected.

    Notes
    -----
    R. L. Thorndike (1949), Personnel Selection; the formula is Pearson's (1903).

    Examples
    --------
    >>> round(thorndike_case_2(0.25, 12 / 5), 4)  # Cohen et al. (2003), section 2.10.3
    0.5267
    """
    return r * sd_ratio / math.sqrt(1 + r * r * (sd_ratio * sd_ratio - 1))


def _sd(values: Floats) -> float | None:
    return float(values.std(ddof=1)) if values.size > 1 else None
