"""A task: a piece of work that all candidates do under the same conditions."""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

import tomli_w

from toolkit.errors import InputError, did_you_mean
from toolkit.review.rubric import Rubric
from toolkit.review.task_items import (
    ChoiceItem,
    ChoicesItem,
    ExactItem,
    Item,
    NumberItem,
    OpenItem,
    item_fields,
    number,
    read_item,
    text,
    texts,
)

_LISTS = ("materials", "conditions", "adjustments", "authorship")
_KEYS = ("name", "version", "instructions", "minutes", *_LISTS, "items")

#: What a candidate can be asked afterwards to see whose work it is.
AUTHORSHIP_QUESTIONS = (
    "Which part took longest, and what did you try first?",
    "What would you change with another hour?",
    "Who or what helped you, and with which part?",
)


@dataclass(frozen=True)
class Task:
    """A piece of work with its conditions and its scoring key.

    Parameters
    ----------
    name, version : str
    instructions : str
        As the candidates receive them.
    minutes : float or None
        Time limit; None where there is none.
    materials : tuple of str
        What everybody is given.
    conditions : tuple of str
        What is the same for all: place, tools allowed, help allowed, when it is handed in.
    adjustments : tuple of str
        What may be granted to who needs it, offered to all beforehand.
    authorship : tuple of str
        Questions asked of everybody afterwards, to see whose work it is.
    items : tuple of Item
        The scoring key: items with one right answer, and open ones rated by the rubric.
    """

    name: str
    version: str
    instructions: str
    minutes: float | None = None
    materials: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    adjustments: tuple[str, ...] = ()
    authorship: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the whole task, its key included."""
        head = {**vars(self), "minutes": None if self.minutes is None else float(self.minutes)}
        content = {**head, "items": [item_fields(item) for item in self.items]}
        canonical = json.dumps(content, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def points(self) -> float:
        """Most points that can be had for items that are marked automatically."""
        return math.fsum(one.points for one in self.items if not isinstance(one, OpenItem))

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        """Those that reviewers rate."""
        return tuple(one for one in self.items if isinstance(one, OpenItem))

    def check_rubric(self, rubric: Rubric) -> None:
        """Stop where an open item names a criterion that the rubric does not have.

        Raises
        ------
        InputError
        """
        known = [one.key for one in rubric.criteria]
        for item in self.open_items:
            for key in item.criteria:
                if key not in known:
                    raise InputError(
                        f"The item '{item.key}' of the task '{self.name}' is rated on '{key}', "
                        f"which the rubric '{rubric.name}' does not have. "
                        f"{did_you_mean(key, known)}"
                    )

    def faults(self) -> list[str]:
        """What still keeps the task from being used, as sentences; empty where nothing does."""
        named = {"name": self.name, "version": self.version, "instructions": self.instructions}
        found = [f"The task has no {part} yet." for part, said in named.items() if not said.strip()]
        for place, item in enumerate(self.items, 1):
            if not item.question.strip():
                found.append(f"Item {place} has no question yet.")
            found += [f"Item {place}: {fault}" for fault in _key_faults(item)]
        return found

    def handout(self) -> str:
        """What candidates are given, as Markdown: everything but the key."""
        time = "No time limit." if self.minutes is None else f"Time: {self.minutes:g} minutes."
        parts = [f"# {self.name}", self.instructions, time]
        headed = (
            ("You are given", self.materials),
            ("The same for everybody", self.conditions),
            ("What you may ask for", self.adjustments),
            ("You will be asked afterwards", self.authorship),
        )
        parts += [f"## {head}\n\n{_bullets(lines)}" for head, lines in headed if lines]
        if self.items:
            parts.append("## Questions")
        parts += [_asked(n, item) for n, item in enumerate(self.items, 1)]
        return "\n\n".join(parts) + "\n"

    def to_toml(self) -> str:
        """The task as the text of a task file, which reads back as the same task."""
        head: dict[str, object] = {
            "name": self.name,
            "version": self.version,
            "instructions": self.instructions,
        }
        if self.minutes is not None:
            whole = float(self.minutes).is_integer()
            head["minutes"] = int(self.minutes) if whole else self.minutes
        head |= {name: list(getattr(self, name)) for name in _LISTS if getattr(self, name)}
        # The library would write a short table into one line, and the next could not follow it.
        tables = (f"[[items]]\n{tomli_w.dumps(item_fields(item))}" for item in self.items)
        return "\n".join((tomli_w.dumps(head), *tables))

    @classmethod
    def from_toml(cls, toml_text: str, where: str = "The task") -> Task:
        """Read a task from the text of a task file.

        Raises
        ------
        InputError
            If the text is not TOML, or something in it is missing or contradicts itself.
        """
        try:
            fields = tomllib.loads(toml_text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{where} is not valid TOML: {error}. Correct that line.") from error
        for key in fields:
            if key not in _KEYS:
                raise InputError(f"{where}: '{key}' is not a setting. {did_you_mean(key, _KEYS)}")
        entries = fields.get("items", [])
        if not isinstance(entries, list):
            raise InputError(f"{where}: items must be written as [[items]] tables.")
        items = tuple(read_item(one, f"{where}, item {n}") for n, one in enumerate(entries, 1))
        keys = [item.key for item in items]
        for key in keys:
            if keys.count(key) > 1:
                raise InputError(f"{where} has the item '{key}' twice. Rename one of them.")
        minutes = number(fields, "minutes", where) if "minutes" in fields else None
        if minutes is not None and minutes <= 0:
            raise InputError(f"{where}: minutes are {minutes:g}. Give a number above 0.")
        lists = {name: texts(fields, name, where, optional=True) for name in _LISTS}
        return cls(
            name=text(fields, "name", where),
            version=text(fields, "version", where),
            instructions=text(fields, "instructions", where),
            minutes=minutes,
            items=items,
            **lists,
        )

    @classmethod
    def read(cls, path: str | Path) -> Task:
        """Read a task file.

        Raises
        ------
        InputError
            If the file is not there or is not a task.
        """
        path = Path(path)
        try:
            found = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise InputError(f"The task file {path} cannot be read: {reason}.") from error
        return cls.from_toml(found, where=path.name)


def _key_faults(item: Item) -> list[str]:
    match item:
        case ExactItem(answers=()):
            return ["write at least one answer that is right."]
        case ChoiceItem(options=options) | ChoicesItem(options=options) if len(options) < 2:
            return ["write at least two options."]
        case ChoiceItem(options=options, answer=answer) if answer not in options:
            return ["choose the option that is right."]
        case ChoicesItem(answers=()):
            return ["choose the options that are right."]
        case _:
            return []


def _asked(place: int, item: Item) -> str:
    points = "" if isinstance(item, OpenItem) else f" ({item.points:g} points)"
    asked = f"{place}. {item.question}{points}"
    match item:
        case NumberItem(unit=unit) if unit:
            return f"{asked} Answer in {unit}."
        case ChoiceItem(options=options):
            return f"{asked} Choose one.\n\n{_bullets(options, '   ')}"
        case ChoicesItem(options=options):
            return f"{asked} Choose all that are right.\n\n{_bullets(options, '   ')}"
        case _:
            return asked


def _bullets(lines: tuple[str, ...], before: str = "") -> str:
    return "\n".join(f"{before}- {line}" for line in lines)
