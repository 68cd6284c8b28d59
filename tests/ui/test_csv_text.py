from __future__ import annotations

import io

import pandas as pd

from toolkit.ui.csv_text import csv_bytes


def test_a_spreadsheet_runs_nothing_and_numbers_keep_every_digit() -> None:
    frame = pd.DataFrame({"name": ["=cmd|' /C calc'!A0", "Ann"], "value": [0.1 + 0.2, -1.0]})
    assert csv_bytes(frame).decode("utf-8-sig") == (
        "name,value\n'=cmd|' /C calc'!A0,0.30000000000000004\nAnn,-1.0\n"
    )


def test_every_beginning_of_a_formula_is_stopped() -> None:
    frame = pd.DataFrame({"+head": ["+1", "-1", "@sum", "\tx", "fine", None]})
    read = pd.read_csv(io.BytesIO(csv_bytes(frame)), encoding="utf-8-sig")
    assert read.columns.tolist() == ["'+head"]
    assert read.iloc[:5, 0].tolist() == ["'+1", "'-1", "'@sum", "'\tx", "fine"]
    assert read.iloc[5].isna().all()


def test_the_frame_itself_is_left_alone() -> None:
    frame = pd.DataFrame({"a": ["=1"]})
    csv_bytes(frame)
    assert frame["a"].tolist() == ["=1"]
