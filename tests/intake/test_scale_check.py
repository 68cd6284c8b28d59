from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.intake.cohort import Signal
from toolkit.intake.scale_check import Rule, count_rule, score_rule, set_aside, share_rule

KLOUT = score_rule("K", Signal("klout", "Klout", "score", 1, 100))


def test_a_value_outside_the_scale_is_set_aside_and_not_clipped() -> None:
    frame = pd.DataFrame({"klout": [1.0, 134.0, np.nan, 100.0, 0.0]}, index=[2, 3, 4, 5, 9])
    checked, issues = set_aside(frame, {"klout": KLOUT}, "p.csv", None)
    np.testing.assert_array_equal(checked["klout"], [1, np.nan, np.nan, 100, np.nan])
    assert [(issue.row, issue.column) for issue in issues] == [(3, "K"), (9, "K")]
    assert issues[0].message.startswith("'134' is outside Klout's scale of 1 to 100.")
    assert frame["klout"].tolist()[1] == 134


def test_counts_shares_and_open_scales() -> None:
    frame = pd.DataFrame(
        {"n": [0.0, 1.5, -1.0], "share": [0.0, 100.0, 100.5], "free": [-1e9, 0.0, 1e12]},
        index=[2, 3, 4],
    )
    rules = {"n": count_rule("n"), "share": share_rule("share"), "free": Rule("free", "", "")}
    checked, issues = set_aside(frame, rules, "p.csv", None)
    assert checked.isna().sum().to_dict() == {"n": 2, "share": 1, "free": 0}
    assert [issue.row for issue in issues] == [3, 4, 4]


def test_scales_with_one_end_in_words() -> None:
    for low, high, words in ((0, None, "0 or more"), (None, 5, "5 or less"), (-1, 1, "-1 to 1")):
        rule = score_rule("x", Signal("x", "Followers", "score", low, high))
        assert rule.what == f"is outside Followers' scale of {words}"


def test_nothing_to_check() -> None:
    frame = pd.DataFrame(index=[2, 3])
    assert set_aside(frame, {}, "p.csv", None) == (frame, [])
