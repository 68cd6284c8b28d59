"""A folder of Parquet files that is either whole or not there.

Files are written into a folder beside it, named ``.unfinished``, each under a passing name
until it is whole. When the last one is, the folder gets its name. A run that was cut short
leaves the folder beside; the next run with the same plan keeps its whole files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.errors import InputError

_PLAN = "plan.txt"


@dataclass
class Folder:
    """A folder that is being written.

    Parameters
    ----------
    path : Path
        Where files go until it is whole.
    rows : int
        Rows in the files that are whole.
    kept : int
        Files that an earlier run had written.
    """

    path: Path
    rows: int = 0
    kept: int = 0
    _names: set[str] = field(default_factory=set)

    @classmethod
    @contextmanager
    def begun(cls, out: Path, plan: str) -> Iterator[Folder]:
        """Begin, or go on with, a folder; it appears under its name when the block ends well.

        Raises
        ------
        InputError
            If there is something of this name, or the rest of a run with another plan.
        """
        if out.exists():
            raise InputError(f"{out} exists. Name a folder that does not, or remove it first.")
        path = out.with_name(f"{out.name}.unfinished")
        note = path / _PLAN
        path.mkdir(parents=True, exist_ok=True)
        if note.exists() and note.read_text(encoding="utf-8") != plan:
            raise InputError(
                f"{path} is the rest of another run, with other rows or another question. Remove "
                "it, or name another folder."
            )
        note.write_text(plan, encoding="utf-8")
        folder = cls(path)
        yield folder
        for leftover in path.glob("*.parquet"):
            if leftover.stem not in folder._names:
                leftover.unlink()
        note.unlink()
        path.replace(out)

    def write(self, name: str, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
        """Write one file, unless an earlier run did; safe from several threads at once."""
        self._names.add(name)
        whole = self.path / f"{name}.parquet"
        if whole.exists():
            self.rows += pq.read_metadata(whole).num_rows
            self.kept += 1
            return
        passing = self.path / f".{name}.tmp"
        rows = 0
        try:
            with pq.ParquetWriter(passing, schema, compression="zstd") as writer:
                for batch in batches:
                    writer.write_batch(batch)
                    rows += batch.num_rows
        except BaseException:
            passing.unlink(missing_ok=True)
            raise
        passing.replace(whole)
        self.rows += rows
