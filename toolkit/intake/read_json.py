"""JSON and JSON Lines → `RawTable`.

Read are: a list of records; columns of equal length; records by candidate code; a document
with one list of records per kind of table; a list of rows under a header row; and résumés
(see json_resume.py). The first record counts as row 2, as it would in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from toolkit.errors import InputError, RefusedInput, UnreadableFile
from toolkit.intake.encoding import decoded
from toolkit.intake.headers import LOOKED_AT, find_header
from toolkit.intake.issue import Issue
from toolkit.intake.json_resume import is_resume, resume_tables
from toolkit.intake.json_values import Json, json_lines, json_value
from toolkit.intake.plain_name import plain_name
from toolkit.intake.problem_cells import row_list, rows_issue
from toolkit.intake.raw_table import RawTable, raw_table
from toolkit.intake.vocabulary import vocabulary

Record = Mapping[str, Json]


def read_json(data: bytes, file: str) -> list[RawTable]:
    """Read a JSON document.

    Raises
    ------
    UnreadableFile
        If it is not JSON.
    InputError
        If it is JSON, but no table.
    RefusedInput
        If nothing but secrets was in it.
    """
    text, issues = decoded(data, file)
    if not text.strip():
        raise InputError(f"{file}: the file is empty. Export it again with its records.")
    value, more, refused = json_value(text, file)
    try:
        return _with(_tables(value, file, refused), (*issues, *more), refused)
    except RecursionError:
        raise UnreadableFile(f"{file}: the JSON is nested too deeply to be a table.") from None


def read_json_lines(data: bytes, file: str) -> list[RawTable]:
    """Read JSON Lines: one record a line.

    Raises
    ------
    UnreadableFile
        If no line is JSON.
    InputError
        If there are no records.
    """
    text, issues = decoded(data, file)
    if not text.strip():
        raise InputError(f"{file}: the file is empty. Export it again with its records.")
    lines, more, refused = json_lines(text, file)
    values = [value for _, value in lines]
    if all(is_resume(value) for value in values):
        return _with(_tables(values, file, refused), (*issues, *more), refused)
    other = [number + 1 for number, value in lines if not isinstance(value, dict)]
    if other:
        more = (*more, _no_records(other, file))
    records = [(number + 1, value) for number, value in lines if isinstance(value, dict)]
    if not records:
        raise InputError(f'{file}: no line holds a record such as {{"klout": 50}}.')
    rows, values = [row for row, _ in records], [value for _, value in records]
    return _with(_record_tables(values, file, None, rows), (*issues, *more), refused)


def _with(
    tables: list[RawTable], issues: Sequence[Issue], refused: Sequence[str]
) -> list[RawTable]:
    first = tables[0]
    return [
        replace(
            first,
            issues=(*issues, *first.issues),
            refused=tuple(dict.fromkeys((*refused, *first.refused))),
        ),
        *tables[1:],
    ]


def _tables(value: Json, file: str, refused: Sequence[str]) -> list[RawTable]:
    if is_resume(value):
        return resume_tables([value], file)
    if isinstance(value, list) and value and all(is_resume(item) for item in value):
        return resume_tables(value, file)
    if isinstance(value, list):
        return _list_tables(value, file, None)
    if isinstance(value, dict) and not value and refused:
        raise RefusedInput(
            f"{file}: it holds nothing but what is never accepted ({', '.join(refused)}). "
            "Nothing of it was kept. Delete it, and never ask candidates for it."
        )
    if isinstance(value, dict) and value:
        return _object_tables(value, file)
    raise InputError(
        f"{file}: the JSON holds no records. A list of records such as "
        '[{"candidate_id": "a1", "klout": 50}] is expected.'
    )


def _list_tables(items: list[Json], file: str, sheet: str | None) -> list[RawTable]:
    """A list of records, or of rows under a header row."""
    if not items:
        raise InputError(f"{file}: the list is empty. Export it again with its records.")
    if all(isinstance(item, list) for item in items):
        return [_grid_table(items, file, sheet)]
    records = [(row, item) for row, item in enumerate(items, start=2) if isinstance(item, dict)]
    if not records:
        raise InputError(
            f"{file}: the list holds single values, not records such as "
            '{"candidate_id": "a1", "klout": 50}.'
        )
    other = [row for row, item in enumerate(items, start=2) if not isinstance(item, dict)]
    tables = _record_tables([item for _, item in records], file, sheet, [row for row, _ in records])
    if other:
        tables = _with(tables, (_no_records(other, file),), ())
    return tables


def _object_tables(value: Record, file: str) -> list[RawTable]:
    """Columns, records by code, tables by kind, or a single record."""
    if {"columns", "data"} <= value.keys() and isinstance(value["data"], list):
        return _split_table(value, file)
    lists = {key: item for key, item in value.items() if isinstance(item, list) and item}
    tables = {
        key: item for key, item in lists.items() if all(isinstance(i, dict | list) for i in item)
    }
    if tables:
        others = [key for key in value if key not in tables]
        found = [
            replace(table, kind=table.kind or vocabulary().kinds.get(plain_name(key)))
            for key, item in tables.items()
            for table in _list_tables(item, file, key)
        ]
        if others:
            message = f"Beside the tables, the document holds {_quoted(others)}: not read."
            found = _with(found, (Issue("note", message, file=file),), ())
        return found
    if len(lists) == len(value) and len({len(item) for item in lists.values()}) == 1:
        columns = list(value.values())
        return _record_tables(
            [dict(zip(value, cells, strict=True)) for cells in zip(*columns, strict=True)],
            file,
            None,
        )
    if len(lists) == len(value):
        lengths = ", ".join(f"'{key}' {len(item)}" for key, item in list(lists.items())[:4])
        raise InputError(
            f"{file}: the columns are of different length ({lengths}), so values cannot be "
            "matched to candidates. Export it as a list of records."
        )
    if all(isinstance(item, dict) for item in value.values()):
        return _record_tables(_by_code(value), file, None)
    return _record_tables([value], file, None)


def _split_table(value: Record, file: str) -> list[RawTable]:
    """Column names, row labels and rows of cells, each in a list of its own."""
    names = value["columns"] if isinstance(value["columns"], list) else []
    rows = [row for row in value["data"] if isinstance(row, list) and len(row) == len(names)]
    if not rows or len(rows) < len(value["data"]):
        raise InputError(
            f"{file}: the rows under 'data' do not all have the {len(names)} cells that "
            "'columns' names. Export it as a list of records."
        )
    labels = value.get("index")
    records = [dict(zip(map(str, names), row, strict=True)) for row in rows]
    if isinstance(labels, list) and len(labels) == len(rows):
        texts = [_scalar(label) for label in labels]
        if texts != [str(i) for i in range(len(rows))]:
            records = [{"candidate_id": text, **r} for text, r in zip(texts, records, strict=True)]
    return _record_tables(records, file, None)


def _by_code(value: Mapping[str, Record]) -> list[Record]:
    """Records of an object of objects: columns by row label, or records by code."""
    inner = list(dict.fromkeys(key for item in value.values() for key in item))
    outer = list(value)
    by_column = all(key.isdecimal() for key in inner) or (
        not all(key.isdecimal() for key in outer)
        and len(inner) > len(outer)
        and len({len(item) for item in value.values()}) == 1
    )
    if not by_column:
        return [{"candidate_id": code, **record} for code, record in value.items()]
    numbered = inner == [str(i) for i in range(len(inner))]
    return [
        {
            **({} if numbered else {"candidate_id": label}),
            **{column: cells.get(label) for column, cells in value.items()},
        }
        for label in inner
    ]


def _grid_table(grid: list[list[Json]], file: str, sheet: str | None) -> RawTable:
    cells = [[_scalar(cell) or "" for cell in row] for row in grid]
    header = find_header(cells[:LOOKED_AT], file, sheet)
    if header is None:
        raise InputError(f"{file}: every cell is empty. Export it again with its rows.")
    body = cells[header.first_data :]
    width = max(len(header.names), max((len(row) for row in body), default=0))
    columns = [
        pa.array([row[i] if i < len(row) else None for row in body], pa.large_string())
        for i in range(width)
    ]
    names = [*header.names, *[""] * (width - len(header.names))]
    rows = range(header.first_data + 1, len(cells) + 1)
    return raw_table(
        file, sheet, names, columns, rows, decimal=".", typed=True, issues=header.issues
    )


def _record_tables(
    records: Sequence[Record], file: str, sheet: str | None, rows: Sequence[int] | None = None
) -> list[RawTable]:
    """The table of some records, and tables of the lists of records nested in them."""
    at = list(range(2, 2 + len(records))) if rows is None else list(rows)
    columns: dict[str, list[str | None]] = {}
    nested: dict[str, list[tuple[str, Record]]] = {}
    unread: dict[str, list[int]] = {}
    for i, record in enumerate(records):
        flat: dict[str, str | None] = {}
        _flatten(record, "", flat, nested, unread, at[i], _code(record, at[i]))
        for name, text in flat.items():
            columns.setdefault(name, [None] * len(records))[i] = text
    issues = [
        rows_issue(
            "warning",
            f"A list of records stands within {row_list(where)}: it was set aside. Give such "
            "items a table of their own, with the candidate_id in each row.",
            where,
            file=file,
            sheet=sheet,
            column=name,
        )
        for name, where in unread.items()
    ]
    table = raw_table(
        file,
        sheet,
        list(columns),
        [pa.array(cells, pa.large_string()) for cells in columns.values()],
        np.array(at, dtype=np.int64),
        decimal=".",
        typed=True,
        issues=issues,
    )
    inner = [
        replace(found, kind=vocabulary().kinds[plain_name(key)])
        for key, items in nested.items()
        for found in _record_tables(
            [{"candidate_id": code, **item} for code, item in items], file, key
        )
    ]
    return [table, *inner]


def _flatten(
    record: Record,
    prefix: str,
    flat: dict[str, str | None],
    nested: dict[str, list[tuple[str, Record]]],
    unread: dict[str, list[int]],
    row: int,
    code: str,
) -> None:
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            _flatten(value, f"{name}.", flat, nested, unread, row, code)
        elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
            kind = vocabulary().kinds.get(plain_name(key))
            records = [item for item in value if isinstance(item, dict)]
            if kind and code and len(records) == len(value):
                nested.setdefault(key, []).extend((code, item) for item in records)
            else:
                unread.setdefault(name, []).append(row)
        elif isinstance(value, list):
            flat[name] = "; ".join(filter(None, map(_scalar, value))) or None
        else:
            flat[name] = _scalar(value)


def _code(record: Record, row: int) -> str:
    """The candidate's code within a record, or the one that its row will get."""
    for name in vocabulary().columns["id"]:
        for key, value in record.items():
            if plain_name(key) == name and isinstance(value, str) and value.strip():
                return value.strip()
    return f"row-{row}"


def _scalar(value: Json) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None


def _no_records(rows: Sequence[int], file: str) -> Issue:
    return rows_issue(
        "warning",
        f"No record but a single value: {row_list(rows)}, set aside.",
        rows,
        file=file,
    )


def _quoted(names: Sequence[str]) -> str:
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return ", ".join(f"'{name}'" for name in names[:6]) + more
