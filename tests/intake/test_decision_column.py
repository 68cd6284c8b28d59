from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.intake.decision_column import counts_of, selected_of

WHERE = "hired.csv, column 'hired'"


def selected(cells: list[str | None], value: str | None = None) -> list[bool]:
    rows = range(2, len(cells) + 2)
    return selected_of(pd.Series(cells, dtype="str"), rows, WHERE, value).tolist()


def counts(cells: list[str | None]) -> list[int]:
    rows = range(2, len(cells) + 2)
    return counts_of(pd.Series(cells, dtype="str"), rows, WHERE).tolist()


def test_three_people_of_whom_one_was_hired() -> None:
    assert selected(["no", "yes", "no"]) == [False, True, False]


@pytest.mark.parametrize(
    ("yes", "no"), [("1", "0"), ("1.0", "0.0"), ("TRUE", "FALSE"), ("Yes", "No"), (" 1 ", "0 ")]
)
def test_ways_to_say_yes_and_no(yes: str, no: str) -> None:
    assert selected([yes, no, yes]) == [True, False, True]


def test_any_two_values_when_told_which_means_selected() -> None:
    assert selected(["passed", "failed"], "passed") == [True, False]
    assert selected(["0", "1"], "0") == [True, False]
    assert selected(["passed", "passed"], "passed") == [True, True]


@given(st.lists(st.sampled_from(["1", "no", "TRUE", "false", "Yes"]), min_size=1))
def test_the_order_of_rows_does_not_matter(cells: list[str]) -> None:
    assert selected(cells[::-1]) == selected(cells)[::-1]


@pytest.mark.parametrize(
    ("cells", "value", "said"),
    [
        (
            ["passed", "failed", "passed"],
            None,
            "hired.csv, column 'hired': 'passed' (2), 'failed' (1). Expected 0 and 1, "
            "true and false, or yes and no. Say which value means selected with --selected-value.",
        ),
        (["1", "0", "2"], None, "'2' (1)"),
        (
            ["hired", "rejected", "withdrew"],
            "hired",
            "A decision has two values. Write the others as one of the two",
        ),
        (["passed", "failed"], "Passed", "nobody has 'Passed'; found 'passed' (1)"),
        (["1", None, "0"], None, "row 3: the cell is empty. Fill in what was decided"),
        (["1", "", " ", "0"], None, "row 3: the cell is empty, and 1 more of the 4"),
        ([str(n) for n in range(9)], None, "and 3 more values"),
    ],
)
def test_what_cannot_be_read_is_named(
    cells: list[str | None], value: str | None, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        selected(cells, value)
    assert said in str(caught.value)


def test_counts() -> None:
    assert counts(["12", "0", " 3.0 "]) == [12, 0, 3]


@pytest.mark.parametrize("cell", ["-1", "2.5", "many", "inf", "nan", "1e99"])
def test_a_count_is_a_whole_number(cell: str) -> None:
    with pytest.raises(InputError, match=f"row 3: '{cell}' is not a number of people"):
        counts(["4", cell])


def test_an_empty_count_is_named() -> None:
    with pytest.raises(InputError, match="row 2: the cell is empty"):
        counts([None])
