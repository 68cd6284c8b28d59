from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import MetricFrame, selection_rate
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError, TooFewData, UnknownName
from toolkit.fairness.law import law_named
from toolkit.fairness.statutory import statutory, statutory_of_counts
from toolkit.fairness.statutory_result import Particulars, Statutory
from toolkit.fairness.statutory_table import ALL_SMALL

CITY, GUIDELINE = law_named("nyc-ll144"), law_named("ugesp")
COLUMNS = {"sex": "sex", "race_ethnicity": "race"}
RACES = ["White", "Black", "Asian", "Hispanic", None]


def people(*groups: tuple[str | None, str | None, int, int]) -> tuple[pd.DataFrame, np.ndarray]:
    """One row a person from (sex, race, selected, not selected)."""
    rows = [
        (sex, race, chosen)
        for sex, race, yes, no in groups
        for chosen in [True] * yes + [False] * no
    ]
    frame = pd.DataFrame(rows, columns=["sex", "race", "chosen"])
    return frame[["sex", "race"]].astype(object), frame["chosen"].to_numpy(dtype=bool)


def test_new_yorks_own_example_of_sex_categories() -> None:
    # 6 RCNY 5-301: 92 at 54.3 % is 1.00, and 76 at 44.7 % is 0.82.
    groups, above = people(("Male", "White", 50, 42), ("Female", "White", 34, 42))
    table = statutory(groups, CITY, COLUMNS, selected=above).table("sex")
    assert [(r.group, r.n, f"{r.rate:.1%}", f"{r.impact_ratio:.2f}") for r in table.rows] == [
        ("Male", 92, "54.3%", "1.00"),
        ("Female", 76, "44.7%", "0.82"),
    ]
    assert table.referent == "Male"


def test_new_yorks_own_example_of_race_and_ethnicity() -> None:
    # The same example: 28, 40, 32, 8 and 24 people; ratios 1.00, .58, .78, .97 and .65.
    counts = pd.DataFrame(
        {
            "race": [
                "Hispanic or Latino",
                "White",
                "Black or African American",
                "Native Hawaiian or Pacific Islander",
                "Asian",
            ],
            "sex": "Male",
            "above": [18, 15, 16, 5, 10],
            "n": [28, 40, 32, 8, 24],
        }
    )
    found = statutory_of_counts(counts, CITY, COLUMNS, selected="above", total="n", rate="scoring")
    rows = found.table("race_ethnicity").rows
    assert [f"{row.impact_ratio:.2f}" for row in rows if row.n] == [
        "1.00",
        "0.58",
        "0.78",
        "0.97",
        "0.65",
    ]
    assert rows[1].label == "White (Not Hispanic or Latino)"
    assert [row.group for row in rows if not row.n] == [
        "Native American or Alaska Native",
        "Two or More Races",
    ]


def test_a_scoring_rate_is_strictly_above_the_median_of_everybody() -> None:
    groups = pd.DataFrame({"sex": ["M", "M", "F", "F", None], "race": "Asian"})
    found = statutory(groups, CITY, COLUMNS, scores=[3.0, 5.0, 3.0, 1.0, 4.0])
    assert (found.rate, found.median) == ("scoring", 3.0)
    table = found.table("sex")
    # 5 is above 3; the 4 of a person of unknown sex moves the median, but is in no category.
    assert [(row.n, row.selected) for row in table.rows] == [(2, 1), (2, 0)]
    assert (table.unknown, table.unknown_selected) == (1, 1)
    assert table.row("Female").impact_ratio == 0


def test_who_has_no_score_was_not_assessed() -> None:
    groups = pd.DataFrame({"sex": ["M", "F", "F"], "race": "Asian"})
    found = statutory(groups, CITY, COLUMNS, scores=[1.0, 2.0, np.nan])
    assert (found.assessed, found.not_scored) == (2, 1)
    assert found.remarks == ("1 person has no score: not assessed, and in no table.",)


def small_group() -> tuple[pd.DataFrame, np.ndarray]:
    """Two of 200 people are Asian, both selected; 1 % of the data."""
    return people(("Male", "White", 60, 60), ("Female", "Black", 30, 48), ("Female", "Asian", 2, 0))


def test_a_category_under_two_percent_may_be_left_out_and_is_still_shown() -> None:
    groups, chosen = small_group()
    kept = statutory(groups, CITY, COLUMNS, selected=chosen).table("race_ethnicity")
    assert (kept.referent, kept.row("Asian").small) == ("Asian", True)
    assert kept.row("White").impact_ratio == 0.5
    for left_out in ([ALL_SMALL], ["Asian"]):
        found = statutory(
            groups,
            CITY,
            COLUMNS,
            selected=chosen,
            left_out=left_out,
            particulars=Particulars(reason="two people"),
        )
        table = found.table("race_ethnicity")
        asian = table.row("Asian")
        assert (asian.n, asian.rate, asian.impact_ratio, asian.included) == (2, 1.0, None, False)
        assert asian.excluded_because
        assert table.referent == "White"
        assert table.row("Black or African American").impact_ratio == pytest.approx((30 / 78) / 0.5)


