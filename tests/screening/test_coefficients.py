"""Integer coefficients: ties that are real stay ties, and int64 never overflows."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from toolkit.screening.coefficients import (
    COMPOSITE_LIMIT,
    CoefficientPlan,
    commensurable_classes,
    integer_coefficients,
)

squares = st.fractions(min_value=Fraction(1, 100), max_value=1000, max_denominator=200)


def test_worked_example() -> None:
    """Spreads √8 and √2 stand two to one, so equal weights get coefficients one to two."""
    coefficients, exponent = integer_coefficients(
        {"a": 1, "b": 1}, {"a": Fraction(8), "b": Fraction(2)}, {"a": 10, "b": 10}
    )
    assert coefficients["b"] == 2 * coefficients["a"]
    assert math.isclose(coefficients["a"] / 2**exponent, 0.5 / math.sqrt(8), rel_tol=1e-15)


@given(
    st.lists(st.integers(-50, 50), min_size=1, max_size=5),
    st.lists(squares, min_size=5, max_size=5),
    st.lists(st.integers(1, 10**9), min_size=5, max_size=5),
)
def test_coefficients_are_close_and_composites_fit(weights, spreads, largest) -> None:
    names = [f"s{i}" for i in range(len(weights))]
    weight = dict(zip(names, weights, strict=True))
    spread = dict(zip(names, spreads, strict=False))
    most = dict(zip(names, largest, strict=False))
    coefficients, exponent = integer_coefficients(weight, spread, most)
    whole = sum(map(abs, weights))
    assert sum(abs(coefficients[n]) * most[n] for n in names) < 2 * COMPOSITE_LIMIT
    for name in names:
        if weight[name]:
            exact = weight[name] / whole / math.sqrt(spread[name])
            error = abs(coefficients[name] / 2**exponent - exact)
            assert error <= 2.0**-exponent * 2**24 or math.isclose(error, 0, abs_tol=1e-9)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30), squares), min_size=2, max_size=5))
def test_rational_ratios_are_exact(members) -> None:
    """Members r·√s of one class: coefficients stand in the exact ratio of weight to spread."""
    base = members[0][2]
    spread = {f"s{i}": Fraction(a, b) ** 2 * base for i, (a, b, _) in enumerate(members)}
    weight = {name: i + 1 for i, name in enumerate(spread)}
    ratio = {f"s{i}": Fraction(a, b) for i, (a, b, _) in enumerate(members)}
    assert commensurable_classes(spread) == [list(spread)]
    multiple = math.lcm(*((Fraction(weight[n]) / ratio[n]).denominator for n in spread))
    coefficients, _ = integer_coefficients(weight, spread, dict.fromkeys(spread, 100))
    if multiple < 2**24:
        first = next(iter(spread))
        for name in spread:
            assert (
                coefficients[name] * ratio[name] * weight[first]
                == coefficients[first] * ratio[first] * weight[name]
            )


def test_constant_and_unweighted_signals_get_nothing() -> None:
    coefficients, _ = integer_coefficients(
        {"constant": 1, "unweighted": 0, "live": 2},
        {"constant": Fraction(0), "unweighted": Fraction(3), "live": Fraction(4)},
        {"constant": 0, "unweighted": 5, "live": 5},
    )
    assert coefficients["constant"] == coefficients["unweighted"] == 0
    assert coefficients["live"] > 0
    assert integer_coefficients({}, {}, {}) == ({}, 0)


@given(st.data())
def test_one_plan_serves_any_weights_of_its_signals(data: st.DataObject) -> None:
    names = list("abcd")
    squares = {
        name: Fraction(data.draw(st.integers(0, 12)) * 2) ** 2 * data.draw(st.sampled_from([1, 2]))
        for name in names
    }
    largest = dict.fromkeys(names, 1000)
    plan = CoefficientPlan.of(squares, largest)
    for _ in range(3):
        some = data.draw(st.lists(st.sampled_from(names), unique=True).map(sorted))
        weights = {name: data.draw(st.integers(-7, 9)) for name in some}
        alone = integer_coefficients(
            weights, {s: squares[s] for s in some}, {s: largest[s] for s in some}
        )
        assert plan.coefficients(weights) == alone
