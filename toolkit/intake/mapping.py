"""The column mapping: what each table and column was taken for, corrected and saved.

A mapping file is small TOML::

    [[tables]]
    file = "applicants.csv"
    kind = "candidates"

    [tables.columns]
    "Applicant No" = "id"
    "Klout (May)" = "score:klout"
    "Portfolio /5" = "evidence"
    "M/F" = "group"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

import tomli_w

from toolkit.errors import MappingError, did_you_mean
from toolkit.intake.column_role import ColumnRole, column_role, forbidden
from toolkit.intake.kinds import KINDS

Confidence = Literal["certain", "likely", "guess", "set"]


@dataclass(frozen=True)
class TableEntry:
    """What one table was taken for.

    Parameters
    ----------
    file : str
    sheet : str or None
    kind : str
        A name of `toolkit.intake.kinds.KINDS`.
    why : str
    set_by_person : bool
        True where a person chose the kind.
    """

    file: str
    sheet: str | None
    kind: str
    why: str = ""
    set_by_person: bool = False

    @property
    def place(self) -> tuple[str, str | None]:
        return self.file, self.sheet

    @property
    def name(self) -> str:
        return f"{self.file}, sheet '{self.sheet}'" if self.sheet else self.file


@dataclass(frozen=True)
class ColumnEntry:
    """What one column was taken for.

    Parameters
    ----------
    file : str
    sheet : str or None
    column : str
        The name as it stands in the file.
    role : ColumnRole
    confidence : {"certain", "likely", "guess", "set"}
        ``"set"`` where a person chose the role.
    why : str
        The reason in words.
    suggestions : tuple of str
        Roles that come close, written as in a mapping file.
    """

    file: str
    sheet: str | None
    column: str
    role: ColumnRole
    confidence: Confidence = "set"
    why: str = ""
    suggestions: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str | None]:
        return self.file, self.sheet


@dataclass(frozen=True)
class ColumnMapping:
    """What every table and column of an upload is.

    Parameters
    ----------
    tables : tuple of TableEntry
    entries : tuple of ColumnEntry
    """

    tables: tuple[TableEntry, ...] = ()
    entries: tuple[ColumnEntry, ...] = ()

    def of(self, file: str, sheet: str | None) -> tuple[ColumnEntry, ...]:
        """The entries of one table, in the order of its columns."""
        return tuple(entry for entry in self.entries if entry.place == (file, sheet))

    def kind(self, file: str, sheet: str | None) -> str:
        """The kind of one table."""
        return self._table(file, sheet).kind

    def with_role(
        self,
        file: str,
        sheet: str | None,
        column: str,
        role: str | ColumnRole,
        target: str | None = None,
    ) -> ColumnMapping:
        """A mapping in which one column has another role.

        Parameters
        ----------
        file, sheet, column : str
            Which column.
        role : str or ColumnRole
            Written as in a mapping file (``"score:klout"``), or the role's name alone.
        target : str, optional
            The score's key or the field, where `role` is the name alone.

        Raises
        ------
        MappingError
            If there is no such column or role, or the column may not have it.
        """
        self._table(file, sheet)
        known = {entry.column: entry for entry in self.of(file, sheet)}
        if column not in known:
            raise MappingError(
                f"There is no column '{column}' in {_place(file, sheet)}. "
                f"{did_you_mean(column, known)}"
            )
        if isinstance(role, str):
            role = column_role(f"{role}:{target}" if target else role)
        why_not = forbidden(role, column)
        if why_not:
            raise MappingError(f"Column {why_not}")
        chosen = replace(
            known[column], role=role, confidence="set", why="set by a person", suggestions=()
        )
        return replace(
            self,
            entries=tuple(chosen if entry is known[column] else entry for entry in self.entries),
        )

    def with_kind(self, file: str, sheet: str | None, kind: str) -> ColumnMapping:
        """A mapping in which one table is of another kind.

        Its columns are recognised anew for that kind when the mapping is applied; roles that
        a person has set stay.

        Raises
        ------
        MappingError
            If there is no such table or kind.
        """
        table = self._table(file, sheet)
        chosen = replace(table, kind=_kind(kind), why="set by a person", set_by_person=True)
        return replace(
            self, tables=tuple(chosen if entry is table else entry for entry in self.tables)
        )

    @property
    def corrections(self) -> ColumnMapping:
        """What a person has set, without what was recognised."""
        entries = tuple(entry for entry in self.entries if entry.confidence == "set")
        places = {entry.place for entry in entries}
        return ColumnMapping(
            tuple(t for t in self.tables if t.set_by_person or t.place in places), entries
        )

    def to_toml(self) -> str:
        """The mapping as a small TOML text, which `from_toml` reads again."""
        tables: list[dict[str, object]] = []
        for table in self.tables:
            raw: dict[str, object] = {"file": table.file}
            if table.sheet is not None:
                raw["sheet"] = table.sheet
            raw["kind"] = table.kind
            raw["columns"] = {entry.column: str(entry.role) for entry in self.of(*table.place)}
            tables.append(raw)
        return tomli_w.dumps({"tables": tables})

    @classmethod
    def from_toml(cls, text: str) -> ColumnMapping:
        """Read a mapping; every role in it counts as set by a person.

        Raises
        ------
        MappingError
            If the text is no TOML, or says something that a mapping cannot say.
        """
        try:
            raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise MappingError(f"The mapping is not valid TOML: {error}.") from None
        _only(raw, ("tables",), "The mapping")
        tables: list[TableEntry] = []
        entries: list[ColumnEntry] = []
        listed = raw.get("tables", [])
        if not isinstance(listed, list) or not all(isinstance(t, dict) for t in listed):
            raise MappingError("The mapping's 'tables' must be written as [[tables]].")
        for number, table in enumerate(listed, start=1):
            where = f"Table {number} of the mapping"
            _only(table, ("file", "sheet", "kind", "columns"), where)
            file, sheet = table.get("file"), table.get("sheet")
            if not isinstance(file, str) or not (sheet is None or isinstance(sheet, str)):
                raise MappingError(f"{where} must name its file, and its sheet if it has one.")
            kind = table.get("kind")
            tables.append(
                TableEntry(
                    file, sheet, _kind(kind) if kind else "", "from the mapping", kind is not None
                )
            )
            columns = table.get("columns", {})
            if not isinstance(columns, dict):
                raise MappingError(f"{where}: 'columns' must be a table of column = role.")
            for column, role in columns.items():
                if not isinstance(role, str):
                    raise MappingError(f"{where}, column '{column}': the role must be a text.")
                entries.append(
                    ColumnEntry(
                        file,
                        sheet,
                        column,
                        column_role(role, f"{where}, column '{column}': "),
                        why="from the mapping",
                    )
                )
        return cls(tuple(tables), tuple(entries))

    def _table(self, file: str, sheet: str | None) -> TableEntry:
        for table in self.tables:
            if table.place == (file, sheet):
                return table
        raise MappingError(
            f"There is no table {_place(file, sheet)}. "
            f"{did_you_mean(_place(file, sheet), [table.name for table in self.tables])}"
        )


def _place(file: str, sheet: str | None) -> str:
    return f"{file}, sheet '{sheet}'" if sheet else file


def _kind(kind: object) -> str:
    if isinstance(kind, str) and kind in KINDS:
        return kind
    raise MappingError(f"There is no kind of table '{kind}'. {did_you_mean(str(kind), KINDS)}")


def _only(raw: dict[str, Any], known: Iterable[str], where: str) -> None:
    for key in raw:
        if key not in known:
            raise MappingError(f"{where} has an unknown key '{key}'. {did_you_mean(key, known)}")
