from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from toolkit.compiled import MANY, Loop, loop, loop_in_any_order, worth_compiling


def total(values: npt.NDArray[np.float64]) -> float:
    """Add values up."""
    whole = 0.0
    for i in range(values.size):
        whole += values[i]
    return whole


@pytest.mark.parametrize("decorate", [loop, loop_in_any_order])
def test_a_loop_says_what_the_function_says(decorate: Callable[[Any], Loop[Any, float]]) -> None:
    values = np.arange(1000.0)
    compiled = decorate(total)
    assert compiled(values) == total(values) == 499_500
    assert (compiled.__doc__, compiled.__module__) == (total.__doc__, total.__module__)


def test_sums_are_added_in_the_order_as_written_unless_any_order_will_do() -> None:
    values = np.array([1e16, 1.0, -1e16] * 100)
    assert loop(total)(values) == total(values)


def test_a_loop_is_compiled_where_there_is_no_place_to_keep_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numba = importlib.import_module("numba")
    njit, asked = numba.njit, []

    def nowhere(**options: Any) -> Any:
        asked.append(options.get("cache", False))
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return njit(**options)

    monkeypatch.setattr(numba, "njit", nowhere)
    assert loop(total)(np.ones(3)) == 3
    assert asked == [True, False]


def test_few_rows_are_not_worth_it_nor_many_without_the_compiler(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not worth_compiling(MANY - 1)
    assert worth_compiling(MANY)
    monkeypatch.setattr("toolkit.compiled.find_spec", lambda name: None)
    assert not worth_compiling(MANY)
