"""True and false positive rates by group, where it is known how people turned out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from fairlearn.metrics import MetricFrame, false_positive_rate, true_positive_rate

from toolkit.arrays import Ints
from toolkit.fairness.four_fifths import Floats, ratio
from toolkit.fairness.intervals import wilson
from toolkit.fairness.result import finite_or_none


@dataclass(frozen=True)
class ErrorRates:
    """One group's rates; None where nobody is there to have one.

    Parameters
    ----------
    group : str
    good, bad : int
        People with a good outcome, and with another.
    true_positive_rate, true_positive_rate_low, true_positive_rate_high : float or None
        Selected, of those with a good outcome; Wilson's interval.
    false_positive_rate, false_positive_rate_low, false_positive_rate_high : float or None
        Selected, of those with another outcome.
    good_of_selected, good_of_selected_low, good_of_selected_high : float or None
        Good outcomes, of those selected.
    true_positive_gap, true_positive_gap_low, true_positive_gap_high : float or None
        The group's rate minus the referent's, with Newcombe's interval.
    false_positive_gap, false_positive_gap_low, false_positive_gap_high : float or None
    """

    group: str
    good: int
    bad: int
    true_positive_rate: float | None
    true_positive_rate_low: float | None
    true_positive_rate_high: float | None
    false_positive_rate: float | None
    false_positive_rate_low: float | None
    false_positive_rate_high: float | None
    good_of_selected: float | None
    good_of_selected_low: float | None
    good_of_selected_high: float | None
    true_positive_gap: float | None
    true_positive_gap_low: float | None
    true_positive_gap_high: float | None
    false_positive_gap: float | None
    false_positive_gap_low: float | None
    false_positive_gap_high: float | None


def error_frame(labels: tuple[str, ...], counts: Ints) -> MetricFrame:
    """A fairlearn MetricFrame of true and false positive rates, from counts.

    Parameters
    ----------
    labels : tuple of str
    counts : int64 array, shape (n_groups, 2, 2)
        People by group, good outcome (no, yes) and decision (rejected, selected). Each
        count is one row that weighs so much, so that the size of the sample costs nothing.

    Returns
    -------
    fairlearn.metrics.MetricFrame
        Over the groups that have anybody.
    """
    group, good, chosen = np.indices(counts.shape).reshape(3, -1)
    weight = counts.ravel()
    there = weight > 0
    params = {"sample_weight": weight[there].astype(np.float64)}
    return MetricFrame(
        metrics={
            "true_positive_rate": true_positive_rate,
            "false_positive_rate": false_positive_rate,
        },
        y_true=good[there],
        y_pred=chosen[there],
        sensitive_features=pd.Series(np.array(labels, dtype=object)[group[there]], name="group"),
        sample_params={"true_positive_rate": params, "false_positive_rate": params},
    )


def error_rates(
    labels: tuple[str, ...], counts: Ints, referent: int | None, confidence: float = 0.95
) -> tuple[ErrorRates, ...]:
    r"""Rates of each group and their gaps from the referent.

    .. math:: TPR = P(\text{selected} \mid \text{good}), \qquad
        FPR = P(\text{selected} \mid \text{not good})

    Parameters
    ----------
    labels : tuple of str
    counts : int64 array, shape (n_groups, 2, 2)
        As in `error_frame`.
    referent : int or None
        Position of the group that the gaps are taken from.
    confidence : float

    Notes
    -----
    M. Hardt, E. Price & N. Srebro (2016), Equality of opportunity in supervised learning,
    NeurIPS. The rates are fairlearn's. R. G. Newcombe (1998), Interval estimation for the
    difference between independent proportions, Stat. Med. 17, 873–890, method 10.
    """
    good, bad, chosen = counts[:, 1].sum(axis=1), counts[:, 0].sum(axis=1), counts[:, :, 1]
    true, false = np.full((2, len(labels)), np.nan)
    if counts.any():
        # To fairlearn the rate of nobody is 0; to us it is not defined.
        frame = error_frame(labels, counts).by_group.reindex(list(labels))
        true = np.where(good > 0, frame["true_positive_rate"].to_numpy(np.float64), np.nan)
        false = np.where(bad > 0, frame["false_positive_rate"].to_numpy(np.float64), np.nan)
    selected = chosen.sum(axis=1)
    columns = {
        **_with_ends("true_positive_rate", true, wilson(chosen[:, 1], good, confidence)),
        **_with_ends("false_positive_rate", false, wilson(chosen[:, 0], bad, confidence)),
        **_with_ends(
            "good_of_selected",
            ratio(chosen[:, 1], selected),
            wilson(chosen[:, 1], selected, confidence),
        ),
    }
    for kind in ("true_positive", "false_positive"):
        own = [columns[f"{kind}_rate{end}"] for end in ("", "_low", "_high")]
        columns |= _with_ends(f"{kind}_gap", *_gap(own, referent))
    return tuple(
        ErrorRates(
            group=label,
            good=int(good[i]),
            bad=int(bad[i]),
            **{name: finite_or_none(column[i]) for name, column in columns.items()},
        )
        for i, label in enumerate(labels)
    )


def without_errors(rates: ErrorRates) -> ErrorRates:
    """The rates where only the selected have outcomes, so that nobody's error can be seen."""
    nothing: dict[str, Any] = {
        name: None for name in asdict(rates) if name.startswith(("true_", "false_"))
    }
    return replace(rates, **nothing)


def _with_ends(name: str, value: Floats, ends: tuple[Floats, Floats]) -> dict[str, Floats]:
    return {name: value, f"{name}_low": ends[0], f"{name}_high": ends[1]}


def _gap(own: list[Floats], referent: int | None) -> tuple[Floats, tuple[Floats, Floats]]:
    """Differences from the referent, and Newcombe's interval from the two Wilson intervals."""
    p, low, high = own
    if referent is None:
        nothing = np.full(len(p), np.nan)
        return nothing, (nothing, nothing)
    gap = p - p[referent]
    below = np.sqrt((p - low) ** 2 + (high[referent] - p[referent]) ** 2)
    above = np.sqrt((high - p) ** 2 + (p[referent] - low[referent]) ** 2)
    others: npt.NDArray[np.bool_] = np.arange(len(p)) != referent
    return (
        np.where(others, gap, np.nan),
        (np.where(others, gap - below, np.nan), np.where(others, gap + above, np.nan)),
    )
