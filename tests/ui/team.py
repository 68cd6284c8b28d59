"""Pages as somebody of a team opens them.

A page is opened as a person on a store::

    from tests.ui.team import joined, opened_as, started, team_store  # team_store: a fixture

    def test_somebody(team_store: Database) -> None:
        ada = started(team_store)                           # the first administrator
        rita = joined(team_store, ada, Role.RECRUITER)      # "recruiter@example.org"
        test = opened_as(rita, team_store, requisitions.page, requisition=key)
        test.button(key="…").click().run()                  # still Rita
        checked(test)                                       # no fault on the page

``team_store`` is an empty SQLite store which ``toolkit.ui.team.store()`` opens, too. Pages
opened in turn as different people do not disturb each other. ``signed_out(page)`` opens one
with a token that means nothing. ``app_as(rita, team_store)`` opens the whole app, with navigation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import checked
from toolkit.store import people, sessions
from toolkit.store.address import VARIABLE
from toolkit.store.database import Database
from toolkit.store.rights import Person, Role
from toolkit.ui import team
from toolkit.ui.state import Workspace

SECRET = "four unrelated words"


@pytest.fixture
def team_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An empty store of its own, the one that the pages open."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "team.db"))
    yield team.store()
    team.close_stores()


def started(database: Database) -> Person:
    """The first administrator."""
    return people.make_first_administrator(database, "Ada", "ada@example.org", SECRET)


def joined(database: Database, by: Person, role: Role, name: str = "") -> Person:
    """Somebody who took up an invitation; signs in with name@example.org and `SECRET`."""
    name = name or role.value
    token = people.invite(database, by, f"{name}@example.org", role)
    return people.accept_invitation(database, token, name.title(), SECRET)


def opened_as(
    somebody: Person,
    database: Database,
    page: Callable[[], None],
    *,
    requisition: str | None = None,
    work: Workspace | None = None,
) -> AppTest:
    """The page after its first run; a fault on it fails the test with its traceback.

    Parameters
    ----------
    requisition : str, optional
        Key of the requisition that stands in the address.
    work : Workspace, optional
        What the browser session holds already.
    """
    token = sessions.begin(database, somebody)
    return checked(_opened(page, token, requisition, work).run())


def signed_out(page: Callable[[], None], requisition: str | None = None) -> AppTest:
    """The page as an unknown browser asks for it, not checked for faults."""
    return _opened(page, "made up", requisition, None).run()


def app_as(somebody: Person, database: Database) -> AppTest:
    """The whole app at its bare address, with navigation."""
    script = Path(__file__).parents[2] / "app.py"
    test = AppTest.from_file(str(script), default_timeout=60)
    return checked(_with_cookie(test, sessions.begin(database, somebody)).run())


def _opened(
    page: Callable[[], None], token: str, requisition: str | None, work: Workspace | None
) -> AppTest:
    name = page.__name__
    script = f"from {page.__module__} import {name}\n{name}()\n"
    test = AppTest.from_string(script, default_timeout=60)
    test.session_state["workspace"] = work or Workspace()
    if requisition is not None:
        test.query_params["requisition"] = requisition
    return _with_cookie(test, token)


def _with_cookie(test: AppTest, token: str) -> AppTest:
    run = test._run

    def run_with_cookie(*arguments: Any, **named: Any) -> AppTest:
        with mock.patch.object(team, "token", return_value=token):
            return run(*arguments, **named)

    test._run = run_with_cookie  # type: ignore[method-assign]
    return test
