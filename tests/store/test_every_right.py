"""Every function of the store that acts for somebody asks first whether they may."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import toolkit.store
from toolkit.errors import NotAllowed
from toolkit.store import people
from toolkit.store.address import store_address
from toolkit.store.database import Database
from toolkit.store.rights import Action, Person, Role

#: What asks otherwise, and how.
OTHERWISE = {
    "check_may_open": "by role, and for reviewers by their assignments: tests/store/test_access.py",
    "end_all_of": "one's own without a right: tests/store/test_sessions.py",
    "change_password": "one's own, with the present password: tests/store/test_invitations.py",
}


def acting() -> dict[str, Callable[..., Any]]:
    """Public functions of the store that take a database and a person."""
    found = {}
    for module in pkgutil.iter_modules(toolkit.store.__path__):
        if module.ispkg or module.name == "migrations":
            continue
        loaded = importlib.import_module(f"toolkit.store.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if own and list(inspect.signature(function).parameters)[:2] == ["database", "by"]:
                found[name] = function
    return found


FUNCTIONS = {name: one for name, one in acting().items() if name not in OTHERWISE}


def rights_of(function: Callable[..., Any]) -> set[Action]:
    """The rights that the function names: any one of them lets a person in.

    A function that names none hands database and person on to one that does.
    """
    source = inspect.getsource(function)
    named = {Action[name] for name in re.findall(r"Action\.([A-Z_]+)", source)}
    if named:
        return named
    others = [FUNCTIONS.get(name) for name in re.findall(r"(\w+)\(database, by\b", source)]
    return set().union(*(rights_of(one) for one in others if one not in (None, function)))


def test_everything_is_walked() -> None:
    assert len(FUNCTIONS) > 20
    assert set(OTHERWISE) <= set(acting())
    assert {name for name, one in FUNCTIONS.items() if not rights_of(one)} == set()
    used = set().union(*map(rights_of, FUNCTIONS.values()))
    assert {Action.CHANGE_PEOPLE, Action.SEE_LOG, Action.RATE, Action.DECIDE} <= used


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(store_address(str(tmp_path_factory.mktemp("rights") / "store.db")))
    people.make_first_administrator(database, "Ada", "ada", "four unrelated words")
    return database


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_who_has_no_right_is_stopped_first(store: Database, name: str, role: Role) -> None:
    function = FUNCTIONS[name]
    somebody = Person("nobody", "Nobody", "nobody", role)
    rest = list(inspect.signature(function).parameters.values())[2:]
    needed = {one.name: _anything(one) for one in rest if one.default is inspect.Parameter.empty}
    needed = {name: value for name, value in needed.items() if value is not None}

    def ask(person: Person) -> None:
        answer = function(store, person, **needed)
        if inspect.isgenerator(answer):
            next(answer)

    if not any(somebody.may(action) for action in rights_of(function)):
        with pytest.raises(NotAllowed, match=f"As {role.value} you may not"):
            ask(somebody)
    closed = Person("nobody", "Nobody", "nobody", role, active=False)
    with pytest.raises(NotAllowed):
        ask(closed)


def _anything(parameter: inspect.Parameter) -> object:
    """Something to give: it is never looked at before the right is."""
    if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
        return None
    return Path("x") if "Path" in str(parameter.annotation) else "x"
