from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.sheets.sheet_names import sheet_names


def test_names_are_made_safe_and_told_apart() -> None:
    assert sheet_names(["By sex", "Race/ethnicity", "by SEX", "'quoted'", "[a]:b*c?"]) == [
        "By sex",
        "Race ethnicity",
        "by SEX (2)",
        "quoted",
        "a b c",
    ]


def test_a_name_that_says_nothing_or_too_much() -> None:
    assert sheet_names(["", "///", "History"]) == ["Sheet", "Sheet (2)", "History (2)"]
    long = "A name that is far longer than a sheet may be called"
    assert sheet_names([long, long]) == [
        "A name that is far longer than",
        "A name that is far longer t (2)",
    ]


@given(st.lists(st.text(), max_size=8))
def test_whatever_is_wished_a_spreadsheet_takes_it(wanted: list[str]) -> None:
    names = sheet_names(wanted)
    assert len(names) == len(wanted)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
