from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import insert, update

from tests.ui.opened import words
from tests.ui.team import joined, opened_as, signed_out, started, team_store
from toolkit.errors import NotAllowed, SignedOut
from toolkit.store import people
from toolkit.store.database import Database
from toolkit.store.event_log import now
from toolkit.store.rights import Person, Role
from toolkit.store.tables import REQUISITIONS, SESSIONS
from toolkit.ui import team
from toolkit.ui.faults import shown_in_place

__all__ = ["team_store"]


def who() -> None:
    """A page that says who is there, and on what."""
    with shown_in_place():
        somebody = team.person()
        st.markdown(somebody.name if somebody else "alone")
        st.markdown(team.requisition() or "none")
        if st.button("Put it down", key="down"):
            team.open_requisition(None)


def requisition(database: Database, key: str) -> str:
    with database.writing() as connection:
        connection.execute(
            insert(REQUISITIONS).values(
                id=key, title=key, criteria="", made_at=now(), legal_hold=False, version=1
            )
        )
    return key


def test_two_people_open_the_same_page(team_store: Database) -> None:
    ada = started(team_store)
    rita = joined(team_store, ada, Role.RECRUITER, "rita")
    key = requisition(team_store, "first")
    as_ada = opened_as(ada, team_store, who)
    as_rita = opened_as(rita, team_store, who, requisition=key)
    assert words(as_ada).split() == ["Ada", "none"]
    assert words(as_rita).split() == ["Rita", "first"]
    as_rita.query_params.clear()
    assert words(as_rita.run()).split() == ["Rita", "first"]
    as_rita.button(key="down").click().run()
    assert words(as_rita.run()).split() == ["Rita", "none"]
    assert words(as_ada.run()).split() == ["Ada", "none"]


def test_alone_until_somebody_has_an_account(team_store: Database) -> None:
    assert not team.is_team()
    assert words(signed_out(who, "made up")).split() == ["alone", "none"]
    started(team_store)
    assert team.is_team()
    with pytest.raises(SignedOut):
        team.person()


def test_asking_makes_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUTPROOF_DATABASE", str(tmp_path / "none.db"))
    assert not team.is_team()
    assert team.person() is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("column", ["expires_at", "seen_at"])
def test_a_session_that_ran_out_ends_an_open_page(team_store: Database, column: str) -> None:
    test = opened_as(started(team_store), team_store, who)
    with team_store.writing() as connection:
        connection.execute(update(SESSIONS).values({column: "2020-01-01T00:00:00+00:00"}))
    test.run()
    assert "You are signed out" in words(test)
    assert "Ada" not in words(test)


def test_a_closed_account_ends_an_open_page(team_store: Database) -> None:
    ada = started(team_store)
    test = opened_as(joined(team_store, ada, Role.RECRUITER), team_store, who)
    key = next(one.id for one in people.people(team_store, ada) if one.role is Role.RECRUITER)
    people.change_person(team_store, ada, key, active=False)
    assert "You are signed out" in words(test.run())


def test_a_requisition_that_is_not_there_or_not_ones_own(team_store: Database) -> None:
    ada = started(team_store)
    reviewer = joined(team_store, ada, Role.REVIEWER)
    key = requisition(team_store, "first")
    said = []
    for somebody, wanted in ((ada, "made up"), (reviewer, "made up"), (reviewer, key)):
        test = opened_as(somebody, team_store, who)
        test.query_params["requisition"] = wanted
        said.append(test.run().error[0].value)
    assert len(set(said)) == 1
    assert "not open to you" in said[0]


def test_nothing_of_one_person_is_left_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    team.leave_nothing_of_others(None)
    state["workspace"] = "alone"
    team.leave_nothing_of_others(None)
    assert state["workspace"] == "alone"
    team.leave_nothing_of_others(Person("a", "Ada", "ada", Role.RECRUITER))
    assert "workspace" not in state
    state["workspace"] = "Ada's"
    team.leave_nothing_of_others(Person("a", "Ada", "ada", Role.RECRUITER))
    assert state["workspace"] == "Ada's"
    team.leave_nothing_of_others(Person("b", "Bo", "bo", Role.RECRUITER))
    assert "workspace" not in state


def test_not_allowed_is_a_refusal_that_pages_show() -> None:
    assert issubclass(SignedOut, NotAllowed)
