from __future__ import annotations

import pytest

from tests.store.panel_team import Panelists, handed, panelists, rated
from toolkit.errors import Conflict, NotAllowed, StoreError
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, events
from toolkit.store.exposure import (
    exposed_ratings,
    rate_after_scores,
    reveal_scores,
    scores_were_shown,
)
from toolkit.store.finishing import abstain
from toolkit.store.marks import Mark
from toolkit.store.rating_table import official_ratings
from toolkit.store.reviewing import review
from toolkit.store.written import new_key

AGAIN = Mark(2, False, "A Klout of 60 says little.", 2)


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def test_scores_are_shown_after_locking_and_what_they_change_never_counts(
    database: Database, of: Panelists
) -> None:
    given = handed(database, of)["Ada", "ann"]
    with pytest.raises(NotAllowed, match="after a review is locked"):
        reveal_scores(database, of.ada, given.key)
    rated(database, of.ada, given, 5, 4)
    assert not scores_were_shown(database, of.ada, given.key)
    with pytest.raises(NotAllowed, match="not asked for"):
        rate_after_scores(database, of.ada, given.key, "plan", AGAIN, 0)
    (shown,) = reveal_scores(database, of.ada, given.key)
    assert (shown.name, shown.value, shown.low, shown.high) == ("klout", 60.0, 1, 100)
    assert reveal_scores(database, of.ada, given.key) == (shown,)
    assert scores_were_shown(database, of.ada, given.key)

    kept = rate_after_scores(database, of.ada, given.key, "plan", AGAIN, 0)
    seen = review(database, of.ada, given.key)
    assert seen.after_scores == {"plan": kept}
    assert seen.marks["plan"].mark.rating == 5
    official = official_ratings(database, of.recruiter, of.requisition)
    assert official is not None
    assert sorted(official.ratings.value) == [4, 5]
    found = exposed_ratings(database, of.recruiter, of.requisition)
    assert [(one.criterion, one.before, one.after) for one in found] == [
        ("plan", 5, 2),
        ("text", 4, 4),
    ]
    assert found[0].scores == {"Klout": 60.0}
    with database.reading() as connection:
        assert check_log(connection).ok
        told = [one.action for one in events(connection)]
    assert told.count("scores shown") == 1


def test_rating_again_is_kept_once_and_not_overwritten(database: Database, of: Panelists) -> None:
    given = handed(database, of)["Ada", "ann"]
    rated(database, of.ada, given, 5, None)
    reveal_scores(database, of.ada, given.key)
    key = new_key()
    first = rate_after_scores(database, of.ada, given.key, "plan", AGAIN, 0, key=key)
    assert rate_after_scores(database, of.ada, given.key, "plan", AGAIN, 0, key=key) == first
    with pytest.raises(Conflict):
        rate_after_scores(database, of.ada, given.key, "plan", Mark(1), 0)
    later = rate_after_scores(database, of.ada, given.key, "plan", Mark(1), first.version)
    assert review(database, of.ada, given.key).after_scores == {"plan": later}


def test_whoever_abstained_sees_no_scores(database: Database, of: Panelists) -> None:
    given = handed(database, of)
    mine = given["Ada", "ann"].key
    abstain(database, of.ada, mine, "My client.", 1)
    with pytest.raises(NotAllowed):
        reveal_scores(database, of.ada, mine)
    with pytest.raises(NotAllowed, match="not yours"):
        reveal_scores(database, of.ada, given["Bea", "ann"].key)
    for person in (of.ada, of.administrator):
        with pytest.raises(NotAllowed):
            exposed_ratings(database, person, of.requisition)
    assert exposed_ratings(database, of.auditor, of.requisition) == ()


def test_only_what_was_rated_before_is_rated_again(database: Database, of: Panelists) -> None:
    given = handed(database, of)["Ada", "ann"]
    rated(database, of.ada, given, 5, None)
    reveal_scores(database, of.ada, given.key)
    with pytest.raises(StoreError, match="9 is not a rating"):
        rate_after_scores(database, of.ada, given.key, "plan", Mark(9), 0)
