"""Documents on what reviewers gave and people decided in the requisition that is open."""

from __future__ import annotations

import io
import zipfile

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from tests.store.panel_team import Panelists, handed, panelists, rated
from tests.store.team import SCREEN
from tests.ui.opened import checked, words
from tests.ui.team import opened_as, team_store
from toolkit.errors import NotAllowed
from toolkit.store.database import Database
from toolkit.store.decisions import Proposal, decide_about
from toolkit.store.panel import agree
from toolkit.store.screens import keep_screen
from toolkit.ui.brought import brought_to
from toolkit.ui.navigation import on_the_requisition
from toolkit.ui.pages import sheets
from toolkit.ui.state import Workspace

__all__ = ["team_store"]


def sheets_page() -> None:
    on_the_requisition(sheets.page)


@pytest.fixture
def of(team_store: Database) -> Panelists:
    """The screen takes Cy and Bo; Ann is through, and a person takes her forward, not Cy."""
    made = panelists(team_store)
    keep_screen(team_store, made.recruiter, made.requisition, SCREEN, 0)
    given = handed(team_store, made, "ann", "bo")
    for person, plan in zip(made.reviewers, (5, 5, 3), strict=True):
        rated(team_store, person, given[person.name, "ann"], plan, 4)
    rated(team_store, made.ada, given["Ada", "bo"], 1, 1)
    ann, cy = made.candidates["ann"], made.candidates["cy"]
    agree(team_store, made.recruiter, ann, "plan", 5, "Page 2 was overlooked.", 0)
    for key, forward in ((ann, True), (cy, False)):
        proposal = Proposal(not forward, "screen", SCREEN.digest)
        decide_about(
            team_store, made.recruiter, key, forward, 0, proposal=proposal, reason="The plan."
        )
    return made


def archive(test: AppTest) -> dict[str, str]:
    _, _, content = test.session_state["workspace"].kept["archive",]
    with zipfile.ZipFile(content.file) as files:
        pdfs = {name: files.read(name) for name in files.namelist() if name.endswith(".pdf")}
    return {
        name.removesuffix(".pdf").rsplit("-", 1)[-1]: " ".join(
            page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages
        )
        for name, pdf in pdfs.items()
    }


def test_sheets_of_those_taken_forward_are_filled_with_what_was_locked(
    of: Panelists, team_store: Database
) -> None:
    test = opened_as(of.recruiter, team_store, sheets_page, requisition=of.requisition)
    said = words(test).replace("\\", "")
    assert "1 candidate is through. 1 is still being reviewed" in said
    # Ann by decision, Bo by the screen; Cy was decided against.
    assert "As people decided. The screen alone takes 2, 1 of them the same." in said
    assert "Nobody has decided about 2 yet" in said
    assert any("The requisition's rubric: Two things" in one.label for one in test.expander)
    (title,) = [one for one in test.text_input if one.label == "Requisition"]
    assert title.value == "Social media manager"
    test.radio(key="sheet-blind").set_value("With names")
    checked(test.run())
    checked(test.button(key="sheets-make").click().run())
    made = archive(test)
    assert set(made) == {"ann", "bo"}
    assert "Seen in the work." in made["ann"]
    assert "Page 2 was overlooked." in made["ann"]
    assert "take forward" in made["ann"]
    assert "Seen in the work." not in made["bo"]
    checked(test.toggle(key="sheets-locked").set_value(False).run())
    checked(test.button(key="sheets-make").click().run())
    assert "Seen in the work." not in archive(test)["ann"]


def test_the_report_and_the_notice_say_what_people_decided(
    of: Panelists, team_store: Database
) -> None:
    test = opened_as(of.recruiter, team_store, sheets_page, requisition=of.requisition)
    assert test.radio(key="sheets-kind").options == [
        "Review sheet",
        "Notice to the candidate",
        "Requisition report",
        "Blank sheet",
    ]
    checked(test.radio(key="sheets-kind").set_value("Requisition report").run())
    (report,) = [
        v for k, v in test.session_state["workspace"].kept.items() if k[0] == "cohort-report"
    ]
    decided = {one.candidate_id: one for one in report.decided}
    assert (decided["ann"].overridden, decided["cy"].overridden) == (True, True)
    assert decided["bo"].person is None
    assert report.ranking is not None
    checked(test.radio(key="sheets-kind").set_value("Notice to the candidate").run())
    checked(test.button(key="sheets-make").click().run())
    assert "A person looked at this and decided: taken forward" in archive(test)["ann"]


def test_an_auditor_makes_reports_that_name_nobody(of: Panelists, team_store: Database) -> None:
    test = opened_as(of.auditor, team_store, sheets_page, requisition=of.requisition)
    assert test.radio(key="sheets-kind").options == [
        "Requisition report",
        "Adverse-impact report",
        "Blank sheet",
    ]
    assert "Candidates are counted in your report, and none is listed." in words(test)
    assert "Candidates are shown" not in [one.label for one in test.radio]
    kept = test.session_state["workspace"].kept
    (report,) = [value for key, value in kept.items() if key[0] == "cohort-report"]
    assert report.counted is not None
    assert (report.decided, report.names) == ((), ())
    assert [key for key in kept if key[0] == "page-one"]
    checked(test.radio(key="sheets-kind").set_value("Adverse-impact report").run())
    assert "Counts and figures of groups" in words(test)


def test_a_reviewer_makes_none(of: Panelists, team_store: Database) -> None:
    test = opened_as(of.recruiter, team_store, sheets_page, requisition=of.requisition)
    work: Workspace = test.session_state["workspace"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.ui.team.person", lambda: of.ada)
        with pytest.raises(NotAllowed, match="As reviewer you may not"):
            brought_to(work)
