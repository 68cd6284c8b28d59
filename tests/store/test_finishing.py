from __future__ import annotations

import pytest

from tests.store.panel_team import RUBRIC, Panelists, criterion, handed, panelists, rated
from toolkit.errors import StoreError
from toolkit.review.rubric import Rubric
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, events
from toolkit.store.finishing import abstain, lock, missing_in
from toolkit.store.marks import Mark
from toolkit.store.ratings import save_rating
from toolkit.store.review_time import add_time
from toolkit.store.reviewing import review


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def test_nothing_changes_after_locking(database: Database, of: Panelists) -> None:
    given = handed(database, of)["Ada", "ann"]
    locked = rated(database, of.ada, given, 4, None)
    assert locked.locked_at is not None
    assert lock(database, of.ada, locked.key, 0) == locked, "asked again after a lost answer"
    with pytest.raises(StoreError, match="have locked"):
        save_rating(database, of.ada, locked.key, "plan", Mark(1, note="Thin."), 1)
    with pytest.raises(StoreError, match="have locked"):
        abstain(database, of.ada, locked.key, "Known to me.", locked.version)
    add_time(database, of.ada, locked.key, 60)
    assert review(database, of.ada, locked.key).assignment == locked
    with database.reading() as connection:
        assert check_log(connection).ok
        told = str(list(events(connection)))
    assert "Seen in the work" not in told


def test_what_is_not_complete_is_not_locked(database: Database, of: Panelists) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    save_rating(database, of.ada, mine, "plan", Mark(4), 0)
    save_rating(database, of.ada, mine, "text", Mark(no_basis=True), 0)
    with pytest.raises(StoreError) as caught:
        lock(database, of.ada, mine, 3)
    assert "Note what in the work your rating of 'Plan' rests on." in str(caught.value)
    assert "Say why there is no basis to judge 'Text'." in str(caught.value)
    assert missing_in(RUBRIC, {}) == ("'Plan' has no rating yet.", "'Text' has no rating yet.")
    assert missing_in(Rubric("R", "1", (criterion("a", "A", note_required=False),)), {}) != ()


def test_abstaining_ends_a_review_with_its_reason(database: Database, of: Panelists) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    with pytest.raises(StoreError, match="why you abstain"):
        abstain(database, of.ada, mine, "  ", 1)
    done = abstain(database, of.ada, mine, "I commissioned this work.", 1)
    assert (done.abstained, done.is_open) == ("I commissioned this work.", False)
    assert abstain(database, of.ada, mine, "I commissioned this work.", 1) == done
