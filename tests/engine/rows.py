"""Rows in every engine that runs in this process, for the same questions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.engine.arrow import ArrowEngine
from toolkit.engine.engine import Engine
from toolkit.engine.memory import MemoryEngine
from toolkit.engine.parquet_files import parquet_rows


def table_of(frame: pd.DataFrame) -> pa.Table:
    """A frame indexed by candidate_id as an Arrow table, the codes a column."""
    return pa.Table.from_pandas(frame.reset_index(), preserve_index=False)


def write_parts(
    table: pa.Table, folder: Path, ends: Sequence[int] = (), group_rows: int = 7
) -> Path:
    """The table in several files, cut at these rows."""
    folder.mkdir(parents=True, exist_ok=True)
    bounds = [0, *sorted(ends), table.num_rows]
    for at, (start, end) in enumerate(pairwise(bounds)):
        part = table.slice(start, end - start)
        pq.write_table(part, folder / f"{at:03d}.parquet", row_group_size=group_rows)
    return folder


def memory(table: pa.Table, batch: int = 5) -> Engine:
    return MemoryEngine(table, batch=batch)


def arrow(folder: Path, columns: Sequence[str], batch: int = 3) -> Engine:
    return ArrowEngine(parquet_rows(folder, columns, set_aside=False), threads=2, batch=batch)
