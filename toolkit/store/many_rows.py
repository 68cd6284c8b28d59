"""Adding many rows quickly, on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table, insert


def add_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Add rows, many in one statement.

    Parameters
    ----------
    rows : sequence of mappings
        Each with the same columns.
    """
    if rows:
        # Asking for the keys back is what makes statements of many rows out of it; without,
        # the driver for PostgreSQL sends row by row.
        statement = insert(table).returning(*table.primary_key)
        connection.execute(statement, [dict(row) for row in rows])
