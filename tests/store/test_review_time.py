from __future__ import annotations

import pytest

from tests.store.panel_team import Panelists, handed, panelists
from toolkit.store.database import Database
from toolkit.store.review_time import LONGEST_LOOK, add_time
from toolkit.store.reviewing import review


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def test_time_spent_is_what_can_be_spent(database: Database, of: Panelists) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    for seconds in (-5.0, float("nan"), float("inf")):
        add_time(database, of.ada, mine, seconds)
    assert review(database, of.ada, mine).assignment.seconds == 0
    add_time(database, of.ada, mine, 1e9)
    assert review(database, of.ada, mine).assignment.seconds == LONGEST_LOOK
