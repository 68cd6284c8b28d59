"""Months that stand out in a series of monthly counts, and the shape of what happened.

A **spike** is a month with at least 50 and at least 3 · (median + 1), where the median is that of
the series; so were the months chosen on which the model was fitted. The features are about shape:
how much of everything came in this one month, how it stands beside the other months, what was
before and what was left afterwards. Size and place in the history are only looked at where the
models were fitted, for stars. Size can only lower the suspicion: large spikes are mostly news.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats, Ints

LEAST_COUNT = 50
TIMES_MEDIAN = 3
#: Half a year on each side of a spike makes its before and after; for medians, a year.
WINDOW = 6
MEDIAN_WINDOW = 12
#: The history of no suspected campaign goes on for longer after it, in the data of the models.
FARTHEST_BACK = 9
#: Months to the nearest other spike, where there is none.
ALONE = 99

SHAPE_FEATURES = (
    "share_of_total", "over_next_largest", "over_median", "over_before", "over_after", "lift",
    "spikes", "over_month_before", "over_month_after", "share_so_far", "empty_months",
    "empty_after", "width_half", "width_tenth", "over_low_quarter", "over_high_quarter",
    "share_of_three", "share_of_seven", "rank", "decay", "rise_before", "median_lift",
    "unsteady", "share_of_spikes", "nearest_spike", "size", "months_after",
)  # fmt: skip


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

    Features, with c the count of the spike and L(x) = log₁₀(1 + x); NaN where there are no such
    months. None of them is a date.

    - ``share_of_total``, ``share_so_far``, ``share_of_three``, ``share_of_seven``: c over the sum
      of the series, of the months until then, and of three and seven months around it;
    - ``over_median``, ``over_low_quarter``, ``over_high_quarter``, ``over_next_largest``: L(c)
      less L of the median, the quartiles and the largest other month;
    - ``over_before``, ``over_after``, ``over_month_before``, ``over_month_after``: less L of the
      mean of all months before and after, and of the two neighbours;
    - ``lift``, ``median_lift``: L of the mean of the six months after less that of the six before,
      and of the medians of twelve;
    - ``rise_before``: L of the mean of the three months before less that of the three before these;
    - ``decay``: L of the next month less L of the mean of the third to sixth month after;
    - ``width_half``, ``width_tenth``: months, six to each side, with at least a half or a tenth
      of c;
    - ``empty_months``, ``empty_after``: share of months without anything;
    - ``unsteady``: standard deviation of L over the other months;
    - ``spikes``, ``share_of_spikes``, ``nearest_spike``, ``rank``: how many spikes the series has,
      their share of it, months to the nearest other one (99 without), months larger than c;
    - ``size``: log₁₀ c;
    - ``months_after``: how many months the history goes on after the spike.
    """
    counts, lengths, starts = monthly.counts, monthly.lengths, monthly.starts
    of = np.repeat(np.arange(lengths.size), lengths)
    ordered, ranks = _ordered(counts, starts, of)
    median = _quantile(ordered, lengths, starts, 0.5)
    spike: Bools = (counts >= LEAST_COUNT) & (counts >= TIMES_MEDIAN * (median[of] + 1.0))
    at = np.flatnonzero(spike)
    series = of[at]
    if not at.size:
        none = np.empty(0)
        return Spikes(series, at, none, none, dict.fromkeys(SHAPE_FEATURES, none))
    first, last = starts[series], starts[series] + lengths[series]
    summed = np.concatenate([[0.0], np.cumsum(counts)])
    empty = np.concatenate([[0.0], np.cumsum(counts == 0)])
    total = summed[last] - summed[first]
    c = counts[at]
    size, before, after = _log(c), at, at + 1

    def mean(begin: Ints, end: Ints, sums: Floats = summed) -> Floats:
        begin, end = np.clip(begin, first, last), np.clip(end, first, last)
        months = end - begin
        held = np.maximum(sums[end] - sums[begin], 0.0)
        return np.where(months > 0, held / np.maximum(months, 1), np.nan)

    def around(months: int) -> Floats:
        begin, end = np.maximum(at - months, first), np.minimum(at + months + 1, last)
        share: Floats = c / (summed[end] - summed[begin])
        return share

    ends = starts + lengths
    largest = ordered[ends - 1]
    second = np.where(lengths > 1, ordered[np.maximum(ends - 2, starts)], np.nan)
    window = _window(counts, at, first, last)
    sides = window[:, MEDIAN_WINDOW - WINDOW : MEDIAN_WINDOW + WINDOW + 1]
    spiking = np.bincount(series, minlength=lengths.size)
    in_spikes = np.bincount(series, c, minlength=lengths.size)
    return Spikes(
        series=series,
        month=at - first,
        count=c,
        total=total,
        features={
            "share_of_total": c / total,
            "over_next_largest": size
            - _log(np.where(c == largest[series], second[series], largest[series])),
            "over_median": size - _log(median[series]),
            "over_before": size - _log(mean(first, before)),
            "over_after": size - _log(mean(after, last)),
            "lift": _log(mean(after, after + WINDOW)) - _log(mean(before - WINDOW, before)),
            "spikes": spiking[series].astype(np.float64),
            "over_month_before": size - _log(mean(before - 1, before)),
            "over_month_after": size - _log(mean(after, after + 1)),
            "share_so_far": c / (summed[after] - summed[first]),
            "empty_months": mean(first, last, empty),
            "empty_after": mean(after, last, empty),
            "width_half": (sides >= c[:, None] / 2).sum(axis=1).astype(np.float64),
            "width_tenth": (sides >= c[:, None] / 10).sum(axis=1).astype(np.float64),
            "over_low_quarter": size - _log(_quantile(ordered, lengths, starts, 0.25)[series]),
            "over_high_quarter": size - _log(_quantile(ordered, lengths, starts, 0.75)[series]),
            "share_of_three": around(1),
            "share_of_seven": around(3),
            "rank": (lengths[series] - 1 - ranks[at]).astype(np.float64),
            "decay": _log(mean(after, after + 1)) - _log(mean(after + 2, after + 6)),
            "rise_before": _log(mean(before - 3, before)) - _log(mean(before - 6, before - 3)),
            "median_lift": _log(_medians(window[:, MEDIAN_WINDOW + 1 :]))
            - _log(_medians(window[:, :MEDIAN_WINDOW])),
            "unsteady": _unsteady(counts, lengths, of, at, series),
            "share_of_spikes": in_spikes[series] / total,
            "nearest_spike": _nearest(at, series),
            "size": np.log10(c),
            "months_after": (last - after).astype(np.float64),
        },
    )


