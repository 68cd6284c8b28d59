from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fairness.published import berkeley, ricci
from tests.fairness.tables import people
from toolkit.errors import InputError, UnknownName
from toolkit.fairness.impact import impact, impact_of_counts

#: Keys of one group that the command line promises.
CONTRACT = [
    "group", "n", "selected", "rate", "impact_ratio", "impact_ratio_low", "impact_ratio_high",
    "bound_low", "bound_high", "below_four_fifths", "fisher_p", "mid_p", "z", "z_p", "p_adjusted",
    "shortfall", "one_person_swap", "smallest_detectable_ratio", "included", "excluded_because",
    "verdict",
]  # fmt: skip
STRATA = [
    "cmh", "cmh_p", "cmh_corrected", "odds_ratio", "odds_ratio_low", "odds_ratio_high",
    "risk_ratio", "breslow_day", "breslow_day_p", "reverses",
]  # fmt: skip


def test_forty_men_and_forty_women() -> None:
    """15 of 40 men and 12 of 40 women: exactly four-fifths, and one of each is unknown."""
    groups = pd.DataFrame({"sex": ["M"] * 40 + ["F"] * 40 + [None] * 2})
    selected = np.array([1] * 15 + [0] * 25 + [1] * 12 + [0] * 28 + [1, 0])
    result = impact(groups, selected)
    sex = result.attributes["sex"]
    assert (result.candidates, result.selected) == (82, 28)
    assert (sex.referent, sex.unknown, sex.unknown_selected) == ("M", 2, 1)
    women = sex.group("F")
    assert women.impact_ratio == pytest.approx(0.8)
    assert not women.below_four_fifths
    assert women.bound_low == pytest.approx((12 / 41) / (16 / 41))
    assert women.bound_high == pytest.approx((13 / 41) / (15 / 41))
    assert result.intersection is None
    assert result.strata == {}


def test_the_json_is_the_contract_s() -> None:
    people = ricci().rename(columns={"Race": "race", "Position": "position"})
    result = impact(people[["race", "position"]], people["Class"], stratum="position")
    text = json.dumps(result.to_dict(), allow_nan=False)
    read = json.loads(text)
    race = read["attributes"]["race"]
    assert list(race)[:3] == ["referent", "unknown", "groups"]
    assert list(race["groups"][0])[: len(CONTRACT)] == CONTRACT
    assert set(STRATA) <= set(read["strata"]["race"])
    assert read["intersection"] is None
    assert read["rules"]["minimum_people"] == 5


def test_an_intersection_of_all_attributes() -> None:
    groups = pd.DataFrame(
        {"sex": ["F", "M"] * 30, "ethnicity": ["A"] * 30 + ["B"] * 30, "age": ["<40"] * 60}
    )
    selected = np.arange(60) % 3 == 0
    result = impact(groups, selected, ["sex", "ethnicity"])
    assert result.intersection is not None
    assert result.intersection.name == "sex × ethnicity"
    assert [g.group for g in result.intersection.groups] == ["F × A", "F × B", "M × A", "M × B"]
    assert result.intersection.group("F × B").members == {"sex": "F", "ethnicity": "B"}
    written = result.to_dict()["intersection"]
    assert isinstance(written, dict)
    assert written["attributes"] == ["sex", "ethnicity"]
    assert list(result.attributes) == ["sex", "ethnicity"]
    assert len(result.tables) == 3


def test_berkeley_from_counts() -> None:
    result = impact_of_counts(berkeley(), "Admitted", "total", ["Gender"], stratum="Dept")
    women = result.attributes["Gender"].group("Female")
    assert result.attributes["Gender"].referent == "Male"
    assert round(women.rate or 0, 3) == 0.304
    assert women.verdict == "adverse impact indicated"
    strata = result.strata["Gender"]
    assert strata.main is not None
    assert strata.main.reverses
    assert round(1 / (strata.main.odds_ratio or 1), 3) == 0.905
    assert "the direction turns around" in strata.main.reading


@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_counts_give_the_same_to_the_last_digit(
    drawn: tuple[pd.DataFrame, np.ndarray], random: object
) -> None:
    groups, selected = drawn
    straight = impact(groups, selected, ["sex"], stratum="ethnicity").to_dict()
    order = np.arange(len(groups))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = impact(groups.iloc[order], selected[order], ["sex"], stratum="ethnicity")
    assert shuffled.to_dict() == straight
    counted = (
        groups.assign(selected=selected.astype(int))
        .groupby(["sex", "ethnicity"], dropna=False)["selected"]
        .agg(["sum", "count"])
        .reset_index()
    )
    same = impact_of_counts(counted, "sum", "count", ["sex"], stratum="ethnicity")
    assert same.to_dict() == straight


