from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.fairness.tables import people
from toolkit.fairness.cells import assign_cells, joint_counts
from toolkit.fairness.counts import count_groups, count_table, table_from


def test_six_people_are_counted_by_sex_and_the_unknown_are_not_lost() -> None:
    groups = pd.DataFrame({"sex": ["F", "M", "M", None, "F", "M"]})
    selected = np.array([1, 1, 0, 1, 0, 1], dtype=bool)
    table = count_groups(groups, selected)["sex"]
    assert table.labels == ("F", "M")
    assert table.n.tolist() == [2, 3]
    assert table.selected.tolist() == [1, 2]
    assert (table.unknown_n, table.unknown_selected) == (1, 1)
    assert table.possible_n.tolist() == [1, 1]


def test_an_intersection_lists_what_occurs_and_knows_who_may_belong_where() -> None:
    groups = pd.DataFrame(
        {"sex": ["F", "F", "M", "F", None], "ethnicity": ["A", "B", "A", None, "A"]}
    )
    selected = np.array([1, 0, 1, 1, 0], dtype=bool)
    joint = assign_cells(groups, ["sex", "ethnicity"]).count(selected)
    table = count_table(joint, "sex", "ethnicity")
    assert table.labels == ("F × A", "F × B", "M × A")
    assert table.members[1] == ("F", "B")
    assert table.n.tolist() == [1, 1, 1]
    assert table.unknown_n == 2
    # The woman of unknown ethnicity may be A or B; the unknown A may be a woman or a man.
    assert table.possible_n.tolist() == [2, 1, 1]
    assert table.possible_selected.tolist() == [1, 1, 0]


@given(people())
def test_counts_are_those_of_a_group_by(drawn: tuple[pd.DataFrame, np.ndarray]) -> None:
    groups, selected = drawn
    joint = assign_cells(groups, ["sex", "ethnicity"]).count(selected)
    for names in (["sex"], ["ethnicity"], ["sex", "ethnicity"]):
        table = count_table(joint, *names)
        expected = groups.assign(selected=selected).groupby(names)["selected"].agg(["count", "sum"])
        assert list(table.members) == [
            key if isinstance(key, tuple) else (key,) for key in expected.index
        ]
        assert table.n.tolist() == expected["count"].tolist()
        assert table.selected.tolist() == expected["sum"].tolist()
        unknown = groups[names].isna().any(axis=1).to_numpy()
        assert table.unknown_n == unknown.sum()
        assert table.unknown_selected == (unknown & selected).sum()


@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    drawn: tuple[pd.DataFrame, np.ndarray], random: object
) -> None:
    groups, selected = drawn
    order = np.arange(len(groups))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight = count_table(
        assign_cells(groups, ["sex", "ethnicity"]).count(selected), "sex", "ethnicity"
    )
    shuffled = count_table(
        assign_cells(groups.iloc[order], ["sex", "ethnicity"]).count(selected[order]),
        "sex",
        "ethnicity",
    )
    assert straight.labels == shuffled.labels
    for name in ("n", "selected", "possible_n", "possible_selected"):
        assert getattr(straight, name).tolist() == getattr(shuffled, name).tolist()


@given(people())
def test_counts_of_counts_are_counts_of_rows(drawn: tuple[pd.DataFrame, np.ndarray]) -> None:
    groups, selected = drawn
    summed = (
        groups.assign(selected=selected)
        .groupby(["sex", "ethnicity"], dropna=False)["selected"]
        .agg(["count", "sum"])
        .reset_index()
    )
    rows = count_table(assign_cells(groups, ["sex", "ethnicity"]).count(selected), "ethnicity")
    counted = count_table(
        joint_counts(
            summed, ["sex", "ethnicity"], summed["count"].to_numpy(), summed["sum"].to_numpy()
        ),
        "ethnicity",
    )
    assert (rows.labels, rows.n.tolist()) == (counted.labels, counted.n.tolist())
    assert rows.selected.tolist() == counted.selected.tolist()
    assert rows.unknown_selected == counted.unknown_selected


def test_no_rows_is_a_table_of_nothing() -> None:
    groups = pd.DataFrame({"sex": [], "age": []}, dtype=object)
    joint = assign_cells(groups, ["sex", "age"]).count(np.array([], dtype=bool))
    assert count_table(joint, "sex").labels == ()
    assert count_table(joint, "sex", "age").n.tolist() == []


def test_a_table_by_hand_keeps_an_empty_group() -> None:
    table = table_from("race", {"W": (16, 25), "B": (0, 0)})
    assert (table.labels, table.n.tolist()) == (("B", "W"), [0, 25])
