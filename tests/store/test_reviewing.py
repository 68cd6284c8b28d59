from __future__ import annotations

import pytest

from tests.store.panel_team import Panelists, handed, panelists, rated
from toolkit.errors import NotAllowed
from toolkit.review.task import Task
from toolkit.store.database import Database
from toolkit.store.finishing import abstain
from toolkit.store.marks import Mark
from toolkit.store.ratings import save_rating
from toolkit.store.reviewing import my_reviews, others, review, submission_file
from toolkit.store.submissions import Authorship, Kind, Work, keep_submission
from toolkit.store.tasks import keep_task
from toolkit.store.written import new_key

TASK = Task("Campaign plan", "1", "Plan a week of posts.", 60.0)


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def test_others_are_hidden_until_ones_own_review_is_locked(
    database: Database, of: Panelists
) -> None:
    given = handed(database, of, "ann")
    rated(database, of.bea, given["Bea", "ann"], 2, 3)
    save_rating(database, of.cleo, given["Cleo", "ann"].key, "plan", Mark(1), 0)
    hers = given["Ada", "ann"]
    with pytest.raises(NotAllowed, match="once you have locked your own"):
        others(database, of.ada, hers.key)
    rated(database, of.ada, hers, 4, 4)
    seen = others(database, of.ada, hers.key)
    # Cleo has not locked hers: only that she is waited for can be seen.
    assert (len(seen.marks), seen.waiting, seen.abstained) == (1, 1, 0)
    name, marks = seen.marks[0]
    assert name == "Reviewer 1"
    assert {key: mark.rating for key, mark in marks.items()} == {"plan": 2, "text": 3}
    assert (seen.mean("plan"), seen.mean("poise")) == (2.0, None)
    abstain(database, of.cleo, given["Cleo", "ann"].key, "My client.", 2)
    assert (others(database, of.ada, hers.key).waiting, seen.abstained) == (0, 0)
    assert others(database, of.ada, hers.key).abstained == 1


def test_nothing_that_a_reviewer_gets_says_who_it_is(database: Database, of: Panelists) -> None:
    given = handed(database, of)
    task = keep_task(database, of.recruiter, of.requisition, TASK, 0)
    work = Work(
        Kind.TEXT,
        "A week of posts for a bakery.",
        anonymous=True,
        adjustments="A quarter of an hour more",
        authorship=Authorship.CONFIRMED,
        authorship_note="Explained each post.",
    )
    keep_submission(database, of.recruiter, of.candidates["cy"], task.key, work, 0)
    rated(database, of.bea, given["Bea", "cy"], 1, 1)
    told = str(review(database, of.ada, given["Ada", "cy"].key))
    told += str(my_reviews(database, of.ada))
    assert "A week of posts for a bakery." in told
    for hidden in ("Young", "Cy ", "klout", "quarter of an hour", "Explained", of.bea.id):
        assert hidden not in told


def test_what_is_not_anonymous_yet_is_not_shown(database: Database, of: Panelists) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    task = keep_task(database, of.recruiter, of.requisition, TASK, 0)
    ann = of.candidates["ann"]
    file = Work(Kind.FILE, "Ann Arbor plan.pdf", b"%PDF")
    kept = keep_submission(database, of.recruiter, ann, task.key, file, 0)
    assert [one.content for one in review(database, of.ada, mine).submissions] == [""]
    with pytest.raises(NotAllowed, match="not open to you"):
        submission_file(database, of.ada, mine, kept.key)
    read = Work(Kind.FILE, "Ann Arbor plan.pdf", anonymous=True)
    kept = keep_submission(database, of.recruiter, ann, task.key, read, 1)
    (seen,) = review(database, of.ada, mine).submissions
    assert (seen.content, seen.task) == ("submission.pdf", task)
    assert submission_file(database, of.ada, mine, seen.key) == b"%PDF"


def test_a_review_that_is_not_ones_own_is_not_there(database: Database, of: Panelists) -> None:
    given = handed(database, of, "ann")
    for key in (given["Bea", "ann"].key, new_key()):
        for look in (review, others):
            with pytest.raises(NotAllowed, match="not yours"):
                look(database, of.ada, key)
        with pytest.raises(NotAllowed, match="not yours"):
            submission_file(database, of.ada, key, new_key())
    for person in (of.recruiter, of.auditor, of.administrator):
        with pytest.raises(NotAllowed):
            my_reviews(database, person)
        with pytest.raises(NotAllowed):
            others(database, person, given["Bea", "ann"].key)


def test_the_list_says_how_far_each_review_is(database: Database, of: Panelists) -> None:
    given = handed(database, of, "ann", "bo")
    save_rating(database, of.ada, given["Ada", "bo"].key, "plan", Mark(no_basis=True), 0)
    (todo,) = my_reviews(database, of.ada)
    assert [(one.marked, one.criteria) for one in todo.reviews] == [(0, 2), (1, 2)]
    rated(database, of.ada, given["Ada", "ann"], 3, 3)
    (todo,) = my_reviews(database, of.ada)
    assert [one.assignment.key for one in todo.open] == [given["Ada", "bo"].key]