def test_leaving_out_needs_a_reason_and_a_small_category() -> None:
    groups, chosen = small_group()
    with pytest.raises(InputError, match="only with a reason"):
        statutory(groups, CITY, COLUMNS, selected=chosen, left_out=["Asian"])
    why = Particulars(reason="few")
    with pytest.raises(InputError, match=r"'White' makes up 60 % of the 200 people.*5-301\(d\)"):
        statutory(groups, CITY, COLUMNS, selected=chosen, left_out=["White"], particulars=why)
    with pytest.raises(UnknownName, match=r"no category 'Asians' in the tables.*'Asian'"):
        statutory(groups, CITY, COLUMNS, selected=chosen, left_out=["Asians"], particulars=why)


def test_exactly_two_percent_is_not_under_two_percent() -> None:
    groups, chosen = people(("Male", "White", 10, 88), ("Female", "Asian", 1, 1))
    table = statutory(groups, CITY, COLUMNS, selected=chosen).table("race_ethnicity")
    assert table.row("Asian").share == 0.02
    assert not table.row("Asian").small


def test_new_york_never_says_that_a_ratio_is_below_four_fifths() -> None:
    groups, chosen = people(("Male", "White", 40, 10), ("Female", "Black", 10, 40))
    city = statutory(groups, CITY, COLUMNS, selected=chosen)
    assert all(row.below_four_fifths is None for table in city.tables for row in table.rows)
    assert city.to_dict()["law"]["limit"] is None  # type: ignore[index]
    guideline = statutory(groups, GUIDELINE, COLUMNS, selected=chosen)
    assert guideline.table("sex").row("Female").below_four_fifths is True
    assert guideline.table("sex").row("Male").below_four_fifths is False


def test_the_guideline_compares_exactly_and_asks_for_no_combinations() -> None:
    groups, chosen = people(("M", "White", 15, 25), ("F", "Black", 12, 28))
    found = statutory(groups, GUIDELINE, COLUMNS, selected=chosen)
    assert [table.name for table in found.tables] == ["sex", "race_ethnicity"]
    assert found.table("sex").row("Female").below_four_fifths is False
    with pytest.raises(InputError, match="no scoring rate in the Uniform Guidelines"):
        statutory(groups, GUIDELINE, COLUMNS, scores=np.arange(80.0))


def test_the_guideline_lets_a_user_say_who_is_small_in_the_labour_force() -> None:
    groups, chosen = people(("M", "White", 15, 25), ("F", "Black", 12, 28))
    found = statutory(
        groups,
        GUIDELINE,
        COLUMNS,
        selected=chosen,
        left_out=["Black"],
        particulars=Particulars(reason="1.1 % of the labour force of the county"),
    )
    assert not found.table("race_ethnicity").row("Black").included


def test_tables_for_each_job() -> None:
    groups, chosen = people(
        ("M", "White", 5, 5), ("F", "White", 2, 8), ("M", "White", 1, 9), ("F", "White", 9, 1)
    )
    groups["job"] = ["clerk"] * 20 + ["driver"] * 19 + [None]
    found = statutory(groups, GUIDELINE, COLUMNS, selected=chosen, job="job")
    assert found.jobs == ("clerk", "driver")
    assert found.table("sex", "clerk").row("Female").impact_ratio == 0.4
    assert found.table("sex", "driver").referent == "Female"
    assert found.table("sex").n == 40
    assert found.table("sex", "driver").n == 19
    assert found.remarks == ("The job of 1 person is not known: in the tables of all jobs alone.",)
    assert set(found.to_dict()["jobs"]) == {"clerk", "driver"}  # type: ignore[call-overload]


def test_unknown_membership_is_counted_in_each_table() -> None:
    groups, chosen = people(
        ("M", "White", 3, 3), ("F", None, 2, 2), ("unknown", "Black", 1, 0), (None, None, 1, 1)
    )
    found = statutory(groups, CITY, COLUMNS, selected=chosen)
    assert [table.unknown for table in found.tables] == [3, 6, 7]
    assert [table.unknown_selected for table in found.tables] == [2, 3, 4]


def test_nobody_selected_gives_rates_and_no_ratios() -> None:
    groups, chosen = people(("M", "White", 0, 3), ("F", "Black", 0, 2))
    table = statutory(groups, CITY, COLUMNS, selected=chosen).table("sex")
    assert [(row.rate, row.impact_ratio) for row in table.rows] == [(0.0, None), (0.0, None)]


