from __future__ import annotations

import pandas as pd

from toolkit.intake.odd_rows import without_totals
from toolkit.intake.typed_column import Place

PLACE = Place("p.csv", None, "id")


def frame(**columns: list[str | None]) -> pd.DataFrame:
    found = pd.DataFrame({name: pd.Series(c, dtype="str") for name, c in columns.items()})
    return found.set_axis(range(2, 2 + len(found)), axis=0)


def test_only_rows_at_the_end_sum_up() -> None:
    rows = frame(id=["Total", "a", "b", "c", "Total:", None], klout=["1", "2", "3", "4", "5", "6"])
    kept, issues = without_totals(rows, PLACE)
    assert kept["id"].tolist()[:4] == ["Total", "a", "b", "c"]
    assert [issue.row for issue in issues] == [6]
