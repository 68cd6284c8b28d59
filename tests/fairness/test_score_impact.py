from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import effectsize_smd

from toolkit.errors import InputError, TooFewData
from toolkit.fairness import score_cells as reduction
from toolkit.fairness.counts import table_from
from toolkit.fairness.cut_resampled import cut_resampled
from toolkit.fairness.impact import Plan
from toolkit.fairness.panel import attribute_impact
from toolkit.fairness.score_cells import score_cells
from toolkit.fairness.score_impact import score_impact, score_impact_of_counts
from toolkit.fairness.scoring_rate import above_median, median_score


def two_groups(size: int = 300) -> tuple[pd.DataFrame, np.ndarray]:
    draw = np.random.default_rng(8)
    sex = draw.choice(["F", "M"], size)
    return pd.DataFrame({"sex": sex}), np.round(draw.normal(50, 10, size) + 4 * (sex == "M"))


def test_four_women_and_four_men() -> None:
    """Women 1 2 3 4, men 3 4 5 6: means 2.5 and 4.5, each variance 5/3, so d = −2/√(5/3)."""
    groups = pd.DataFrame({"sex": list("FFFFMMMM")})
    found = score_impact(groups, [1, 2, 3, 4, 3, 4, 5, 6])
    assert found.median == 3.5
    table = found.attributes["sex"]
    assert table.referent is None  # four people are too few to be compared with
    found = score_impact(pd.concat([groups] * 2), [1, 2, 3, 4, 3, 4, 5, 6] * 2)
    table = found.attributes["sex"]
    women = table.group("F")
    assert table.referent == "M"
    assert (women.mean, table.group("M").mean) == (2.5, 4.5)
    assert women.d == pytest.approx(-2 / math.sqrt(10 / 7))
    assert (women.above_median, women.n, women.scoring_rate) == (2, 8, 0.25)
    assert women.scoring_ratio == pytest.approx(1 / 3)
    assert table.group("M").d is None
    curve = table.curve
    assert curve is not None
    assert curve.cut_offs.tolist() == [1, 2, 3, 4, 5, 6]
    # At 4 or more: 2 of 8 women, 6 of 8 men; at 5 or more no woman.
    assert curve.selected[:, 0].tolist() == [8, 6, 4, 2, 0, 0]
    assert curve.ratio[3, 0] == pytest.approx(1 / 3)
    assert curve.smallest[3] == pytest.approx(1 / 3)
    assert curve.below[:, 0].tolist() == [False, True, True, True, True, True]
    assert curve.selected_share.tolist() == [1, 14 / 16, 12 / 16, 8 / 16, 4 / 16, 2 / 16]


@given(st.integers(0, 10_000))
def test_d_and_g_agree_with_statsmodels(seed: int) -> None:
    draw = np.random.default_rng(seed)
    n_a, n_b = draw.integers(8, 60, 2).tolist()
    a, b = draw.normal(0, 1, n_a), draw.normal(draw.normal(), 2, n_b)
    groups = pd.DataFrame({"g": ["a"] * n_a + ["b"] * n_b})
    table = score_impact(groups, [*a, *b]).attributes["g"]
    other, sign = ("a", 1) if table.referent == "b" else ("b", -1)
    g, _ = effectsize_smd(a.mean(), a.std(ddof=1), n_a, b.mean(), b.std(ddof=1), n_b)
    found = table.group(other)
    # statsmodels corrects with an approximation of the gamma functions.
    assert found.g == pytest.approx(sign * float(g), rel=2e-3, abs=1e-9)
    assert found.d is not None
    assert found.d_low is not None
    assert found.d_high is not None
    error = math.sqrt((n_a + n_b) / (n_a * n_b) + found.d**2 / (2 * (n_a + n_b)))
    assert found.d_high - found.d_low == pytest.approx(2 * 1.959963984540054 * error)


def test_the_interval_covers() -> None:
    """Of 1,000 samples with a true difference of −0.5, about 95 % of the intervals hold it."""
    draw = np.random.default_rng(12)
    groups = pd.DataFrame({"g": ["a"] * 40 + ["b"] * 40})
    held = 0
    for _ in range(400):
        scores = np.concatenate([draw.normal(-0.5, 1, 40), draw.normal(0, 1, 40)])
        table = score_impact(groups, scores).attributes["g"]
        group = next(one for one in table.groups if one.group != table.referent)
        assert group.g_low is not None
        assert group.g_high is not None
        true = -0.5 if table.referent == "b" else 0.5
        held += group.g_low <= true <= group.g_high
    assert 0.92 <= held / 400 <= 0.98


