"""Decisions of people read from a table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.sheets.person_decision import PersonDecision, read_decisions


def written(folder: Path, text: str) -> Path:
    path = folder / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_a_candidate(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "candidate_id,decision,reason,decided by,date\n"
        "A1,take forward,Best task,M. Okafor,2026-11-20\nA2,no,,,\nA3,Hold,,,\n",
    )
    found = read_decisions(path, ["A1", "A2", "A3", "A4"])
    assert found["A1"] == PersonDecision(
        "A1", "take forward", "Best task", "M. Okafor", dt.date(2026, 11, 20)
    )
    assert found["A2"] == PersonDecision("A2", "do not take forward")
    assert found["A3"].choice == "hold"
    assert (found["A1"].overrides(selected=False), found["A3"].overrides(selected=False)) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("candidate_id,decision\nA9,yes\n", "row 2: there is no candidate 'A9'"),
        ("candidate_id,decision\nA1,yes\nA1,no\n", "row 3: A1 has a decision already"),
        ("candidate_id,decision\nA1,maybe\n", "the decision is 'maybe'. Write take forward"),
        ("candidate_id,decision,date\nA1,yes,soon\n", "the date is 'soon'"),
        ("candidate_id,note\nA1,x\n", "no column 'decision'. Its columns: candidate_id, note"),
        ("who,decision\nA1,yes\n", "no column 'candidate_id'"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_decisions(written(tmp_path, text), ["A1", "A2"])
