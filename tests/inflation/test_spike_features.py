from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.inflation.spike_features import SHAPE_FEATURES, MonthlyCounts, Spikes, find_spikes


def spikes_of(*series: list[float]) -> Spikes:
    counts = np.array([c for s in series for c in s], dtype=float)
    return find_spikes(MonthlyCounts(counts, np.array([len(s) for s in series], dtype=np.int64)))


def test_one_month_that_stands_out_by_hand() -> None:
    found = spikes_of([9, 9, 9, 199, 9, 4])
    assert (found.series.tolist(), found.month.tolist()) == ([0], [3])
    assert (found.count.tolist(), found.total.tolist()) == ([199], [239])
    by_hand = {
        "share_of_total": 199 / 239,
        "over_next_largest": math.log10(200 / 10),
        "over_median": math.log10(200 / 10),
        "over_before": math.log10(200 / 10),
        "over_after": math.log10(200 / 7.5),
        "lift": math.log10(7.5 / 10),
        "spikes": 1,
        "size": math.log10(199),
        "months_after": 2,
    }
    features = {name: float(found.features[name][0]) for name in by_hand}
    assert features == pytest.approx(by_hand)
    assert tuple(found.features) == SHAPE_FEATURES


@pytest.mark.parametrize(
    ("series", "months"),
    [
        ([10] * 12, []),
        ([1] * 11 + [49], []),
        ([1] * 11 + [50], [11]),
        ([20] * 11 + [62], []),
        ([20] * 11 + [63], [11]),
        ([400, 500, 450, 600, 480, 700], []),
        ([60, 0, 0, 0, 0, 0, 900], [0, 6]),
    ],
)
def test_which_months_stand_out(series: list[float], months: list[int]) -> None:
    """At least 50 and at least three times the median and one."""
    assert spikes_of(series).month.tolist() == months


def test_at_the_edges_before_or_after_is_unknown() -> None:
    first, last = spikes_of([300, 2, 2, 2, 2, 2], [2, 2, 2, 2, 2, 300]).features["over_before"]
    assert math.isnan(first)
    assert last == pytest.approx(math.log10(301 / 3))
    only = spikes_of([300.0])
    assert len(only) == 0


def test_no_series() -> None:
    assert len(spikes_of()) == 0


def _brute(series: list[float], i: int) -> dict[str, float]:
    """The definitions once more, one spike at a time."""
    c = series[i]

    def log(x: float) -> float:
        return math.log10(1 + x)

    def mean(part: list[float]) -> float:
        return sum(part) / len(part) if part else math.nan

    median = float(np.median(series))
    others = series[:i] + series[i + 1 :]
    spike_months = [j for j, x in enumerate(series) if x >= 50 and x >= 3 * (median + 1)]
    spiky = len(spike_months)

    def near(months: int) -> list[float]:
        return series[max(0, i - months) : i + months + 1]

    def back(begin: int, end: int) -> list[float]:
        return series[max(0, i - begin) : max(0, i - end)]

    def middle(part: list[float]) -> float:
        return float(np.median(part)) if part else math.nan

    return {
        "share_of_total": c / sum(series),
        "over_next_largest": log(c) - (log(max(others)) if others else math.nan),
        "over_median": log(c) - log(median),
        "over_before": log(c) - log(mean(series[:i])),
        "over_after": log(c) - log(mean(series[i + 1 :])),
        "lift": log(mean(series[i + 1 : i + 7])) - log(mean(series[max(0, i - 6) : i])),
        "spikes": spiky,
        "over_month_before": log(c) - log(mean(series[i - 1 : i] if i else [])),
        "over_month_after": log(c) - log(mean(series[i + 1 : i + 2])),
        "share_so_far": c / sum(series[: i + 1]),
        "empty_months": series.count(0) / len(series),
        "empty_after": mean([float(x == 0) for x in series[i + 1 :]]),
        "width_half": sum(x >= c / 2 for x in near(6)),
        "width_tenth": sum(x >= c / 10 for x in near(6)),
        "over_low_quarter": log(c) - log(float(np.quantile(series, 0.25))),
        "over_high_quarter": log(c) - log(float(np.quantile(series, 0.75))),
        "share_of_three": c / sum(near(1)),
        "share_of_seven": c / sum(near(3)),
        "rank": sum(x > c for x in series),
        "decay": log(mean(series[i + 1 : i + 2])) - log(mean(series[i + 3 : i + 7])),
        "rise_before": log(mean(back(3, 0))) - log(mean(back(6, 3))),
        "median_lift": log(middle(series[i + 1 : i + 13])) - log(middle(back(12, 0))),
        "unsteady": float(np.std([log(x) for x in others])) if others else math.nan,
        "share_of_spikes": sum(series[j] for j in spike_months) / sum(series),
        "nearest_spike": min([abs(i - j) for j in spike_months if j != i], default=99),
        "size": math.log10(c),
        "months_after": len(series) - 1 - i,
    }


@example([[1, 1, 70]])
@given(
    st.lists(
        st.lists(st.sampled_from([0, 1, 3, 9, 40, 70, 200, 900]), min_size=1, max_size=40),
        min_size=1,
        max_size=5,
    )
)
def test_all_at_once_is_one_by_one(drawn: list[list[int]]) -> None:
    series = [[float(x) for x in s] for s in drawn]
    found = spikes_of(*series)
    expected = [
        (k, i)
        for k, s in enumerate(series)
        for i, x in enumerate(s)
        if x >= 50 and x >= 3 * (float(np.median(s)) + 1)
    ]
    assert list(zip(found.series.tolist(), found.month.tolist(), strict=True)) == expected
    for at, (k, i) in enumerate(expected):
        got = {name: float(values[at]) for name, values in found.features.items()}
        assert got == pytest.approx(_brute(series[k], i), nan_ok=True, abs=1e-9)
