from __future__ import annotations

import io
from dataclasses import fields

import numpy as np
import openpyxl
import pandas as pd
import pytest

from toolkit.fairness.before_after import before_after
from toolkit.fairness.impact import impact_of_counts
from toolkit.fairness.outcome_impact import outcome_impact
from toolkit.fairness.result import GroupImpact
from toolkit.fairness.score_impact import score_impact
from toolkit.sheets.impact_workbook import PANEL, impact_workbook


def test_new_york_s_two_groups() -> None:
    """92 at 54.3 % and 76 at 44.7 %: 1.00 and 0.82, as numbers a spreadsheet can count with."""
    counts = pd.DataFrame({"sex": ["Male", "Female"], "selected": [50, 34], "total": [92, 76]})
    book = openpyxl.load_workbook(io.BytesIO(impact_workbook(impact_of_counts(counts))))
    assert book.sheetnames == ["Groups", "How to read this"]
    head, women, men = book["Groups"].iter_rows(values_only=True)
    row = dict(zip(head, women, strict=True))
    assert (row["Group"], row["People"], row["Selected"]) == ("Female", 76, 34)
    assert row["Impact ratio"] == pytest.approx((34 / 76) / (50 / 92), rel=1e-15)
    assert row["Below four-fifths"] is False
    assert dict(zip(head, men, strict=True))["Fisher's exact p"] is None
    words = " ".join(str(c) for line in book["How to read this"].values for c in line if c)
    assert "not a limit set by law" in words


def test_every_figure_of_the_panel_has_a_column() -> None:
    kept = {name for name, *_ in PANEL}
    left_out = {"members", "practical", "statistical", "enough_people"}
    assert {item.name for item in fields(GroupImpact)} - kept == left_out


def test_what_is_beside_the_panel_has_sheets_of_its_own_and_the_bytes_stay() -> None:
    draw = np.random.default_rng(6)
    people = pd.DataFrame({"sex": draw.choice(["F", "M"], 80)})
    chosen = draw.random(80) < 0.4
    scores = draw.normal(size=80)
    compared = before_after(people, {"now": chosen, "then": ~chosen}, resamples=100)
    found = (
        compared.impacts["now"],
        score_impact(people, scores),
        outcome_impact(people, chosen, scores, scores=scores, good_from=0.0),
        compared,
    )
    made = impact_workbook(*found)
    assert impact_workbook(*found) == made
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == [
        "Groups", "With and without scores", "Resampled", "Scores", "Cut-offs", "Outcomes",
        "Outcomes by score", "How to read this",
    ]  # fmt: skip
    assert book["Cut-offs"].max_row == 1 + 80
