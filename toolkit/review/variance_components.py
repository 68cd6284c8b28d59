"""How much of the spread of ratings is candidates, reviewers, and neither: REML.

The model is ``rating = mean + candidate + reviewer + residual``, candidates and reviewers
drawn at random and crossed, any ratings missing. Restricted maximum likelihood gives what
analysis of variance gives where every reviewer rates every candidate, and goes on working
where they do not.

Source: Patterson and Thompson (1971), Biometrika 58, 545-554; Searle, Casella and McCulloch
(1992), Variance Components, chapter 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import optimize

from toolkit.arrays import Floats, Ints
from toolkit.review.crossed_design import CrossedDesign, Solved

#: A variance below this share of the residual's is taken to be none.
NOTHING = 1e-8
#: Where the search for a ratio of variances ends.
LEAST, MOST = 1e-10, 1e10


@dataclass(frozen=True, eq=False)
class VarianceComponents:
    """The variances of candidates, reviewers and residual, and what follows from them.

    Parameters
    ----------
    design : CrossedDesign
    ratios : (float, float)
        Variances of candidates and of reviewers over the residual's, where the restricted
        likelihood is highest.
    """

    design: CrossedDesign
    ratios: tuple[float, float]

    @cached_property
    def solved(self) -> Solved:
        """The effects of candidates and reviewers at these variances."""
        return self.design.solve(*self.ratios)

    @property
    def residual(self) -> float:
        return self.solved.residual

    @property
    def candidate(self) -> float:
        return self.ratios[0] * self.residual

    @property
    def reviewer(self) -> float:
        return self.ratios[1] * self.residual

    @cached_property
    def standard_errors(self) -> tuple[float | None, float | None, float | None]:
        """Of candidate, reviewer and residual variance; None for a variance of nothing.

        From the curvature of the restricted likelihood in the variances, by differences.
        """
        at = np.array([self.candidate, self.reviewer, self.residual])
        free = np.flatnonzero(at > 0)
        steps = 1e-3 * at

        def deviance(moves: Floats) -> float:
            return self.design.full_deviance(*(at + moves * steps))

        unit = np.eye(3)
        curvature = np.zeros((len(free), len(free)))
        for i, first in enumerate(free):
            for j, second in enumerate(free[: i + 1]):
                a, b = unit[first], unit[second]
                four = deviance(a + b) - deviance(a - b) - deviance(b - a) + deviance(-a - b)
                curvature[i, j] = curvature[j, i] = four / (4 * steps[first] * steps[second])
        found: list[float | None] = [None, None, None]
        try:
            spread = 2 * np.diag(np.linalg.inv(curvature))
        except np.linalg.LinAlgError:
            return None, None, None
        for place, variance in zip(free, spread, strict=True):
            found[place] = float(variance**0.5) if variance > 0 else None
        return found[0], found[1], found[2]


def variance_components(
    candidate: Ints, reviewer: Ints, value: Floats, *, one_way: bool = False
) -> VarianceComponents:
    """Divide the variance of ratings.

    Parameters
    ----------
    candidate, reviewer : int array, shape (n_ratings,)
        Codes, each from 0 without gaps.
    value : float array, shape (n_ratings,)
    one_way : bool
        True leaves reviewers out of the model: what they differ by becomes residual.

    Raises
    ------
    TooFewData
        If there are not two candidates with one of them rated twice, or nothing varies.
    """
    design = CrossedDesign(candidate, reviewer, value)
    alone = one_way or design.n_reviewers < 2

    def deviance(logs: Floats) -> tuple[float, Floats]:
        ratios = np.exp(logs)
        height, slope = design.deviance_and_slope(ratios[0], 0.0 if alone else ratios[1])
        # On the scale of logarithms the two variances are alike, however many rate whom.
        return height, slope * ratios * (1.0, 0.0 if alone else 1.0)

    # The likelihood need not have one peak: one start with much and one with little of each.
    found = [
        optimize.minimize(
            deviance,
            np.log(start),
            jac=True,
            method="L-BFGS-B",
            bounds=[(np.log(LEAST), np.log(MOST))] * 2,
            options={"ftol": 1e-15, "gtol": 1e-8},
        )
        for start in ((1.0, 0.3), (0.05, 3.0))
    ]
    best = np.exp(min(found, key=lambda one: float(one.fun)).x)
    kept = [float(ratio) if ratio > NOTHING else 0.0 for ratio in best]
    return VarianceComponents(design, (kept[0], 0.0 if alone else kept[1]))
