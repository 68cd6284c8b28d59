from __future__ import annotations

import io
from fractions import Fraction

import pandas as pd
import pytest

from toolkit.errors import InputError, UnknownName
from toolkit.fairness.published_table import published_columns, published_rows


def frame(text: str) -> pd.DataFrame:
    read = pd.read_csv(io.StringIO(text), dtype=str)
    read.index = pd.RangeIndex(2, len(read) + 2)
    return read


def rows(text: str):  # type: ignore[no-untyped-def]
    table = frame(text)
    return published_rows(table, published_columns(list(table.columns)), "t.csv")


def test_headers_as_new_york_prints_them() -> None:
    assert published_columns(
        [
            "Race/Ethnicity Categories",
            "# of Applicants",
            "# Selected",
            "Selection Rate",
            "Impact Ratio",
        ]
    ) == {
        "group": "Race/Ethnicity Categories",
        "n": "# of Applicants",
        "selected": "# Selected",
        "rate": "Selection Rate",
        "impact_ratio": "Impact Ratio",
    }


def test_the_contracts_own_name_comes_before_others() -> None:
    found = published_columns(["sex", "group", "total", "n", "rate"])
    assert (found["group"], found["n"]) == ("group", "n")


def test_a_person_may_say_which_column_is_which() -> None:
    found = published_columns(["Wer", "Quote"], {"group": "Wer", "rate": "Quote"})
    assert found == {"group": "Wer", "rate": "Quote"}
    with pytest.raises(UnknownName, match="no column 'Wem'"):
        published_columns(["Wer", "Quote"], {"group": "Wem"})


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["Wer", "rate"], "No column names the groups; found: 'Wer', 'rate'"),
        (["group", "n"], "neither a rate nor an impact ratio"),
    ],
)
def test_what_is_missing_is_told(columns: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        published_columns(columns)


def test_percent_in_cells_headers_or_by_size() -> None:
    for text in (
        "group,rate\nA,54.3%\nB,44.7%\n",
        "group,rate (%)\nA,54.3\nB,44.7\n",
        "group,rate\nA,54.3\nB,44.7\n",
        "group,rate\nA,0.543\nB,0.447\n",
    ):
        table = frame(text)
        columns = {"group": "group", "rate": table.columns[1]}
        first = published_rows(table, columns)[0]
        assert first.rate is not None
        assert (first.rate.value, first.rate.step) == (Fraction(543, 1000), Fraction(1, 1000))


def test_ratios_in_percent_are_known_by_their_size() -> None:
    assert rows("group,ratio\nA,100\nB,82\n")[1].impact_ratio.value == Fraction(82, 100)
    assert rows("group,ratio\nA,1\nB,1.33\n")[1].impact_ratio.value == Fraction(133, 100)


def test_totals_and_unknown_are_not_groups() -> None:
    kinds = [row.kind for row in rows("group,n,rate\nA,5,0.5\nTotal,9,\nPrefer not to say,4,\n")]
    assert kinds == ["group", "total", "unknown"]


def test_repeated_headers_begin_another_table() -> None:
    found = rows(
        "Sex Categories,# of Applicants,Rate,Impact Ratio\nMale,92,54.3%,1.00\n"
        "Race/Ethnicity Categories,# of Applicants,Rate,Impact Ratio\nAsian,24,41.7%,1.00\n"
    )
    assert [(row.table, row.group, row.row) for row in found] == [
        ("", "Male", 2),
        ("Race/Ethnicity Categories", "Asian", 4),
    ]


def test_captions_are_passed_over() -> None:
    assert [row.group for row in rows("group,rate\nA footnote,\nA,0.5\n")] == ["A"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("group,n,rate\nA,many,0.5\n", "t.csv, row 2, column 'n': 'many' is not a figure"),
        ("group,n,rate\nA,5,0.5\nB,5,-0.5\n", "row 3, column 'rate': '-0.5' is negative"),
        ("group,n,rate\nA,,\n", "no row with a figure"),
    ],
)
def test_what_is_no_figure_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        rows(text)
