from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from tests.fairness.tables import people
from toolkit.errors import InputError, UnknownName
from toolkit.fairness import cells, counts
from toolkit.fairness.cells import assign_cells, count_decision
from toolkit.fairness.counts import count_table


def test_each_row_falls_into_the_cell_of_its_groups_unknown_ones_included() -> None:
    groups = pd.DataFrame({"sex": ["F", "M", None, "F"], "age": ["old", "old", "young", "old"]})
    found = assign_cells(groups, ["sex", "age"])
    assert found.layout.labels == (("F", "M"), ("old", "young"))
    assert found.layout.members[found.of_row].tolist() == [[0, 0], [1, 0], [-1, 1], [0, 0]]
    joint = found.count(np.array([1, 0, 1, 0], dtype=bool))
    assert joint.n[found.of_row].tolist() == [2, 1, 1, 2]
    assert joint.selected[found.of_row].tolist() == [1, 0, 1, 1]


@given(people())
def test_a_single_decision_is_counted_as_one_of_many(
    drawn: tuple[pd.DataFrame, np.ndarray],
) -> None:
    groups, selected = drawn
    at_once = count_decision(groups, ["sex", "ethnicity"], selected)
    later = assign_cells(groups, ["sex", "ethnicity"]).count(selected)
    assert at_once.layout.members.tolist() == later.layout.members.tolist()
    assert at_once.n.tolist() == later.n.tolist()
    assert at_once.selected.tolist() == later.selected.tolist()


def test_many_attributes_are_found_by_sorting(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    groups = pd.DataFrame(rng.integers(0, 4, (200, 3)), columns=list("abc"))
    selected = rng.random(200) < 0.3
    looked_up = count_table(assign_cells(groups, list("abc")).count(selected), *"abc")
    monkeypatch.setattr(cells, "_COUNTED_AT_ONCE", 1)
    monkeypatch.setattr(cells, "LARGEST_LOOKUP", 3)
    monkeypatch.setattr(counts, "_LARGEST_COMPATIBLE", 1)
    by_sorting = count_table(assign_cells(groups, list("abc")).count(selected), *"abc")
    assert looked_up.labels == by_sorting.labels
    assert looked_up.n.tolist() == by_sorting.n.tolist()
    assert looked_up.selected.tolist() == by_sorting.selected.tolist()


def test_a_column_that_is_not_there_brings_up_one_that_is() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'ethnicity'"):
        assign_cells(pd.DataFrame({"ethnicity": ["A"]}), ["ethnicty"])


def test_no_group_column_at_all() -> None:
    with pytest.raises(InputError, match="no group column to compare by"):
        assign_cells(pd.DataFrame(index=[0, 1]), [])


def test_two_columns_of_one_name() -> None:
    groups = pd.DataFrame([["F", "M"]], columns=["sex", "sex"])
    with pytest.raises(InputError, match="2 columns named 'sex'"):
        assign_cells(groups, ["sex"])
