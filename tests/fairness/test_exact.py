from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.fairness.published import arrays, many
from tests.fairness.tables import Table, two_by_two
from toolkit.fairness.exact import fisher_exact


def by_enumeration(table: Table) -> tuple[Fraction, Fraction]:
    """Fisher's p and the mid-P as exact fractions, from the definition."""
    a, n_a, b, n_b = table
    chosen = a + b
    counts = range(max(0, chosen - n_b), min(n_a, chosen) + 1)
    ways = {k: comb(n_a, k) * comb(n_b, chosen - k) for k in counts}
    total = sum(ways.values())
    fisher = Fraction(sum(w for w in ways.values() if w <= ways[a]), total)
    return fisher, fisher - Fraction(ways[a], 2 * total)


def test_the_lady_tasting_tea() -> None:
    """Three of four cups right: p = 34/70 two-sided; the table itself has 16/70."""
    fisher, mid = fisher_exact(*arrays(3, 4, 1, 4))
    assert fisher[0] == pytest.approx(34 / 70, rel=1e-12)
    assert mid[0] == pytest.approx(34 / 70 - 8 / 70, rel=1e-12)


@given(st.lists(two_by_two(largest=40), min_size=1, max_size=8))
def test_many_tables_at_once_agree_with_enumeration(tables: list[Table]) -> None:
    fisher, mid = fisher_exact(*many(tables))
    for i, table in enumerate(tables):
        expected = by_enumeration(table)
        assert fisher[i] == pytest.approx(float(expected[0]), rel=1e-10)
        assert mid[i] == pytest.approx(float(expected[1]), rel=1e-9, abs=1e-12)


@given(two_by_two(largest=3000, smallest=100))
def test_larger_tables_agree_with_scipy(table: Table) -> None:
    a, n_a, b, n_b = table
    expected = stats.fisher_exact([[a, n_a - a], [b, n_b - b]]).pvalue
    fisher, _ = fisher_exact(*arrays(*table))
    assert fisher[0] == pytest.approx(expected, rel=1e-7, abs=1e-300)


def test_far_tails_keep_their_relative_precision() -> None:
    for table in ((10, 1000, 200, 1000), (0, 300, 300, 300), (50, 5000, 900, 5000)):
        a, n_a, b, n_b = table
        expected = stats.fisher_exact([[a, n_a - a], [b, n_b - b]]).pvalue
        assert fisher_exact(*arrays(*table))[0][0] == pytest.approx(expected, rel=1e-8)


def test_mirror_images_count_as_equally_probable() -> None:
    """With equal groups every table has a mirror image, so p is twice the tail."""
    fisher, _ = fisher_exact(*arrays(70, 300, 90, 300))
    tail = stats.hypergeom.cdf(70, 600, 300, 160)
    assert fisher[0] == pytest.approx(2 * tail, rel=1e-9)


def test_a_million_people() -> None:
    fisher, mid = fisher_exact(*arrays(99_500, 500_000, 100_500, 500_000))
    assert fisher[0] == pytest.approx(
        2 * stats.hypergeom.cdf(99_500, 10**6, 500_000, 200_000), rel=1e-6
    )
    assert mid[0] < fisher[0]


def test_tables_with_shared_margins_share_one_distribution() -> None:
    a = np.arange(0, 21)
    fisher, mid = fisher_exact(a, np.full(21, 40), 20 - a, np.full(21, 60))
    alone = [fisher_exact(*arrays(int(k), 40, int(20 - k), 60)) for k in a]
    assert fisher == pytest.approx([f[0] for f, _ in alone], rel=1e-12)
    assert mid == pytest.approx([m[0] for _, m in alone], rel=1e-12)


@given(st.lists(two_by_two(largest=2000), min_size=2, max_size=12))
def test_a_table_s_figures_do_not_depend_on_its_company(tables: list[Table]) -> None:
    together = np.array(fisher_exact(*many(tables)))
    alone = np.array([np.array(fisher_exact(*arrays(*table)))[:, 0] for table in tables]).T
    assert np.array_equal(together, alone)


def test_ten_thousand_tables_of_a_sweep() -> None:
    """Every screen of a sweep has the same people and places, so one distribution does."""
    draw = np.random.default_rng(7)
    a = draw.integers(1_000, 2_000, 10_201)
    fisher, mid = fisher_exact(a, np.full_like(a, 8_000), 4_000 - a, np.full_like(a, 12_000))
    for i in (0, 5_000, 10_200):
        k = int(a[i])
        square = [[k, 8_000 - k], [4_000 - k, 8_000 + k]]
        assert fisher[i] == pytest.approx(stats.fisher_exact(square).pvalue, rel=1e-7, abs=1e-300)
    assert (mid <= fisher).all()


def test_nothing_to_test() -> None:
    assert np.isnan(fisher_exact(*arrays(0, 0, 3, 9))).all()
    fisher, mid = fisher_exact(*arrays(0, 5, 0, 9))
    assert (fisher[0], mid[0]) == (1.0, 0.5)
    fisher, _ = fisher_exact(*arrays(5, 5, 9, 9))
    assert fisher[0] == 1.0
