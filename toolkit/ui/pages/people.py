"""People: who works on this team's store, and what each may do."""

from __future__ import annotations

import streamlit as st

from toolkit.store import invitations, people, sessions
from toolkit.store.rights import Person
from toolkit.ui import team
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.invitation_form import invitation_form
from toolkit.ui.components.invitation_link import invitation_link
from toolkit.ui.components.open_invitations import open_invitations
from toolkit.ui.components.people_table import people_table
from toolkit.ui.components.person_form import PersonChange, person_form
from toolkit.ui.faults import shown_in_place


def page() -> None:
    """Draw the page."""
    heading(
        "People",
        "Who works here and as what. Nobody signs in without an account, and an account begins "
        "with an invitation.",
    )
    administrator = team.person()
    if administrator is None:
        return
    _invite(administrator)
    with shown_in_place():
        found = people.people(team.store(), administrator)
        open_now = sessions.open_sessions(team.store(), administrator)
        section("Everybody with an account")
        people_table(found, open_now)
        change = person_form(found, open_now, administrator)
        if change is not None:
            _change(administrator, change)


def _invite(administrator: Person) -> None:
    section("Invite somebody")
    with shown_in_place():
        asked = invitation_form()
        if asked is not None:
            token = people.invite(team.store(), administrator, asked.sign_in, asked.role)
            invitation_link(token, asked.sign_in, people.INVITED_FOR)
    with shown_in_place():
        withdrawn = open_invitations(invitations.open_invitations(team.store(), administrator))
        if withdrawn is not None:
            invitations.withdraw_invitation(team.store(), administrator, withdrawn)
            st.rerun()


def _change(administrator: Person, change: PersonChange) -> None:
    """Do what was asked for; the page then shows how things stand."""
    if change.choose_password:
        token = people.invite_again(team.store(), administrator, change.person.id)
        invitation_link(token, change.person.sign_in, people.INVITED_FOR)
        return
    if change.sign_out:
        sessions.end_all_of(team.store(), administrator, change.person.id)
    else:
        people.change_person(
            team.store(),
            administrator,
            change.person.id,
            role=change.role,
            active=change.active,
        )
    st.rerun()
