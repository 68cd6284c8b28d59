from __future__ import annotations

import pytest
from sqlalchemy import select, update

from toolkit.errors import Conflict, NotAllowed, StoreError, UnknownName
from toolkit.store import accounts, people
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, events
from toolkit.store.rights import Person, Role
from toolkit.store.tables import INVITATIONS, PEOPLE

SECRET = "four unrelated words"


@pytest.fixture
def administrator(database: Database) -> Person:
    return people.make_first_administrator(database, "Ada", "Ada@Example.org", SECRET)


def joined(database: Database, by: Person, sign_in: str, role: Role) -> Person:
    token = people.invite(database, by, sign_in, role)
    return people.accept_invitation(database, token, sign_in.title(), SECRET)


def test_the_first_visitor_becomes_administrator(database: Database) -> None:
    assert people.is_empty(database)
    made = people.make_first_administrator(database, " Ada  L ", "Ada@Example.org", SECRET)
    assert (made.name, made.sign_in, made.role) == ("Ada L", "ada@example.org", Role.ADMINISTRATOR)
    assert not people.is_empty(database)
    assert people.sign_in(database, "ADA@example.org ", SECRET) == made
    with pytest.raises(Conflict, match="already"):
        people.make_first_administrator(database, "Bo", "bo", SECRET)


def test_an_invitation_is_taken_up_once(database: Database, administrator: Person) -> None:
    token = people.invite(database, administrator, "rev@example.org", Role.REVIEWER)
    person = people.accept_invitation(database, token, "Rev", SECRET)
    assert person.role is Role.REVIEWER
    assert people.sign_in(database, "rev@example.org", SECRET) == person
    with pytest.raises(StoreError, match="not open any more"):
        people.accept_invitation(database, token, "Rev", SECRET)
    with pytest.raises(StoreError, match="not open any more"):
        people.accept_invitation(database, "made up", "Rev", SECRET)


def test_an_invitation_runs_out(database: Database, administrator: Person) -> None:
    token = people.invite(database, administrator, "rev", Role.REVIEWER)
    with database.writing() as connection:
        connection.execute(update(INVITATIONS).values(expires_at="2020-01-01T00:00:00+00:00"))
    with pytest.raises(StoreError, match="not open any more"):
        people.accept_invitation(database, token, "Rev", SECRET)


def test_neither_password_nor_token_is_kept(database: Database, administrator: Person) -> None:
    token = people.invite(database, administrator, "rev", Role.REVIEWER)
    with database.reading() as connection:
        kept = str(connection.execute(select(PEOPLE)).all())
        kept += str(connection.execute(select(INVITATIONS)).all())
        kept += str(list(events(connection)))
    assert "$argon2id$" in kept
    assert SECRET not in kept
    assert token not in kept


def test_the_log_names_no_person(database: Database, administrator: Person) -> None:
    joined(database, administrator, "rev@example.org", Role.REVIEWER)
    with database.reading() as connection:
        told = str(list(events(connection)))
        assert check_log(connection).ok
    assert "rev@example.org" not in told
    assert "Ada" not in told


def test_wrong_passwords_rest_the_account(database: Database, administrator: Person) -> None:
    for _ in range(accounts.MOST_FAILURES):
        with pytest.raises(StoreError, match="not right"):
            people.sign_in(database, administrator.sign_in, "a wrong password")
    with pytest.raises(StoreError, match="rests"):
        people.sign_in(database, administrator.sign_in, SECRET)
    with database.writing() as connection:
        connection.execute(update(PEOPLE).values(locked_until="2020-01-01T00:00:00+00:00"))
    assert people.sign_in(database, administrator.sign_in, SECRET) == administrator


def test_nobody_is_told_which_accounts_there_are(database: Database, administrator: Person) -> None:
    said = []
    for name in (administrator.sign_in, "stranger"):
        with pytest.raises(StoreError) as caught:
            people.sign_in(database, name, "a wrong password")
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_only_administrators_change_people(database: Database, administrator: Person) -> None:
    reviewer = joined(database, administrator, "rev", Role.REVIEWER)
    with pytest.raises(NotAllowed):
        people.invite(database, reviewer, "friend", Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        people.people(database, reviewer)
    with pytest.raises(NotAllowed):
        people.change_person(database, reviewer, reviewer.id, role=Role.ADMINISTRATOR)
    changed = people.change_person(database, administrator, reviewer.id, role=Role.AUDITOR)
    assert changed.role is Role.AUDITOR
    assert {one.sign_in for one in people.people(database, administrator)} == {
        "ada@example.org",
        "rev",
    }


def test_a_closed_account_cannot_sign_in(database: Database, administrator: Person) -> None:
    reviewer = joined(database, administrator, "rev", Role.REVIEWER)
    people.change_person(database, administrator, reviewer.id, active=False)
    with pytest.raises(StoreError, match="closed"):
        people.sign_in(database, "rev", SECRET)


@pytest.mark.parametrize("change", [{"role": Role.AUDITOR}, {"active": False}])
def test_somebody_is_left_to_administrate(
    database: Database, administrator: Person, change: dict
) -> None:
    with pytest.raises(StoreError, match="Nobody would be left"):
        people.change_person(database, administrator, administrator.id, **change)
    joined(database, administrator, "second", Role.ADMINISTRATOR)
    people.change_person(database, administrator, administrator.id, **change)


def test_unknown_people_and_taken_names(database: Database, administrator: Person) -> None:
    with pytest.raises(UnknownName, match="no person"):
        people.change_person(database, administrator, "nobody", active=False)
    with pytest.raises(Conflict, match="already"):
        people.invite(database, administrator, "ADA@example.org", Role.REVIEWER)


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("short", "12 to"),
        ("ada@example.org", "easy to guess"),
        ("aaaaaaaaaaaaaaa", "easy to guess"),
        ("x" * 1001, "12 to"),
    ],
)
def test_passwords_that_cannot_be_used(database: Database, password: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        people.make_first_administrator(database, "Ada", "ada@example.org", password)
    assert people.is_empty(database)


def test_an_account_needs_a_name(database: Database) -> None:
    with pytest.raises(StoreError, match="both a name"):
        people.make_first_administrator(database, " ", "ada", SECRET)
