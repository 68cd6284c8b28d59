from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.panel_team import Panelists, panelists
from toolkit.errors import Conflict, NotAllowed, StoreError, UnknownName
from toolkit.review.task import Task
from toolkit.store import submissions
from toolkit.store.database import Database
from toolkit.store.requisitions import make_requisition
from toolkit.store.submissions import (
    Authorship,
    Kind,
    Work,
    keep_submission,
    submitted_file,
)
from toolkit.store.tasks import keep_task, tasks
from toolkit.store.written import new_key

TASK = Task("Campaign plan", "1", "Plan a week of posts.", 60.0, conditions=("No network",))
TEXT = Work(Kind.TEXT, "A week of posts.", conditions="In the office", minutes=55.0)


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def test_tasks_keep_all_their_versions(database: Database, of: Panelists) -> None:
    first = keep_task(database, of.recruiter, of.requisition, TASK, 0)
    assert (first.task, first.version, first.sha256) == (TASK, 1, TASK.digest)
    assert keep_task(database, of.recruiter, of.requisition, TASK, 0) == first
    longer = replace(TASK, minutes=90.0)
    second = keep_task(database, of.recruiter, of.requisition, longer, 1)
    other = keep_task(database, of.recruiter, of.requisition, replace(TASK, name="Reply"), 0)
    assert tasks(database, of.recruiter, of.requisition) == (second, other)
    with pytest.raises(Conflict, match="another version of 'Campaign plan'"):
        keep_task(database, of.recruiter, of.requisition, replace(TASK, minutes=30.0), 1)
    for person in (of.ada, of.auditor):
        with pytest.raises(NotAllowed):
            keep_task(database, person, of.requisition, TASK, 0)


def test_a_submission_with_its_conditions_and_what_was_found_out(
    database: Database, of: Panelists
) -> None:
    ann = of.candidates["ann"]
    task = keep_task(database, of.recruiter, of.requisition, TASK, 0).key
    first = keep_submission(database, of.recruiter, ann, task, TEXT, 0)
    assert (first.version, first.work) == (1, TEXT)
    assert keep_submission(database, of.recruiter, ann, task, TEXT, 0) == first
    checked = replace(
        TEXT, authorship=Authorship.CONFIRMED, authorship_note="Explained it.", anonymous=True
    )
    with pytest.raises(Conflict, match="another submission"):
        keep_submission(database, of.recruiter, ann, task, checked, 0)
    second = keep_submission(database, of.recruiter, ann, task, checked, 1)
    assert submissions.submissions(database, of.recruiter, of.requisition) == (second,)


def test_a_file_stays_while_what_is_known_of_it_changes(database: Database, of: Panelists) -> None:
    ann = of.candidates["ann"]
    task = keep_task(database, of.recruiter, of.requisition, TASK, 0).key
    file = Work(Kind.FILE, "plan.pdf", b"%PDF-1.7")
    first = keep_submission(database, of.recruiter, ann, task, file, 0)
    known = Work(Kind.FILE, "plan.pdf", anonymous=True)
    second = keep_submission(database, of.recruiter, ann, task, known, 1)
    assert second.sha256 == first.sha256 == file.digest
    assert submitted_file(database, of.recruiter, second.key) == b"%PDF-1.7"
    with pytest.raises(NotAllowed):
        submitted_file(database, of.ada, second.key)
    with pytest.raises(UnknownName, match="no file"):
        submitted_file(database, of.recruiter, new_key())


def test_what_cannot_be_kept(database: Database, of: Panelists) -> None:
    ann = of.candidates["ann"]
    task = keep_task(database, of.recruiter, of.requisition, TASK, 0).key
    other = make_requisition(database, of.recruiter, "Another").key
    elsewhere = keep_task(database, of.recruiter, other, TASK, 0).key
    for work, message in (
        (Work(Kind.TEXT, "  "), "empty"),
        (Work(Kind.LINK, "ftp://example.org/plan"), "not a link"),
        (Work(Kind.LINK, "https://me:secret@example.org/plan"), "not a link"),
        (Work(Kind.FILE, "plan.pdf"), "file is empty"),
        (Work(Kind.FILE, "plan.pdf", bytes(submissions.LARGEST + 1)), "25 MB can be kept"),
    ):
        with pytest.raises(StoreError, match=message):
            keep_submission(database, of.recruiter, ann, task, work, 0)
    for candidate, wrong in ((ann, elsewhere), (ann, new_key()), (new_key(), task)):
        with pytest.raises(UnknownName):
            keep_submission(database, of.recruiter, candidate, wrong, TEXT, 0)
    for person in (of.ada, of.auditor, of.administrator):
        with pytest.raises(NotAllowed):
            keep_submission(database, person, ann, task, TEXT, 0)
        with pytest.raises(NotAllowed):
            submissions.submissions(database, person, of.requisition)
