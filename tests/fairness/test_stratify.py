from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests.fairness.published import ricci
from toolkit.fairness.impact import impact


def two_places() -> tuple[pd.DataFrame, np.ndarray]:
    """North: 4 of 10 F, 6 of 10 M. South: 2 of 10 F, 3 of 10 M. One F of unknown place."""
    rows = (
        [("F", "north", i < 4) for i in range(10)]
        + [("M", "north", i < 6) for i in range(10)]
        + [("F", "south", i < 2) for i in range(10)]
        + [("M", "south", i < 3) for i in range(10)]
        + [("F", None, True)]
    )
    frame = pd.DataFrame(rows, columns=["sex", "place", "selected"])
    return frame[["sex", "place"]], frame["selected"].to_numpy()


def test_women_and_men_in_two_places() -> None:
    """ΣR = (4·4 + 2·7)/20, ΣS = (6·6 + 3·8)/20: odds ratio ½; risk ratio (40+20)/(60+30)."""
    result = impact(*two_places(), stratum="place").strata["sex"]
    assert (result.stratum, result.unknown_stratum) == ("place", 1)
    women = result.main
    assert women is not None
    assert (women.group, women.referent) == ("F", "M")
    assert women.odds_ratio == pytest.approx(0.5)
    assert women.risk_ratio == pytest.approx(2 / 3)
    assert women.pooled_ratio == pytest.approx(2 / 3)
    assert [(s.stratum, s.n, s.selected, s.rate, s.referent_rate) for s in women.strata] == [
        ("north", 10, 4, 0.4, 0.6),
        ("south", 10, 2, 0.2, 0.3),
    ]
    assert (women.strata_used, women.strata_left_out, women.reverses) == (2, 0, False)
    assert women.reading.startswith("Taken together, F against M has a ratio of 0.67; within")


def test_the_top_level_figures_are_those_of_the_group_furthest_below() -> None:
    data = ricci()
    strata = impact(data[["Race", "Position"]], data["Class"], stratum="Position").strata["Race"]
    assert strata.main is not None
    assert strata.main.group == "H"
    assert [comparison.group for comparison in strata.groups] == ["B", "H"]
    written = strata.to_dict()
    assert written["odds_ratio"] == strata.main.odds_ratio
    assert json.dumps(written, allow_nan=False)


def test_strata_in_which_nothing_can_be_compared() -> None:
    groups = pd.DataFrame({"sex": ["F"] * 6 + ["M"] * 6, "place": ["n"] * 6 + ["s"] * 6})
    strata = impact(groups, [1, 0] * 6, stratum="place").strata["sex"]
    assert strata.main is not None
    assert strata.main.odds_ratio is None
    assert (strata.main.strata_used, strata.main.strata_left_out) == (0, 2)
    assert "nothing to compare within strata" in strata.main.reading


def test_without_a_referent_the_keys_are_there_and_empty() -> None:
    groups = pd.DataFrame({"sex": ["F", "M"], "place": ["n", "n"]})
    written = impact(groups, [1, 0], stratum="place").strata["sex"].to_dict()
    assert written["cmh"] is written["odds_ratio"] is written["reverses"] is None
    assert written["groups"] == []
    assert json.dumps(written)


def test_strata_that_differ_among_themselves_are_pointed_out() -> None:
    rows = (
        [("F", "n", i < 90) for i in range(100)]
        + [("M", "n", i < 50) for i in range(100)]
        + [("F", "s", i < 10) for i in range(100)]
        + [("M", "s", i < 60) for i in range(100)]
    )
    frame = pd.DataFrame(rows, columns=["sex", "place", "selected"])
    strata = impact(frame[["sex", "place"]], frame["selected"], stratum="place").strata["sex"]
    assert strata.main is not None
    assert "The strata differ among themselves" in strata.main.reading
