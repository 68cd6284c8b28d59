from __future__ import annotations

import pytest

from toolkit.intake.headers import find_header
from toolkit.intake.issue import Issue
from toolkit.intake.raw_table import RawTable
from toolkit.intake.read_csv import read_csv, sniffed


def table(text: str | bytes, name: str = "p.csv") -> RawTable:
    return read_csv(text.encode() if isinstance(text, str) else text, name)


def cells(found: RawTable) -> list[list[str | None]]:
    return [[c if isinstance(c, str) else None for c in row] for row in found.frame.to_numpy()]


def test_a_small_table_with_rows_as_a_spreadsheet_numbers_them() -> None:
    found = table('id,note\na,"two\nlines, and a comma"\nb, x \n')
    assert list(found.frame.columns) == ["id", "note"]
    assert cells(found) == [["a", "two\nlines, and a comma"], ["b", "x"]]
    assert found.rows.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb c\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('a,b\n"1;2;3",4\n', ","),
        ("name;notes\nAnn;a, b, c\nBo;d, e\n", ";"),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    assert sniffed(text) == delimiter


def test_one_column_of_decimal_commas_is_one_column() -> None:
    assert cells(table("klout\n61,5\n48,0\n")) == [["61,5"], ["48,0"]]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(ends: str) -> None:
    assert cells(table(ends.join(["a,b", "1,2", "3,4", ""]))) == [["1", "2"], ["3", "4"]]


def test_a_first_line_that_names_the_delimiter() -> None:
    found = table("sep=;\nid;klout\na;61,5\n")
    assert cells(found) == [["a", "61,5"]]
    assert found.rows.tolist() == [3]
    assert found.decimal == ","
    assert cells(table("sep=^\nid^klout\na^5\n")) == [["a", "5"]]
    assert cells(table("sep=\t\nid\tklout\na\t5\n")) == [["a", "5"]]
    assert list(table("sep=€\nid€klout\na€5\n").frame.columns) == ["sep=€"]


def test_blank_lines_and_titles_keep_the_numbers_of_the_rows() -> None:
    found = table("Applicants\n\nid,klout\na,5\n\nb,6\n")
    assert found.rows.tolist() == [4, 6]
    assert [issue.row for issue in found.issues] == [1, 5]


def test_stray_quotation_marks_are_kept() -> None:
    assert cells(table('id,size\na,5" pipe\nb,x\n')) == [["a", '5" pipe'], ["b", "x"]]
    assert cells(table('id, "name"\na, "x, y"\n')) == [["a", "x, y"]]


def test_row_names_without_a_column_name() -> None:
    found = table("klout,kred\nann,50,600\nbo,40,500\n")
    assert list(found.frame.columns) == ["column 1", "klout", "kred"]


def test_trailing_delimiters_make_no_column() -> None:
    assert list(table("id,klout,,\na,5,,\n").frame.columns) == ["id", "klout"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    text = "id,name\na,Zoë\nb,Łukasz 山田\n"
    assert cells(table(text.encode(encoding))) == [["a", "Zoë"], ["b", "Łukasz 山田"]]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp1252", "Jürgen “Jo” Müller"), ("cp1251", "Мария Кузнецова"), ("shift_jis", "山田太郎"),
     ("big5", "陳大文 王小明"), ("cp1256", "محمد علي"), ("cp1250", "Łukasz Żółć")],
)  # fmt: skip
def test_older_encodings(encoding: str, name: str) -> None:
    found = table(f"id,name,klout\na,{name},50\nb,{name},40\n".encode(encoding))
    assert cells(found) == [["a", name, "50"], ["b", name, "40"]]
    assert "not in UTF-8" in found.issues[0].message


def header(*rows: list[str]) -> tuple[tuple[str, ...], int]:
    found = find_header(rows, "p.csv")
    assert found is not None
    return found.names, found.first_data


def test_where_the_names_stand() -> None:
    assert header(["id", "klout"], ["a", "5"]) == (("id", "klout"), 1)
    assert header(["", ""], ["id", "klout"], ["a", "5"]) == (("id", "klout"), 2)
    assert header(["Title", ""], ["of it", ""], ["id", "klout"], ["a", "5"]) == (("id", "klout"), 3)
    assert header(["7", "5"], ["8", "6"]) == (("", ""), 0)
    assert header(["klout"], ["5"]) == (("klout",), 1)
    assert find_header([["", ""], [""]], "p.csv") is None


def test_two_rows_of_names() -> None:
    upper, lower = ["Person", "", "Scores", ""], ["id", "name", "klout", "kred"]
    assert header(upper, lower, ["a", "Ann", "5", "6"])[0] == ("id", "name", "klout", "kred")
    lower = ["id", "name", "value", "value"]
    upper = ["Person", "", "Klout", "Kred"]
    merged = find_header([upper, lower, ["a", "Ann", "5", "6"]], "p.xlsx", merged=[(0, 0, 1)])
    assert merged is not None
    assert merged.names == ("id", "name", "Klout value", "Kred value")


def test_a_gap_above_a_candidate_is_no_second_header() -> None:
    names, first = header(["id", "", "klout"], ["a", "x", "5"], ["b", "y", "6"])
    assert (names, first) == (("id", "", "klout"), 1)


def test_issues_say_where_they_stand() -> None:
    issue = Issue("warning", "it is odd.", "p.xlsx", "May", 7, "klout")
    assert str(issue) == "p.xlsx, sheet 'May', row 7, column 'klout': it is odd."
    many = Issue("warning", "they are odd.", "p.csv", row=7, rows=(7, 9))
    assert str(many) == "p.csv: they are odd."
    assert (many.count, issue.count, many.to_dict()["count"]) == (2, 1, 2)
