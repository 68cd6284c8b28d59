"""Who is working: alone, or somebody of a team, and on which requisition.

As long as the store holds no account, everybody who opens the app works alone, on what their
session holds. From the first account on it is a team's: everybody signs in, and every run of
a page asks the store anew who it is.
"""

from __future__ import annotations

import threading
from pathlib import Path

import streamlit as st

from toolkit.errors import NotAllowed
from toolkit.store import people, sessions
from toolkit.store.access import check_may_open
from toolkit.store.address import store_address
from toolkit.store.database import Database
from toolkit.store.rights import Person

#: Name of the cookie that carries a session's token.
COOKIE = "cloutproof_session"
_REQUISITION = "requisition"
_PERSON = "person"
_opening = threading.Lock()
_stores: dict[str, Database] = {}
#: Stores known to hold accounts; an account is closed, but never goes away.
_teams: set[str] = set()


def store() -> Database:
    """The store that this server keeps its work in, opened once.

    Raises
    ------
    StoreError
        If it cannot be opened.
    """
    url = store_address()
    name = url.render_as_string(hide_password=False)
    with _opening:
        if name not in _stores:
            _stores[name] = Database(url)
        return _stores[name]


def close_stores() -> None:
    """Close every store; the next question opens it again."""
    with _opening:
        for database in _stores.values():
            database.close()
        _stores.clear()
        _teams.clear()


def is_team() -> bool:
    """Whether the store holds an account, so that people sign in.

    Where nobody has made a store yet, none is made by asking.

    Raises
    ------
    StoreError
        If the store cannot be opened.
    """
    url = store_address()
    name = url.render_as_string(hide_password=False)
    if name in _teams:
        return True
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return False
    if people.is_empty(store()):
        return False
    _teams.add(name)
    return True


def token() -> str | None:
    """The token that this browser sent as it opened the page."""
    return st.context.cookies.get(COOKIE)


def person() -> Person | None:
    """Who is signed in; None when working alone.

    Raises
    ------
    SignedOut
        If this is a team's store and nobody is signed in, or not any more.
    """
    if not is_team():
        return None
    return sessions.person_of(store(), token())


def leave_nothing_of_others(somebody: Person | None) -> None:
    """Empty the browser session if it last belonged to somebody else.

    A browser that lost its connection takes up its session again, even if another person
    has signed in there in the meantime.
    """
    key = somebody.id if somebody else ""
    if st.session_state.get(_PERSON, key) != key:
        st.session_state.clear()
    st.session_state[_PERSON] = key


def requisition() -> str | None:
    """The key of the requisition that is open; None where none is, or working alone.

    It stands in the address, so that a link or a reload opens it again. Once a session has
    one open, the session says which: a message that was on its way when the address changed
    still carries the old address.

    Raises
    ------
    SignedOut
    NotAllowed
        If the person may not open it, or there is none with this key.
    """
    somebody = person()
    if somebody is None:
        return None
    # Empty once one was put away.
    key = st.session_state.get(_REQUISITION, st.query_params.get(_REQUISITION))
    if not key:
        return None
    try:
        check_may_open(store(), somebody, key)
    except NotAllowed:
        st.session_state.pop(_REQUISITION, None)
        raise
    open_requisition(key)
    return str(key)


def open_requisition(key: str | None) -> None:
    """Work on this requisition from now on, or on none.

    Whether the person may is checked by `requisition`, on each run.
    """
    if key is None:
        st.session_state[_REQUISITION] = ""
        st.query_params.pop(_REQUISITION, None)
        return
    st.session_state[_REQUISITION] = key
    if st.query_params.get(_REQUISITION) != key:
        st.query_params[_REQUISITION] = key
