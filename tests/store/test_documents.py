from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from tests.store.panel_team import Panelists, handed, panelists
from toolkit.errors import Conflict, NotAllowed, StoreError, UnknownName, UnreadableFile
from toolkit.store import documents as kept
from toolkit.store.database import Database
from toolkit.store.documents import (
    blinded_documents,
    document_file,
    documents,
    keep_document,
    remove_document,
    show_document,
)
from toolkit.store.erasure import erase_candidate
from toolkit.store.event_log import events
from toolkit.store.requisitions import close_requisition
from toolkit.store.tables import DOCUMENTS
from toolkit.store.written import new_key

CV = b"Ann Arbor\nann.arbor@mail.example\nAnnie raised sales from 200 to 1,400 units."


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def test_recruiters_see_the_original_and_reviewers_the_blinded_copy(
    database: Database, of: Panelists
) -> None:
    ann = of.candidates["ann"]
    handed(database, of, "ann")
    one = keep_document(database, of.recruiter, ann, "Ann_CV.txt", CV, names=["Annie"])
    assert one.document.text == CV.decode()
    assert [(r.kind, r.words) for r in one.removed] == [
        ("name", "Ann Arbor"),
        ("e-mail", "ann.arbor@mail.example"),
        ("name", "Annie"),
    ]
    assert documents(database, of.recruiter, ann) == (one,)
    assert document_file(database, of.recruiter, one.key) == CV
    # Nobody has read the copy yet.
    assert blinded_documents(database, of.ada, ann) == ()
    shown = show_document(database, of.recruiter, one.key, one.version)
    assert (shown.shown, shown.version) == (True, 2)
    (copy,) = blinded_documents(database, of.ada, ann)
    assert copy.document.text == (
        "[name withheld]\n[e-mail withheld]\n[name withheld] raised sales from 200 to 1,400 units."
    )
    assert copy.removed == {"name": 2, "e-mail": 1}
    assert "ann" not in json.dumps(copy.document.to_dict()).casefold()


def test_only_those_given_the_candidate_see_it(database: Database, of: Panelists) -> None:
    ann, bo = of.candidates["ann"], of.candidates["bo"]
    handed(database, of, "bo")
    one = keep_document(database, of.recruiter, ann, "cv.txt", CV)
    show_document(database, of.recruiter, one.key, 1)
    for candidate in (ann, "nobody"):
        with pytest.raises(NotAllowed, match="not yours to review"):
            blinded_documents(database, of.ada, candidate)
    assert blinded_documents(database, of.ada, bo) == ()
    for person in (of.ada, of.auditor, of.administrator):
        with pytest.raises(NotAllowed):
            documents(database, person, ann)
        with pytest.raises(NotAllowed):
            document_file(database, person, one.key)
        with pytest.raises(NotAllowed):
            keep_document(database, person, ann, "cv.txt", CV)
    with pytest.raises(NotAllowed):
        blinded_documents(database, of.recruiter, ann)


def test_the_same_again_changes_nothing(database: Database, of: Panelists) -> None:
    ann, key = of.candidates["ann"], new_key()
    one = keep_document(database, of.recruiter, ann, "cv.txt", CV, key=key)
    assert keep_document(database, of.recruiter, ann, "cv.txt", CV, key=key) == one
    assert keep_document(database, of.recruiter, ann, "again.txt", CV) == one
    assert len(documents(database, of.recruiter, ann)) == 1


def test_who_changed_it_meanwhile_is_not_overwritten(database: Database, of: Panelists) -> None:
    one = keep_document(database, of.recruiter, of.candidates["ann"], "cv.txt", CV)
    show_document(database, of.recruiter, one.key, 1)
    assert show_document(database, of.recruiter, one.key, 1).shown
    with pytest.raises(Conflict, match="in the meantime"):
        show_document(database, of.recruiter, one.key, 1, shown=False)
    assert not show_document(database, of.recruiter, one.key, 2, shown=False).shown


def test_what_cannot_be_kept(
    database: Database, of: Panelists, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = of.candidates["ann"]
    with pytest.raises(UnreadableFile, match="save it as DOCX or PDF"):
        keep_document(database, of.recruiter, ann, "cv.rtf", b"{\\rtf1 x}")
    with pytest.raises(UnknownName):
        keep_document(database, of.recruiter, "nobody", "cv.txt", CV)
    with pytest.raises(UnknownName):
        document_file(database, of.recruiter, "none")
    with pytest.raises(UnknownName):
        show_document(database, of.recruiter, "none", 1)
    monkeypatch.setattr(kept, "MOST_DOCUMENTS", 1)
    keep_document(database, of.recruiter, ann, "cv.txt", CV)
    with pytest.raises(StoreError, match="Remove one"):
        keep_document(database, of.recruiter, ann, "more.txt", b"More work.")


def test_removed_and_erased_documents_are_gone(database: Database, of: Panelists) -> None:
    ann, bo = of.candidates["ann"], of.candidates["bo"]
    one = keep_document(database, of.recruiter, ann, "cv.txt", CV)
    keep_document(database, of.recruiter, ann, "more.txt", b"More work of Ann Arbor.")
    keep_document(database, of.recruiter, bo, "cv.txt", CV)
    remove_document(database, of.recruiter, one.key)
    remove_document(database, of.recruiter, one.key)
    assert [d.document.name for d in documents(database, of.recruiter, ann)] == ["more.txt"]
    assert erase_candidate(database, of.administrator, ann).rows["documents"] == 1
    with database.reading() as connection:
        left = connection.execute(select(DOCUMENTS.c.candidate_id)).scalars().all()
        log = " ".join(f"{e.action} {e.subject} {e.detail}" for e in events(connection))
    assert left == [bo]
    assert "document kept" in log
    assert "document removed" in log
    assert "Arbor" not in log
    with pytest.raises(StoreError, match="was erased"):
        keep_document(database, of.recruiter, ann, "cv.txt", CV)


def test_nothing_is_added_to_a_closed_requisition(database: Database, of: Panelists) -> None:
    close_requisition(database, of.recruiter, of.requisition, 1)
    with pytest.raises(StoreError):
        keep_document(database, of.recruiter, of.candidates["ann"], "cv.txt", CV)
