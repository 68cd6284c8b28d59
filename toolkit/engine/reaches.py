"""How large the numbers of a Parquet file get, as its footer says.

It is taken as a hint: a footer may say nothing, and a file that was written elsewhere may say what
is not so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.engine.agreement import kind_of


def reaches(footer: pq.FileMetaData, schema: pa.Schema, columns: Sequence[str]) -> dict[str, float]:
    """A size that no value of a column exceeds, for columns of numbers of which all is said.

    Parameters
    ----------
    footer : FileMetaData
    schema : Schema
        Of the same file.
    columns : sequence of str
        Others are not asked for.
    """
    places = {footer.schema.column(at).path: at for at in range(footer.num_columns)}
    found = {
        name: _reach(footer, places[name])
        for name in columns
        if name in places and kind_of(schema.field(name).type) == "number"
    }
    return {name: reach for name, reach in found.items() if reach is not None}


def joint_reach(files: Sequence[Mapping[str, float]], column: str) -> float | None:
    """The largest of all files; None where one says nothing."""
    sizes = [said.get(column) for said in files]
    known = [size for size in sizes if size is not None]
    return max(known) if known and len(known) == len(sizes) else None


def _reach(footer: pq.FileMetaData, place: int) -> float | None:
    largest = 0.0
    for at in range(footer.num_row_groups):
        said = footer.row_group(at).column(place).statistics
        if said is None or not said.has_min_max:
            return None
        largest = max(largest, -float(said.min), float(said.max))
    return None if math.isnan(largest) else largest
