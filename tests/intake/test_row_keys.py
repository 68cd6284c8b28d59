from __future__ import annotations

import pandas as pd

from toolkit.intake.group_values import group_column
from toolkit.intake.row_keys import (
    first_of_each,
    given_codes,
    row_codes,
    with_codes,
    without_totals,
)
from toolkit.intake.typed_column import Place

PLACE = Place("p.csv", None, "id")


def frame(**columns: list[str | None]) -> pd.DataFrame:
    found = pd.DataFrame({name: pd.Series(c, dtype="str") for name, c in columns.items()})
    return found.set_axis(range(2, 2 + len(found)), axis=0)


def test_of_three_rows_with_one_code_the_first_is_kept() -> None:
    rows = frame(id=["a", "a", "a", "b"], klout=["5", "5", "6", "7"], sex=["f", "f", "m", "m"])
    keyed = first_of_each(rows, rows["id"], [], PLACE, private=["sex"])
    assert keyed.codes.tolist() == ["a", "b"]
    assert [(issue.row, issue.message) for issue in keyed.issues] == [
        (3, "The row repeats row 2 cell by cell and was set aside. Delete one of them."),
        (
            4,
            "Candidate 'a' stands already in row 2 with other values (klout: '5' there, '6' "
            "here; sex). The first row was kept and this one set aside; delete the one that is "
            "wrong.",
        ),
    ]


def test_a_missing_cell_differs_from_a_filled_one() -> None:
    rows = frame(id=["a", "a"], klout=["5", None])
    (issue,) = first_of_each(rows, rows["id"], [], PLACE).issues
    assert "klout: '5' there, empty here" in issue.message


def test_rows_of_a_long_table_repeat_only_with_their_key() -> None:
    rows = frame(id=["a", "a", "a"], task=["x", "y", "x"], result=["1", "1", "2"])
    assert first_of_each(rows, rows["id"], ["task"], PLACE).codes.index.tolist() == [2, 3]
    assert len(first_of_each(rows, rows["id"], None, PLACE).codes) == 3


def test_many_repetitions_share_an_issue() -> None:
    rows = frame(id=["a"] * 100, klout=["5"] * 99 + ["6"])
    same, other = first_of_each(rows, rows["id"], [], PLACE).issues
    assert same.count == 98
    assert same.rows == tuple(range(3, 101))
    assert other.row == 101
    wrong = frame(id=["a"] * 100, klout=[str(i) for i in range(100)])
    (issue,) = first_of_each(wrong, wrong["id"], [], PLACE).issues
    assert issue.count == 99
    assert issue.message.startswith("99 rows repeat a candidate with other values in 'klout'")


def test_codes_made_of_row_numbers_avoid_those_that_are_there() -> None:
    index = pd.Index([2, 3])
    assert row_codes(index).tolist() == ["row-2", "row-3"]
    assert row_codes(index, pd.Series(["row-3"])).tolist() == ["row-2a", "row-3a"]
    rows = frame(id=["row-3", None])
    codes, issues = with_codes(rows, rows["id"], PLACE)
    assert codes.tolist() == ["row-3", "row-3a"]
    assert "was given 'row-3a'" in issues[0].message


def test_many_missing_codes_share_an_issue() -> None:
    rows = frame(id=["x"] + [None] * 60)
    codes, (issue,) = with_codes(rows, rows["id"], PLACE)
    assert codes.is_unique
    assert issue.message.startswith("60 candidates have no code and were given one by their row")


def test_codes_that_a_spreadsheet_has_touched() -> None:
    codes, _ = given_codes(pd.Series(["101.0", "102.0", None], dtype="str"), PLACE)
    assert codes.dropna().tolist() == ["101", "102"]
    codes, issues = given_codes(pd.Series(["101.0", "x"], dtype="str"), PLACE)
    assert (codes.tolist(), issues) == (["101.0", "x"], [])
    codes, _ = given_codes(pd.Series(["NA", "n/a", "-", "none"], dtype="str"), PLACE)
    assert codes.tolist()[0] == "NA"
    assert codes.isna().tolist() == [False, True, True, True]


def test_only_rows_at_the_end_sum_up() -> None:
    rows = frame(id=["Total", "a", "b", "c", "Total:", None], klout=["1", "2", "3", "4", "5", "6"])
    kept, issues = without_totals(rows, PLACE)
    assert kept["id"].tolist()[:4] == ["Total", "a", "b", "c"]
    assert [issue.row for issue in issues] == [6]


def test_membership_as_it_stands() -> None:
    values, issues = group_column(
        pd.Series(["Female", "male", "Unknown", None, "female"], index=range(2, 7)), PLACE
    )
    assert values.tolist()[:2] == ["Female", "male"]
    assert values.isna().tolist() == [False, False, True, True, False]
    assert [issue.level for issue in issues] == ["note", "warning"]
