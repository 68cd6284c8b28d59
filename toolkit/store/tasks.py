"""The tasks of a requisition: every version of each, by the task's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from toolkit.errors import UnknownName
from toolkit.review.task import Task
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import TASKS
from toolkit.store.versions import following, versions_of
from toolkit.store.written import as_key, new_key, title


@dataclass(frozen=True)
class KeptTask:
    """One version of a task.

    Parameters
    ----------
    key, requisition : str
    version : int
        From 1, among the tasks of this name.
    task : Task
    sha256 : str
        The task's digest.
    made_at : str
    """

    key: str
    requisition: str
    version: int
    task: Task
    sha256: str
    made_at: str


def keep_task(
    database: Database,
    by: Person,
    requisition: str,
    task: Task,
    version: int,
    *,
    key: str | None = None,
) -> KeptTask:
    """Keep another version of a task; the newest again where nothing is different.

    A submission names the version that it answers, so a version stays as it is.

    Parameters
    ----------
    version : int
        The newest version of the task of this name that the person saw; 0 for a new task.
    key : str, optional
        Made by whoever asks, so that asking again keeps nothing twice.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    Conflict
        If somebody else has kept another since.
    StoreError
        If the requisition is closed or the task's name too long.
    """
    require(by, Action.CHANGE_RUBRIC)
    key = new_key() if key is None else as_key(key)
    name = title(task.name, "task")
    with database.writing() as connection:
        require_open(connection, requisition)
        row = connection.execute(
            versions_of(TASKS, requisition).where(TASKS.c.name == name).limit(1)
        ).first()
        newest = None if row is None else _kept(row)
        if newest is not None and (newest.key == key or newest.task == task):
            return newest
        number = following(newest, version, f"another version of '{name}'")
        connection.execute(
            insert(TASKS).values(
                id=key,
                requisition_id=requisition,
                name=name,
                version=number,
                content=task.to_toml(),
                sha256=task.digest,
                made_at=now(),
            )
        )
        detail = {"requisition": requisition, "sha256": task.digest, "version": number}
        record(connection, by.id, "task kept", f"task {key}", detail)
        return task_in(connection, key)


def tasks(database: Database, by: Person, requisition: str) -> tuple[KeptTask, ...]:
    """The newest version of each task, by name.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.SEE_REQUISITION)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        return newest_tasks(connection, requisition)


def newest_tasks(connection: Connection, requisition: str) -> tuple[KeptTask, ...]:
    """The same, within a transaction that has checked the right to it."""
    newest: dict[str, KeptTask] = {}
    for row in connection.execute(versions_of(TASKS, requisition)):
        newest.setdefault(row.name, _kept(row))
    return tuple(newest[name] for name in sorted(newest))


def task_in(connection: Connection, key: str) -> KeptTask:
    """One version by key, within a transaction that has checked the right to it.

    Raises
    ------
    UnknownName
    """
    row = connection.execute(select(TASKS).where(TASKS.c.id == key)).first()
    if row is None:
        raise UnknownName("task", key[:60], ())
    return _kept(row)


def _kept(row: Row[tuple[Any, ...]]) -> KeptTask:
    task = Task.from_toml(row.content)
    return KeptTask(row.id, row.requisition_id, row.version, task, row.sha256, row.made_at)