def test_dates_that_were_not_given_are_named() -> None:
    groups, chosen = people(("M", "White", 3, 3), ("F", "White", 2, 2))
    told = Particulars(dates={"audit": dt.date(2026, 11, 2)}, data_source="All of 2025.")
    found = statutory(groups, CITY, COLUMNS, selected=chosen, particulars=told)
    assert found.missing == (
        "Data from",
        "Data to",
        "Date the tool was first used (distribution date)",
    )
    assert json.loads(json.dumps(found.to_dict()))["particulars"]["dates"] == {
        "audit": "2026-11-02"
    }


@pytest.mark.parametrize(
    ("given_as", "error", "message"),
    [
        ({}, InputError, "one of the two"),
        ({"selected": [1, 0], "scores": [1.0, 2.0]}, InputError, "one of the two"),
        ({"selected": [1]}, InputError, "one decision a row"),
        ({"scores": [1.0]}, InputError, "1 scores for 2 rows"),
        ({"scores": ["a", "b"]}, InputError, "not numbers"),
        ({"scores": [1.0, np.inf]}, InputError, "infinite"),
        ({"scores": [np.nan, np.nan]}, TooFewData, "no median"),
        ({"selected": [1, 0], "job": "jobb"}, UnknownName, "no column 'jobb'"),
        ({"selected": [1, 0], "categories": {"M": "Mal"}}, UnknownName, "no category 'Mal'"),
    ],
)
def test_what_does_not_fit_is_told(
    given_as: dict[str, object], error: type[Exception], message: str
) -> None:
    groups = pd.DataFrame({"sex": ["M", "F"], "race": ["White", "Black"]})
    with pytest.raises(error, match=message):
        statutory(groups, CITY, COLUMNS, **given_as)  # type: ignore[arg-type]


def test_columns_that_are_not_named_or_not_there() -> None:
    groups = pd.DataFrame({"sex": ["M"], "race": ["White"]})
    with pytest.raises(InputError, match="Tables by Local Law 144 need race/ethnicity categories"):
        statutory(groups, CITY, {"sex": "sex"}, selected=[1])
    with pytest.raises(UnknownName, match=r"no column 'rase'. Did you mean 'race'"):
        statutory(groups, CITY, {"sex": "sex", "race_ethnicity": "rase"}, selected=[1])


@st.composite
def samples(draw: st.DrawFn) -> tuple[pd.DataFrame, np.ndarray]:
    size = draw(st.integers(2, 60))
    frame = pd.DataFrame(
        {
            "sex": draw(st.lists(st.sampled_from(["M", "F", None]), min_size=size, max_size=size)),
            "race": draw(st.lists(st.sampled_from(RACES), min_size=size, max_size=size)),
        },
        dtype=object,
    )
    chosen = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    return frame, np.array(chosen, dtype=bool)


def figures(found: Statutory) -> list[dict[str, object]]:
    return found.rows()


@settings(max_examples=60, deadline=None)
@given(samples(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    sample: tuple[pd.DataFrame, np.ndarray], random: object
) -> None:
    groups, chosen = sample
    order = list(range(len(groups)))
    random.shuffle(order)  # type: ignore[attr-defined]
    first = statutory(groups, CITY, COLUMNS, selected=chosen)
    again = statutory(groups.iloc[order], CITY, COLUMNS, selected=chosen[order])
    assert figures(first) == figures(again)


@settings(max_examples=60, deadline=None)
@given(samples())
def test_counts_give_what_rows_give(sample: tuple[pd.DataFrame, np.ndarray]) -> None:
    groups, chosen = sample
    counts = (
        groups.assign(chosen=chosen.astype(int), total=1)
        .groupby(["sex", "race"], dropna=False)[["chosen", "total"]]
        .sum()
        .reset_index()
    )
    by_rows = statutory(groups, CITY, COLUMNS, selected=chosen)
    by_counts = statutory_of_counts(counts, CITY, COLUMNS, selected="chosen")
    assert figures(by_rows) == figures(by_counts)
    assert by_rows.to_dict() == by_counts.to_dict()


@settings(max_examples=40, deadline=None)
@given(samples())
def test_rates_are_those_of_fairlearn_and_ratios_those_of_fractions(
    sample: tuple[pd.DataFrame, np.ndarray],
) -> None:
    groups, chosen = sample
    table = statutory(groups, CITY, COLUMNS, selected=chosen).table("sex")
    known = groups["sex"].notna().to_numpy()
    if not known.any():
        assert table.n == 0
        return
    named = groups["sex"][known].map({"M": "Male", "F": "Female"})
    oracle = MetricFrame(
        metrics=selection_rate,
        y_true=chosen[known],
        y_pred=chosen[known],
        sensitive_features=named.to_frame(),
    ).by_group
    rows = {row.group: row for row in table.rows if row.n}
    assert {group: row.rate for group, row in rows.items()} == pytest.approx(oracle.to_dict())
    highest = max(Fraction(row.selected, row.n) for row in rows.values())
    for row in rows.values():
        if highest:
            assert row.impact_ratio == float(Fraction(row.selected, row.n) / highest)