@given(st.integers(0, 10_000))
def test_the_scoring_rate_is_the_decision_to_be_above_the_median(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size = int(draw.integers(10, 80))
    scores = draw.integers(0, 12, size).astype(float)
    scores[draw.random(size) < 0.1] = np.nan
    scores[0] = 3
    groups = pd.DataFrame({"g": draw.choice(["a", "b", "c"], size)})
    found = score_impact(groups, scores)
    there = ~np.isnan(scores)
    assert found.median == median_score(scores)
    assert (found.scored, found.not_scored) == (there.sum(), (~there).sum())
    chosen = above_median(scores)
    for group in found.attributes["g"].groups:
        mine = (groups["g"] == group.group).to_numpy() & there
        assert (group.n, group.above_median) == (mine.sum(), chosen[mine].sum())
    counts = {g.group: (g.above_median, g.n) for g in found.attributes["g"].groups}
    assert found.scoring.attributes["g"].groups == attribute_impact(table_from("g", counts)).groups


@given(st.integers(0, 10_000))
def test_counts_and_any_order_of_rows_give_the_same_to_the_last_digit(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size = int(draw.integers(5, 60))
    groups = pd.DataFrame(
        {"sex": draw.choice(["F", "M"], size), "age": draw.choice(["<40", "40+"], size)}
    )
    scores = np.round(draw.normal(5, 2, size), 1)
    straight = score_impact(groups, scores, name="score").to_dict()
    order = draw.permutation(size)
    assert score_impact(groups.iloc[order], scores[order], name="score").to_dict() == straight
    counts = groups.assign(score=scores).value_counts().rename("total").reset_index()
    assert score_impact_of_counts(counts, "score", "total").to_dict() == straight
    json.dumps(straight, allow_nan=False)


def test_many_different_scores_are_cut_evenly_and_counted_exactly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    groups, _ = two_groups(5_000)
    scores = np.random.default_rng(2).normal(size=5_000)
    table = score_impact(groups, scores).attributes["sex"]
    curve = table.curve
    assert curve is not None
    assert len(curve.cut_offs) == reduction.MOST_CUT_OFFS
    for i in (0, 7, 100, 199):
        above = scores >= curve.cut_offs[i]
        mine = (groups["sex"] == curve.groups[0]).to_numpy()
        assert curve.selected[i, 0] == above[mine].sum()
        assert curve.selected_share[i] == pytest.approx(above.mean())
    assert np.diff(curve.selected_share).max() < 0
    sums = [(g.mean, g.sd, g.above_median) for g in table.groups]
    monkeypatch.setattr(reduction, "_LARGEST_TABLE", 10)
    again = score_impact(groups, scores).attributes["sex"]
    assert [(g.mean, g.sd, g.above_median) for g in again.groups] == sums


def test_with_the_cut_redone_the_places_stay_and_the_rates_move_against_each_other() -> None:
    """Against drawing the rows and cutting each draw at its own threshold."""
    groups, scores = two_groups(300)
    cells = score_cells(groups, ["sex"], scores)
    grouping = Plan(["sex"], None).groupings(cells.layout)[0]
    found = cut_resampled(cells, grouping, 0.2, resamples=3_000)
    women = (groups["sex"] == "F").to_numpy()
    draw = np.random.default_rng(77)
    rates = np.empty((3_000, 2))
    for i in range(3_000):
        rows = draw.integers(0, 300, 300)
        x, w = scores[rows], women[rows]
        cut = np.sort(x)[::-1][59]
        above, at = x > cut, x == cut
        share = (60 - above.sum()) / at.sum()
        taken = above + share * at
        rates[i] = taken[w].mean(), taken[~w].mean()
    expected = np.quantile(rates, [0.025, 0.975], axis=0)
    assert found.rate_low == pytest.approx(expected[0], abs=0.16 * rates.std(axis=0).max())
    assert found.rate_high == pytest.approx(expected[1], abs=0.16 * rates.std(axis=0).max())
    n = np.array([women.sum(), (~women).sum()])
    assert found.rate @ n == pytest.approx(60)


def test_everybody_alike_and_nobody_scored() -> None:
    groups = pd.DataFrame({"sex": ["F"] * 6 + ["M"] * 6})
    found = score_impact(groups, [5.0] * 12)
    women = found.attributes["sex"].group("F")
    assert (women.d, women.above_median, found.median) == (None, 0, 5.0)
    with pytest.raises(TooFewData, match="Nobody has a score"):
        score_impact(groups, [np.nan] * 12)
    with pytest.raises(InputError, match="3 scores for 12 rows"):
        score_impact(groups, [1.0, 2.0, 3.0])
    with pytest.raises(InputError, match="infinite"):
        score_impact(groups, [np.inf] * 12)
