"""Parquet → `RawTable`."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toolkit.errors import InputError, UnreadableFile, first_line
from toolkit.intake.issue import Issue
from toolkit.intake.raw_table import RawTable, raw_table

#: Cells that are read at most; a small file can claim any number of them.
MOST_CELLS = 400_000_000


def read_parquet(data: bytes, file: str) -> RawTable:
    """Read a Parquet file; columns of structs are spread out, lists are set aside.

    Raises
    ------
    UnreadableFile
        If it is damaged or claims to be too large.
    InputError
        If it has no columns.
    """
    try:
        source = pq.ParquetFile(pa.BufferReader(data))
        cells = source.metadata.num_rows * source.metadata.num_columns
        if cells > MOST_CELLS:
            raise UnreadableFile(
                f"{file}: the file claims to hold {cells:,} cells, more than the "
                f"{MOST_CELLS:,} that are read at once. Split it."
            )
        table = source.read()
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile(
            f"{file}: the Parquet file is damaged or cut off ({first_line(error)}). "
            "Export it again."
        ) from None
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    issues: list[Issue] = []
    names: list[str] = []
    columns: list[pa.ChunkedArray] = []
    for name, column in zip(table.column_names, table.columns, strict=True):
        text = _as_text(column)
        if text is None:
            issues.append(
                Issue(
                    "warning",
                    f"The column holds {column.type}, not one value a row: it was set aside. "
                    "Give such items a table of their own, with the candidate_id in each row.",
                    file=file,
                    column=name,
                )
            )
            continue
        names.append("" if name.startswith("__index_level_") else name)
        columns.append(text)
    if not names:
        raise InputError(f"{file}: no column of single values is left to read.")
    return raw_table(
        file,
        None,
        names,
        columns,
        range(2, 2 + table.num_rows),
        decimal=".",
        typed=True,
        issues=issues,
    )


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    if pa.types.is_dictionary(column.type):
        column = pc.cast(column, column.type.value_type)
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    if pa.types.is_timestamp(column.type):
        # Dates are read to the day, so parts of a second say nothing.
        column = pc.cast(column, pa.timestamp("s", column.type.tz), safe=False)
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        return pc.cast(pc.strftime(column, format=_date_form(column)), pa.large_string())
    try:
        return pc.cast(column, pa.large_string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return None


def _date_form(column: pa.ChunkedArray) -> str:
    """Days without a time of day are written as days."""
    if pa.types.is_date(column.type):
        return "%Y-%m-%d"
    midnight = pc.equal(pc.floor_temporal(column, unit="day"), column)
    return "%Y-%m-%d" if pc.all(midnight).as_py() is not False else "%Y-%m-%d %H:%M:%S"
