from __future__ import annotations

import pytest

from tests.ui.opened import words
from tests.ui.team import SECRET, joined, opened_as, signed_out, started, team_store
from toolkit.errors import SignedOut, StoreError
from toolkit.store import invitations, people, sessions
from toolkit.store.database import Database
from toolkit.store.rights import Role
from toolkit.ui.pages.people import page

__all__ = ["team_store"]


def test_inviting_somebody_shows_the_link_once(team_store: Database) -> None:
    test = opened_as(started(team_store), team_store, page)
    test.text_input(key="invite-address").input("Rev@Example.org")
    test.radio(key="invite-role").set_value("auditor")
    test.button(key="invite-send").click().run()
    link = test.code[0].value
    token = link.rsplit("invitation/", 1)[1]
    person = people.accept_invitation(team_store, token, "Rev", SECRET)
    assert (person.sign_in, person.role) == ("rev@example.org", Role.AUDITOR)
    test.run()
    assert not test.code
    assert token not in words(test)


def test_an_invitation_is_withdrawn(team_store: Database) -> None:
    ada = started(team_store)
    token = people.invite(team_store, ada, "rev@example.org", Role.REVIEWER)
    test = opened_as(ada, team_store, page)
    test.button(key="withdraw").click().run()
    with pytest.raises(StoreError, match="not open any more"):
        invitations.invitation(team_store, token)
    assert not any(one.key == "withdraw" for one in test.button)


def test_one_person_is_changed_at_a_time(team_store: Database) -> None:
    ada = started(team_store)
    rev = joined(team_store, ada, Role.REVIEWER)
    token = sessions.begin(team_store, rev)
    test = opened_as(ada, team_store, page)
    assert list(test.dataframe[0].value["Browsers"]) == [1, 1]

    test.selectbox(key="person").set_value(rev.id).run()
    test.selectbox(key=f"role-{rev.id}-reviewer").set_value("auditor").run()
    test.button(key="make").click().run()
    assert sessions.person_of(team_store, token).role is Role.AUDITOR

    test.button(key="end-sessions").click().run()
    with pytest.raises(SignedOut):
        sessions.person_of(team_store, token)

    test.button(key="close").click().run()
    with pytest.raises(StoreError, match="closed"):
        people.sign_in(team_store, rev.sign_in, SECRET)
    test.button(key="open").click().run()
    assert people.sign_in(team_store, rev.sign_in, SECRET)

    test.button(key="renew").click().run()
    token = test.code[0].value.rsplit("invitation/", 1)[1]
    assert invitations.invitation(team_store, token).name == rev.name


def test_the_last_administrator_stays(team_store: Database) -> None:
    ada = started(team_store)
    test = opened_as(ada, team_store, page)
    test.button(key="close").click().run()
    assert "Nobody would be left" in words(test)
    assert people.sign_in(team_store, ada.sign_in, SECRET)


def test_what_cannot_be_is_said(team_store: Database) -> None:
    ada = started(team_store)
    test = opened_as(ada, team_store, page)
    for address, message in ((ada.sign_in, "already"), (" ", "address")):
        test.text_input(key="invite-address").input(address)
        test.button(key="invite-send").click().run()
        assert message in words(test)
        assert not test.code


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_others_are_refused(team_store: Database, role: Role) -> None:
    somebody = joined(team_store, started(team_store), role)
    test = opened_as(somebody, team_store, page)
    assert f"As {role.value} you may not" in words(test)
    if role is not Role.RECRUITER:
        assert not test.dataframe
    test.text_input(key="invite-address").input("friend@example.org")
    test.button(key="invite-send").click().run()
    assert f"As {role.value} you may not invite" in words(test)
    assert not test.code


def test_signed_out(team_store: Database) -> None:
    started(team_store)
    test = signed_out(page)
    assert test.exception
    assert not test.dataframe
