"""One comparison across requisitions, locations or years: Mantel–Haenszel and its company.

In each stratum the table is a of n_A selected in the group, b of n_B in the referent; N is
n_A + n_B and s is a + b. Pooling strata with different rates can turn a comparison around
(Simpson's paradox); these figures compare like with like.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.special import chdtrc, ndtri

from toolkit.arrays import Ints
from toolkit.fairness.four_fifths import Floats, ratio


@dataclass(frozen=True)
class Stratified:
    """Mantel–Haenszel figures of one group against its referent; NaN where not defined.

    Parameters
    ----------
    cmh, cmh_p : float
        Chi-square with one degree of freedom, without continuity correction.
    cmh_corrected, cmh_corrected_p : float
        The same with it.
    odds_ratio, odds_ratio_low, odds_ratio_high : float
        Common odds ratio, group over referent, with the Robins–Breslow–Greenland interval.
    risk_ratio, risk_ratio_low, risk_ratio_high : float
        Common impact ratio, with the Greenland–Robins interval.
    breslow_day, breslow_day_p, tarone, tarone_p : float
        Whether the odds ratio is the same in all strata; Tarone's is the corrected form.
    reverses : bool
        The pooled and the stratified comparison point in opposite directions.
    informative : int
        Strata with both groups present and some, not all, selected: the rest say nothing.
    """

    cmh: float
    cmh_p: float
    cmh_corrected: float
    cmh_corrected_p: float
    odds_ratio: float
    odds_ratio_low: float
    odds_ratio_high: float
    risk_ratio: float
    risk_ratio_low: float
    risk_ratio_high: float
    breslow_day: float
    breslow_day_p: float
    tarone: float
    tarone_p: float
    reverses: bool
    informative: int


def stratified(a: Ints, n_a: Ints, b: Ints, n_b: Ints, confidence: float = 0.95) -> Stratified:
    """Compare a group with its referent within strata.

    Parameters
    ----------
    a, n_a, b, n_b : int64 array, shape (n_strata,)
        Selected people and all people of the group, and of the referent, in each stratum.
    confidence : float

    Returns
    -------
    Stratified
    """
    both = (n_a > 0) & (n_b > 0)
    reverses = reverses_within_strata(a, n_a, b, n_b)
    a, n_a, b, n_b = a[both], n_a[both], b[both], n_b[both]
    varying = (a + b > 0) & (a + b < n_a + n_b)
    some = (a[varying], n_a[varying], b[varying], n_b[varying])
    cmh, corrected = mantel_haenszel_chi_square(*some)
    odds, odds_low, odds_high = common_odds_ratio(*some, confidence)
    risk, risk_low, risk_high = common_risk_ratio(a, n_a, b, n_b, confidence)
    day, tarone = breslow_day(*some, odds)
    degrees = int(varying.sum()) - 1
    return Stratified(
        cmh=cmh,
        cmh_p=_chi_square_p(cmh, 1),
        cmh_corrected=corrected,
        cmh_corrected_p=_chi_square_p(corrected, 1),
        odds_ratio=odds,
        odds_ratio_low=odds_low,
        odds_ratio_high=odds_high,
        risk_ratio=risk,
        risk_ratio_low=risk_low,
        risk_ratio_high=risk_high,
        breslow_day=day,
        breslow_day_p=_chi_square_p(day, degrees),
        tarone=tarone,
        tarone_p=_chi_square_p(tarone, degrees),
        reverses=reverses,
        informative=int(varying.sum()),
    )


def mantel_haenszel_chi_square(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> tuple[float, float]:
    r"""Mantel–Haenszel chi-square, without and with continuity correction.

    .. math:: \chi^2 = \frac{(|\sum a - \sum E| - c)^2}{\sum V}, \qquad
        E = \frac{n_A s}{N}, \qquad V = \frac{n_A n_B s (N - s)}{N^2 (N - 1)}

    with c = 0, and c = ½ where the difference is at least that (0 left over otherwise).

    Returns
    -------
    chi_square, corrected : float
        NaN where no stratum has anything to say.

    Notes
    -----
    N. Mantel & W. Haenszel (1959), J. Natl. Cancer Inst. 22, 719–748.
    """
    total = (n_a + n_b).astype(np.float64)
    chosen = a + b
    difference = abs(float((a - n_a * chosen / total).sum()))
    of_stratum = n_a * n_b * chosen.astype(np.float64) * (total - chosen) / total**2
    variance = float((of_stratum / np.maximum(total - 1, 1)).sum())
    if variance <= 0:
        return np.nan, np.nan
    return difference**2 / variance, max(difference - 0.5, 0.0) ** 2 / variance


def common_odds_ratio(
    a: Ints, n_a: Ints, b: Ints, n_b: Ints, confidence: float = 0.95
) -> tuple[float, float, float]:
    r"""Mantel–Haenszel odds ratio with the Robins–Breslow–Greenland interval.

    .. math:: \hat\psi = \frac{\sum R}{\sum S}, \quad R = \frac{a (n_B - b)}{N},
        \quad S = \frac{b (n_A - a)}{N}

    .. math:: \mathrm{var} \ln\hat\psi = \frac{\sum PR}{2(\sum R)^2}
        + \frac{\sum (PS + QR)}{2 \sum R \sum S} + \frac{\sum QS}{2 (\sum S)^2}

    with P = (a + n_B − b)/N and Q = 1 − P.

    Returns
    -------
    odds_ratio, low, high : float
        Group over referent; NaN where ΣS is 0, the interval also where ΣR is 0.

    Notes
    -----
    J. Robins, N. Breslow & S. Greenland (1986), Biometrics 42, 311–323.
    """
    total = (n_a + n_b).astype(np.float64)
    agree, disagree = a * (n_b - b) / total, b * (n_a - a) / total
    r, s = float(agree.sum()), float(disagree.sum())
    if s == 0:
        return np.nan, np.nan, np.nan
    if r == 0:
        return 0.0, np.nan, np.nan
    p = (a + n_b - b) / total
    q = 1 - p
    variance = (
        float((p * agree).sum()) / (2 * r * r)
        + float((p * disagree + q * agree).sum()) / (2 * r * s)
        + float((q * disagree).sum()) / (2 * s * s)
    )
    return _with_interval(r / s, variance, confidence)


def common_risk_ratio(
    a: Ints, n_a: Ints, b: Ints, n_b: Ints, confidence: float = 0.95
) -> tuple[float, float, float]:
    r"""Mantel–Haenszel ratio of selection rates with the Greenland–Robins interval.

    .. math:: \hat R = \frac{\sum a\,n_B / N}{\sum b\,n_A / N}, \qquad
        \mathrm{var} \ln\hat R =
        \frac{\sum (n_A n_B s - a b N) / N^2}{(\sum a\,n_B/N)(\sum b\,n_A/N)}

    Returns
    -------
    risk_ratio, low, high : float
        Group over referent; NaN where nobody of the referent was selected.

    Notes
    -----
    S. Greenland & J. M. Robins (1985), Biometrics 41, 55–68.
    """
    total = (n_a + n_b).astype(np.float64)
    above, below = float((a * n_b / total).sum()), float((b * n_a / total).sum())
    if below == 0:
        return np.nan, np.nan, np.nan
    if above == 0:
        return 0.0, np.nan, np.nan
    spread = (n_a * n_b * (a + b) - a * b * total) / total**2
    return _with_interval(above / below, float(spread.sum()) / (above * below), confidence)


def breslow_day(a: Ints, n_a: Ints, b: Ints, n_b: Ints, odds_ratio: float) -> tuple[float, float]:
    r"""Breslow–Day chi-square for equal odds ratios, and Tarone's correction of it.

    In each stratum A is the count of the group's selected that the common odds ratio ψ and
    the margins imply, the root within range of A(n_B − s + A) = ψ (n_A − A)(s − A), and

    .. math:: \chi^2 = \sum \frac{(a - A)^2}{V}, \qquad
        \frac1V = \frac1A + \frac1{n_A - A} + \frac1{s - A} + \frac1{n_B - s + A}

    Tarone takes away (Σa − ΣA)²/ΣV. Both have (informative strata − 1) degrees of freedom.

    Returns
    -------
    breslow_day, tarone : float
        NaN with fewer than two strata, or without a common odds ratio.

    Notes
    -----
    N. Breslow & N. Day (1980), Statistical Methods in Cancer Research I, IARC; R. Tarone
    (1985), Biometrika 72, 91–95.
    """
    if len(a) < 2 or not odds_ratio > 0:
        return np.nan, np.nan
    chosen = a + b
    linear = n_b - chosen + odds_ratio * (n_a + chosen)
    square = 1 - odds_ratio
    root = np.sqrt(linear**2 + 4 * square * odds_ratio * n_a * chosen)
    # The stable form of the quadratic's root, right for an odds ratio of 1 too.
    implied = 2 * odds_ratio * n_a * chosen / (linear + root)
    inverse = 1 / implied + 1 / (n_a - implied) + 1 / (chosen - implied)
    variance = 1 / (inverse + 1 / (n_b - chosen + implied))
    away = a - implied
    statistic = float((away**2 / variance).sum())
    return statistic, statistic - float(away.sum()) ** 2 / float(variance.sum())


def reverses_within_strata(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> bool:
    """Whether pooling turns the comparison around (Simpson's paradox).

    The pooled difference of rates and the Mantel–Haenszel difference have opposite signs,
    compared as exact fractions over the strata in which both groups are present.
    """
    pooled = int(a.sum()) * int(n_b.sum()) - int(b.sum()) * int(n_a.sum())
    rows = zip(a.tolist(), n_a.tolist(), b.tolist(), n_b.tolist(), strict=True)
    within = sum(
        (Fraction(a_ * nb_ - b_ * na_, na_ + nb_) for a_, na_, b_, nb_ in rows if na_ and nb_),
        Fraction(0),
    )
    return pooled * within < 0


def _with_interval(
    estimate: float, variance: float, confidence: float
) -> tuple[float, float, float]:
    z = float(ndtri((1 + confidence) / 2))
    factor = float(np.exp(z * np.sqrt(max(variance, 0.0))))
    return estimate, estimate / factor, estimate * factor


def _chi_square_p(statistic: float, degrees: int) -> float:
    if degrees < 1 or np.isnan(statistic):
        return float("nan")
    return float(chdtrc(degrees, max(statistic, 0.0)))


def pooled_ratio(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> float:
    """Impact ratio of all strata thrown together, for comparison with the stratified one."""
    above = np.array([int(a.sum()) * int(n_b.sum())], dtype=np.float64)
    below = np.array([int(b.sum()) * int(n_a.sum())], dtype=np.float64)
    result: Floats = ratio(above, below)
    return float(result[0])
