from __future__ import annotations

import pandas as pd

from toolkit.intake.group_values import group_column
from toolkit.intake.typed_column import Place

PLACE = Place("p.csv", None, "id")


def test_membership_as_it_stands() -> None:
    values, issues = group_column(
        pd.Series(["Female", "male", "Unknown", None, "female"], index=range(2, 7)), PLACE
    )
    assert values.tolist()[:2] == ["Female", "male"]
    assert values.isna().tolist() == [False, False, True, True, False]
    assert [issue.level for issue in issues] == ["note", "warning"]
