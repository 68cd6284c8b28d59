from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from tests.sheets.reading import failures, squeezed, text_of
from toolkit.errors import SheetError
from toolkit.fairness.recheck import recheck
from toolkit.sheets.recheck_page import RecheckSheet, recheck_page
from toolkit.sheets.recheck_sheet import render_recheck

DAY = dt.date(2026, 11, 22)
TABLE = pd.DataFrame(
    {
        "table": ["sex", "sex", "race", "race", "race"],
        "group": ["Male", "Female", "White", "Black", "#panic()"],
        "n": ["92", "76", "100", "66", "2"],
        "selected": ["50", "34", "53", "30", "2"],
        "rate": ["54.3%", "44.7%", "53%", "45%", "100%"],
        "impact_ratio": ["1.00", "0.83", "1.00", "0.86", "1.89"],
    }
)
PRINTED = [
    "Recheck of a published table",
    "summary.csv",
    "of 10 figures do not follow from the others.",
    "What does not agree",
    "sex: Female",
    "0.83",
    "0.82",
    "last digit",
    "referent under 2 %",
    "Every row, recomputed",
    "54.35 %",
    "race: #panic()",
    "How it was done",
]


def test_the_page_says_everything_in_reading_order() -> None:
    text = text_of(render_recheck(recheck(TABLE), "summary.csv", DAY))
    at = 0
    for words in PRINTED:
        found = text.find(squeezed(words), at)
        assert found >= 0, words
        at = found


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_both_standards_are_kept(paper: str) -> None:
    assert failures(render_recheck(recheck(TABLE), "", DAY, paper)) == []  # type: ignore[arg-type]


def test_a_table_that_holds_has_no_list_of_disagreements() -> None:
    found = recheck(TABLE.iloc[:1])
    page = recheck_page(RecheckSheet(found, "", DAY))
    assert page["disagreements"] == []
    assert page["heading"] == "A published table, recomputed"
    assert failures(render_recheck(found, "", DAY)) == []


def test_the_same_result_gives_the_same_bytes() -> None:
    assert render_recheck(recheck(TABLE), "x", DAY) == render_recheck(recheck(TABLE), "x", DAY)


def test_another_paper_is_refused() -> None:
    with pytest.raises(SheetError, match="'a5' is not a paper size"):
        render_recheck(recheck(TABLE), "", DAY, "a5")  # type: ignore[arg-type]
