from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.fairness.published import ricci
from toolkit.errors import InputError
from toolkit.fairness.bootstrap import bootstrap, resampled
from toolkit.fairness.cells import count_decision
from toolkit.fairness.impact import Plan, impact, impact_of_counts


def divided(size: int = 600) -> tuple[pd.DataFrame, np.ndarray]:
    draw = np.random.default_rng(4)
    groups = pd.DataFrame(
        {
            "sex": draw.choice(["F", "M"], size),
            "ethnicity": draw.choice(["A", "B", "C"], size, p=[0.5, 0.3, 0.2]),
        }
    )
    rate = np.where(groups["sex"] == "M", 0.35, 0.22) + np.where(groups["ethnicity"] == "C", 0.1, 0)
    return groups, draw.random(size) < rate


def test_drawing_counts_agrees_with_drawing_rows() -> None:
    """The same quantiles of the same figure, within what 4,000 draws leave to chance."""
    groups, selected = divided()
    draws = 4_000
    found = impact(groups, selected, ["sex"], resamples=draws).bootstrap
    assert found is not None
    women = found.tables["sex"].groups[0]
    draw = np.random.default_rng(99)
    is_woman = (groups["sex"] == "F").to_numpy()
    rates, ratios = np.empty(draws), np.empty(draws)
    for i in range(draws):
        rows = draw.integers(0, len(groups), len(groups))
        w, s = is_woman[rows], selected[rows]
        rates[i] = s[w].mean()
        ratios[i] = rates[i] / s[~w].mean()
    for values, ends in (
        (rates, (women.rate_low, women.rate_high)),
        (ratios, (women.impact_ratio_low, women.impact_ratio_high)),
    ):
        expected = np.quantile(values, [0.025, 0.975])
        # The standard error of a tail quantile of 4,000 draws is some 4 % of the spread.
        assert ends == pytest.approx(expected, abs=0.16 * values.std())


def test_the_resampled_people_have_the_sample_s_means_and_variances() -> None:
    groups, selected = divided()
    joint = count_decision(groups, ["sex", "ethnicity"], selected)
    grouping = Plan(["sex"], None).groupings(joint.layout)[0]
    ((n, chosen),) = resampled(joint, [grouping], 20_000, 3)
    table = grouping.table(joint)
    people = len(groups)
    assert n.sum(axis=1).tolist() == [people] * 20_000
    assert (chosen <= n).all()
    for drawn, count in ((n, table.n), (chosen, table.selected)):
        share = count / people
        assert drawn.mean(axis=0) == pytest.approx(count, rel=0.01)
        assert drawn.var(axis=0) == pytest.approx(people * share * (1 - share), rel=0.05)


def test_rows_and_counts_and_another_order_give_the_same_resamples() -> None:
    groups, selected = divided(200)
    straight = impact(groups, selected, resamples=200).to_dict()
    order = np.random.default_rng(1).permutation(200)
    assert impact(groups.iloc[order], selected[order], resamples=200).to_dict() == straight
    counts = (
        groups.assign(selected=selected.astype(int))
        .groupby(["sex", "ethnicity"])["selected"]
        .agg(["sum", "count"])
        .reset_index()
    )
    assert impact_of_counts(counts, "sum", "count", resamples=200).to_dict() == straight
    assert impact(groups, selected, resamples=200, seed=5).to_dict() != straight


def test_the_smallest_ratio_is_chosen_anew_in_every_resample() -> None:
    """With two equal groups it is at most 1, though the group's own ratio goes beyond."""
    groups = pd.DataFrame({"sex": ["F"] * 50 + ["M"] * 50})
    selected = np.array(([1] * 20 + [0] * 30) * 2, dtype=bool)
    found = impact(groups, selected, resamples=1_000).bootstrap
    assert found is not None
    table = found.tables["sex"]
    assert table.smallest_ratio == 1
    assert table.smallest_ratio_high is not None
    assert table.smallest_ratio_high <= 1
    other = next(group for group in table.groups if group.impact_ratio_high is not None)
    assert other.impact_ratio_high > 1  # type: ignore[operator]
    assert table.below_four_fifths_share is not None
    assert 0.1 < table.below_four_fifths_share < 0.6


def test_ricci_beside_the_log_method() -> None:
    people = ricci()
    found = impact(people[["Race"]], people["Class"], resamples=2_000)
    assert found.bootstrap is not None
    for group, drawn in zip(
        found.attributes["Race"].groups, found.bootstrap.tables["Race"].groups, strict=True
    ):
        assert drawn.group == group.group
        if group.impact_ratio_low is not None:
            assert drawn.impact_ratio_low == pytest.approx(group.impact_ratio_low, abs=0.12)
            assert drawn.impact_ratio_high == pytest.approx(group.impact_ratio_high, abs=0.15)


def test_too_few_too_many_and_nobody() -> None:
    groups, selected = divided(20)
    with pytest.raises(InputError, match="5 resamples are too few"):
        impact(groups, selected, resamples=5)
    with pytest.raises(InputError, match="more than can be drawn in a while"):
        impact(groups, selected, resamples=10**9)
    nobody = count_decision(groups.iloc[:0], ["sex"], np.zeros(0, dtype=bool))
    grouping = Plan(["sex"], None).groupings(nobody.layout)
    assert bootstrap(nobody, grouping).tables["sex"].smallest_ratio is None
    assert impact(groups, selected).bootstrap is None
