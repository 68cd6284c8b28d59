from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.fairness.before_after import before_after
from toolkit.fairness.impact import impact

GROUPS = pd.DataFrame({"sex": ["F"] * 20 + ["M"] * 20, "age": ["<40", "40+"] * 20})
CURRENT = np.array([1] * 4 + [0] * 16 + [1] * 10 + [0] * 10, dtype=bool)
WITHOUT = np.array([1] * 7 + [0] * 13 + [1] * 7 + [0] * 13, dtype=bool)


def test_without_the_score_the_women_s_ratio_rises_from_04_to_1() -> None:
    result = before_after(GROUPS, {"current": CURRENT, "without klout": WITHOUT}, ["sex"])
    assert result.first == "current"
    rows = {
        (row["group"], row["decision"]): (row["selected"], row["impact_ratio"], row["ratio_change"])
        for row in result.rows()
    }
    assert rows["F", "current"] == (4, pytest.approx(0.4), 0)
    assert rows["F", "without klout"] == (7, 1.0, pytest.approx(0.6))


def test_each_decision_s_impact_is_the_one_it_has_alone() -> None:
    decisions = {"current": CURRENT, "without klout": WITHOUT, "nobody": np.zeros(40, dtype=bool)}
    result = before_after(GROUPS, decisions)
    for name, selected in decisions.items():
        assert result.impacts[name] == impact(GROUPS, selected)
    nobody = [row for row in result.rows() if row["decision"] == "nobody"]
    assert {row["ratio_change"] for row in nobody} == {None}
    assert {row["attribute"] for row in nobody} == {"sex", "age", "sex × age"}
    written = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert list(written["decisions"]) == list(decisions)
    assert len(written["comparison"]) == 3 * (2 + 2 + 4)


def test_a_stratum_is_carried_through() -> None:
    result = before_after(GROUPS, {"current": CURRENT}, ["sex"], stratum="age")
    assert result.impacts["current"].strata["sex"].main is not None


def test_a_decision_that_does_not_fit_is_named() -> None:
    with pytest.raises(InputError, match="The decision 'without klout' covers 3 candidates"):
        before_after(GROUPS, {"current": CURRENT, "without klout": [1, 0, 1]})
    with pytest.raises(InputError, match="no decision to compare"):
        before_after(GROUPS, {})
