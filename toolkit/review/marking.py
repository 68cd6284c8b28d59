"""Marking answers by a task's key, and saying item by item why."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from toolkit.errors import InputError, did_you_mean
from toolkit.intake.kinds import is_id_name
from toolkit.intake.number_marks import Mark, table_mark
from toolkit.intake.numbers import read_numbers
from toolkit.intake.plain_name import plain_name
from toolkit.intake.problem_cells import row_list, shown
from toolkit.intake.raw_table import RawTable
from toolkit.intake.raw_tables import raw_tables
from toolkit.review.task import Task
from toolkit.review.task_items import (
    ChoiceItem,
    ChoicesItem,
    ExactItem,
    Item,
    NumberItem,
    OpenItem,
)

#: Digits beyond which a number read from text is only rounding.
_ROUNDING = 1e-9
#: The mark may stand between thousands or before decimals.
_EITHER_WAY = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")


@dataclass(frozen=True)
class ItemMark:
    """What one answer earned, and why.

    Parameters
    ----------
    item : str
    given : str
        The answer as it stands; empty where there was none.
    points : float or None
        None where a person has to mark it: an open item, or a number that can be read in
        two ways.
    of : float
        Most points; 0 for an open item.
    why : str
    """

    item: str
    given: str
    points: float | None
    of: float
    why: str

    def to_dict(self) -> dict[str, object]:
        return {
            "item": self.item,
            "given": self.given,
            "points": self.points,
            "of": self.of,
            "why": self.why,
        }


@dataclass(frozen=True)
class Marks:
    """One candidate's marks.

    Parameters
    ----------
    candidate_id : str
    items : tuple of ItemMark
        In the order of the task.
    """

    candidate_id: str
    items: tuple[ItemMark, ...]

    @property
    def points(self) -> float:
        """Points of the items that were marked."""
        return math.fsum(one.points for one in self.items if one.points is not None)

    @property
    def of(self) -> float:
        """Most points of the items that were marked."""
        return math.fsum(one.of for one in self.items if one.points is not None)

    @property
    def by_a_person(self) -> tuple[str, ...]:
        """Items that a person has to mark."""
        return tuple(one.item for one in self.items if one.points is None)

    def to_dict(self) -> dict[str, object]:
        return {
            "candidate_id": self.candidate_id,
            "points": self.points,
            "of": self.of,
            "by_a_person": list(self.by_a_person),
            "items": [one.to_dict() for one in self.items],
        }


@dataclass(frozen=True)
class Marking:
    """The marks of all candidates.

    Parameters
    ----------
    task : Task
    candidates : tuple of Marks
    """

    task: Task
    candidates: tuple[Marks, ...]

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``mark``."""
        return {
            "task": {
                "name": self.task.name,
                "version": self.task.version,
                "sha256": self.task.digest,
            },
            "points": self.task.points,
            "candidates": [one.to_dict() for one in self.candidates],
        }


def mark(task: Task, answers: Mapping[str, object], candidate_id: str = "") -> Marks:
    """Mark one candidate's answers.

    Parameters
    ----------
    task : Task
    answers : mapping of str to object
        Answers by item; a list of texts for several choices, None or left out for none.
    candidate_id : str, optional

    Raises
    ------
    InputError
        If an answer belongs to no item.
    """
    known = [item.key for item in task.items]
    for key in answers:
        if key not in known:
            raise InputError(
                f"There is an answer to '{key}', which is no item of the task '{task.name}'. "
                f"{did_you_mean(key, known)}"
            )
    return Marks(
        candidate_id, tuple(_mark(item, _written(answers.get(item.key))) for item in task.items)
    )


