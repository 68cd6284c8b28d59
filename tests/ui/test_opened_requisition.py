"""What the pages keep in the store while a requisition is open."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

from tests.store.team import FOUR, SCREEN, keys, opening
from tests.ui.on_requisition import (
    calm_candidates_page,
    candidates_page,
    handing_out_page,
    inflation_page,
    requisitions_page,
    screen_page,
    start_page,
)
from tests.ui.opened import checked, words
from tests.ui.team import joined, opened_as, started, team_store
from toolkit.store import passwords
from toolkit.store.candidates import candidates
from toolkit.store.cohorts import cohorts, upload_of
from toolkit.store.database import Database
from toolkit.store.decisions import decide_about
from toolkit.store.dismissals import dismissals
from toolkit.store.issued_sheets import issued_sheets
from toolkit.store.requisitions import close_requisition, make_requisition
from toolkit.store.rights import Person, Role
from toolkit.store.screens import keep_screen, screens

__all__ = ["team_store"]
#: Two follow far more than they are followed.
FLAGGED = (
    "candidate_id,klout,portfolio,twitter_followers,twitter_following,twitter_posts\n"
    "ann,60,2,100000,150000,12\nbo,55,3,400,200,900\ncy,40,5,500,300,1200\ndi,30,1,800,250,700\n"
)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing passwords is slow on purpose; tests have other things to do."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))


@pytest.fixture
def rita(team_store: Database) -> Person:
    return joined(team_store, started(team_store), Role.RECRUITER, "rita")


def upload(test: AppTest, content: str) -> AppTest:
    """The page after a file was chosen."""
    uploader = next(one for one in test.file_uploader if one.label == "Candidate files")
    checked(uploader.set_value([("four.csv", content.encode(), "text/csv")]).run())
    return checked(
        next(one for one in test.button if one.label == "Read these files").click().run()
    )


def codes(database: Database, by: Person, requisition: str) -> set[str]:
    found = candidates(database, by, requisition)
    return {one.code for one in found if one.withdrawn_at is None}


def test_an_upload_is_kept(team_store: Database, rita: Person) -> None:
    made = make_requisition(team_store, rita, "Writer")
    test = opened_as(rita, team_store, candidates_page, requisition=made.key)
    test = upload(test, FOUR)
    assert "Kept in “Writer”, version 1" in words(test)
    assert codes(team_store, rita, made.key) == {"ann", "bo", "cy", "di"}
    # Groups are kept for the auditor; whoever decides does not have them.
    assert list(test.session_state["workspace"].cohort.groups.columns) == []
    assert "**Kept apart:** sex. An auditor sees them" in words(test)
    _, kept = upload_of(team_store, rita, made.key) or pytest.fail("nothing")
    assert list(kept.cohort().groups.columns) == ["sex"]
    checked(test.run())
    assert len(cohorts(team_store, rita, made.key)) == 1


def test_nobody_is_lost_without_a_word(team_store: Database, rita: Person) -> None:
    made = opening(team_store, rita)
    di = keys(team_store, rita, made.key)["di"]
    decide_about(team_store, rita, di, False, 0, reason="Withdrew")
    test = opened_as(rita, team_store, candidates_page, requisition=made.key)
    test = upload(test, "".join(FOUR.splitlines(keepends=True)[:4]))
    assert "would be missing: 'di'" in words(test).replace("\\", "")
    assert len(cohorts(team_store, rita, made.key)) == 1
    checked(test.button(key="withdrawn").click().run())
    assert codes(team_store, rita, made.key) == {"ann", "bo", "cy"}
    assert "version 2" in words(test)


def test_a_closed_requisition_keeps_nothing(team_store: Database, rita: Person) -> None:
    made = make_requisition(team_store, rita, "Writer")
    close_requisition(team_store, rita, made.key, 1)
    test = opened_as(rita, team_store, candidates_page, requisition=made.key)
    test = upload(test, FOUR)
    assert "is closed, so these candidates are not kept" in words(test)
    assert cohorts(team_store, rita, made.key) == ()


def test_a_screen_is_kept_when_asked(team_store: Database, rita: Person) -> None:
    made = opening(team_store, rita)
    keep_screen(team_store, rita, made.key, SCREEN, 0)
    test = opened_as(rita, team_store, screen_page, requisition=made.key)
    assert "Kept in “Social media manager”, version 1" in words(test)
    work = test.session_state["workspace"]
    work.take_screen(SCREEN.changed(places=3))
    test = checked(test.run())
    # Changed and not kept, it stays as it is here, whatever the store holds.
    assert test.session_state["workspace"].screen.places == 3
    checked(test.button(key="keep-screen").click().run())
    assert [one.screen.places for one in screens(team_store, rita, made.key)] == [3, 2]
    assert not any(one.key == "keep-screen" for one in test.button)


def test_two_people_change_the_screen(team_store: Database, rita: Person) -> None:
    made = opening(team_store, rita)
    keep_screen(team_store, rita, made.key, SCREEN, 0)
    test = opened_as(rita, team_store, screen_page, requisition=made.key)
    test.session_state["workspace"].take_screen(SCREEN.changed(places=3))
    keep_screen(team_store, rita, made.key, SCREEN.changed(places=1), 1)
    test = checked(test.run())
    checked(test.button(key="keep-screen").click().run())
    assert "Somebody has kept another screen" in words(test)
    assert [one.screen.places for one in screens(team_store, rita, made.key)] == [1, 2]


def test_a_dismissal_and_the_criteria_are_kept(team_store: Database, rita: Person) -> None:
    made = make_requisition(team_store, rita, "Writer")
    test = upload(opened_as(rita, team_store, candidates_page, requisition=made.key), FLAGGED)
    work = test.session_state["workspace"]
    test = opened_as(rita, team_store, inflation_page, requisition=made.key, work=work)
    reason = next(one for one in test.text_input if one.label.startswith("Dismiss this flag"))
    # Whoever is signed in is not asked who they are.
    assert not any(one.label == "Dismissed by" for one in test.text_input)
    reason.input("The newsroom's account.")
    send = next(one for one in test.button if one.label == "Dismiss the flag")
    test = checked(send.click().run())
    (kept,) = dismissals(team_store, rita, made.key).values()
    assert (kept.reason, kept.reviewer) == ("The newsroom's account.", "Rita")
    back = next(one for one in test.button if one.label == "Take the dismissal back")
    checked(back.click().run())
    assert dismissals(team_store, rita, made.key) == {}


def test_sheets_that_are_handed_out_are_noted(team_store: Database, rita: Person) -> None:
    made = opening(team_store, rita)
    test = opened_as(rita, team_store, handing_out_page, requisition=made.key)
    checked(test.run())
    noted = {one.sha256: one.candidate for one in issued_sheets(team_store, rita, made.key)}
    ann = keys(team_store, rita, made.key)["ann"]
    assert noted == {"a" * 64: ann, "b" * 64: None}
    test = opened_as(rita, team_store, requisitions_page, requisition=made.key)
    assert any("SHA-256 of the file" in one.value.columns for one in test.dataframe)


def test_a_sample_is_nobodys_requisition(team_store: Database, rita: Person) -> None:
    made = opening(team_store, rita)
    test = opened_as(rita, team_store, start_page, requisition=made.key)
    assert test.session_state["workspace"].opened.key == made.key
    checked(test.button(key="forget").click().run())
    assert test.session_state["workspace"].opened is None
    assert "requisition" not in test.query_params


def test_a_requisition_that_is_not_there(team_store: Database, rita: Person) -> None:
    test = opened_as(rita, team_store, calm_candidates_page, requisition="made-up")
    assert "is not open to you, or is not there any more" in words(test).replace("\\", "")
