from __future__ import annotations

import numpy as np
import pytest

from tests.store.panel_team import Panelists, add_person, handed, panelists, rated
from toolkit.errors import NotAllowed
from toolkit.review.agreement import agreement
from toolkit.review.ranking import rank_candidates
from toolkit.store.assignments import hand_out
from toolkit.store.conflicts import Tie, declare_conflict
from toolkit.store.database import Database
from toolkit.store.finishing import abstain
from toolkit.store.marks import Mark
from toolkit.store.rating_table import official_ratings
from toolkit.store.ratings import save_rating


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def test_locked_ratings_make_the_table_that_agreement_and_ranking_take(
    database: Database, of: Panelists
) -> None:
    given = handed(database, of)
    ratings = {"ann": (2, 3), "bo": (3, 3), "cy": (5, 4), "di": (1, 2)}
    for code, (plan, text) in ratings.items():
        rated(database, of.ada, given["Ada", code], plan, text)
        rated(database, of.bea, given["Bea", code], plan, text - 1 or None)
    found = official_ratings(database, of.auditor, of.requisition)
    assert found is not None
    assert (len(found.ratings), found.waiting) == (16, 4)
    assert found.ratings.candidates == ("ann", "bo", "cy", "di")
    assert set(found.ratings.reviewers) == {"Ada", "Bea"}
    assert found.ratings.on("Plan").table().tolist() == [[2, 2], [3, 3], [5, 5], [1, 1]]
    assert found.weights == {"Plan": 0.75, "Text": 0.25}
    assert found.ratings.time is not None
    assert (
        np.diff(found.ratings.on("Plan").time[found.ratings.on("Plan").reviewer == 0]) > 0
    ).all()
    assert agreement(found.ratings).criteria["Plan"].icc["ICC(A,1)"].value == pytest.approx(1)
    ranking = rank_candidates(found.ratings, 2, found.weights)
    # By hand for cy: .75 × 5 + .25 × (4 + 3) / 2.
    assert ranking.total[2] == pytest.approx(4.625)
    assert np.flatnonzero(ranking.taken).tolist() == [1, 2]


def test_what_is_left_out_is_counted(database: Database, of: Panelists) -> None:
    given = handed(database, of)
    rated(database, of.ada, given["Ada", "ann"], 2, None)
    rated(database, of.bea, given["Bea", "ann"], 3, 3)
    declare_conflict(database, of.bea, of.candidates["ann"], Tie.FRIEND)
    save_rating(database, of.ada, given["Ada", "bo"].key, "plan", Mark(5, note="x"), 0)
    abstain(database, of.ada, given["Ada", "bo"].key, "My client.", 2)
    found = official_ratings(database, of.recruiter, of.requisition)
    assert found is not None
    assert len(found.ratings) == 1
    assert found.ratings.without_rating == 1
    assert (found.waiting, found.abstained, found.taken_away) == (9, 1, 1)
    assert (found.other_rubric, found.gone) == (0, 0)


def test_two_people_of_one_name_stay_two(database: Database, of: Panelists) -> None:
    other = add_person(database, "Ada", sign_in="second@example.org")
    given = handed(database, of, "ann")
    (theirs,) = [
        one
        for one in hand_out(
            database, of.recruiter, of.requisition, {other.id: [of.candidates["ann"]]}
        )
        if one.reviewer == other.id
    ]
    rated(database, of.ada, given["Ada", "ann"], 2, 2)
    rated(database, other, theirs, 4, 4)
    found = official_ratings(database, of.recruiter, of.requisition)
    assert found is not None
    assert set(found.ratings.reviewers) == {"Ada (ada@example.org)", "Ada (second@example.org)"}
    again = official_ratings(database, of.recruiter, of.requisition)
    assert again is not None
    assert again.digest == found.digest


def test_nothing_handed_out_is_no_table(database: Database, of: Panelists) -> None:
    assert official_ratings(database, of.recruiter, of.requisition) is None
    for person in (of.ada, of.administrator):
        with pytest.raises(NotAllowed):
            official_ratings(database, person, of.requisition)
