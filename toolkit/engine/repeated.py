"""Codes that stand in several rows, found exactly and with little memory.

A hash of every code is sorted, range by range: where no two hashes are alike, no two codes are.
Only where some are, the codes themselves are compared, bucket by bucket.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.engine.buckets import Hashes, buckets_for, hashes
from toolkit.engine.engine import Engine
from toolkit.engine.listing import named
from toolkit.engine.without import Without, kept_rows, texts
from toolkit.errors import InputError
from toolkit.intake.issue import Issue
from toolkit.progress import Progress, parts

#: Repeated codes that can be set aside; more are no mishap of a few rows.
MOST = 2**18
#: Rows with such codes that are compared one by one.
_MOST_ALIKE = 2**22
#: Codes that are named; the others are counted.
_SHOWN = 5


@dataclass(frozen=True, eq=False)
class Repeated:
    """Codes that stand in several rows, and rows that have none.

    Parameters
    ----------
    different : int
        How many codes stand in several rows.
    rows : int
        In how many rows they stand together.
    nameless : int
        Rows without a code.
    codes : mapping of str to int
        Code → rows; the first `MOST` in order of the codes.
    """

    different: int = 0
    rows: int = 0
    nameless: int = 0
    codes: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Repeated) -> Repeated:
        codes = dict(sorted((*self.codes.items(), *other.codes.items()))[:MOST])
        return Repeated(
            self.different + other.different,
            self.rows + other.rows,
            self.nameless + other.nameless,
            codes,
        )

    @property
    def lost(self) -> int:
        """Rows that go where these are set aside."""
        return self.rows + self.nameless

    def sentences(self, column: str, files: Mapping[str, int]) -> list[str]:
        """What was found, in words.

        Parameters
        ----------
        column : str
        files : mapping of str to int
            How many of the rows each file has; empty where rows come from none.
        """
        within = "" if not files else f", in {_files(files)}"
        said = []
        if self.different:
            few = [f"{code} ({_rows(n)})" for code, n in list(self.codes.items())[:_SHOWN]]
            more = self.different - len(few)
            few += [f"{more:,} more"] if more > 0 else []
            said.append(
                f"{_codes(self.different)} in several rows ({_rows(self.rows)}): "
                f"{', '.join(few)}{within}."
            )
        if self.nameless:
            within = "" if self.different else within
            said.append(f"{_rows(self.nameless)} without a '{column}'{within}.")
        return said


def distinct(
    engine: Engine, column: str, *, set_aside: bool, progress: Progress | None = None
) -> tuple[Engine, list[Issue]]:
    """The rows whose codes stand once.

    Parameters
    ----------
    engine : Engine
    column : str
        The column of codes.
    set_aside : bool
        Whether all rows of a code that stands several times, and rows without one, are left
        out, instead of refusing all. Which row of a code would be the right one, nobody can
        tell from the rows.
    progress : callable, optional

    Returns
    -------
    Engine
        The same where every code stands once.
    list of Issue
        What was set aside.

    Raises
    ------
    InputError
        If a code stands in several rows or a row has none, and these are not to be set aside,
        or are too many for that.
    """
    found = repeated_codes(engine, column, progress)
    if not found.lost:
        return engine, []
    codes = texts(pa.array(list(found.codes), pa.string()))
    files = engine.add_up_by_file([column], CountOf(column, codes))
    said = found.sentences(column, {name: n.count for name, n in files.items() if name})
    if not set_aside:
        raise InputError(
            f"Column '{column}': {' '.join(said)} Give every candidate one row, or set these "
            "rows aside with --set-aside."
        )
    if found.different > len(found.codes):
        raise InputError(
            f"Column '{column}': {' '.join(said)} So many cannot be set aside: name the column "
            "of codes with --id, or write the rows again."
        )
    issues = [
        Issue("warning", f"{sentence} All of them were set aside.", column=column)
        for sentence in said
    ]
    return Without(engine, column, codes, found.lost), issues


def repeated_codes(engine: Engine, column: str, progress: Progress | None = None) -> Repeated:
    """Find codes that stand in several rows; 7 and "7" are one code.

    Parameters
    ----------
    engine : Engine
    column : str
        The column of codes.
    progress : callable, optional
    """
    first, second = parts(progress, 2)
    found: Repeated | None = None
    # A cluster has no disk in common to sort hashes on, and does the second look as quickly.
    if engine.name == "spark" or _some_alike(engine, column, first):
        found = engine.add_up_by_bucket([column], column, FindRepeated(column), second)
    if progress is not None:
        progress(1.0)
    return found or Repeated()


@dataclass(frozen=True)
class FindRepeated:
    """Codes that stand several times in a batch, which has every row of each.

    Parameters
    ----------
    column : str
    """

    column: str

    def __call__(self, batch: pa.RecordBatch) -> Repeated:
        codes = texts(batch.column(self.column))
        own = hashes(codes)
        order = np.sort(own)
        alike = np.isin(own, order[1:][order[1:] == order[:-1]])
        nameless = pc.or_(pc.is_null(codes), pc.equal(codes, "").fill_null(False))
        some = codes.filter(pc.and_(pa.array(alike), pc.invert(nameless)))
        counted = pc.value_counts(some)
        several = counted.filter(pc.greater(counted.field("counts"), 1))
        values, counts = several.field("values").to_pylist(), several.field("counts").to_pylist()
        first = dict(sorted(zip(values, counts, strict=True))[:MOST])
        return Repeated(len(values), sum(counts), int(nameless.true_count), first)


@dataclass(frozen=True)
class _Number:
    count: int

    def __add__(self, other: _Number) -> _Number:
        return _Number(self.count + other.count)


@dataclass(frozen=True, eq=False)
class CountOf:
    """How many rows of a batch have one of some codes, or none at all."""

    column: str
    codes: pa.Array

    def __call__(self, batch: pa.RecordBatch) -> _Number | None:
        kept = kept_rows(batch.column(self.column), self.codes)
        count = batch.num_rows - int(kept.true_count)
        return _Number(count) if count else None


def _codes(count: int) -> str:
    return "1 code stands" if count == 1 else f"{count:,} codes stand"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _files(files: Mapping[str, int]) -> str:
    return named([f"{name} ({_rows(n)})" for name, n in sorted(files.items())], "files")


def _some_alike(engine: Engine, column: str, progress: Progress | None) -> bool:
    """Whether two rows have the same hash, or one has no code; exact where the answer is no.

    Raises
    ------
    InputError
        If so many rows are alike that they cannot be compared with little memory.
    """
    with tempfile.TemporaryDirectory(prefix="cloutproof-") as folder:
        ranges = buckets_for(engine.count())
        files = [Path(folder) / f"{at:05d}" for at in range(ranges)]
        spool = _Spool(column, files, [threading.Lock() for _ in files])
        nameless = engine.add_up([column], spool, progress) or 0
        alike = sum(_alike(path, column) for path in files)
    if alike > _MOST_ALIKE:
        raise _no_codes(column, alike)
    return bool(nameless or alike)


def _alike(path: Path, column: str) -> int:
    """Rows of a range whose hash another has too."""
    if not path.exists():
        return 0
    if (rows := path.stat().st_size // 8) > 2 * _MOST_ALIKE:
        raise _no_codes(column, rows)
    own: Hashes = np.sort(np.fromfile(path, dtype=np.uint64))
    path.unlink()
    same = own[1:] == own[:-1]
    return int(np.count_nonzero(np.append(same, False) | np.append(False, same)))


def _no_codes(column: str, alike: int) -> InputError:
    return InputError(
        f"Column '{column}': about {alike:,} rows share their code with another, too many for a "
        "mishap. Name the column of codes with --id, or see whether rows were written twice."
    )


@dataclass(frozen=True)
class _Spool:
    """Appends the hashes of a batch to the file of their range; returns rows without a code."""

    column: str
    files: list[Path]
    locks: list[threading.Lock]

    def __call__(self, batch: pa.RecordBatch) -> int:
        codes = batch.column(self.column)
        own = hashes(codes)
        at = (own % np.uint64(len(self.files))).astype(np.uint16)
        order = np.argsort(at, kind="stable")
        own = own[order]
        ends = np.searchsorted(at[order], np.arange(len(self.files) + 1))
        for place, (path, lock) in enumerate(zip(self.files, self.locks, strict=True)):
            part = own[ends[place] : ends[place + 1]]
            if part.size:
                with lock, path.open("ab") as file:
                    part.tofile(file)
        empty = pc.equal(texts(codes), "")
        return int(codes.null_count) + int(empty.true_count)
