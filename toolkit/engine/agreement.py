"""Whether Parquet files agree in the columns that are looked at, and what these are read as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from toolkit.errors import UnknownName, did_you_mean

_IN_WORDS = {
    "number": "numbers",
    "text": "text",
    "truth": "true and false",
    "nothing": "nothing",
    "other": "values of another type",
}


def kind_of(of: pa.DataType) -> str:
    """What a column holds: ``"number"``, ``"text"``, ``"truth"``, ``"nothing"`` or ``"other"``."""
    if pa.types.is_dictionary(of):
        of = of.value_type
    if pa.types.is_integer(of) or pa.types.is_floating(of) or pa.types.is_decimal(of):
        return "number"
    if pa.types.is_string(of) or pa.types.is_large_string(of) or pa.types.is_string_view(of):
        return "text"
    if pa.types.is_boolean(of):
        return "truth"
    return "nothing" if pa.types.is_null(of) else "other"


def usual_kinds(
    schemas: Sequence[pa.Schema], rows: Sequence[int], columns: Sequence[str]
) -> dict[str, str]:
    """What each column holds in most rows.

    Raises
    ------
    UnknownName
        If no file has a column.
    """
    kinds: dict[str, str] = {}
    for name in columns:
        votes: Counter[str] = Counter()
        for schema, n in zip(schemas, rows, strict=True):
            if name in schema.names:
                kind = kind_of(schema.field(name).type)
                if kind != "nothing":
                    votes[kind] += max(n, 1)
        if not any(name in schema.names for schema in schemas) and schemas:
            raise UnknownName("column", name, schemas[0].names, "the files")
        kinds[name] = votes.most_common(1)[0][0] if votes else "nothing"
    return kinds


def disagreement(file: str, schema: pa.Schema, rows: int, kinds: Mapping[str, str]) -> str:
    """What is wrong with one file among the others, as a sentence; empty where nothing is.

    Parameters
    ----------
    file : str
    schema : Schema
    rows : int
    kinds : mapping of str to str
        What each column holds in the others.
    """
    for name, kind in kinds.items():
        if name not in schema.names:
            return (
                f"{file}: column '{name}' is missing ({rows:,} rows). "
                f"{did_you_mean(name, schema.names)}"
            )
        own = kind_of(schema.field(name).type)
        if own not in (kind, "nothing"):
            return (
                f"{file}: column '{name}' holds {_IN_WORDS[own]}, in the other files "
                f"{_IN_WORDS[kind]} ({rows:,} rows). Write it with the same type everywhere."
            )
    return ""


def joint_type(types: Sequence[pa.DataType]) -> Any:
    """The type that holds what every file has in a column."""
    plain = {t.value_type if pa.types.is_dictionary(t) else t for t in types}
    plain = {t for t in plain if not pa.types.is_null(t)} or plain
    if len(plain) == 1:
        only = plain.pop()
        return pa.float64() if pa.types.is_decimal(only) else only
    if all(pa.types.is_integer(t) for t in plain):
        return pa.int64()
    if all(kind_of(t) == "number" for t in plain):
        return pa.float64()
    return pa.large_string()
