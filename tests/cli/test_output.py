from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cli.output import Answer, Format, Table, csv_text, emit, json_text
from toolkit.errors import InputError

NOBODY = float("nan")


def answer(rows: list[tuple[object, ...]], columns: tuple[str, ...] = ("who", "x")) -> Answer:
    table = Table("Everyone", columns, rows)
    return Answer({"rows": [list(row) for row in rows]}, table, ["Two people."])


def test_one_answer_in_three_forms(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    two = answer([("ann", 1 / 3), ("bo", NOBODY)])
    emit(two, Format.JSON)
    assert json.loads(capsysbinary.readouterr().out) == {
        "rows": [["ann", 0.3333333333333333], ["bo", None]]
    }
    emit(two, Format.CSV)
    assert capsysbinary.readouterr().out == b"who,x\nann,0.3333333333333333\nbo,\n"
    emit(two, Format.TABLE)
    text = capsysbinary.readouterr().out.decode()
    assert text.splitlines()[0] == "Two people."
    assert [line.split() for line in text.splitlines()[-2:]] == [
        ["ann", "0.3333"],
        ["bo", "–"],
    ]
    assert "\x1b" not in text


@given(
    st.recursive(
        st.floats() | st.integers(-(2**53), 2**53) | st.booleans() | st.text() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_keeps_every_digit_and_has_no_nan(data: object) -> None:
    def expected(value: object) -> object:
        if isinstance(value, float) and not math.isfinite(value):
            return None
        if isinstance(value, list):
            return [expected(v) for v in value]
        if isinstance(value, dict):
            return {k: expected(v) for k, v in value.items()}
        return value

    def refuse(constant: str) -> object:
        raise AssertionError(constant)

    assert json.loads(json_text(data), parse_constant=refuse) == expected(data)


def test_json_of_numpy_values() -> None:
    data = {"n": np.int64(3), "x": np.float64(0.1), "b": np.bool_(True), "a": np.arange(2)}
    assert json.loads(json_text(data)) == {"n": 3, "x": 0.1, "b": True, "a": [0, 1]}
    assert json.loads(json_text([np.float64("nan"), np.float32("inf")])) == [None, None]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_csv_numbers_read_back_to_the_last_bit(numbers: list[float]) -> None:
    text = csv_text(Table("", ("x",), [(number,) for number in numbers]))
    rows = list(csv.reader(io.StringIO(text)))
    assert [float(row[0]) for row in rows[1:]] == numbers


def test_csv_runs_nothing_in_a_spreadsheet() -> None:
    text = csv_text(Table("", ("id", "x"), [("=cmd()", -1.5), (["@a", "b"], True)]))
    assert text == "id,x\n'=cmd(),-1.5\n'@a; b,true\n"


def test_a_terminal_takes_no_orders_from_the_data(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    emit(answer([("\x1b[31mann\x07", 1)]), Format.TABLE)
    assert b"\x1b" not in (out := capsysbinary.readouterr().out)
    assert b"\x07" not in out
    assert "�[31mann�" in out.decode()


def test_markup_in_the_data_is_text(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    emit(answer([("[bold]ann[/bold] :smile:", 1)]), Format.TABLE)
    assert "[bold]ann[/bold] :smile:" in capsysbinary.readouterr().out.decode()


def test_a_long_table_says_how_much_it_leaves_out(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    many = answer([(f"c{n:03d}", n) for n in range(100)])
    emit(many, Format.TABLE)
    shown = capsysbinary.readouterr().out.decode()
    assert "c059" in shown
    assert "c060" not in shown
    assert "… and 40 more" in shown
    emit(many, Format.TABLE, tmp_path / "all.txt")
    whole = (tmp_path / "all.txt").read_text(encoding="utf-8")
    assert "c099" in whole
    assert "more" not in whole


def test_out_writes_the_file_and_nothing_else(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    emit(answer([("Zoë", 1)]), Format.CSV, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes() == "who,x\nZoë,1\n".encode()
    assert capsys.readouterr() == ("", "")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone/x\.csv cannot be written: No such file"):
        emit(answer([]), Format.CSV, tmp_path / "gone" / "x.csv")


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([0.123456, 0.5], ["0.1235", "0.5000"]),
        ([0.25, 1.0, 12.345], ["0.25", "1.00", "12.35"]),
        ([123456.7, 0.4], ["123,457", "4.0e-01"]),
        ([0.5, 0.0, 1e-7], ["0.5000", "0.0000", "1.0e-07"]),
        ([12.0, 3.0], ["12", "3"]),
        ([1234567, 5], ["1,234,567", "5"]),
        ([float("inf"), float("-inf"), NOBODY, None], ["∞", "-∞", "–", "–"]),
        ([True, np.bool_(False)], ["yes", "no"]),
        ([(), ("a", "b"), []], ["–", "a, b", "–"]),
    ],
)
def test_cells_are_rounded_for_reading_only(
    cells: list[object], shown: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    emit(answer([(cell,) for cell in cells], ("x",)), Format.TABLE)
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert [line.strip() for line in lines[-len(cells) :]] == shown
