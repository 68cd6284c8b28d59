"""A short form of ``make soak``, on both databases."""

from __future__ import annotations

from scripts.soak import soak
from toolkit.store.database import Database


def test_no_acknowledged_rating_is_lost_or_doubled_when_writers_are_killed(
    database: Database,
) -> None:
    database.close()
    found = soak(database.url.render_as_string(hide_password=False), 8, 2, 2)
    assert found.faults == ()
    assert found.acknowledged > 0
    assert found.kept >= found.acknowledged
    assert found.killed == 10
