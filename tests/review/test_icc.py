from __future__ import annotations

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.known import SHROUT_FLEISS, drawn
from toolkit.errors import TooFewData
from toolkit.review.icc import FORMS, intraclass, spearman_brown


def test_shrout_and_fleiss() -> None:
    forms = intraclass(SHROUT_FLEISS).forms
    published = (0.1657, 0.2898, 0.7148, 0.4428, 0.6201, 0.9093)
    assert [round(forms[name].value, 4) for name in FORMS] == list(published)


def test_mcgraw_and_wongs_intervals() -> None:
    # As an independent program (pingouin) gives them, to the two digits that it prints.
    forms = intraclass(SHROUT_FLEISS).forms
    expected = {
        "ICC(1,1)": (-0.13, 0.72),
        "ICC(A,1)": (0.02, 0.76),
        "ICC(C,1)": (0.34, 0.95),
        "ICC(1,k)": (-0.88, 0.91),
        "ICC(A,k)": (0.07, 0.93),
        "ICC(C,k)": (0.68, 0.99),
    }
    for name, (low, high) in expected.items():
        assert (round(forms[name].low, 2), round(forms[name].high, 2)) == (low, high)


# What that program does inside with pandas is none of our business.
@pytest.mark.filterwarnings("ignore:The inplace keyword")
@settings(max_examples=10, deadline=None)
@given(st.integers(0, 500), st.integers(3, 12), st.integers(2, 5))
def test_complete_tables_are_those_of_an_independent_program(
    seed: int, n_candidates: int, n_reviewers: int
) -> None:
    table, *_ = drawn(n_candidates, n_reviewers, n_reviewers, seed)
    long = pd.DataFrame(table).rename_axis("c").reset_index().melt("c", var_name="r")
    expected = pingouin.intraclass_corr(long, "c", "r", "value").set_index("Type")
    forms = intraclass(table).forms
    for name in FORMS:
        assert forms[name].value == pytest.approx(expected.loc[name, "ICC"])
        low, high = expected.loc[name, "CI95"]
        assert forms[name].low == pytest.approx(low, abs=0.0051)
        assert forms[name].high == pytest.approx(high, abs=0.0051)


def test_taking_little_away_changes_little() -> None:
    table, *_ = drawn(60, 5, 5, 3)
    whole = intraclass(table)
    table[0, 0] = np.nan
    part = intraclass(table)
    assert whole.complete
    assert not part.complete
    for name in FORMS:
        assert part.forms[name].value == pytest.approx(whole.forms[name].value, abs=0.02)
        assert part.forms[name].low == pytest.approx(whole.forms[name].low, abs=0.1)
        assert part.forms[name].high == pytest.approx(whole.forms[name].high, abs=0.1)


def test_intervals_of_incomplete_tables_cover() -> None:
    # Variances 1, .36 and .36: agreement of one rating .5814, apart from severity .7353.
    true = {"ICC(A,1)": 1 / 1.72, "ICC(C,1)": 1 / 1.36}
    held = dict.fromkeys(true, 0)
    for seed in range(60):
        table, *_ = drawn(40, 12, 3, 1000 + seed)
        forms = intraclass(table).forms
        for name, value in true.items():
            held[name] += forms[name].low <= value <= forms[name].high
    # 95 % of 60 is 57; below 51 would be rarer than one in a hundred.
    assert min(held.values()) >= 51


def test_means_of_k_follow_spearman_and_brown() -> None:
    assert [round(spearman_brown(0.44, k), 2) for k in (1, 2, 3, 4)] == [0.44, 0.61, 0.70, 0.76]


def test_perfect_agreement_is_one_and_order_does_not_matter() -> None:
    table = np.array([[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]])
    assert [one.value for one in intraclass(table).forms.values()] == pytest.approx([1.0] * 6)
    turned = intraclass(SHROUT_FLEISS[::-1, ::-1]).forms
    straight = intraclass(SHROUT_FLEISS).forms
    for name in FORMS:
        assert turned[name].value == pytest.approx(straight[name].value)


def test_two_candidates_rated_by_one_and_two() -> None:
    found = intraclass(np.array([[1.0, 2.0], [4.0, np.nan]]))
    assert found.k == pytest.approx(4 / 3)
    assert all(0 <= one.value <= 1 for one in found.forms.values() if one.value is not None)


@pytest.mark.parametrize(
    "table",
    [
        np.full((3, 3), 2.0),
        np.array([[1.0, 2.0]]),
        np.array([[1.0, np.nan], [np.nan, 2.0]]),
        np.empty((0, 2)),
    ],
    ids=["all the same", "one candidate", "each rated once", "nobody"],
)
def test_what_cannot_be_said_is_said(table: np.ndarray) -> None:
    with pytest.raises(TooFewData, match=r"rated twice|the same"):
        intraclass(table)
