from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import chi2

from toolkit.inflation.firth import penalised_odds


def table(a: int, b: int, c: int, d: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """a of a + b suspected are selected, c of c + d others; everybody has the same evidence."""
    selected = np.repeat([True, False, True, False], [a, b, c, d])
    suspected = np.repeat([True, True, False, False], [a, b, c, d])
    return selected, suspected, np.zeros(a + b + c + d)


@pytest.mark.parametrize("cells", [(3, 1, 1, 3), (4, 0, 2, 9), (5, 0, 0, 5), (10, 20, 30, 40)])
def test_in_a_two_by_two_table_half_is_added_to_every_cell(cells: tuple[int, ...]) -> None:
    a, b, c, d = (cell + 0.5 for cell in cells)
    found = penalised_odds(*table(*cells))
    assert found.odds_ratio == pytest.approx(a * d / (b * c), rel=1e-6)
    assert 0 < found.low < found.odds_ratio < found.high < np.inf


def test_against_a_general_optimiser() -> None:
    draw = np.random.default_rng(11)
    evidence = draw.normal(size=80)
    suspected = draw.random(80) < 0.2
    selected = draw.random(80) < 1 / (1 + np.exp(1.0 - evidence - 1.5 * suspected))
    x = np.column_stack([suspected, np.ones(80), evidence]).astype(float)

    def loss(beta: np.ndarray) -> float:
        p = 1 / (1 + np.exp(-x @ beta))
        information = (x * (p * (1 - p))[:, None]).T @ x
        fit = np.where(selected, np.log(p), np.log(1 - p)).sum()
        return -float(fit + 0.5 * np.log(np.linalg.det(information)))

    free = minimize(
        loss, np.zeros(3), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12}
    )
    found = penalised_odds(selected, suspected, evidence)
    assert np.log(found.odds_ratio) == pytest.approx(free.x[0], abs=1e-4)
    null = minimize(lambda b: loss(np.array([0.0, *b])), np.zeros(2), method="Nelder-Mead")
    assert found.p == pytest.approx(chi2.sf(2 * (null.fun - free.fun), 1), abs=1e-4)

    def held(b: np.ndarray, end: float) -> float:
        return loss(np.array([np.log(end), *b]))

    for end in (found.low, found.high):
        least = minimize(held, np.zeros(2), args=(end,), method="Nelder-Mead").fun
        assert 2 * (least - free.fun) == pytest.approx(chi2.isf(0.05, 1), abs=1e-3)


def test_candidates_without_evidence_have_a_level_of_their_own() -> None:
    selected, suspected, evidence = table(3, 4, 5, 20)
    evidence[::5] = np.nan
    found = penalised_odds(selected, suspected, evidence)
    assert 0 < found.low < found.odds_ratio < found.high


def test_evidence_that_tells_who_is_suspected_leaves_nobody_to_compare() -> None:
    selected = np.array([True, False, True, False, False, True])
    suspected = np.array([True, True, False, False, False, False])
    evidence = np.where(suspected, np.nan, [0, 0, 1.0, 1.0, 2.0, 2.0])
    assert penalised_odds(selected, suspected, evidence) is None
    # Two suspected have evidence of the same level: the level then says no more than having one.
    evidence = np.array([1.0, np.nan, 1.0, np.nan, 1.0, np.nan])
    found = penalised_odds(selected, suspected, evidence)
    assert found is not None
    assert 0 < found.low < found.odds_ratio < found.high
