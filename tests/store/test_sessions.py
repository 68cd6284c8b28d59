from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from toolkit.errors import NotAllowed, SignedOut, StoreError, UnknownName
from toolkit.store import people, sessions
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, events
from toolkit.store.rights import Person, Role
from toolkit.store.tables import SESSIONS

SECRET = "four unrelated words"


@pytest.fixture
def administrator(database: Database) -> Person:
    return people.make_first_administrator(database, "Ada", "ada@example.org", SECRET)


def joined(database: Database, by: Person, role: Role) -> Person:
    token = people.invite(database, by, role.value, role)
    return people.accept_invitation(database, token, role.value, SECRET)


def moved(database: Database, **columns: timedelta) -> None:
    """Every session as if its times were this far from now."""
    times = {name: (datetime.now(UTC) + by).isoformat() for name, by in columns.items()}
    with database.writing() as connection:
        connection.execute(update(SESSIONS).values(**times))


def test_somebody_signs_in_works_and_signs_out(database: Database, administrator: Person) -> None:
    token = sessions.begin(database, administrator)
    assert sessions.person_of(database, token) == administrator
    assert [one.person for one in sessions.open_sessions(database, administrator)] == [
        administrator.id
    ]
    sessions.end(database, token)
    with pytest.raises(SignedOut, match="signed out"):
        sessions.person_of(database, token)
    assert sessions.open_sessions(database, administrator) == ()
    with database.reading() as connection:
        assert [event.action for event in events(connection)][-1] == "signed out"
        assert check_log(connection).ok


@pytest.mark.parametrize("token", [None, "", "made up"])
def test_nobody_is_signed_in(database: Database, administrator: Person, token: str | None) -> None:
    with pytest.raises(SignedOut):
        sessions.person_of(database, token)
    sessions.end(database, token or "")


def test_the_token_is_not_kept(database: Database, administrator: Person) -> None:
    token = sessions.begin(database, administrator)
    with database.reading() as connection:
        kept = str(connection.execute(select(SESSIONS)).all()) + str(list(events(connection)))
    assert token not in kept


def test_a_session_lasts_a_working_day(database: Database, administrator: Person) -> None:
    token = sessions.begin(database, administrator)
    moved(database, expires_at=timedelta(seconds=30))
    assert sessions.person_of(database, token) == administrator
    moved(database, expires_at=-timedelta(seconds=1))
    with pytest.raises(SignedOut):
        sessions.person_of(database, token)
    # What ran out is swept away with the next sign-in.
    sessions.begin(database, administrator)
    with database.reading() as connection:
        assert len(connection.execute(select(SESSIONS)).all()) == 1


def test_an_unused_session_runs_out_sooner(database: Database, administrator: Person) -> None:
    token = sessions.begin(database, administrator)
    moved(database, seen_at=-sessions.IDLE + timedelta(minutes=1))
    assert sessions.person_of(database, token) == administrator
    # Having been used, it lasts again.
    seen = sessions.open_sessions(database, administrator)[0].seen_at
    assert datetime.fromisoformat(seen) > datetime.now(UTC) - timedelta(minutes=1)
    moved(database, seen_at=-sessions.IDLE - timedelta(seconds=1))
    with pytest.raises(SignedOut):
        sessions.person_of(database, token)
    assert sessions.open_sessions(database, administrator) == ()


def test_another_role_counts_at_once(database: Database, administrator: Person) -> None:
    somebody = joined(database, administrator, Role.REVIEWER)
    token = sessions.begin(database, somebody)
    people.change_person(database, administrator, somebody.id, role=Role.AUDITOR)
    assert sessions.person_of(database, token).role is Role.AUDITOR


def test_a_closed_account_is_signed_out(database: Database, administrator: Person) -> None:
    somebody = joined(database, administrator, Role.REVIEWER)
    token = sessions.begin(database, somebody)
    people.change_person(database, administrator, somebody.id, active=False)
    with pytest.raises(SignedOut):
        sessions.person_of(database, token)
    with pytest.raises(StoreError, match="closed"):
        sessions.begin(database, somebody)
    # Opened again, they sign in anew.
    people.change_person(database, administrator, somebody.id, active=True)
    with pytest.raises(SignedOut):
        sessions.person_of(database, token)


def test_who_may_end_sessions(database: Database, administrator: Person) -> None:
    somebody = joined(database, administrator, Role.REVIEWER)
    tokens = [sessions.begin(database, somebody) for _ in range(2)]
    own = sessions.begin(database, administrator)
    with pytest.raises(NotAllowed):
        sessions.end_all_of(database, somebody, administrator.id)
    with pytest.raises(NotAllowed):
        sessions.open_sessions(database, somebody)
    assert sessions.end_all_of(database, administrator, somebody.id) == 2
    for token in tokens:
        with pytest.raises(SignedOut):
            sessions.person_of(database, token)
    assert sessions.person_of(database, own) == administrator
    sessions.begin(database, somebody)
    assert sessions.end_all_of(database, somebody, somebody.id) == 1
    with pytest.raises(UnknownName, match="no person"):
        sessions.end_all_of(database, administrator, "nobody")
