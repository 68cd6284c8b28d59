"""Which tables of an upload a mapping speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from toolkit.errors import MappingError, did_you_mean
from toolkit.intake.mapping import ColumnEntry, ColumnMapping, TableEntry
from toolkit.intake.raw_table import RawTable

#: What a mapping says of one table: its kind, and the roles of its columns.
Asked = tuple[TableEntry | None, Mapping[str, ColumnEntry]]


def matched_tables(
    tables: Sequence[RawTable], mapping: ColumnMapping
) -> dict[tuple[str, str | None], Asked]:
    """For each table, what the mapping says of it.

    A mapping of one table fits an upload of one table under whatever name, so that it can be
    used again for next month's export.
    """
    asked = mapping.corrections
    matched: dict[tuple[str, str | None], Asked] = {}
    for entry in asked.tables:
        table = _table_for(entry, tables, only=len(mapping.tables) == 1)
        roles = {e.column: e for e in asked.of(*entry.place)}
        known = [*table.frame.columns, *table.refused]
        for column, column_entry in roles.items():
            if column not in known and column_entry.role.name not in ("ignore", "refused"):
                raise MappingError(
                    f"The mapping names the column '{column}', which {table.name} does not "
                    f"have. {did_you_mean(column, known)}"
                )
        roles = {
            column: e
            for column, e in roles.items()
            if column in table.frame.columns and e.role.name != "refused"
        }
        matched[table.file, table.sheet] = (entry, roles)
    return matched


def _table_for(entry: TableEntry, tables: Sequence[RawTable], only: bool) -> RawTable:
    for table in tables:
        if (table.file, table.sheet) == entry.place:
            return table
    if only and len(tables) == 1:
        return tables[0]
    name = PurePosixPath(entry.file).name
    same = [
        table
        for table in tables
        if table.sheet == entry.sheet and PurePosixPath(table.file).name == name
    ]
    if len(same) == 1:
        return same[0]
    raise MappingError(
        f"The mapping names the table {entry.name}, which was not uploaded. "
        f"{did_you_mean(entry.name, [table.name for table in tables])}"
    )
