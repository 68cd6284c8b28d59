from __future__ import annotations

import pandas as pd
import pytest

from toolkit.errors import InputError, UnknownName
from toolkit.fairness.people_columns import people_columns


def test_counts_of_people_by_row() -> None:
    counts = pd.DataFrame({"hired": ["3", 0.0], "all": [7, 2]})
    chosen, n = people_columns(counts, "hired", "all")
    assert (chosen.tolist(), n.tolist()) == ([3, 0], [7, 2])


@pytest.mark.parametrize(
    ("hired", "message"),
    [("2.5", "'2.5' is not a whole"), ("-1", "whole"), ("many", "whole"), (9, "9 selected of 7")],
)
def test_what_is_not_a_count(hired: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        people_columns(pd.DataFrame({"hired": [hired], "all": [7]}), "hired", "all")


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(UnknownName, match="no count column 'al'"):
        people_columns(pd.DataFrame({"hired": [1], "all": [7]}), "hired", "al")
