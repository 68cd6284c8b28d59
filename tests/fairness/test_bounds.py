from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.fairness.bounds import ratio_bounds, referent_is_certain
from toolkit.fairness.cells import assign_cells
from toolkit.fairness.counts import CountTable, count_groups, count_table


def table_with_unknown(groups: dict[str, tuple[int, int]], unknown: tuple[int, int]) -> CountTable:
    """From {group: (selected, n)} and the (selected, n) of unknown membership."""
    labels: list[str | None] = []
    chosen: list[bool] = []
    for label, (selected, n) in [*groups.items(), (None, unknown)]:
        labels += [label] * n
        chosen += [True] * selected + [False] * (n - selected)
    frame = pd.DataFrame({"g": pd.Series(labels, dtype=object)})
    return count_groups(frame, np.array(chosen, dtype=bool))["g"]


def test_four_people_of_unknown_sex() -> None:
    """F 4/10, M 6/10, unknown 1/4: worst 4/13 over 7/11, best 5/11 over 6/13."""
    table = table_with_unknown({"F": (4, 10), "M": (6, 10)}, (1, 4))
    low, high = ratio_bounds(table, referent=1)
    assert low[0] == pytest.approx((4 / 13) / (7 / 11))
    assert high[0] == pytest.approx((5 / 11) / (6 / 13))
    assert (low[1], high[1]) == (1, 1)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=3),
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
def test_bounds_are_the_extremes_over_all_placings(
    drawn: list[tuple[int, int]], unknown: tuple[int, int]
) -> None:
    """Every way to place the unknown, in the groups or in none of them, is tried."""
    counts = {f"g{i}": (s, s + r) for i, (s, r) in enumerate(drawn)}
    if any(n == 0 for _, n in counts.values()) or counts["g0"][0] == 0:
        return
    u, v = unknown
    table = table_with_unknown(counts, (u, u + v))
    low, high = ratio_bounds(table, referent=0)
    nowhere = len(counts)
    ratios: dict[int, list[float]] = {g: [] for g in range(1, len(counts))}
    overtaken = False
    for places in product(range(nowhere + 1), repeat=u + v):
        a = [s for s, _ in counts.values()]
        n = [m for _, m in counts.values()]
        for person, place in enumerate(places):
            if place < nowhere:
                n[place] += 1
                a[place] += person < u
        for g in ratios:
            ratios[g].append((a[g] / n[g]) / (a[0] / n[0]))
            overtaken |= a[g] * n[0] > a[0] * n[g]
    for g, found in ratios.items():
        assert low[g] == pytest.approx(min(found))
        assert high[g] == pytest.approx(max(found))
    allowed = np.ones(len(counts), dtype=bool)
    assert referent_is_certain(table, 0, allowed) == (not overtaken)


def test_bounds_contain_the_ratio_and_equal_it_when_nobody_is_unknown() -> None:
    table = table_with_unknown({"F": (3, 9), "M": (5, 9)}, (0, 0))
    low, high = ratio_bounds(table, referent=1)
    assert low.tolist() == high.tolist() == pytest.approx([3 / 5, 1])
    assert referent_is_certain(table, 1, np.array([True, True]))


def test_in_an_intersection_only_those_who_may_belong_are_moved() -> None:
    rows = (
        [("F", "A", 1)] * 3 + [("F", "A", 0)] * 7 + [("M", "A", 1)] * 5 + [("M", "A", 0)] * 5
        + [(None, "A", 1), ("F", None, 0), ("M", None, 1), (None, "B", 0)]
        + [("F", "B", 1), ("F", "B", 0)]
    )  # fmt: skip
    frame = pd.DataFrame(rows, columns=["sex", "ethnicity", "selected"])
    joint = assign_cells(frame, ["sex", "ethnicity"]).count(frame["selected"].to_numpy(bool))
    table = count_table(joint, "sex", "ethnicity")
    referent = table.labels.index("M × A")
    low, high = ratio_bounds(table, referent)
    women = table.labels.index("F × A")
    # Worst: the woman of unknown ethnicity is A; both selected unknown are men of A.
    assert low[women] == pytest.approx((3 / 11) / (7 / 12))
    # Best: the selected unknown of A is a woman; nobody not selected may be a man of A.
    assert high[women] == pytest.approx((4 / 11) / (5 / 10))


def test_a_referent_that_could_have_no_rate_leaves_the_best_case_open() -> None:
    table = table_with_unknown({"F": (0, 9), "M": (0, 9)}, (2, 2))
    low, high = ratio_bounds(table, referent=1)
    assert low[0] == 0
    assert high[0] == np.inf
    assert not referent_is_certain(table, 1, np.array([True, True]))
