from __future__ import annotations

import pytest

from toolkit.fairness.counts import table_from
from toolkit.fairness.law import law_named
from toolkit.fairness.statutory_table import ALL_SMALL, statutory_table

CITY = law_named("nyc-ll144")
#: 99 men of whom 33 are selected, and one woman, selected.
SEX = table_from("sex", {"Male": (33, 99), "Female": (1, 1)})


def test_one_person_is_the_highest_unless_left_out() -> None:
    kept = statutory_table(CITY, SEX, name="sex", title="Sex")
    assert [(row.group, row.impact_ratio) for row in kept.rows] == [
        ("Male", pytest.approx(1 / 3)),
        ("Female", 1.0),
    ]
    left = statutory_table(CITY, SEX, [ALL_SMALL], name="sex", title="Sex")
    assert [(row.group, row.rate, row.impact_ratio) for row in left.rows] == [
        ("Male", pytest.approx(1 / 3), 1.0),
        ("Female", 1.0, None),
    ]
    assert [row.group for row in left.left_out] == ["Female"]


def test_what_is_not_small_stays_whatever_is_asked() -> None:
    table = statutory_table(CITY, SEX, ["Male"], name="sex", title="Sex")
    assert table.row("Male").included


def test_nobody_at_all() -> None:
    nobody = table_from("sex", {"Male": (0, 0), "Female": (0, 0)})
    table = statutory_table(CITY, nobody, name="sex", title="Sex")
    assert (table.n, table.referent) == (0, None)
    assert [row.share for row in table.rows] == [None, None]
    with pytest.raises(KeyError):
        table.row("Other")
