from __future__ import annotations

import pytest

from toolkit.errors import NotAllowed, StoreError, UnknownName
from toolkit.store import invitations, people, sessions
from toolkit.store.accounts import MOST_FAILURES
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, events
from toolkit.store.rights import Person, Role

SECRET = "four unrelated words"
OTHER = "some more unrelated words"


@pytest.fixture
def administrator(database: Database) -> Person:
    return people.make_first_administrator(database, "Ada", "ada@example.org", SECRET)


def test_an_invitation_says_what_it_is_for(database: Database, administrator: Person) -> None:
    token = people.invite(database, administrator, " Rev@Example.org", Role.REVIEWER)
    found = invitations.invitation(database, token)
    assert (found.sign_in, found.role, found.name) == ("rev@example.org", Role.REVIEWER, None)
    assert invitations.open_invitations(database, administrator) == (found,)
    people.accept_invitation(database, token, "Rev", SECRET)
    assert invitations.open_invitations(database, administrator) == ()
    with pytest.raises(StoreError, match="not open any more"):
        invitations.invitation(database, token)


def test_a_withdrawn_invitation_is_worthless(database: Database, administrator: Person) -> None:
    token = people.invite(database, administrator, "rev", Role.REVIEWER)
    key = invitations.invitation(database, token).id
    reviewer_token = people.invite(database, administrator, "other", Role.REVIEWER)
    reviewer = people.accept_invitation(database, reviewer_token, "Other", SECRET)
    with pytest.raises(NotAllowed):
        invitations.withdraw_invitation(database, reviewer, key)
    invitations.withdraw_invitation(database, administrator, key)
    invitations.withdraw_invitation(database, administrator, key)
    with pytest.raises(StoreError, match="not open any more"):
        people.accept_invitation(database, token, "Rev", SECRET)
    with database.reading() as connection:
        told = [event.action for event in events(connection)]
        assert check_log(connection).ok
    assert told.count("invitation withdrawn") == 1


def test_another_password_ends_the_rest_and_the_sessions(
    database: Database, administrator: Person
) -> None:
    session = sessions.begin(database, administrator)
    for _ in range(MOST_FAILURES):
        with pytest.raises(StoreError, match="not right"):
            people.sign_in(database, administrator.sign_in, "a wrong password")
    token = people.invite_again(database, administrator, administrator.id)
    assert invitations.invitation(database, token).name == "Ada"
    # It is not an invitation of somebody new.
    assert invitations.open_invitations(database, administrator) == ()
    assert people.accept_invitation(database, token, "ignored", OTHER) == administrator
    assert people.sign_in(database, administrator.sign_in, OTHER) == administrator
    with pytest.raises(StoreError, match="signed out"):
        sessions.person_of(database, session)
    with pytest.raises(UnknownName, match="no person"):
        people.invite_again(database, administrator, "nobody")


def test_changing_ones_own_password(database: Database, administrator: Person) -> None:
    with pytest.raises(StoreError, match="not right"):
        people.change_password(database, administrator, "a wrong password", OTHER)
    with pytest.raises(StoreError, match="12 to"):
        people.change_password(database, administrator, SECRET, "short")
    people.change_password(database, administrator, SECRET, OTHER)
    assert people.sign_in(database, administrator.sign_in, OTHER) == administrator
    with pytest.raises(StoreError, match="not right"):
        people.sign_in(database, administrator.sign_in, SECRET)


def test_a_provider_lets_in_who_is_known_or_invited(
    database: Database, administrator: Person
) -> None:
    assert people.sign_in_verified(database, "ADA@example.org", "Countess") == administrator
    with pytest.raises(StoreError, match=r"Nobody is expected under stranger@example\.org"):
        people.sign_in_verified(database, "stranger@example.org", "Stranger")
    people.invite(database, administrator, "rev@example.org", Role.REVIEWER)
    rev = people.sign_in_verified(database, "Rev@example.org", "Rev")
    assert (rev.name, rev.role) == ("Rev", Role.REVIEWER)
    assert invitations.open_invitations(database, administrator) == ()
    assert people.sign_in_verified(database, "rev@example.org", "Other") == rev
    # Without a password there is none to guess.
    for guess in ("", "None", SECRET):
        with pytest.raises(StoreError, match="not right"):
            people.sign_in(database, "rev@example.org", guess)
    people.change_person(database, administrator, rev.id, active=False)
    with pytest.raises(StoreError, match="closed"):
        people.sign_in_verified(database, "rev@example.org", "Rev")