@given(people())
def test_every_result_can_be_written_as_json(drawn: tuple[pd.DataFrame, np.ndarray]) -> None:
    groups, selected = drawn
    result = impact(groups, selected)
    json.dumps(result.to_dict(), allow_nan=False)
    rows = result.rows()
    assert len(rows) == sum(len(table.groups) for table in result.tables)
    assert all(list(row) == list(rows[0]) for row in rows)


def test_all_unknown_and_no_candidates() -> None:
    nobody = impact(pd.DataFrame({"sex": pd.Series([], dtype=object)}), [])
    assert nobody.attributes["sex"].groups == ()
    unknown = impact(pd.DataFrame({"sex": [None, None]}, dtype=object), [1, 0])
    assert unknown.attributes["sex"].unknown == 2
    assert unknown.attributes["sex"].referent is None
    assert json.dumps(unknown.to_dict(), allow_nan=False)


def test_one_person_in_one_intersection_cell_is_guarded() -> None:
    groups = pd.DataFrame({"sex": ["F"] * 20 + ["M"] * 20 + ["X"], "age": ["a"] * 40 + ["b"]})
    selected = np.array([1] * 8 + [0] * 12 + [1] * 10 + [0] * 10 + [1])
    result = impact(groups, selected)
    assert result.intersection is not None
    assert result.intersection.referent == "M × a"
    cell = result.intersection.group("X × b")
    assert (cell.included, cell.verdict) == (False, "too small to say")


def test_answers_that_say_unknown_are_named() -> None:
    groups = pd.DataFrame({"sex": ["F"] * 6 + ["M"] * 6 + ["Prefer not to say"] * 2})
    sex = impact(groups, [1, 0] * 7).attributes["sex"]
    assert sex.unknown == 2
    assert sex.read_as_unknown == {"Prefer not to say": 2}


def test_a_decision_may_be_a_series_on_the_same_index() -> None:
    groups = pd.DataFrame({"sex": ["F", "M"]}, index=["c1", "c2"])
    assert impact(groups, pd.Series([True, False], index=["c1", "c2"])).selected == 1
    with pytest.raises(InputError, match="different candidates, or in a different order"):
        impact(groups, pd.Series([True, False], index=["c2", "c1"]))


@pytest.mark.parametrize(
    ("selected", "message"),
    [
        ([1, 0, 1], "covers 3 candidates, the group columns 2"),
        ([[1, 0]], "covers 2 candidates"),
        ([0.5, 1], "selected or not selected for everybody"),
        ([1, np.nan], "with nothing left empty"),
        (["yes", "no"], "selected or not selected for everybody"),
    ],
)
def test_what_is_not_a_decision_is_refused(selected: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        impact(pd.DataFrame({"sex": ["F", "M"]}), selected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"selected": 5}, "5 selected of 4"),
        ({"selected": 1.5}, r"Row 2 of the counts, column 'selected': .*1.5.* is not a whole"),
        ({"total": -1}, "column 'total'"),
        ({"total": np.nan}, "column 'total'"),
        ({"total": "many"}, "'many' is not a whole number of people"),
        ({"total": np.inf}, "is not a whole number"),
    ],
)
def test_counts_that_are_not_people_are_refused(row: dict[str, object], message: str) -> None:
    rows = [
        {"g": "a", "selected": 1, "total": 9},
        {"g": "b", "selected": 1, "total": 4, **row},
    ]
    with pytest.raises(InputError, match=message):
        impact_of_counts(pd.DataFrame(rows))


def test_columns_that_are_not_there() -> None:
    counts = pd.DataFrame({"g": ["a"], "selected": [1], "total": [2]})
    with pytest.raises(UnknownName, match="no count column 'selectd'"):
        impact_of_counts(counts, "selectd")
    with pytest.raises(UnknownName, match="no group column 'sex'"):
        impact_of_counts(counts, attributes=["sex"])
    with pytest.raises(UnknownName, match="no group column 'year'"):
        impact_of_counts(counts, stratum="year")
    with pytest.raises(InputError, match="as a group and as the stratum"):
        impact_of_counts(counts, attributes=["g"], stratum="g")
    with pytest.raises(InputError, match="no group column to compare by"):
        impact(pd.DataFrame(index=[0, 1]), [1, 0])
