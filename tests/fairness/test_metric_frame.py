from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings

from tests.fairness.published import ricci
from tests.fairness.tables import people
from toolkit.errors import UnknownName
from toolkit.fairness.impact import impact
from toolkit.fairness.metric_frame import rates_by_group, selection_frame


def test_ricci_by_race_and_by_race_and_position() -> None:
    data = ricci()
    rates = rates_by_group(data[["Race"]], data["Class"])
    assert rates.loc["H", "n"] == 23
    assert rates.loc["H", "selection_rate"] == pytest.approx(6 / 23)
    both = rates_by_group(data[["Race", "Position"]], data["Class"])
    assert both.loc[("B", "Captain"), "n"] == 8
    assert both.loc[("W", "Lieutenant"), "selection_rate"] == pytest.approx(25 / 43)


@settings(max_examples=25)
@given(people())
def test_fairlearn_agrees_with_the_counts(drawn: tuple[pd.DataFrame, np.ndarray]) -> None:
    groups, selected = drawn
    assume(groups.notna().all(axis=1).any())
    result = impact(groups, selected)
    for table in result.tables:
        rates = rates_by_group(groups, selected, table.attributes)
        for group in table.groups:
            key = tuple(group.members.values())
            row = rates.loc[key if len(key) > 1 else key[0]]
            assert row["n"] == group.n
            assert row["selection_rate"] == pytest.approx(group.rate, abs=1e-12)
        assert int(rates["n"].sum()) == sum(group.n for group in table.groups)


def test_fairlearn_s_own_ratio_is_the_smallest_impact_ratio() -> None:
    """Where every group is large enough, fairlearn's lowest over highest is our lowest ratio."""
    rng = np.random.default_rng(7)
    groups = pd.DataFrame({"sex": rng.choice(["F", "M", "X"], 3000)})
    selected = rng.random(3000) < np.where(groups["sex"] == "F", 0.2, 0.3)
    ratio = selection_frame(groups, selected).ratio(method="between_groups")["selection_rate"]
    lowest = impact(groups, selected).attributes["sex"].lowest
    assert lowest is not None
    assert lowest.impact_ratio == pytest.approx(ratio)


def test_combinations_that_do_not_occur_have_nobody() -> None:
    groups = pd.DataFrame({"sex": ["F", "M"], "age": ["a", "b"]})
    rates = rates_by_group(groups, [1, 0])
    assert rates.loc[("F", "b"), "n"] == 0
    assert np.isnan(rates.loc[("F", "b"), "selection_rate"])


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(UnknownName, match="'sex'"):
        rates_by_group(pd.DataFrame({"age": ["a"]}), [1], ["sex"])
