"""Which rows are about a candidate or a requisition, and what erasing does with each table.

Rows are found along the tables' foreign keys, so that a new table is covered as soon as it
stands in `METADATA`; what is to be done with it has to be written down here, which a test
sees to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select, update

from toolkit.store.tables import CANDIDATES, METADATA

#: What stands in place of a text that was erased.
ERASED_TEXT = "Erased."


@dataclass(frozen=True)
class Kept:
    """The rows stay as they are: nothing in them leads back to the candidate."""

    why: str


@dataclass(frozen=True)
class Emptied:
    """The rows stay, and these columns lose their texts: they count without saying of whom."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class Deleted:
    """The rows go."""


@dataclass(frozen=True)
class Rewritten:
    """The rows stay and are written anew, by `toolkit.store.erasure` itself."""

    how: str


Rule = Kept | Emptied | Deleted | Rewritten

_NOT_ABOUT_CANDIDATES = Kept("It is not about candidates.")

#: What erasing a candidate does with each table.
ON_ERASURE: dict[str, Rule] = {
    "events": Kept("Keys and hashes alone, without which the chain would break."),
    "people": _NOT_ABOUT_CANDIDATES,
    "invitations": _NOT_ABOUT_CANDIDATES,
    "sessions": _NOT_ABOUT_CANDIDATES,
    "requisitions": _NOT_ABOUT_CANDIDATES,
    "screens": _NOT_ABOUT_CANDIDATES,
    "rubrics": _NOT_ABOUT_CANDIDATES,
    "tasks": _NOT_ABOUT_CANDIDATES,
    "reference_examples": _NOT_ABOUT_CANDIDATES,
    "reference_ratings": _NOT_ABOUT_CANDIDATES,
    "cohorts": Rewritten("The tables of every version lose the candidate's rows."),
    "candidates": Rewritten("The name goes, and a made-up code takes the place of the code."),
    "assignments": Emptied(("abstained",)),
    "ratings": Emptied(("note",)),
    "reveals": Kept("The hash of what was shown, and when."),
    "conflicts": Deleted(),
    "agreed_ratings": Emptied(("reason",)),
    "submissions": Deleted(),
    "documents": Deleted(),
    "dismissals": Deleted(),
    "decisions": Emptied(("reason",)),
    "sheets": Kept("The hash of a file, by which nothing can be read again."),
}


def rows_about(table: Table, target: Table, key: str) -> ColumnElement[bool] | None:
    """The condition by which rows of a table belong to one row of another.

    Parameters
    ----------
    table : Table
    target : Table
        The table of candidates, or of requisitions.
    key : str
        Of the row there.

    Returns
    -------
    ColumnElement of bool or None
        None where no chain of foreign keys leads there.
    """
    if table is target:
        return target.c.id == key
    ways: list[ColumnElement[bool]] = []
    for link in sorted(table.foreign_keys, key=lambda one: one.parent.name):
        there = link.column.table
        if there is table or not isinstance(there, Table):
            continue
        further = rows_about(there, target, key)
        if there is target:
            ways.append(link.parent == key)
        elif further is not None:
            ways.append(link.parent.in_(select(link.column).where(further)))
    return or_(*ways) if ways else None


def apply_rules(connection: Connection, candidate: str) -> dict[str, int]:
    """Do with every table what `ON_ERASURE` says, all but what is rewritten.

    Returns
    -------
    mapping of str to int
        Table → rows that were deleted or emptied.
    """
    touched: dict[str, int] = {}
    # Backwards, so that no row goes before those that point to it.
    for table in reversed(METADATA.sorted_tables):
        rule, rows = ON_ERASURE[table.name], rows_about(table, CANDIDATES, candidate)
        if rows is None:
            continue
        done = 0
        if isinstance(rule, Deleted):
            done = connection.execute(delete(table).where(rows)).rowcount
        elif isinstance(rule, Emptied):
            for name in rule.columns:
                done = max(done, connection.execute(_empty(table, name, rows)).rowcount)
        if done:
            touched[table.name] = done
    return touched


def _empty(table: Table, name: str, rows: ColumnElement[bool]) -> Any:
    column = table.c[name]
    written = and_(column.is_not(None), column != "")
    return update(table).where(rows, written).values({name: ERASED_TEXT})
