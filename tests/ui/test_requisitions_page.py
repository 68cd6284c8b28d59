from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

from tests.store.team import FOUR, SCREEN, keys, opening, upload
from tests.ui.on_requisition import requisitions_page
from tests.ui.opened import checked, opened, words
from tests.ui.team import joined, opened_as, started, team_store
from toolkit.store import cohorts, passwords
from toolkit.store.database import Database
from toolkit.store.decisions import decisions
from toolkit.store.requisitions import (
    change_requisition,
    hold,
    requisition,
    requisitions,
    retain_until,
)
from toolkit.store.rights import Person, Role
from toolkit.store.screens import keep_screen
from toolkit.ui.pages.requisitions import page

__all__ = ["team_store"]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing passwords is slow on purpose; tests have other things to do."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))


@pytest.fixture
def ada(team_store: Database) -> Person:
    return started(team_store)


@pytest.fixture
def rita(team_store: Database, ada: Person) -> Person:
    return joined(team_store, ada, Role.RECRUITER, "rita")


def test_working_alone_nothing_is_kept(team_store: Database) -> None:
    assert "Every requisition" not in words(opened(page))


def test_a_requisition_is_made_and_opened(team_store: Database, rita: Person) -> None:
    test = opened_as(rita, team_store, requisitions_page)
    assert "There is none yet" in words(test)
    test.text_input[0].input("Data engineer")
    test.text_area[0].input("SQL, patience")
    test = checked(test.button(key="make-requisition").click().run())
    (made,) = requisitions(team_store, rita)
    assert (made.title, made.criteria) == ("Data engineer", "SQL, patience")
    assert test.query_params["requisition"] == made.key
    assert "Data engineer" in words(test)
    test.button(key="put-away").click().run()
    assert "requisition" not in test.query_params


def test_a_title_is_needed(team_store: Database, rita: Person) -> None:
    test = opened_as(rita, team_store, requisitions_page)
    checked(test.button(key="make-requisition").click().run())
    assert "has no title" in words(test)


def test_opening_one_brings_everything_along(team_store: Database, rita: Person) -> None:
    made = opening(team_store, rita)
    keep_screen(team_store, rita, made.key, SCREEN, 0)
    test = opened_as(rita, team_store, requisitions_page)
    checked(test.button(key="open-requisition").click().run())
    work = test.session_state["workspace"]
    assert list(work.cohort.ids) == ["ann", "bo", "cy", "di"]
    assert list(work.cohort.groups.columns) == []
    assert (work.screen, work.criteria) == (SCREEN, "Runs our channels.")
    assert {one.label: one.value for one in test.metric} == {
        "Candidates": "4",
        "Reviews done": "None yet",
        "Decided": "0 of 4",
        "State": "Open",
    }


def decision_page(database: Database, by: Person) -> tuple[AppTest, str]:
    made = opening(database, by)
    keep_screen(database, by, made.key, SCREEN, 0)
    return opened_as(by, database, requisitions_page, requisition=made.key), made.key


def test_deciding_against_the_proposal_needs_a_reason(team_store: Database, rita: Person) -> None:
    test, key = decision_page(team_store, rita)
    ann = keys(team_store, rita, key)["ann"]
    # The two best portfolios are Cy's and Bo's.
    assert "The screen proposes: **not selected**" in words(test)
    test.radio(key=f"decision-{ann}-0-screen").set_value(True)
    send = "decide"
    checked(test.button(key=send).click().run())
    assert "The screen proposes otherwise" in words(test)
    assert decisions(team_store, rita, key) == {}
    test.text_area(key=f"reason-{ann}-0").input("Best interview by far")
    checked(test.button(key=send).click().run())
    (made,) = decisions(team_store, rita, key).values()
    assert (made.selected, made.is_override, made.reason) == (True, True, "Best interview by far")
    checked(test.button(key="decide-all").click().run())
    found = decisions(team_store, rita, key)
    chosen = {code for code, one in keys(team_store, rita, key).items() if found[one].selected}
    assert chosen == {"ann", "bo", "cy"}
    shown = test.dataframe[0].value
    assert list(shown["Decided"]) == ["selected", "selected", "selected", "not selected"]
    assert list(shown["Override"].fillna("")) == ["yes", "", "", ""]


def test_somebody_else_decides_in_the_meantime(team_store: Database, rita: Person) -> None:
    from toolkit.store.decisions import decide_about

    test, key = decision_page(team_store, rita)
    ann = keys(team_store, rita, key)["ann"]
    decide_about(team_store, rita, ann, True, 0, reason="Mine")
    test.radio(key=f"decision-{ann}-0-screen").set_value(False)
    test = test.button(key="decide").click().run()
    checked(test)
    # The page shows their decision; nothing was overwritten.
    assert decisions(team_store, rita, key)[ann].reason == "Mine"
    assert "because: Mine" in words(test)


