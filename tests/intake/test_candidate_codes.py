from __future__ import annotations

import pandas as pd

from toolkit.intake.candidate_codes import given_codes, row_codes, with_codes
from toolkit.intake.typed_column import Place

PLACE = Place("p.csv", None, "id")


def frame(**columns: list[str | None]) -> pd.DataFrame:
    found = pd.DataFrame({name: pd.Series(c, dtype="str") for name, c in columns.items()})
    return found.set_axis(range(2, 2 + len(found)), axis=0)


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
