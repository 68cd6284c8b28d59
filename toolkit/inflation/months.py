"""Months as numbers, and series of rows as one count a month."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.inflation.spike_features import MonthlyCounts


def month_name(month: int) -> str:
    """The month that is so many months after January of year 0.

    Examples
    --------
    >>> month_name(2024 * 12 + 4)
    '2024-05'
    """
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def one_a_month(
    series: Ints, month: Ints, value: Floats, running: Bools
) -> tuple[Ints, Ints, Floats]:
    """One value a month and series: the last of running totals, the sum of counts.

    Parameters
    ----------
    series, month : int array, shape (n,)
        In the order of series and date.
    value : float array, shape (n,)
    running : bool array, shape (s,)
        Which series hold running totals.
    """
    if not series.size:
        return series, month, value
    begins = np.ones(series.size, dtype=np.bool_)
    begins[1:] = (series[1:] != series[:-1]) | (month[1:] != month[:-1])
    first = np.flatnonzero(begins)
    last = np.append(first[1:], series.size) - 1
    summed = np.add.reduceat(value, first)
    return series[first], month[first], np.where(running[series[first]], value[last], summed)


def without_gaps(
    series: Ints, month: Ints, value: Floats, running: Bools
) -> tuple[MonthlyCounts, Ints]:
    """Every month of every series: gains of running totals, counts with 0 where none came.

    Parameters
    ----------
    series, month, value
        As `one_a_month` returns them.
    running : bool array, shape (s,)

    Returns
    -------
    MonthlyCounts
    int array, shape (s,)
        First month of each series, in months since January of year 0.
    """
    n_series = running.size
    if not n_series:
        none = np.empty(0, dtype=np.int64)
        return MonthlyCounts(np.empty(0), none), none
    first = np.full(n_series, np.iinfo(np.int64).max)
    np.minimum.at(first, series, month)
    last = np.zeros(n_series, dtype=np.int64)
    np.maximum.at(last, series, month)
    spans = last - first + 1
    if spans.sum() == value.size and not running.any():
        return MonthlyCounts(value, spans), first
    offsets = np.cumsum(spans) - spans
    of = np.repeat(np.arange(n_series), spans)
    at = offsets[series] + month - first[series]
    counts = np.zeros(int(spans.sum()))
    counts[at] = value
    # Both ends of every series are known, so that no line is drawn from one to the next.
    totals = np.interp(np.arange(counts.size), at, value)
    gains = np.maximum(np.diff(totals, prepend=0.0), 0.0)
    monthly = np.where(running[of], gains, counts)
    kept = np.ones(counts.size, dtype=np.bool_)
    kept[offsets[running]] = False
    return MonthlyCounts(monthly[kept], spans - running), first + running
