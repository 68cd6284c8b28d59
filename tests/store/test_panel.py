from __future__ import annotations

import pytest

from tests.store.panel_team import Panelists, handed, panelists, rated
from toolkit.errors import Conflict, NotAllowed, StoreError, UnknownName
from toolkit.store.conflicts import Tie, declare_conflict
from toolkit.store.database import Database
from toolkit.store.finishing import abstain
from toolkit.store.panel import Agreed, Panel, agree, panel
from toolkit.store.requisitions import close_requisition
from toolkit.store.review_time import add_time


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def seen(database: Database, of: Panelists) -> Panel:
    return panel(database, of.recruiter, of.requisition)


def agreed(database: Database, of: Panelists, rating: int, why: str, version: int) -> Agreed:
    ann = of.candidates["ann"]
    return agree(database, of.recruiter, ann, "plan", rating, why, version)


def test_the_panel_sees_ratings_once_all_have_locked(database: Database, of: Panelists) -> None:
    given = handed(database, of, "ann")
    rated(database, of.ada, given["Ada", "ann"], 5, 4)
    rated(database, of.bea, given["Bea", "ann"], 2, None)
    (ann,) = seen(database, of).candidates
    # The code 'ann' would say that it is Ann Arbor.
    assert ann.code.startswith("Candidate ")
    assert (ann.waiting, ann.criteria, ann.total) == (1, (), None)
    abstain(database, of.cleo, given["Cleo", "ann"].key, "My client.", 1)
    (ann,) = seen(database, of).candidates
    plan, text = ann.criteria
    assert [(name, mark.rating) for name, mark in plan.marks] == [("Ada", 5), ("Bea", 2)]
    assert (plan.mean, plan.lowest, plan.highest, plan.spread) == (3.5, 2, 5, 3)
    assert (text.mean, text.spread, ann.widest) == (4.0, 0, 3)
    assert ann.abstained == (("Cleo", "My client."),)
    # By hand: (3 × 3.5 + 1 × 4) / 4.
    assert ann.total == ann.agreed_total == 3.625


def test_what_was_agreed_counts_beside_the_means_and_says_why(
    database: Database, of: Panelists
) -> None:
    given = handed(database, of, "ann")
    for person, plan in zip(of.reviewers, (5, 2, 5), strict=True):
        rated(database, person, given[person.name, "ann"], plan, 3)
    with pytest.raises(StoreError, match="what was seen in the meeting"):
        agreed(database, of, 5, " ", 0)
    first = agreed(database, of, 5, "Bea had missed the second page.", 0)
    assert agreed(database, of, 5, "Bea had missed the second page.", 0) == first
    with pytest.raises(Conflict, match="another agreed rating"):
        agreed(database, of, 4, "No figures.", 0)
    agreed(database, of, 4, "No figures after all.", 1)
    (ann,) = seen(database, of).candidates
    plan = ann.criteria[0]
    assert plan.agreed is not None
    assert (plan.agreed.rating, plan.counted, plan.earlier) == (4, 4.0, (first,))
    # By hand: means 4 and 3, then 4 agreed; (3 × 4 + 1 × 3) / 4 both times.
    assert (ann.total, ann.agreed_total) == (3.75, 3.75)


def test_a_rating_that_all_gave_needs_no_reason(database: Database, of: Panelists) -> None:
    given = handed(database, of, "ann")
    for person in of.reviewers:
        rated(database, person, given[person.name, "ann"], 4, 3)
    assert agreed(database, of, 4, "", 0).reason == ""


def test_nothing_is_agreed_while_somebody_is_rating(database: Database, of: Panelists) -> None:
    with pytest.raises(StoreError, match="Not all reviewers of Candidate"):
        agreed(database, of, 4, "Said so.", 0)
    given = handed(database, of, "ann")
    rated(database, of.ada, given["Ada", "ann"], 5, 4)
    with pytest.raises(StoreError, match="Not all reviewers of Candidate"):
        agreed(database, of, 4, "Said so.", 0)


def test_how_far_everybody_is(database: Database, of: Panelists) -> None:
    given = handed(database, of, "ann", "bo")
    rated(database, of.ada, given["Ada", "ann"], 5, 4)
    add_time(database, of.ada, given["Ada", "bo"].key, 90)
    abstain(database, of.bea, given["Bea", "ann"].key, "My client.", 1)
    declare_conflict(database, of.cleo, of.candidates["bo"], Tie.FRIEND)
    found = {one.name: one for one in seen(database, of).progress}
    ada, bea, cleo = (found[name] for name in ("Ada", "Bea", "Cleo"))
    assert (ada.given, ada.done, ada.abstained, ada.taken_away, ada.minutes) == (2, 1, 0, 0, 1.5)
    assert (bea.given, bea.done, bea.abstained, bea.taken_away) == (2, 0, 1, 0)
    assert (cleo.given, cleo.done, cleo.abstained, cleo.taken_away) == (1, 0, 0, 1)


def test_who_may(database: Database, of: Panelists) -> None:
    given = handed(database, of, "ann")
    for person in of.reviewers:
        rated(database, person, given[person.name, "ann"], 4, 3)
    ann = of.candidates["ann"]
    for person in (of.ada, of.auditor, of.administrator):
        with pytest.raises(NotAllowed):
            panel(database, person, of.requisition)
        with pytest.raises(NotAllowed):
            agree(database, person, ann, "plan", 4, "", 0)
    with pytest.raises(UnknownName, match="no criterion"):
        agree(database, of.recruiter, ann, "poise", 4, "", 0)
    with pytest.raises(StoreError, match="9 is not a rating"):
        agree(database, of.recruiter, ann, "plan", 9, "", 0)
    close_requisition(database, of.recruiter, of.requisition, 1)
    with pytest.raises(StoreError, match="closed"):
        agreed(database, of, 4, "", 0)
