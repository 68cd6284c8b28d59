"""A task: what candidates are told, what is the same for all, and the scoring key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from toolkit.review.task import AUTHORSHIP_QUESTIONS, Task
from toolkit.review.task_items import KINDS, Item
from toolkit.ui.components.task_item_editor import KIND_WORDS, new_item, task_item_editor

_LISTS = {
    "materials": ("What everybody is given", "One a line, for instance the name of a file."),
    "conditions": (
        "What is the same for all",
        "One a line: place, tools, help that is allowed, when it is handed in.",
    ),
    "adjustments": ("What may be granted", "One a line, offered to all beforehand."),
    "authorship": ("What is asked afterwards", "Questions that show whose work it is."),
}


def new_task() -> Task:
    """A task with nothing but the questions that every task should be followed by."""
    return Task("", "1", "", 60.0, authorship=AUTHORSHIP_QUESTIONS)


def task_editor(task: Task, criteria: Sequence[tuple[str, str]], revision: int) -> Task:
    """Edit a task, add and remove items.

    Parameters
    ----------
    task : Task
        At present; it may be unfinished.
    criteria : sequence of (str, str)
        Key and label of the rubric's criteria, for open items.
    revision : int
        See `toolkit.ui`. The page raises it when the number of items changes.

    Returns
    -------
    Task
        From now on. What is missing is told by `Task.faults`.
    """
    left, middle, right = st.columns([4, 1, 2])
    name = left.text_input("Name", task.name, key=f"task-name-{revision}")
    version = middle.text_input("Version", task.version, key=f"task-version-{revision}")
    minutes = right.number_input(
        "Minutes, empty for no limit",
        min(1.0, task.minutes or 1.0),
        100_000.0,
        task.minutes,
        step=5.0,
        format="%g",
        key=f"task-minutes-{revision}",
    )
    instructions = st.text_area(
        "Instructions", task.instructions, height=160, key=f"task-instructions-{revision}"
    )
    lists = {}
    left, right = st.columns(2)
    for column, (field, (label, told)) in zip(
        (left, right, left, right), _LISTS.items(), strict=True
    ):
        lists[field] = lines_of(
            column.text_area(
                label,
                "\n".join(getattr(task, field)),
                height=110,
                help=told,
                key=f"task-{field}-{revision}",
            )
        )
    items = []
    for position, item in enumerate(task.items):
        kept = task_item_editor(item, position + 1, criteria, f"{revision}-{position}")
        if kept is not None:
            items.append(kept)
    added = _added(task.items, revision)
    if added is not None:
        items.append(added)
    return replace(
        task,
        name=name.strip(),
        version=version.strip(),
        instructions=instructions.strip(),
        minutes=minutes,
        items=tuple(items),
        **lists,
    )


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a field, without empty and repeated ones."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _added(items: Sequence[Item], revision: int) -> Item | None:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    kind = left.selectbox(
        "Another item",
        list(KINDS),
        format_func=lambda one: KIND_WORDS[one],
        key=f"task-kind-{revision}",
    )
    if not right.button("Add this item", key=f"task-add-{revision}"):
        return None
    keys = {item.key for item in items}
    number = next(n for n in range(1, len(keys) + 2) if f"item_{n}" not in keys)
    return new_item(kind, f"item_{number}")
