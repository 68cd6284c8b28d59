from __future__ import annotations

import io

import openpyxl
import pandas as pd

from toolkit.fairness.recheck import recheck
from toolkit.sheets.recheck_workbook import recheck_workbook

TABLE = pd.DataFrame(
    {
        "group": ["Male", "=Female()"],
        "n": ["92", "76"],
        "rate": ["54.3%", "44.7%"],
        "impact_ratio": ["1.00", "0.83"],
    }
)


def test_what_does_not_agree_and_everything_recomputed() -> None:
    made = recheck_workbook(recheck(TABLE))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Disagreements", "Recomputed", "How to read this"]
    wrong = list(book["Disagreements"].iter_rows(values_only=True))
    assert wrong[1][1:7] == ("=Female()", 1, "impact ratio", "0.83", "0.82", "last digit")
    rows = list(book["Recomputed"].iter_rows(values_only=True))
    assert rows[1][3:7] == ("92", None, "54.3%", "1.00")
    assert rows[1][-1] is True
    assert rows[2][-1] is False
    assert recheck_workbook(recheck(TABLE)) == made
    told = [row[1] for row in book["How to read this"].iter_rows(values_only=True)]
    assert "1 of 4 figures does not follow from the others." in told
