from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import words
from tests.ui.team import app_as, joined, started, team_store
from toolkit.store import people, sessions
from toolkit.store.database import Database
from toolkit.store.rights import Person, Role
from toolkit.ui import navigation, places
from toolkit.ui.components.not_open import not_open
from toolkit.ui.navigation import SECTIONS

__all__ = ["team_store"]

#: Written out once more, from the rules of the product and not from `toolkit.ui.places`.
NOT_FOR_RECRUITERS = {
    "Groups",
    "Alternatives",
    "Statutory tables",
    "Recheck a published table",
    "My reviews",
    "People",
    "Log",
}
HELP = "Catalogue and methods"
FOUND = {
    Role.ADMINISTRATOR: {"Requisitions", "People", HELP},
    Role.RECRUITER: {place.title for place in places.ALL} - NOT_FOR_RECRUITERS,
    Role.REVIEWER: {"My reviews", HELP},
    Role.AUDITOR: {
        "Groups",
        "Alternatives",
        "Statutory tables",
        "Recheck a published table",
        "Agreement",
        "Review sheets",
        "Log",
        "Requisitions",
        HELP,
    },
}


def test_every_place_is_in_one_section_in_the_order_of_the_work() -> None:
    assert tuple(place for pages in SECTIONS.values() for place in pages) == places.ALL


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_what_is_its_own(role: Role) -> None:
    somebody = Person("1", "Ann", "ann", role)
    assert {place.title for place in places.ALL if place.found_by(somebody)} == FOUND[role]


def test_alone_everything_is_there_that_needs_no_team() -> None:
    found = {place.title for place in places.ALL if place.found_by(None)}
    assert {"Start", "Candidates", "Groups", "Ranking"} <= found
    assert not {"Requisitions", "My reviews", "Panel", "People", "Log"} & found


@pytest.mark.parametrize("role", [None, *Role])
def test_every_page_of_others_says_whose_it_is(
    role: Role | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = Person("1", "Ann", "ann", role) if role else None
    shown: dict[str, bool] = {}
    drawn: dict[str, Callable[[], None]] = {}

    def page(place: places.Place, draw: Callable[[], None], *, shown_: bool) -> None:
        shown[place.title], drawn[place.title] = shown_, draw

    monkeypatch.setattr(
        places.Place, "page", lambda self, draw, shown=True: page(self, draw, shown_=shown)
    )
    monkeypatch.setattr(navigation, "calmly", lambda draw: draw)
    for pages in SECTIONS.values():
        for place, draw in pages.items():
            navigation._page(place, draw, somebody)
            own = place.found_by(somebody)
            assert shown[place.title] is own
            if not place.first:
                refused = getattr(drawn[place.title], "func", None) is not_open
                assert refused is not own


def test_the_first_page_is_where_the_work_is(team_store: Database) -> None:
    ada = started(team_store)
    assert "Requisitions" in words(app_as(ada, team_store))


def test_signing_out_leaves_nothing_on_the_page(team_store: Database) -> None:
    ada = started(team_store)
    test = app_as(joined(team_store, ada, Role.RECRUITER, "rita"), team_store)
    assert "Signed in as **Rita**, recruiter" in words(test)
    test.button(key="sign-out").click().run()
    assert "You are signed out" in words(test)
    assert "Rita" not in words(test)
    assert list(test.button) == []
    assert sessions.open_sessions(team_store, ada) == ()


@pytest.mark.parametrize("role", Role)
def test_an_ended_session_draws_no_page_at_any_address(team_store: Database, role: Role) -> None:
    ada = started(team_store)
    somebody = ada if role is Role.ADMINISTRATOR else joined(team_store, ada, role)
    test = app_as(somebody, team_store)
    assert somebody.name in words(test)
    sessions.end_all_of(team_store, ada, somebody.id)
    assert "You are signed out" in words(test.run())
    assert somebody.name not in words(test)


def test_another_role_changes_the_navigation_at_the_next_click(team_store: Database) -> None:
    ada = started(team_store)
    rev = joined(team_store, ada, Role.REVIEWER, "rev")
    test = app_as(rev, team_store)
    people.change_person(team_store, ada, rev.id, role=Role.AUDITOR)
    assert "Signed in as **Rev**, auditor" in words(test.run())


def test_without_its_store_the_app_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUTPROOF_DATABASE", "postgresql://nobody:secret@localhost:1/none")
    script = Path(__file__).parents[2] / "app.py"
    test = AppTest.from_file(str(script), default_timeout=60).run()
    assert "cannot be opened" in words(test)
    assert "secret" not in words(test)
    assert "What would a score change?" not in words(test)
