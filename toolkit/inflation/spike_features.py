"""Months that stand out in a series of monthly counts, and the shape of what happened.

A **spike** is a month with at least 50 and at least 3 · (median + 1), where the median is that of
the series; so were the months chosen on which the model was fitted. The features are about shape:
how much of everything came in this one month, how it stands beside the other months, what was
before and what was left afterwards. The size itself is only looked at where the model was
fitted, for stars, and there it can only lower the suspicion: large spikes are mostly news.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats, Ints

LEAST_COUNT = 50
TIMES_MEDIAN = 3
#: Half a year on each side of a spike makes its before and after.
WINDOW = 6


@dataclass(frozen=True, eq=False)
class MonthlyCounts:
    """Series of monthly counts, one after the other, without gaps.

    Parameters
    ----------
    counts : float array, shape (N,)
        New stars, followers and so on in each month, series by series.
    lengths : int array, shape (s,)
        Months of each series, each at least 1; they add up to N.
    """

    counts: Floats
    lengths: Ints

    @property
    def starts(self) -> Ints:
        """Where each series begins in `counts`."""
        return np.concatenate([[0], np.cumsum(self.lengths)[:-1]]).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Spikes:
    """The months that stand out.

    Parameters
    ----------
    series : int array, shape (k,)
    month : int array, shape (k,)
        Counted from the first month of the series, which is 0.
    count : float array, shape (k,)
    total : float array, shape (k,)
        Sum of the whole series.
    features : dict of str to float array, shape (k,)
    """

    series: Ints
    month: Ints
    count: Floats
    total: Floats
    features: dict[str, Floats]

    def __len__(self) -> int:
        return self.series.size


def find_spikes(monthly: MonthlyCounts) -> Spikes:
    """Find the spikes of all series at once.

    Features, with c the count of the spike and L(x) = log₁₀(1 + x):
    share_of_total c / Σ; over_next_largest L(c) − L(largest other month); over_median;
    over_before and over_after, against the mean of all months before and after; lift, L of
    the mean of the six months after less that of the six before; spikes, how many the series
    has; size, log₁₀ c. NaN where there are no such months.
    """
    counts, lengths, starts = monthly.counts, monthly.lengths, monthly.starts
    of = np.repeat(np.arange(lengths.size), lengths)
    median, largest, second = _order_statistics(counts, lengths, starts, of)
    spike: Bools = (counts >= LEAST_COUNT) & (counts >= TIMES_MEDIAN * (median[of] + 1.0))
    at = np.flatnonzero(spike)
    series = of[at]
    first, last = starts[series], starts[series] + lengths[series]
    summed = np.concatenate([[0.0], np.cumsum(counts)])
    total = summed[last] - summed[first]
    c = counts[at]
    other = np.where(c == largest[series], second[series], largest[series])

    def mean(begin: Ints, end: Ints) -> Floats:
        months = end - begin
        sums = np.maximum(summed[end] - summed[begin], 0.0)
        return np.where(months > 0, sums / np.maximum(months, 1), np.nan)

    after, before = at + 1, at
    return Spikes(
        series=series,
        month=at - first,
        count=c,
        total=total,
        features={
            "share_of_total": c / total,
            "over_next_largest": _log(c) - _log(other),
            "over_median": _log(c) - _log(median[series]),
            "over_before": _log(c) - _log(mean(first, before)),
            "over_after": _log(c) - _log(mean(after, last)),
            "lift": _log(mean(after, np.minimum(after + WINDOW, last)))
            - _log(mean(np.maximum(before - WINDOW, first), before)),
            "spikes": np.bincount(series, minlength=lengths.size)[series].astype(np.float64),
            "size": np.log10(c),
        },
    )


def _order_statistics(
    counts: Floats, lengths: Ints, starts: Ints, of: Ints
) -> tuple[Floats, Floats, Floats]:
    """Median, largest and second largest count of each series; NaN for a missing second."""
    ordered = counts[np.lexsort((counts, of))]
    ends = starts + lengths
    median = (ordered[starts + (lengths - 1) // 2] + ordered[starts + lengths // 2]) / 2.0
    second = np.where(lengths > 1, ordered[np.maximum(ends - 2, starts)], np.nan)
    return median, ordered[ends - 1], second


def _log(x: Floats) -> Floats:
    logs: Floats = np.log10(1.0 + x)
    return logs
