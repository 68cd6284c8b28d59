"""Who rated whom, and the restricted likelihood of its variances.

With variances ``c`` of candidates and ``r`` of reviewers over the residual's, the ratings'
covariance is ``V = I + c Zc Zc' + r Zr Zr'`` (Z says who is rated and who rates). What is
needed of its inverse comes from the mixed-model equations (Henderson 1975, Biometrics 31,
423-447), from which candidates are taken out by hand, since their block is diagonal. What
is left to factor is as small as the number of reviewers, however many candidates there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg

from toolkit.arrays import Floats, Ints
from toolkit.errors import TooFewData
from toolkit.sentence import say


def check_enough(n_candidates: int, n_ratings: int, value: Floats) -> None:
    """Refuse ratings that no variance can be divided of.

    Raises
    ------
    TooFewData
        If there are not two candidates with one of them rated twice, or nothing varies.
    """
    if n_candidates < 2 or n_ratings <= n_candidates:
        raise TooFewData(
            say(
                "To tell candidates from noise, two candidates are needed and one of them rated "
                "twice."
            )
        )
    if not np.ptp(value):
        raise TooFewData(say("All ratings are the same: there is no variance to divide."))


@dataclass(frozen=True, eq=False)
class Solved:
    """The effects at given variances.

    Parameters
    ----------
    mean, residual : float
        The mean's estimate, and the residual variance.
    candidate, reviewer : float array, shape (n_candidates,), (n_reviewers,)
        Predicted effects (BLUP): how far above the mean each is rated, or rates.
    candidate_error : float array, shape (n_candidates,)
        Standard errors of the predictions, the uncertainty of the mean included.
    reviewer_covariance : float array, shape (n_reviewers, n_reviewers)
        Of the reviewers' prediction errors, likewise.
    """

    mean: float
    residual: float
    candidate: Floats
    reviewer: Floats
    candidate_error: Floats
    reviewer_covariance: Floats


@dataclass(frozen=True, eq=False)
class _Reduced:
    """The equations at given variances, candidates taken out.

    ``ones`` and ``ratings`` are the two right-hand sides throughout; arrays over both have
    them as columns.
    """

    diagonal: Floats  # candidates' block, shape (n_candidates,)
    weighted: Floats  # reviewers' coupling over it, shape (n_candidates, n_reviewers)
    inverse: Floats  # of the reviewers' block, shape (n_reviewers, n_reviewers)
    candidate: Floats  # scaled effects, shape (n_candidates, 2)
    reviewer: Floats  # scaled effects, shape (n_reviewers, 2)
    log_det: float
    forms: Floats  # products of ones and ratings under the inverse of V, shape (2, 2)


class CrossedDesign:
    """Ratings of candidates by reviewers, and the sums that their likelihood is made of.

    Parameters
    ----------
    candidate, reviewer : int array, shape (n_ratings,)
        Codes, each from 0 without gaps.
    value : float array, shape (n_ratings,)

    Raises
    ------
    TooFewData
        If there are not two candidates with one of them rated twice, or nothing varies.
    """

    def __init__(self, candidate: Ints, reviewer: Ints, value: Floats) -> None:
        self.n = len(value)
        self.n_candidates = int(candidate.max(initial=-1)) + 1
        self.n_reviewers = int(reviewer.max(initial=-1)) + 1
        check_enough(self.n_candidates, self.n, value)
        self._centre = float(value.mean())
        # Away from a large mean, sums of squares keep their digits.
        centred = value - self._centre
        self._squares = float(centred @ centred)
        pairs = np.zeros((self.n_candidates, self.n_reviewers))
        np.add.at(pairs, (candidate, reviewer), 1.0)
        self._pairs = pairs
        self._per_candidate = pairs.sum(axis=1)
        self._per_reviewer = pairs.sum(axis=0)
        by_candidate = np.bincount(candidate, weights=centred, minlength=self.n_candidates)
        by_reviewer = np.bincount(reviewer, weights=centred, minlength=self.n_reviewers)
        self._by_candidate = np.column_stack([self._per_candidate, by_candidate])
        self._by_reviewer = np.column_stack([self._per_reviewer, by_reviewer])
        total = float(centred.sum())
        self._whole = np.array([[self.n, total], [total, self._squares]])

    def deviance(self, c: float, r: float) -> float:
        """Minus twice the restricted log-likelihood, at its best residual variance.

        Up to a constant that depends on neither variance.

        Parameters
        ----------
        c, r : float
            Variances of candidates and reviewers over the residual's.
        """
        return self._deviance(self._reduced(c, r))

    def deviance_and_slope(self, c: float, r: float) -> tuple[float, Floats]:
        """The deviance, and its derivatives in c and r."""
        reduced = self._reduced(c, r)
        contrast = self._contrast(reduced)
        residual = self._rest(reduced) / (self.n - 1)
        root_c, root_r = c**0.5, r**0.5
        # Z' V⁻¹ of ones and of ratings, without dividing by a variance that may be zero.
        at_candidates = self._by_candidate - root_c * (
            self._per_candidate[:, None] * reduced.candidate
        )
        at_candidates -= root_r * (self._pairs @ reduced.reviewer)
        at_reviewers = self._by_reviewer - root_r * (self._per_reviewer[:, None] * reduced.reviewer)
        at_reviewers -= root_c * (self._pairs.T @ reduced.candidate)
        slope = np.array(
            [
                one
                - float(at[:, 0] @ at[:, 0]) / reduced.forms[0, 0]
                - float(np.square(at @ contrast).sum()) / residual
                for one, at in zip(
                    self._traces(c, r, reduced), (at_candidates, at_reviewers), strict=True
                )
            ]
        )
        return self._deviance(reduced), slope

    def full_deviance(self, candidate: float, reviewer: float, residual: float) -> float:
        """The deviance with all three variances free."""
        reduced = self._reduced(candidate / residual, reviewer / residual)
        fitted = reduced.log_det + float(np.log(reduced.forms[0, 0]))
        return float((self.n - 1) * np.log(residual) + self._rest(reduced) / residual + fitted)

    def solve(self, c: float, r: float) -> Solved:
        """The effects of candidates and reviewers, and their standard errors."""
        reduced = self._reduced(c, r)
        residual = self._rest(reduced) / (self.n - 1)
        mean = reduced.forms[0, 1] / reduced.forms[0, 0]
        contrast = self._contrast(reduced)
        scale = reduced.forms[0, 0]
        by_mean = reduced.reviewer[:, 0]
        own = self._own_inverse(reduced) + np.square(reduced.candidate[:, 0]) / scale
        between = reduced.inverse + np.outer(by_mean, by_mean) / scale
        return Solved(
            mean=self._centre + float(mean),
            residual=residual,
            candidate=c**0.5 * (reduced.candidate @ contrast),
            reviewer=r**0.5 * (reduced.reviewer @ contrast),
            candidate_error=np.sqrt(c * residual * own),
            reviewer_covariance=r * residual * between,
        )

    def draw(self, c: float, r: float, draws: int, generator: np.random.Generator) -> Floats:
        """Candidates' effects as they may be, given the ratings and these variances.

        The mean and the reviewers' effects are drawn together first; given those, candidates
        are independent of each other.

        Returns
        -------
        float array, shape (n_candidates, draws)
        """
        solved, reduced = self.solve(c, r), self._reduced(c, r)
        shift = generator.standard_normal(draws) * (solved.residual / reduced.forms[0, 0]) ** 0.5
        root = linalg.cholesky(reduced.inverse, lower=True, check_finite=False)
        own = root @ generator.standard_normal((self.n_reviewers, draws))
        reviewers = solved.reviewer[:, None] + r**0.5 * (
            own * solved.residual**0.5 - np.outer(reduced.reviewer[:, 0], shift)
        )
        mean = solved.mean - self._centre + shift
        left = self._by_candidate[:, 1:] - np.outer(self._per_candidate, mean)
        left -= self._pairs @ reviewers
        drawn_in = c / (c * self._per_candidate + 1)
        noise = generator.standard_normal((self.n_candidates, draws))
        drawn: Floats = drawn_in[:, None] * left
        drawn += np.sqrt(drawn_in * solved.residual)[:, None] * noise
        return drawn

    def _reduced(self, c: float, r: float) -> _Reduced:
        root_c, root_r = c**0.5, r**0.5
        diagonal = c * self._per_candidate + 1
        weighted = self._pairs * (root_c * root_r / diagonal)[:, None]
        block = np.diag(r * self._per_reviewer + 1)
        block -= (root_c * root_r) * (self._pairs.T @ weighted)
        factor = linalg.cho_factor(block, lower=True, check_finite=False)
        candidate = root_c * self._by_candidate
        rest = root_r * self._by_reviewer - weighted.T @ candidate
        reviewer = linalg.cho_solve(factor, rest, check_finite=False)
        explained = candidate.T @ (candidate / diagonal[:, None]) + rest.T @ reviewer
        logs = np.log(diagonal).sum() + 2 * np.log(np.diag(factor[0])).sum()
        return _Reduced(
            diagonal=diagonal,
            weighted=weighted,
            inverse=linalg.cho_solve(factor, np.eye(self.n_reviewers), check_finite=False),
            candidate=candidate / diagonal[:, None] - weighted @ reviewer,
            reviewer=reviewer,
            log_det=float(logs),
            forms=self._whole - explained,
        )

    def _traces(self, c: float, r: float, reduced: _Reduced) -> tuple[float, float]:
        """Traces of Z' V⁻¹ Z: how the log-determinant of V rises with each variance."""
        # V⁻¹ = I − ZΛ A⁻¹ ΛZ' gives the trace as Σ(1 − A⁻¹) / variance. Where the variance is
        # too small for that difference, its limit is that of a variance this small.
        tiny = 1e-7
        if c < tiny or r < tiny:
            c, r = max(c, tiny), max(r, tiny)
            reduced = self._reduced(c, r)
        return (
            float((1 - self._own_inverse(reduced)).sum()) / c,
            float((1 - np.diag(reduced.inverse)).sum()) / r,
        )

    def _own_inverse(self, reduced: _Reduced) -> Floats:
        """Diagonal of the candidates' block of the inverse of the whole system."""
        coupled = (reduced.weighted @ reduced.inverse) * reduced.weighted
        own: Floats = 1 / reduced.diagonal + coupled.sum(axis=1)
        return own

    def _contrast(self, reduced: _Reduced) -> Floats:
        """What turns the pair (ones, ratings) into ratings less their mean."""
        return np.array([-reduced.forms[0, 1] / reduced.forms[0, 0], 1.0])

    def _rest(self, reduced: _Reduced) -> float:
        forms = reduced.forms
        rest = float(forms[1, 1] - forms[0, 1] ** 2 / forms[0, 0])
        # Ratings without any residual would have an infinite likelihood.
        return max(rest, float(np.finfo(np.float64).eps) * self._squares)

    def _deviance(self, reduced: _Reduced) -> float:
        rest = (self.n - 1) * np.log(self._rest(reduced) / (self.n - 1))
        return float(reduced.log_det + np.log(reduced.forms[0, 0]) + rest)
