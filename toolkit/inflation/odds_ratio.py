"""The common odds ratio of several 2 × 2 tables, exactly.

In stratum k, n₁ₖ suspected and n₀ₖ other candidates are there, sₖ of them selected and xₖ of these
suspected. Given the margins, xₖ has Fisher's noncentral hypergeometric distribution

    P(xₖ = t; ψ) ∝ C(n₁ₖ, t) · C(n₀ₖ, sₖ − t) · ψᵗ,

ψ being the odds ratio, and T = Σₖ xₖ the convolution of these. The estimate is the conditional
maximum likelihood estimate, which solves E(T; ψ) = t; the interval inverts the two one-sided
tests at α/2 each; p is the probability, at ψ = 1, of every T that is no more likely than the one
observed. No stratum needs to be large. (Mehta, Patel and Gray 1985; Breslow and Day 1980, ch. 4.)
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import gammaln

from toolkit.arrays import Floats, Ints

#: Terms of a stratum's distribution below this share of its largest are left out: of the many
#: distributions behind an interval, and of the one behind p.
NEGLIGIBLE = 1e-30
NEGLIGIBLE_FOR_P = 1e-300
#: Up to so many counts all weights are looked at.
FEW = 2**12
#: Weights are made so many at once.
BLOCK = 2**12
#: Multiplications that a sum of counts is worth before it is had by transforms.
DIRECT = 2**27
#: Two probabilities this close, relatively, are the same.
SAME = 1e-7
#: |log ψ| beyond this is looked at no more.
FARTHEST = 60.0


@dataclass(frozen=True)
class OddsRatio:
    """An odds ratio with its interval and p.

    Parameters
    ----------
    estimate, low, high : float
        0 or infinity where the selected suspected are as few or many as they can be.
    p : float
        Two-sided, for an odds ratio of 1.
    """

    estimate: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, eq=False)
class Stratum:
    """One table with its margins held: possible counts and their log weights at ψ = 1.

    Parameters
    ----------
    n1, n0 : int
        Suspected and others.
    selected : int
        Of both.
    """

    n1: int
    n0: int
    selected: int
    _blocks: dict[int, Floats] = field(default_factory=dict, repr=False)

    @property
    def least(self) -> int:
        """The smallest possible count."""
        return max(0, self.selected - self.n0)

    @property
    def size(self) -> int:
        """How many counts are possible."""
        return min(self.selected, self.n1) - self.least + 1

    def log_weights(self, start: int, end: int) -> Floats:
        """Of the counts from `least` + start to before `least` + end.

        Made block by block when they are asked for: of millions of counts few are looked at.
        """
        blocks = range(start // BLOCK, (end - 1) // BLOCK + 1)
        for block in blocks:
            if block not in self._blocks:
                first = block * BLOCK
                own = np.arange(first, min(first + BLOCK, self.size), dtype=np.float64)
                self._blocks[block] = self._log_weights_of(own + self.least)
        whole = np.concatenate([self._blocks[block] for block in blocks])
        return whole[start - blocks[0] * BLOCK : end - blocks[0] * BLOCK]

    def _log_weights_of(self, t: Floats) -> Floats:
        return _log_choose(self.n1, t) + _log_choose(self.n0, self.selected - t)

    def at(self, log_psi: float, negligible: float = NEGLIGIBLE) -> tuple[int, Floats]:
        """The first count that is not negligible, and the probabilities from there on."""
        start, end = self._stretch(log_psi, negligible)
        logs = self.log_weights(start, end) + log_psi * np.arange(start, end)
        weights = np.exp(logs - logs.max())
        kept = np.flatnonzero(weights >= negligible)
        weights = weights[kept[0] : kept[-1] + 1]
        return self.least + start + int(kept[0]), weights / weights.sum()

    def _stretch(self, log_psi: float, negligible: float) -> tuple[int, int]:
        """Counts among which all that are not negligible lie; all, where they are few.

        The weights rise to their largest and fall from there (they are log-concave), so that
        three bisections find the stretch among any number of counts.
        """
        size = self.size
        if size <= FEW:
            return 0, size

        def log_weight(at: int) -> float:
            (own,) = self._log_weights_of(np.array([self.least + at], dtype=np.float64))
            return float(own) + log_psi * at

        top = bisect_left(range(size - 1), True, key=lambda i: log_weight(i + 1) <= log_weight(i))
        # One more, since the logarithms of such numbers are rounded.
        floor = log_weight(top) + math.log(negligible) - 1
        start = bisect_left(range(top), True, key=lambda i: log_weight(i) >= floor)
        end = bisect_left(range(size), True, lo=top, key=lambda i: log_weight(i) < floor)
        return start, end

    def mean(self, log_psi: float) -> float:
        first, probabilities = self.at(log_psi)
        return first + float(probabilities @ np.arange(probabilities.size))


def common_odds_ratio(
    selected_suspected: Sequence[int] | Ints,
    suspected: Sequence[int] | Ints,
    selected_others: Sequence[int] | Ints,
    others: Sequence[int] | Ints,
    confidence: float = 0.95,
) -> OddsRatio | None:
    """The conditional common odds ratio over strata; None where no stratum can tell.

    Parameters
    ----------
    selected_suspected, suspected, selected_others, others : ints, length k
        Counts of each stratum; ``suspected`` and ``others`` are all of them, selected or not.
    confidence : float

    Returns
    -------
    OddsRatio or None
        None where every stratum lacks one side, or selects all or nobody.
    """
    x, n1, other, n0 = (
        np.asarray(counts, dtype=np.int64)
        for counts in (selected_suspected, suspected, selected_others, others)
    )
    selected = x + other
    least, most = np.maximum(0, selected - n0), np.minimum(selected, n1)
    telling = most > least
    if not telling.any():
        return None
    strata = [Stratum(int(n1[k]), int(n0[k]), int(selected[k])) for k in np.flatnonzero(telling)]
    t = int(x[telling].sum())
    lowest, highest = int(least[telling].sum()), int(most[telling].sum())
    half = (1.0 - confidence) / 2.0
    estimate = _root(lambda b: sum(s.mean(b) for s in strata) - t, t == lowest, t == highest)
    low = 0.0 if t == lowest else _root(lambda b: _tail(strata, b, t, upper=True) - half)
    high = np.inf if t == highest else _root(lambda b: half - _tail(strata, b, t, upper=False))
    return OddsRatio(estimate, low, high, _two_sided(strata, t))


def _log_choose(n: int, k: Floats) -> Floats:
    logs: Floats = gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)
    return logs


def _sum_of(parts: Sequence[Floats], *, precise: bool) -> Floats:
    """Probabilities of the sum of independent counts.

    Long distributions are multiplied as their transforms, if it need not be `precise`: that is
    off by some 10⁻¹⁵ of the largest probability, which is nothing to a tail of α/2.
    """
    size = sum(part.size - 1 for part in parts) + 1
    if not precise and size * max(part.size for part in parts) > DIRECT:
        length = 1 << size.bit_length()
        transforms = [np.fft.rfft(part, length) for part in parts]
        whole: Floats = np.fft.irfft(math.prod(transforms[1:], start=transforms[0]), length)
        return whole[:size]
    total = parts[0]
    for part in parts[1:]:
        total = np.convolve(total, part)
    return total


def _tail(strata: Sequence[Stratum], log_psi: float, t: int, *, upper: bool) -> float:
    """P(T ≥ t) or P(T ≤ t) at ψ."""
    parts = [stratum.at(log_psi) for stratum in strata]
    probabilities = _sum_of([each for _, each in parts], precise=False)
    at = t - sum(first for first, _ in parts)
    tail = probabilities[max(at, 0) :] if upper else probabilities[: max(at + 1, 0)]
    return float(tail.sum())


def _two_sided(strata: Sequence[Stratum], t: int) -> float:
    parts = [stratum.at(0.0, NEGLIGIBLE_FOR_P) for stratum in strata]
    at = t - sum(first for first, _ in parts)
    if not 0 <= at <= sum(each.size - 1 for _, each in parts):
        return 0.0
    probabilities = _sum_of([each for _, each in parts], precise=True)
    unlikely = probabilities <= probabilities[at] * (1.0 + SAME)
    return min(float(probabilities[unlikely].sum()), 1.0)


def _root(rising: Callable[[float], float], least: bool = False, most: bool = False) -> float:
    """ψ at which an increasing function of log ψ is zero; 0 or infinity at the edges."""
    if least or most:
        return 0.0 if least else np.inf
    reach = 1.0
    while reach < FARTHEST and not (rising(-reach) < 0.0 < rising(reach)):
        reach *= 2.0
    # Few ask for an interval, and everybody would load what this takes.
    from scipy.optimize import brentq

    return float(np.exp(brentq(rising, -reach, reach, xtol=1e-12, rtol=1e-12)))
