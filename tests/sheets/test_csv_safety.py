from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sheets.csv_safety import STARTS_A_FORMULA, disarmed


def test_a_name_that_is_a_formula_becomes_text() -> None:
    assert disarmed("=HYPERLINK(A1)") == "'=HYPERLINK(A1)"
    assert disarmed("Ann = Bob") == "Ann = Bob"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_every_beginning_of_a_formula(start: str) -> None:
    assert disarmed(f"{start}1") == f"'{start}1"


@given(st.text())
def test_nothing_else_changes(text: str) -> None:
    assert disarmed(text).removeprefix("'" if text.startswith(STARTS_A_FORMULA) else "") == text
    assert not disarmed(text).startswith(STARTS_A_FORMULA)
