from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy import text

from tests.ui.opened import words
from tests.ui.team import joined, opened_as, started, team_store
from toolkit.store import log
from toolkit.store.database import Database
from toolkit.store.rights import Role
from toolkit.ui.pages.log import page

__all__ = ["team_store"]


def test_an_auditor_reads_that_the_log_is_whole(team_store: Database) -> None:
    ada = started(team_store)
    auditor = joined(team_store, ada, Role.AUDITOR)
    test = opened_as(auditor, team_store, page)
    assert test.success[0].value.startswith("The log is whole: 3 events")
    shown = test.dataframe[0].value
    assert list(shown["What"]) == ["account made", "invited", "account made"]
    assert list(shown["Event"]) == [3, 2, 1]
    assert list(shown["Who"]) == [
        f"auditor {auditor.id[:8]}",
        f"administrator {ada.id[:8]}",
        f"administrator {ada.id[:8]}",
    ]
    head = test.code[0].value
    assert head == shown["Hash"][0]

    test.selectbox(key="log-action").set_value("invited").run()
    assert list(test.dataframe[0].value["Event"]) == [2]
    test.selectbox(key="log-action").set_value("").run()
    test.selectbox(key="log-actor").set_value(auditor.id).run()
    assert list(test.dataframe[0].value["Event"]) == [3]
    test.text_input(key="log-subject").input("nothing %").run()
    assert "No event fits" in words(test)

    test.text_input(key="noted-head").input(head.upper()).run()
    assert "the head noted earlier is among them" in test.success[0].value
    test.text_input(key="noted-head").input("0" * 64).run()
    assert "events at its end are missing" in test.error[0].value
    test.text_input(key="noted-head").input("not a hash").run()
    assert "64 characters" in test.warning[0].value


def test_a_broken_log_is_said_to_be_broken(team_store: Database) -> None:
    auditor = joined(team_store, started(team_store), Role.AUDITOR)
    test = opened_as(auditor, team_store, page)
    with team_store.writing() as connection:
        connection.execute(text("DROP TRIGGER events_no_update"))
        connection.execute(text("UPDATE events SET detail = '{}' WHERE seq = 2"))
    test = opened_as(auditor, team_store, page)
    assert "The log is broken at event 2: Its content is not" in test.error[0].value
    assert not test.success


def test_the_download_can_be_followed_without_this_program(team_store: Database) -> None:
    auditor = joined(team_store, started(team_store), Role.AUDITOR)
    previous = "0" * 64
    lines = list(log.log_lines(team_store, auditor))
    assert len(lines) == 3
    for line in lines:
        event = json.loads(line)
        assert event["previous"] == previous
        previous = event.pop("hash")
        rest = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(rest.encode()).hexdigest() == previous


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR}))
def test_others_are_refused(team_store: Database, role: Role) -> None:
    ada = started(team_store)
    somebody = ada if role is Role.ADMINISTRATOR else joined(team_store, ada, role)
    test = opened_as(somebody, team_store, page)
    assert f"As {role.value} you may not see the log" in words(test)
    assert not test.dataframe
    assert not test.code
