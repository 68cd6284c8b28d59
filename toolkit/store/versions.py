"""What is kept in versions: the next one follows the one that was seen, or is not kept."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, Table, select

from toolkit.errors import Conflict


class Numbered(Protocol):
    """Something of which there are versions."""

    @property
    def version(self) -> int: ...


def following(newest: Numbered | None, seen: int, what: str) -> int:
    """The number of the version after the newest, which has to be the one that was seen.

    Parameters
    ----------
    newest : object with a version, or None
        None where nothing was kept yet.
    seen : int
        The newest version that the person saw; 0 where there was none.
    what : str
        What somebody else would have kept, such as ``"another rubric"``.

    Raises
    ------
    Conflict
        If somebody else has kept another since.
    """
    version = 0 if newest is None else newest.version
    if version != seen:
        raise Conflict(
            f"Somebody has kept {what} in the meantime; nothing of yours was kept. Look at "
            "theirs, then keep yours over it if it should count."
        )
    return version + 1


def versions_of(table: Table, requisition: str, *but: str) -> Select[Any]:
    """Every version of something of a requisition, the newest first.

    Parameters
    ----------
    table : Table
        With the columns ``requisition_id`` and ``version``.
    requisition : str
    *but : str
        Columns to leave out, because they are long and not asked for.
    """
    columns: list[ColumnElement[Any]] = [c for c in table.c if c.name not in but]
    return (
        select(*columns)
        .where(table.c.requisition_id == requisition)
        .order_by(table.c.version.desc())
    )
