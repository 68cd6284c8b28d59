"""What a correlation buys: how good those selected by it can be expected to be.

Both figures take predictor and criterion as jointly normal. They answer "what if we selected
by this alone, from the top?", for a given share who are selected.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import integrate
from scipy.special import ndtr, ndtri

from toolkit.arrays import Floats
from toolkit.errors import InputError
from toolkit.estimate import Estimate

#: Share of all candidates who would do well, where nobody says another.
BASE_RATE = 0.5
#: Share who are selected, where there is no screen to say.
SELECTION_RATIO = 0.2


def usual_base_rate(criterion: Floats) -> float:
    """Share of all who do well, where nobody says another.

    Of a result with two values, such as yes and no, the share who have the higher one; of any
    other, one half: who does well is then who does better than most.

    Parameters
    ----------
    criterion : float array, shape (n_candidates,)
        NaN where not known.
    """
    known = criterion[~np.isnan(criterion)]
    values, counts = np.unique(known, return_counts=True)
    return float(counts[1] / known.size) if values.size == 2 else BASE_RATE


@dataclass(frozen=True)
class Reached:
    """How many reach a level of a criterion.

    Parameters
    ----------
    level : float
        In the criterion's own units.
    share : float
        Of those of whom it is known, who have this or more.
    known : int
        Of how many it is known.
    """

    level: float
    share: float
    known: int


def level_reached_by(criterion: Floats, share: float) -> Reached | None:
    """The level that about this share of the candidates reach; None where it is known of nobody.

    Parameters
    ----------
    criterion : float array, shape (n_candidates,)
        NaN where not known.
    share : float
        Of the levels that occur, the one reached by the nearest share is taken, the lower of
        two that are as near.
    """
    known = criterion[~np.isnan(criterion)]
    if known.size == 0:
        return None
    levels, counts = np.unique(known, return_counts=True)
    reached = counts[::-1].cumsum()[::-1] / known.size
    at = int(np.abs(reached - share).argmin())
    return Reached(float(levels[at]), float(reached[at]), int(known.size))


@dataclass(frozen=True)
class ExpectedQuality:
    """How good those selected by one predictor can be expected to be.

    Parameters
    ----------
    success : Estimate
        Share of the selected who would do well (Taylor–Russell); by lot it is the base rate.
    gain : Estimate
        Mean criterion of the selected above that of all candidates, in standard deviations
        of the criterion (Brogden); by lot it is 0.
    """

    success: Estimate
    gain: Estimate

    def to_dict(self) -> dict[str, object]:
        return {**self.success.to_dict("success_rate"), **self.gain.to_dict("gain")}


def expected_quality(
    validity: Estimate, base_rate: float, selection_ratio: float
) -> ExpectedQuality:
    """Expected quality of the selected for an estimated validity; ends go with ends.

    Parameters
    ----------
    validity : Estimate
        Correlation of the predictor with the criterion among the candidates.
    base_rate, selection_ratio : float
        See `taylor_russell`.
    """
    return ExpectedQuality(
        validity.through(lambda r: taylor_russell(r, base_rate, selection_ratio)),
        validity.through(lambda r: brogden_gain(r, selection_ratio)),
    )


def taylor_russell(r: float, base_rate: float, selection_ratio: float) -> float:
    r"""Share of the selected who do well, when the top share by a predictor is selected.

    .. math::
        P(Y > y_c \mid X > x_c) = \frac{1}{SR} \int_{x_c}^{\infty} \varphi(x)\,
        \Phi\!\left(\frac{r x - y_c}{\sqrt{1 - r^2}}\right) dx

    for standard normal X and Y with correlation r, x_c the upper quantile of the selection
    ratio SR and y_c that of the base rate.

    Parameters
    ----------
    r : float
        From −1 to 1.
    base_rate : float
        Share of all candidates who would do well; above 0 and below 1.
    selection_ratio : float
        Share who are selected; above 0 and at most 1.

    Raises
    ------
    InputError
        If a share is out of its range.

    Notes
    -----
    H. C. Taylor and J. T. Russell (1939), Journal of Applied Psychology 23, 565–578.

    Examples
    --------
    >>> round(taylor_russell(0.35, 0.5, 0.2), 6)
    0.696552
    >>> taylor_russell(0.0, 0.5, 0.2)
    0.5
    """
    require_shares(base_rate, selection_ratio)
    if r == 0 or selection_ratio == 1:
        return base_rate
    if r >= 1:
        return min(base_rate / selection_ratio, 1.0)
    if r <= -1:
        return max((base_rate + selection_ratio - 1) / selection_ratio, 0.0)
    x_cut, y_cut = -float(ndtri(selection_ratio)), -float(ndtri(base_rate))
    scatter = math.sqrt((1 - r) * (1 + r))

    def density(x: float) -> float:
        return _density(x) * float(ndtr((r * x - y_cut) / scatter))

    # Near r = ±1 the second factor is a step at x = y_cut / r: the integral is cut there.
    end = max(x_cut, 0.0) + 12.0
    step = min(max(y_cut / r, x_cut), end)
    low, _ = integrate.quad(density, x_cut, step, epsabs=1e-13, epsrel=1e-11, limit=200)
    high, _ = integrate.quad(density, step, end, epsabs=1e-13, epsrel=1e-11, limit=200)
    return min(max((low + high) / selection_ratio, 0.0), 1.0)


def brogden_gain(r: float, selection_ratio: float) -> float:
    r"""Mean criterion of the selected above that of all, in standard deviations.

    .. math:: \frac{E(Y \mid X > x_c) - E(Y)}{\sigma_Y} = \frac{r\,\varphi(x_c)}{SR}

    Parameters
    ----------
    r : float
        From −1 to 1.
    selection_ratio : float
        Share who are selected; above 0 and at most 1.

    Raises
    ------
    InputError
        If the share is out of its range.

    Notes
    -----
    H. E. Brogden (1949), Personnel Psychology 2, 171–183.

    Examples
    --------
    >>> round(brogden_gain(1.0, 0.2), 3)  # selecting the best fifth without error
    1.4
    """
    require_shares(BASE_RATE, selection_ratio)
    if selection_ratio == 1:
        return 0.0
    return r * _density(float(ndtri(selection_ratio))) / selection_ratio


def _density(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def require_shares(base_rate: float, selection_ratio: float) -> None:
    """Refuse shares that nobody could have.

    Raises
    ------
    InputError
        If the base rate is not above 0 and below 1, or the selection ratio not above 0 and at
        most 1.
    """
    if not 0 < base_rate < 1:
        raise InputError(
            f"The base rate is {base_rate:g}. Give the share of all candidates who would do "
            "well, above 0 and below 1."
        )
    if not 0 < selection_ratio <= 1:
        raise InputError(
            f"The selection ratio is {selection_ratio:g}. Give the share of candidates who are "
            "selected, above 0 and at most 1."
        )
