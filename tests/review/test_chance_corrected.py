from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from statsmodels.stats.inter_rater import fleiss_kappa

from tests.review.known import FLEISS_COUNTS, KRIPPENDORFF
from toolkit.estimate import Estimate
from toolkit.review import chance_corrected as chance

TABLES = arrays.arrays(
    np.float64,
    st.tuples(st.integers(2, 12), st.integers(2, 5)),
    elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, np.nan]),
)


def figures(table: np.ndarray) -> dict[str, Estimate]:
    counts, values = chance.counts_of(table)
    return {
        "nominal": chance.alpha(counts, chance.identical(values)),
        "ordinal": chance.alpha(counts, chance.by_rank(counts)),
        "interval": chance.alpha(counts, chance.quadratic(values)),
        "ac1": chance.gwet(counts, chance.identical(values)),
        "ac2": chance.gwet(counts, chance.quadratic(values)),
        "fleiss": chance.fleiss(counts, chance.identical(values)),
    }


def test_two_reviewers_who_agree_on_three_of_four() -> None:
    # Shares .5 and .5 of eight ratings; chance agreement .5 (kappa), 2 · 4/8 · 3/7 = 3/7 (alpha).
    found = figures(np.array([[1.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 2.0]]))
    assert found["fleiss"].value == pytest.approx((0.5 - 0.5) / 0.5)
    assert found["ac1"].value == pytest.approx((0.5 - 0.5) / 0.5)
    assert found["nominal"].value == pytest.approx((0.5 - 3 / 7) / (1 - 3 / 7))


def test_krippendorffs_own_example() -> None:
    found = figures(KRIPPENDORFF)
    published = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849}
    for name, value in published.items():
        assert found[name].value == pytest.approx(value, abs=5e-4)


def test_gwets_ac1_and_kappa_on_the_same_ratings() -> None:
    found = figures(KRIPPENDORFF)
    assert found["ac1"].value == pytest.approx(0.77544, abs=5e-6)
    assert found["fleiss"].value == pytest.approx(0.76117, abs=5e-6)


def test_fleiss_psychiatrists() -> None:
    found = chance.fleiss(FLEISS_COUNTS, np.eye(5)).value
    assert found == pytest.approx(0.430, abs=5e-4)
    assert found == pytest.approx(fleiss_kappa(FLEISS_COUNTS))


def test_ordinal_weights_by_hand() -> None:
    # For four ratings: one less the pairs from one to the other, of the six pairs there are.
    expected = 1 - np.array([[0, 1, 3, 6], [1, 0, 1, 3], [3, 1, 0, 1], [6, 3, 1, 0]]) / 6
    assert chance.ordinal(np.arange(4.0)) == pytest.approx(expected)


@settings(max_examples=60)
@given(TABLES)
def test_alpha_is_that_of_an_independent_program(table: np.ndarray) -> None:
    found = figures(table)
    for level in ("nominal", "ordinal", "interval"):
        if found[level].value is None:
            continue
        expected = krippendorff.alpha(reliability_data=table.T, level_of_measurement=level)
        assert found[level].value == pytest.approx(expected, abs=1e-9)


@settings(max_examples=60)
@given(TABLES, st.randoms(use_true_random=False))
def test_order_does_not_matter(table: np.ndarray, shuffle: object) -> None:
    draw = np.random.default_rng(shuffle.randint(0, 999))  # type: ignore[attr-defined]
    mixed = table[draw.permutation(len(table))][:, draw.permutation(table.shape[1])]
    for name, one in figures(table).items():
        other = figures(mixed)[name]
        assert (one.value is None) == (other.value is None)
        if one.value is not None:
            assert other.value == pytest.approx(one.value, abs=1e-9)
            assert other.low == pytest.approx(one.low, abs=1e-7)


@settings(max_examples=60)
@given(TABLES)
def test_nothing_is_above_one(table: np.ndarray) -> None:
    for one in figures(table).values():
        if one.value is not None:
            assert one.low <= one.value + 1e-12
            assert one.value <= 1 + 1e-12


def test_standard_errors_are_near_the_jackknifes() -> None:
    draw = np.random.default_rng(1971)
    true = draw.integers(1, 6, 150)
    table = np.clip(true[:, None] + draw.integers(-1, 2, (150, 4)), 1, 5).astype(float)
    table[draw.random(table.shape) < 0.25] = np.nan
    table = table[(~np.isnan(table)).any(axis=1)]
    found = figures(table)
    without = [figures(np.delete(table, row, axis=0)) for row in range(len(table))]
    n = len(table)
    for name, one in found.items():
        values = np.array([other[name].value for other in without])
        jackknife = np.sqrt((n - 1) / n * np.square(values - values.mean()).sum())
        reach = one.value - one.low
        # Ordinal distances move with the ratings; the linearised error takes them as given
        # and comes out a little wide.
        near = 0.12 if name == "ordinal" else 0.06
        assert reach / 1.976 == pytest.approx(jackknife, rel=near), name


def test_candidates_rated_once_say_nothing_about_agreement_alone() -> None:
    found = figures(np.array([[1.0, np.nan], [2.0, np.nan], [np.nan, 1.0]]))
    assert all(one.value is None and one.why == chance.TOO_FEW for one in found.values())


def test_all_the_same_is_no_agreement_that_could_be_measured() -> None:
    found = figures(np.full((4, 3), 2.0))
    assert all(one.value is None and one.why == chance.NO_VARIATION for one in found.values())


def test_perfect_agreement_is_one() -> None:
    found = figures(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]))
    assert [one.value for one in found.values()] == pytest.approx([1.0] * 6)


def test_no_rating_at_all() -> None:
    found = figures(np.full((2, 2), np.nan))
    assert all(one.value is None for one in found.values())
