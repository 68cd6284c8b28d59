"""The opening that a review sheet belongs to, and the task that its candidates took."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from toolkit.review.task import Task as ReviewTask


@dataclass(frozen=True)
class Task:
    """A piece of work that all candidates of a requisition do under the same conditions.

    Parameters
    ----------
    title : str
    instructions : str
        As the candidates received them.
    time_limit : str
        In words, for instance ``"90 minutes"``.
    conditions : str
        What was the same for all: material, place, tools that were allowed.
    adjustments : str
        What may be granted to who needs it.
    authorship : tuple of str
        Questions asked of everybody afterwards, to see whose work it is.
    """

    title: str = ""
    instructions: str = ""
    time_limit: str = ""
    conditions: str = ""
    adjustments: str = ""
    authorship: tuple[str, ...] = ()


@dataclass(frozen=True)
class Requisition:
    """What the head of a review sheet says about the opening.

    Fields that are left empty are printed as lines to fill in by hand.

    Parameters
    ----------
    title : str
        What the opening is called, with its number where it has one.
    role : str
    stage : str
        Where in the procedure the review stands.
    organisation : str
    task : Task
    retain_until : date, optional
        Until when the sheet is kept. Duties differ by place, so nothing is assumed.
    """

    title: str = ""
    role: str = ""
    stage: str = "Portfolio review"
    organisation: str = ""
    task: Task = field(default_factory=Task)
    retain_until: dt.date | None = None


def task_on_sheet(requisition: Requisition, task: ReviewTask) -> Requisition:
    """The requisition with what a sheet says of a task: everything but the scoring key.

    Parameters
    ----------
    requisition : Requisition
    task : toolkit.review.task.Task
    """
    limit = "" if task.minutes is None else f"{task.minutes:g} min"
    shown = Task(
        title=task.name,
        instructions=task.instructions,
        time_limit=limit,
        conditions="; ".join((*task.conditions, *task.materials)),
        adjustments="; ".join(task.adjustments),
        authorship=task.authorship,
    )
    return replace(requisition, task=shown)