def mark_table(task: Task, table: RawTable) -> Marking:
    """Mark a table with a row a candidate and a column an item.

    Columns that are no item are left alone.

    Raises
    ------
    InputError
        If no column holds the candidates' codes, one occurs twice, or an item has no column.
    """
    codes = _codes(table)
    columns = [_column(table, item) for item in task.items]
    numeric = [
        column
        for item, column in zip(task.items, columns, strict=True)
        if isinstance(item, NumberItem) and column is not None
    ]
    decimal = table_mark(table.frame[numeric], table.decimal) if numeric else None
    marked = []
    for item, column in zip(task.items, columns, strict=True):
        if column is None:
            marked.append([_mark(item, "")] * len(codes))
            continue
        # Each distinct answer is marked once, however many gave it.
        texts = table.frame[column].astype(object)
        where, distinct = pd.factorize(texts.where(texts.notna(), "").astype(str))
        each = [_mark(item, answer, decimal) for answer in distinct.tolist()]
        marked.append([each[code] for code in where])
    rows = zip(*marked, strict=True) if marked else (() for _ in codes)
    return Marking(
        task, tuple(Marks(code, tuple(row)) for code, row in zip(codes, rows, strict=True))
    )


def read_answers(*sources: str | Path) -> RawTable:
    """Read the one table of answers in some files.

    Raises
    ------
    InputError
        If a file cannot be read, or there are several tables.
    """
    tables = raw_tables(*sources)
    if len(tables) > 1:
        names = " and ".join(table.name for table in tables)
        raise InputError(f"{names} may all be meant. Put the answers into a file of their own.")
    return tables[0]


def _column(table: RawTable, item: Item) -> str | None:
    """The item's column, by its name or by one spelt nearly so; None for an open item's."""
    columns = [str(column) for column in table.frame.columns]
    if item.key in columns:
        return item.key
    spelt = [column for column in columns if plain_name(column) == plain_name(item.key)]
    if len(spelt) == 1:
        return spelt[0]
    if spelt:
        raise InputError(
            f"{table.name} has several columns for the item '{item.key}': {', '.join(spelt)}. "
            "Keep one of them."
        )
    if isinstance(item, OpenItem):
        return None
    raise InputError(
        f"{table.name} has no column for the item '{item.key}'. "
        f"{did_you_mean(item.key, columns)} Name the column like the item; where nobody "
        "answered, leave its cells empty."
    )


def _codes(table: RawTable) -> list[str]:
    named = [column for column in table.frame.columns if is_id_name(column)]
    if not named:
        raise InputError(
            f"{table.name} has no column with the candidates' codes. Name it 'candidate_id'. "
            f"Its columns: {', '.join(map(str, table.frame.columns))}."
        )
    codes = table.frame[named[0]]
    absent = codes.isna().to_numpy()
    if absent.any():
        raise InputError(
            f"{table.name}, column '{named[0]}': {row_list(table.rows[absent])} without a "
            "candidate. Fill it in."
        )
    twice = codes.duplicated().to_numpy()
    if twice.any():
        row = int(table.rows[twice][0])
        raise InputError(
            f"{table.name}, row {row}: {shown(codes.loc[row])} has answered before. Keep one row "
            "a candidate."
        )
    return [str(code) for code in codes]


def _written(answer: object) -> str:
    if answer is None or (isinstance(answer, float) and math.isnan(answer)):
        return ""
    if isinstance(answer, list | tuple | set | frozenset):
        return "; ".join(map(str, answer))
    return str(answer)


def _mark(item: Item, given: str, decimal: Mark | None = None) -> ItemMark:
    given = given.strip()
    if isinstance(item, OpenItem):
        rated = ", ".join(item.criteria) or "every criterion"
        return ItemMark(item.key, given, None, 0.0, f"Open: rated by the rubric on {rated}.")
    if not given:
        return ItemMark(item.key, given, 0.0, item.points, "No answer.")
    share: float | None
    match item:
        case ExactItem():
            share, why = _exact(item, given)
        case NumberItem():
            share, why = _number(item, given, decimal)
        case ChoiceItem():
            share, why = _choice(item, given)
        case ChoicesItem():
            share, why = _choices(item, given)
    points = None if share is None else share * item.points
    return ItemMark(item.key, given, points, item.points, why)


def _exact(item: ExactItem, given: str) -> tuple[float, str]:
    def plain(text: str) -> str:
        spaced = " ".join(text.split())
        return spaced if item.capitals else spaced.casefold()

    if plain(given) in map(plain, item.answers):
        return 1.0, "Right."
    if item.capitals and plain(given).casefold() in (plain(one).casefold() for one in item.answers):
        return 0.0, f"Wrong in its capitals; right is {_either(item.answers)}."
    return 0.0, f"Wrong; right is {_either(item.answers)}."


