from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.panel_team import RUBRIC, Panelists, handed, panelists
from toolkit.errors import Conflict, NotAllowed, UnknownName
from toolkit.review.rubric import portfolio_rubric
from toolkit.store.assignments import assignments
from toolkit.store.database import Database
from toolkit.store.marks import Mark
from toolkit.store.ratings import save_rating
from toolkit.store.reviewing import review
from toolkit.store.rubrics import keep_rubric, rubrics
from toolkit.store.written import new_key

OTHER = replace(RUBRIC, version="2", criteria=RUBRIC.criteria[:1])


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def test_a_rubric_reads_back_as_it_was_kept(database: Database, of: Panelists) -> None:
    kept = keep_rubric(database, of.recruiter, of.requisition, portfolio_rubric(), 1)
    assert kept.rubric == portfolio_rubric()
    assert (kept.version, kept.sha256) == (2, portfolio_rubric().digest)
    assert [one.version for one in rubrics(database, of.recruiter, of.requisition)] == [2, 1]
    # The same again, for instance after a lost answer, is no other version.
    assert keep_rubric(database, of.recruiter, of.requisition, portfolio_rubric(), 1) == kept


def test_two_people_do_not_overwrite_each_other(database: Database, of: Panelists) -> None:
    keep_rubric(database, of.recruiter, of.requisition, OTHER, 1)
    with pytest.raises(Conflict, match="another rubric"):
        keep_rubric(database, of.recruiter, of.requisition, portfolio_rubric(), 1)


def test_reviews_that_nobody_began_go_on_by_the_new_rubric(
    database: Database, of: Panelists
) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    newer = keep_rubric(database, of.recruiter, of.requisition, OTHER, 1)
    assert review(database, of.ada, mine).rubric == newer
    save_rating(database, of.ada, mine, "plan", Mark(3), 0)
    keep_rubric(database, of.recruiter, of.requisition, RUBRIC, 2)
    assert review(database, of.ada, mine).rubric.rubric == OTHER
    by = {one.rubric for one in assignments(database, of.recruiter, of.requisition)}
    assert by == {newer.key}


def test_who_may(database: Database, of: Panelists) -> None:
    for person in (of.ada, of.auditor, of.administrator):
        with pytest.raises(NotAllowed):
            keep_rubric(database, person, of.requisition, OTHER, 1)
    with pytest.raises(NotAllowed):
        rubrics(database, of.ada, of.requisition)
    with pytest.raises(UnknownName, match="no requisition"):
        rubrics(database, of.recruiter, new_key())
