from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.inflation.long_series import has_series, long_series

TODAY = dt.date(2026, 11, 22)


def table(*rows: tuple[Any, Any, Any]) -> pd.DataFrame:
    """Rows as a file has them: text, numbered from 2."""
    frame = pd.DataFrame(rows, columns=["series", "month", "count"])
    return frame.set_axis(range(2, len(rows) + 2), axis=0)


def months(name: str, counts: list[int], year: int = 2024) -> list[tuple[str, str, str]]:
    return [
        (name, f"{year + at // 12}-{at % 12 + 1:02d}", str(count))
        for at, count in enumerate(counts)
    ]


def complaint(*rows: tuple[Any, Any, Any]) -> str:
    with pytest.raises(InputError) as caught:
        long_series(table(*rows), file="stars.csv", today=TODAY)
    return str(caught.value)


def test_two_series_of_a_file() -> None:
    found = long_series(table(*months("a", [3, 1, 4]), *months("b", [2, 7], 2023)), today=TODAY)
    assert found.names.tolist() == ["a", "b"]
    assert found.monthly.counts.tolist() == [3, 1, 4, 2, 7]
    assert found.monthly.lengths.tolist() == [3, 2]
    assert found.first_month.tolist() == [2024 * 12, 2023 * 12]


def test_every_bad_cell_is_named_with_its_row() -> None:
    said = complaint(
        ("a", "2024-01", "5"),
        ("a", "2024-02", "-3"),
        ("a", "2031-01", "4"),
        ("b", "soon", "1"),
        (None, "2024-01", "4"),
        ("c", "2024-02", None),
        ("c", "2024-03", "many"),
    )
    lines = said.splitlines()
    expected = {
        3: ("'count'", "-3", "negative"),
        4: ("'month'", "2031-01", "in the future: it is 2026-11"),
        5: ("'month'", "soon", "not a month"),
        6: ("'series'", "names no series"),
        7: ("'count'", "(empty)", "not a count"),
        8: ("'count'", "many", "not a count"),
    }
    assert len(lines) == len(expected)
    for line, (row, parts) in zip(lines, expected.items(), strict=True):
        assert line.startswith(f"stars.csv, row {row}, column")
        assert all(part in line for part in parts)


def test_the_same_month_twice_is_refused_with_both_rows() -> None:
    said = complaint(("a", "2024-01", "5"), ("a", "2024-02", "6"), ("a", "2024-01", "5"))
    assert "row 4" in said
    assert "'a' has 2024-01-01 twice, in rows 2 and 4" in said


def test_many_bad_rows_are_one_line() -> None:
    said = complaint(*[("a", "2024-01", "5")] * 200)
    assert len(said.splitlines()) == 1
    assert "199 rows repeat" in said


def test_a_gap_counts_as_nothing_and_is_told() -> None:
    rows = months("a", [9, 8, 7, 6, 5, 4, 3])
    found = long_series(table(*rows[:2], *rows[4:]), file="stars.csv", today=TODAY)
    assert found.monthly.counts.tolist() == [9, 8, 0, 0, 5, 4, 3]
    (issue,) = found.issues
    assert (issue.level, issue.row) == ("warning", 4)
    assert "no row for 2024-03 to 2024-04" in issue.message


def test_a_series_of_one_row_is_told_and_not_judged() -> None:
    found = long_series(table(*months("a", [5] * 5 + [9]), ("b", "2024-01", "3")), today=TODAY)
    (issue,) = found.issues
    assert issue.row == 8
    assert "'b' has one month" in issue.message
    assert found.judged.tolist() == [True, False]


def test_running_totals_are_asked_about() -> None:
    found = long_series(table(*months("a", list(range(0, 130, 10)))), today=TODAY)
    assert any("running totals" in issue.message for issue in found.issues)


def test_weeks_of_a_month_are_added_up() -> None:
    weeks = [("a", f"2024-0{1 + at // 4}-{1 + 7 * (at % 4):02d}", "2") for at in range(24)]
    assert long_series(table(*weeks), today=TODAY).monthly.counts.tolist() == [8] * 6


def test_typed_frames_say_the_same_as_text() -> None:
    text = table(*months("a", [1, 2, 3, 4, 2, 1]))
    typed = text.assign(month=pd.to_datetime(text["month"]), count=text["count"].astype(int))
    periods = typed.assign(month=pd.PeriodIndex(typed["month"], freq="M"))
    for frame in (typed, periods):
        found = long_series(frame, today=TODAY)
        assert found.monthly.counts.tolist() == [1, 2, 3, 4, 2, 1]
        assert found.first_month.tolist() == [2024 * 12]


def test_histories_of_candidates_are_series_of_their_own() -> None:
    frame = pd.DataFrame(
        {
            "candidate_id": ["x", "x", "y"],
            "score": "stars",
            "date": ["2024-01", "2024-02", "2024-01"],
            "value": [1, 2, 3],
        }
    )
    assert long_series(frame, today=TODAY).names.tolist() == ["x · stars", "y · stars"]


def test_a_missing_column_is_named() -> None:
    assert not has_series(["series", "month"])
    with pytest.raises(InputError, match=r"no column for 'count'.*found: 'series', 'month'"):
        long_series(pd.DataFrame({"series": ["a"], "month": ["2024-01"]}))
    with pytest.raises(InputError, match="no rows below"):
        long_series(table())


@given(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.lists(st.integers(0, 500), min_size=1, max_size=9),
        min_size=1,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_rows_does_not_matter(series: dict[str, list[int]], random: Any) -> None:
    rows = [row for name, counts in series.items() for row in months(name, counts)]
    random.shuffle(rows)
    found = long_series(table(*rows), today=TODAY)
    ends = np.cumsum(found.monthly.lengths)
    pieces = np.split(found.monthly.counts, ends[:-1])
    assert {n: p.tolist() for n, p in zip(found.names, pieces, strict=True)} == series