def _number(item: NumberItem, given: str, decimal: Mark | None) -> tuple[float | None, str]:
    bare = given
    if item.unit and bare.casefold().endswith(item.unit.casefold()):
        bare = bare[: len(bare) - len(item.unit)].strip()
    value = _read(bare, decimal)
    if decimal is None and _EITHER_WAY.fullmatch(bare):
        ways = (_read(bare, "."), _read(bare, ","))
        if any(_within(item, one) for one in ways) and not all(_within(item, one) for one in ways):
            return None, (
                f"{shown(given)} can be read as {ways[0]:.15g} or as {ways[1]:.15g}, and one of "
                "them is right: a person has to say which is meant."
            )
    right = f"{item.answer:.15g}{' ' if item.unit else ''}{item.unit}"
    if math.isnan(value):
        return 0.0, f"{shown(given)} is not a number; right is {right}."
    apart = abs(value - item.answer)
    if _within(item, value):
        exactly = apart <= _ROUNDING * abs(item.answer)
        return 1.0, "Right." if exactly else f"Right: within {item.tolerance:g} of {right}."
    return 0.0, f"Wrong by {apart:.4g}; right is {right}{_give_or_take(item)}."


def _read(text: str, decimal: Mark | None) -> float:
    return float(read_numbers(pd.Series([text], dtype="str"), decimal).values[0])


def _within(item: NumberItem, value: float) -> bool:
    # A tolerance of .1 means to include 1.1 beside 1.0, which is .1000000000000000888 away.
    slack = _ROUNDING * max(abs(item.answer), item.tolerance)
    return abs(value - item.answer) <= item.tolerance + slack


def _choice(item: ChoiceItem, given: str) -> tuple[float, str]:
    chosen, unknown = _chosen(item.options, given)
    if unknown:
        return 0.0, f"{_listed(unknown)} is none of the options; right is '{item.answer}'."
    if len(chosen) > 1:
        return 0.0, f"Several are chosen where one is right: '{item.answer}'."
    return (1.0, "Right.") if item.answer in chosen else (0.0, f"Wrong; right is '{item.answer}'.")


def _choices(item: ChoicesItem, given: str) -> tuple[float, str]:
    chosen, unknown = _chosen(item.options, given)
    right = chosen & set(item.answers)
    wrong = [one for one in item.options if one in chosen - right] + unknown
    missing = [one for one in item.answers if one not in right]
    if not wrong and not missing:
        return 1.0, "Right: all of them."
    why = []
    if missing:
        why.append(f"missing: {_listed(missing)}")
    if wrong:
        why.append(f"wrong: {_listed(wrong)}")
    said = "; ".join(why)
    if not item.partial:
        return 0.0, f"Not all right, which is needed; {said}."
    share = max(0.0, (len(right) - len(wrong)) / len(item.answers))
    return share, f"{len(right)} of {len(item.answers)} right, {len(wrong)} wrong; {said}."


def _chosen(options: tuple[str, ...], given: str) -> tuple[set[str], list[str]]:
    """The options that an answer names, and what it names beside them.

    A comma may stand in an option, and between options where a form writes them so.
    """
    by_name = {one.casefold(): one for one in options}
    chosen: set[str] = set()
    unknown: list[str] = []
    for part in filter(None, (one.strip() for one in given.split(";"))):
        if part.casefold() in by_name:
            chosen.add(by_name[part.casefold()])
            continue
        several = [one.strip() for one in part.split(",")]
        if all(one.casefold() in by_name for one in several):
            chosen |= {by_name[one.casefold()] for one in several}
        elif part not in unknown:
            unknown.append(part)
    return chosen, unknown


def _either(answers: Sequence[str]) -> str:
    return " or ".join(f"'{one}'" for one in answers)


def _give_or_take(item: NumberItem) -> str:
    return f", give or take {item.tolerance:g}" if item.tolerance else ""


def _listed(answers: Sequence[str]) -> str:
    return ", ".join(f"'{one}'" for one in answers)
