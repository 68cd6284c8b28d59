from __future__ import annotations

import pandas as pd

from toolkit.intake.repeated_rows import first_of_each
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
