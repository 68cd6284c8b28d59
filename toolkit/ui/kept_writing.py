"""Rubric and task of the opened requisition: taken out of the store, and kept there.

The session holds what is being written; the store holds every version that was kept. What
somebody else keeps in the meantime comes in by itself where nothing was changed here.
"""

from __future__ import annotations

from toolkit.review.rubric import Rubric
from toolkit.review.task import Task
from toolkit.store.rights import Person
from toolkit.store.rubrics import KeptRubric, keep_rubric, rubrics
from toolkit.store.tasks import KeptTask, keep_task, tasks
from toolkit.ui import team
from toolkit.ui.state import Seen, Workspace


def follow_rubric(work: Workspace) -> KeptRubric | None:
    """Bring the session's rubric level with the opened requisition's newest, which is returned.

    Raises
    ------
    StoreError
        If the requisition is not open to the person.
    """
    person, requisition = team.person(), team.requisition()
    if person is None or requisition is None:
        return None
    kept = rubrics(team.store(), person, requisition)
    newest = kept[0] if kept else None
    seen = work.rubric_seen
    if (
        seen is None
        or seen.requisition != requisition
        or (newest is not None and newest.version != seen.version and work.rubric == seen.content)
    ):
        _take_rubric(work, requisition, newest)
    return newest


def keep_this_rubric(work: Workspace, rubric: Rubric) -> None:
    """Keep the session's rubric as the requisition's newest.

    Raises
    ------
    StoreError
        With what to do about it; nothing is kept then.
    """
    person, seen = _writer(work.rubric_seen)
    kept = keep_rubric(team.store(), person, seen.requisition, rubric, seen.version)
    work.rubric_seen = Seen(seen.requisition, kept.version, rubric)


def take_newest_rubric(work: Workspace) -> None:
    """Drop what was written here, and take the newest that was kept."""
    work.rubric_seen = None
    follow_rubric(work)


def kept_tasks(work: Workspace) -> tuple[KeptTask, ...]:
    """The tasks of the opened requisition; none when working alone.

    Raises
    ------
    StoreError
        If the requisition is not open to the person.
    """
    person, requisition = team.person(), team.requisition()
    if person is None or requisition is None:
        return ()
    found = tasks(team.store(), person, requisition)
    if work.task_seen is not None and work.task_seen.requisition != requisition:
        work.task, work.task_seen = None, None
        work.revision += 1
    return found


def open_task(work: Workspace, kept: KeptTask) -> None:
    """Write on at a task that was kept."""
    work.task = kept.task
    work.task_seen = Seen(kept.requisition, kept.version, kept.task)
    work.revision += 1


def keep_this_task(work: Workspace, task: Task) -> None:
    """Keep the session's task as the newest of its name.

    Raises
    ------
    StoreError
        With what to do about it; nothing is kept then.
    """
    person, requisition = team.person(), team.requisition()
    assert person is not None
    assert requisition is not None
    seen = work.task_seen
    same = seen is not None and isinstance(seen.content, Task) and seen.content.name == task.name
    version = seen.version if seen is not None and same else 0
    kept = keep_task(team.store(), person, requisition, task, version)
    work.task_seen = Seen(requisition, kept.version, task)


def _take_rubric(work: Workspace, requisition: str, newest: KeptRubric | None) -> None:
    work.rubric = None if newest is None else newest.rubric
    work.own_rubric = "" if newest is None else newest.rubric.to_toml()
    work.rubric_seen = Seen(requisition, newest.version if newest else 0, work.rubric)
    work.revision += 1


def _writer(seen: Seen | None) -> tuple[Person, Seen]:
    person = team.person()
    assert person is not None
    assert seen is not None
    return person, seen