def _ordered(counts: Floats, starts: Ints, of: Ints) -> tuple[Floats, Ints]:
    """The counts of each series in ascending order, and how many of it are no larger than each."""
    order = np.lexsort((counts, of))
    ordered = counts[order]
    place = np.arange(counts.size)
    # The last of equal counts in a series gives all of them its place.
    last = np.ones(counts.size, dtype=np.bool_)
    last[:-1] = (ordered[1:] != ordered[:-1]) | (of[1:] != of[:-1])
    upper = place[last][np.searchsorted(place[last], place)]
    ranks = np.empty(counts.size, dtype=np.int64)
    ranks[order] = upper - starts[of]
    return ordered, ranks


def _quantile(ordered: Floats, lengths: Ints, starts: Ints, share: float) -> Floats:
    """A quantile of each series, on a line between neighbours."""
    place = share * (lengths - 1)
    lower = np.floor(place).astype(np.int64)
    upper = np.minimum(lower + 1, lengths - 1)
    low, high = ordered[starts + lower], ordered[starts + upper]
    found: Floats = low + (place - lower) * (high - low)
    return found


def _window(counts: Floats, at: Ints, first: Ints, last: Ints) -> Floats:
    """Counts of a year to each side of every spike; NaN outside its series."""
    months = at[:, None] + np.arange(-MEDIAN_WINDOW, MEDIAN_WINDOW + 1)
    inside = (months >= first[:, None]) & (months < last[:, None])
    return np.where(inside, counts[months.clip(0, counts.size - 1)], np.nan)


def _medians(rows: Floats) -> Floats:
    """The median of what is known in each row; NaN where nothing is."""
    ordered = np.sort(rows, axis=1)
    known = (~np.isnan(ordered)).sum(axis=1)
    row = np.arange(len(rows))
    low = ordered[row, np.maximum(known - 1, 0) // 2]
    high = ordered[row, np.minimum(known // 2, rows.shape[1] - 1)]
    return np.where(known > 0, (low + high) / 2.0, np.nan)


def _unsteady(counts: Floats, lengths: Ints, of: Ints, at: Ints, series: Ints) -> Floats:
    """Standard deviation of the logs of the other months."""
    logs = _log(counts)
    sums = np.bincount(of, logs, minlength=lengths.size)[series] - logs[at]
    squares = np.bincount(of, logs**2, minlength=lengths.size)[series] - logs[at] ** 2
    others = lengths[series] - 1
    variance = squares / np.maximum(others, 1) - (sums / np.maximum(others, 1)) ** 2
    # Rounded, so that what the subtraction leaves of equal counts is nothing.
    spread = np.round(np.sqrt(np.round(np.maximum(variance, 0.0), 12)), 9)
    return np.where(others > 0, spread, np.nan)


def _nearest(at: Ints, series: Ints) -> Floats:
    """Months to the nearest other spike of the series."""
    step = np.where(series[1:] == series[:-1], at[1:] - at[:-1], ALONE)
    beyond = np.array([ALONE])
    nearest = np.minimum(np.concatenate([beyond, step]), np.concatenate([step, beyond]))
    months: Floats = np.minimum(nearest, ALONE).astype(np.float64)
    return months


def _log(x: Floats) -> Floats:
    logs: Floats = np.log10(1.0 + x)
    return logs
