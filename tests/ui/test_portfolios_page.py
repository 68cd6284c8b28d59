from __future__ import annotations

import pytest

from tests.intake.documents.made import DATA
from tests.store.panel_team import Panelists, handed, panelists
from tests.ui.opened import agency, at_work, checked, opened, words
from tests.ui.team import opened_as, team_store
from toolkit.store.database import Database
from toolkit.store.documents import blinded_documents, documents, keep_document
from toolkit.ui.opened_requisition import follow
from toolkit.ui.pages import portfolios
from toolkit.ui.pages.portfolios import page
from toolkit.ui.state import Workspace, workspace

__all__ = ["team_store"]
TEXT = b"Person 1\nperson1@mail.example\nRaised sales from 2 % to 5 % in 2014; she led it.\n"


def on_the_requisition() -> None:
    follow(workspace())
    portfolios.page()


on_the_requisition.__module__ = __name__


def said(test: object) -> str:
    return words(test).replace("\\", "").replace("\u2060", "")  # type: ignore[arg-type]


def test_an_uploaded_document_beside_its_copy() -> None:
    test = opened(page)
    assert "Real work instead of scores" in said(test)
    test.file_uploader[0].upload("cv.txt", TEXT, "text/plain")
    test.run()
    checked(test.button(key="documents--read").click().run())
    assert test.text_input[0].value == ""
    assert "names were not withheld" in said(test)
    checked(test.text_input[0].input("Person 1; Perry").run())
    shown = said(test)
    assert "person1@mail.example" in shown
    assert ":gray-background[name withheld]" in shown
    assert ":gray-background[e-mail withheld]" in shown
    changes = test.dataframe[0].value
    assert changes["Change"].tolist() == ["+3 points (+150 %)"]
    assert "she led it" in shown
    checked(test.toggle[0].set_value(True).run())
    assert "they led it" in said(test)
    checked(next(b for b in test.button if b.label == "Take this document out").click().run())
    assert len(test.dataframe) == 0


def test_documents_belong_to_the_chosen_candidate() -> None:
    work = at_work(agency(3))
    test = opened(page, work)
    test.file_uploader[0].upload("cv.txt", TEXT, "text/plain")
    test.run()
    checked(test.button(key="documents-C-0001-read").click().run())
    assert test.text_input[0].value == "Person 1"
    assert [one.name for one in work.portfolios["C-0001"]] == ["cv.txt"]
    checked(test.selectbox[0].set_value("C-0002").run())
    assert len(test.dataframe) == 0
    checked(test.selectbox[0].set_value("C-0001").run())
    assert len(test.dataframe) > 0


def test_a_file_that_cannot_be_read_says_what_to_do() -> None:
    test = opened(page)
    test.file_uploader[0].upload("cv.rtf", b"{\\rtf1 x}", "application/rtf")
    test.run()
    checked(test.button(key="documents--read").click().run())
    assert "save it as DOCX or PDF" in said(test)


def test_a_resume_names_its_owner() -> None:
    work = Workspace()
    test = opened(page, work)
    data = (DATA / "documents" / "jrs_jane-fullstacker.json").read_bytes()
    test.file_uploader[0].upload("jane.json", data, "application/json")
    test.run()
    checked(test.button(key="documents--read").click().run())
    assert test.text_input[0].value == "Jane Q. Fullstacker"
    assert "Withheld: name (" in said(test)


@pytest.fixture
def of(team_store: Database) -> Panelists:
    return panelists(team_store)


def test_a_team_needs_a_requisition_first(of: Panelists, team_store: Database) -> None:
    test = opened_as(of.recruiter, team_store, page)
    assert "Open a requisition first" in said(test)


def test_a_recruiter_keeps_a_document_and_opens_it_to_reviewers(
    of: Panelists, team_store: Database
) -> None:
    handed(team_store, of, "ann")
    ann = of.candidates["ann"]
    test = opened_as(of.recruiter, team_store, on_the_requisition, requisition=of.requisition)
    test.file_uploader[0].upload("cv.txt", b"Ann Arbor, Annie\nSales +35 %", "text/plain")
    test.text_input[0].input("Annie")
    test.run()
    checked(test.button(key=f"documents-{ann}-read").click().run())
    (one,) = documents(team_store, of.recruiter, ann)
    assert one.blinded.text == "[name withheld], [name withheld]\nSales +35 %"
    assert blinded_documents(team_store, of.ada, ann) == ()
    toggle = next(t for t in test.toggle if t.label.startswith("I have read"))
    checked(toggle.set_value(True).run())
    assert len(blinded_documents(team_store, of.ada, ann)) == 1
    checked(test.button(key=f"remove-{one.key}").click().run())
    assert documents(team_store, of.recruiter, ann) == ()


def test_kept_documents_are_there_for_the_next_recruiter(
    of: Panelists, team_store: Database
) -> None:
    keep_document(team_store, of.recruiter, of.candidates["ann"], "cv.txt", b"Sales +35 %")
    test = opened_as(of.recruiter, team_store, on_the_requisition, requisition=of.requisition)
    assert "Figures to check" in said(test)
    test = opened_as(of.ada, team_store, page)
    assert "cv.txt" not in said(test)
