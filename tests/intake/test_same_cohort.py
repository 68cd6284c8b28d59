"""The same candidates give the same cohort, whatever the format, and nobody gets lost."""

from __future__ import annotations

import csv
import math

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.files import (
    csv_bytes,
    gzip_bytes,
    json_bytes,
    json_lines_bytes,
    parquet_bytes,
    read,
    records,
    xlsx_bytes,
    zip_bytes,
)
from toolkit.intake.cohort import Cohort
from toolkit.intake.refusals import looks_like_token

HEADER = ["candidate_id", "name", "klout", "followers", "portfolio", "sex", "notes"]

#: Letters of several scripts, marks, quotation marks, delimiters, line ends.
LETTERS = st.sampled_from([*"abcXYZ 0123456789éßñøŁжщ日本한שم'\"`,;|\t=+@#€-–/.()", "\n", "😀"])
WESTERN = st.sampled_from(["Zoë ", "Ångström", "Müller", "Ñandú ", " d'Œuvre", "é ", ",", '"'])


def texts(letters: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    text = st.lists(letters, max_size=12).map("".join).map(str.strip)
    return text.map(lambda t: t or None).filter(lambda t: t is None or not looks_like_token(t))


def hundredths(low: int, high: int) -> st.SearchStrategy[float | None]:
    return st.none() | st.integers(low * 100, high * 100).map(lambda v: v / 100)


@st.composite
def tables(draw: st.DrawFn, letters: st.SearchStrategy[str] = LETTERS) -> list[list[object]]:
    """A header and one to twelve candidates."""
    codes = draw(st.lists(st.integers(0, 999), min_size=1, max_size=12, unique=True))
    row = st.tuples(
        texts(letters),
        hundredths(1, 100),
        st.none() | st.integers(0, 10**8).map(float),
        hundredths(0, 5),
        st.none() | st.sampled_from(["female", "male"]),
        texts(letters),
    )
    return [HEADER, *([f"c{code:03d}", *draw(row)] for code in codes)]


def same(one: Cohort, other: Cohort) -> None:
    assert list(one.candidate_ids) == list(other.candidate_ids)
    for frame in ("candidates", "signals", "groups"):
        left, right = getattr(one, frame), getattr(other, frame)
        # A column without any cell does not say of which type it is.
        both = [c for c in left.columns if c in right.columns]
        for column in {*left.columns, *right.columns} - {*both}:
            missing = left if column in left.columns else right
            assert missing[column].isna().all()
        pd.testing.assert_frame_equal(left[both], right[both], check_dtype=False)
    assert one.about == other.about
    pd.testing.assert_frame_equal(one.accounts, other.accounts, check_dtype=False)


def expected(rows: list[list[object]], cohort: Cohort) -> None:
    """The cohort is what was written."""
    assert list(cohort.candidate_ids) == [row[0] for row in rows[1:]]
    for j, name in ((2, "klout"), (3, "followers"), (4, "portfolio")):
        written = [np.nan if row[j] is None else row[j] for row in rows[1:]]
        if name not in cohort.signals.columns:
            assert all(math.isnan(value) for value in written)
        else:
            np.testing.assert_array_equal(cohort.signals[name], written)
    names = cohort.candidates["name"].tolist()
    assert [n if isinstance(n, str) else None for n in names] == [row[1] for row in rows[1:]]


@settings(max_examples=20)
@given(
    tables(),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_delimiter_and_encoding_make_no_difference(
    rows: list[list[object]], delimiter: str, encoding: str, quoting: int
) -> None:
    cohort = read(csv_bytes(rows, delimiter, encoding, quoting=quoting), "people.csv")
    expected(rows, cohort)
    same(cohort, read(csv_bytes(rows), "people.csv"))


@settings(max_examples=20)
@given(tables(), st.sampled_from([",", ";", "\t", "|"]))
def test_a_decimal_comma_makes_no_difference(rows: list[list[object]], delimiter: str) -> None:
    cohort = read(csv_bytes(rows, delimiter, decimal=","), "people.csv")
    expected(rows, cohort)


@settings(max_examples=20)
@given(tables(WESTERN))
def test_western_encodings_are_recognised(rows: list[list[object]]) -> None:
    expected(rows, read(csv_bytes(rows, encoding="cp1252"), "people.csv"))


@settings(max_examples=15)
@given(tables())
def test_the_format_makes_no_difference(rows: list[list[object]]) -> None:
    first = read(csv_bytes(rows), "people.csv")
    expected(rows, first)
    typed = [[None if cell == "" else cell for cell in row] for row in rows]
    for content, name in (
        (gzip_bytes(csv_bytes(rows)), "people.csv.gz"),
        (zip_bytes({"people.csv": csv_bytes(rows)}), "people.zip"),
        (xlsx_bytes({"People": typed}), "people.xlsx"),
        (json_bytes(records(typed)), "people.json"),
        (json_lines_bytes(typed), "people.jsonl"),
        (parquet_bytes(typed), "people.parquet"),
    ):
        same(first, read(content, name))


@st.composite
def disorder(draw: st.DrawFn) -> list[list[object]]:
    """Rows with repeated and missing codes, blank rows and repetitions."""
    code = st.sampled_from(["a", "b", "c", "d", "", "e"])
    row = st.tuples(code, st.integers(1, 3).map(str), st.sampled_from(["x", "y", ""]))
    blank = st.just(("", "", ""))
    rows = draw(st.lists(row | blank, min_size=1, max_size=25))
    return [["candidate_id", "klout", "note"], *map(list, rows)]


@given(disorder())
def test_every_row_is_a_candidate_or_listed(rows: list[list[object]]) -> None:
    """Rows in = candidates + rows that an issue says were set aside or skipped."""
    filled = [row for row in rows[1:] if any(row)]
    if not filled:
        return
    cohort = read(csv_bytes(rows))
    listed: set[int] = set()
    for issue in cohort.issues:
        if "set aside" in issue.message or "skipped" in issue.message:
            listed.update(issue.rows or ([issue.row] if issue.row else []))
    assert len(cohort) + len(listed) == len(rows) - 1
    codes = [row[0] or f"row-{i}" for i, row in enumerate(rows[1:], start=2) if any(row)]
    assert list(cohort.candidate_ids) == list(dict.fromkeys(codes))


@settings(max_examples=20)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_only_orders(rows: list[list[object]], random) -> None:
    order = list(range(len(HEADER)))
    random.shuffle(order)
    body = rows[1:]
    random.shuffle(body)
    mixed = [[row[i] for i in order] for row in [rows[0], *body]]
    one, other = read(csv_bytes(rows)), read(csv_bytes(mixed))
    assert set(one.candidate_ids) == set(other.candidate_ids)
    assert list(other.candidate_ids) == [row[0] for row in body]
    pd.testing.assert_frame_equal(
        one.signals.loc[other.candidate_ids].sort_index(axis=1),
        other.signals.sort_index(axis=1),
    )