def test_title_last_day_hold_and_closing(team_store: Database, rita: Person) -> None:
    from datetime import date

    made = opening(team_store, rita)
    test = opened_as(rita, team_store, requisitions_page, requisition=made.key)
    test.text_input(key="present-title-1").input("Writer")
    checked(test.button(key="save-wording").click().run())
    assert requisition(team_store, rita, made.key).title == "Writer"
    checked(test.date_input(key="retain-until-2").set_value(date(2020, 1, 31)).run())
    checked(test.button(key="save-day").click().run())
    assert "Past the last day on which they may be kept: “Writer”" in words(test)
    # A recruiter cannot delete it.
    assert not any(one.key == "delete" for one in test.button)
    checked(test.button(key="hold").click().run())
    assert "On legal hold" in words(test)
    checked(test.button(key="close").click().run())
    found = requisition(team_store, rita, made.key)
    assert (found.retain_until, found.legal_hold, found.is_closed) == ("2020-01-31", True, True)
    # Closed, there is nothing to decide any more.
    assert not any(one.key == "decide-all" for one in test.button)
    assert [one.label for one in test.button if one.key == "close"] == ["Open it again"]


def test_an_administrator_erases_and_deletes(
    team_store: Database, ada: Person, rita: Person
) -> None:
    made = opening(team_store, rita)
    retain_until(team_store, rita, made.key, 1, "2020-01-31")
    test = opened_as(ada, team_store, requisitions_page, requisition=made.key)
    assert test.session_state["workspace"].cohort is None
    assert "Ann Arbor" not in str(test.main)
    checked(test.text_input(key="data-code").input("nobody").run())
    assert "There is no candidate 'nobody'" in words(test).replace("\\", "")
    checked(test.text_input(key="data-code").input("di").run())
    send = "erase"
    checked(test.button(key=send).click().run())
    assert "That is not the code" in words(test)
    test.text_input(key="erase-code").input("di")
    checked(test.button(key=send).click().run())
    assert set(keys(team_store, rita, made.key)) == {"ann", "bo", "cy"}
    test.text_input(key="delete-title").input(made.title)
    checked(test.button(key="delete").click().run())
    assert requisitions(team_store, ada) == ()
    assert "requisition" not in test.query_params


def test_a_legal_hold_is_said(team_store: Database, ada: Person, rita: Person) -> None:
    made = opening(team_store, rita)
    hold(team_store, ada, made.key, 1, on=True)
    test = opened_as(ada, team_store, requisitions_page, requisition=made.key)
    checked(test.text_input(key="data-code").input("di").run())
    assert "nobody of this requisition can be erased" in words(test)
    assert not any(one.key == "erase" for one in test.button)


def test_an_auditor_reads_counts_and_groups(
    team_store: Database, ada: Person, rita: Person
) -> None:
    made = opening(team_store, rita)
    auditor = joined(team_store, ada, Role.AUDITOR)
    test = opened_as(auditor, team_store, requisitions_page, requisition=made.key)
    work = test.session_state["workspace"]
    assert list(work.cohort.groups.columns) == ["sex"]
    assert work.reading is None
    assert work.cohort.name_of("ann") == "ann"
    assert not any(one.key in ("close", "hold", "decide-all") for one in test.button)
    assert not test.text_input


def test_what_others_keep_comes_in(team_store: Database, ada: Person, rita: Person) -> None:
    made = opening(team_store, rita)
    test = opened_as(rita, team_store, requisitions_page, requisition=made.key)
    change_requisition(team_store, ada, made.key, 1, name="Other title", criteria="Other")
    cohorts.keep_cohort(team_store, rita, made.key, upload(FOUR + "ed,Ed Ix,9,1,M\n"), 1)
    keep_screen(team_store, rita, made.key, SCREEN, 0)
    checked(test.run())
    work = test.session_state["workspace"]
    assert len(work.cohort) == 5
    assert (work.criteria, work.screen) == ("Other", SCREEN)
    assert "were changed in the store" in words(test)


def test_an_erased_candidate_leaves_open_sessions(
    team_store: Database, ada: Person, rita: Person
) -> None:
    from toolkit.store.erasure import erase_candidate

    made = opening(team_store, rita)
    test = opened_as(rita, team_store, requisitions_page, requisition=made.key)
    erase_candidate(team_store, ada, keys(team_store, rita, made.key)["di"])
    checked(test.run())
    work = test.session_state["workspace"]
    assert "di" not in work.cohort.ids
    assert "Di Nightly" not in str([table.frame for table in work.reading.tables])
