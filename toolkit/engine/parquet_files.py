"""Parquet files as one table: which there are, whether they agree, and their rows by stretch.

Only footers are read here. A file that cannot be read, lacks a column or has another kind of
values in it is named; it is refused, or set aside with its rows counted, as the user chose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from toolkit.errors import InputError, UnknownName, did_you_mean
from toolkit.intake.issue import Issue

#: A stretch has at least so many rows where row groups are small: fewer files are opened.
STRETCH_ROWS = 2**20
#: Files that are named one by one in a message; the others are counted.
_NAMED = 5


@dataclass(frozen=True, eq=False)
class ParquetFile:
    """One file and what its footer says.

    Parameters
    ----------
    path : str
        As its file system knows it.
    address : str
        As another program on this machine, or in the cluster, would open it.
    name : str
        As the user knows it: below the folder that was asked for.
    schema : Schema
        Columns of the folders' names included.
    partition : mapping of str to str
        What the folders' names say of every row, ``year=2026``.
    group_rows : tuple of int
        Rows of each row group.
    """

    path: str
    address: str
    name: str
    schema: pa.Schema
    partition: Mapping[str, str]
    group_rows: tuple[int, ...]

    @property
    def rows(self) -> int:
        return sum(self.group_rows)


@dataclass(frozen=True, eq=False)
class Stretch:
    """Row groups of one file that are read together.

    Parameters
    ----------
    file : ParquetFile
    groups : tuple of int
    system : FileSystem
    schema : Schema
        What columns are read as.
    coded : frozenset of str
        Texts to read as numbers into a dictionary, which is quicker where few differ.
    """

    file: ParquetFile
    groups: tuple[int, ...]
    system: pafs.FileSystem
    schema: pa.Schema
    coded: frozenset[str]

    def batches(self, columns: Sequence[str], size: int) -> Iterator[pa.RecordBatch]:
        """The rows in batches of at most so many.

        Raises
        ------
        InputError
            If the file turns out to be damaged, or is not there any more.
        """
        own = [name for name in columns if name not in self.file.partition]
        coded = [name for name in own if name in self.coded]
        try:
            with self.system.open_input_file(self.file.path) as source:
                read = pq.ParquetFile(source, read_dictionary=coded).iter_batches(
                    batch_size=size, row_groups=list(self.groups), columns=own, use_threads=False
                )
                for batch in read:
                    yield self._completed(batch, columns)
        except (OSError, pa.ArrowInvalid) as error:
            raise damaged(self.file.name, error) from error

    def _completed(self, batch: pa.RecordBatch, columns: Sequence[str]) -> pa.RecordBatch:
        arrays = []
        for name in columns:
            wanted = self.schema.field(name).type
            if name in self.file.partition:
                value = pa.array([self.file.partition[name]]).cast(wanted)
                arrays.append(pa.repeat(value[0], batch.num_rows))
                continue
            array = batch.column(name)
            if array.type != wanted and not pa.types.is_dictionary(array.type):
                array = array.cast(wanted)
            arrays.append(array)
        return pa.RecordBatch.from_arrays(arrays, names=list(columns))


@dataclass(frozen=True, eq=False)
class ParquetRows:
    """Files that agree, as one table.

    Parameters
    ----------
    files : tuple of ParquetFile
    system : FileSystem
    root : str
        Address of the folder that the files' names begin at.
    schema : Schema
    issues : tuple of Issue
        Files that were set aside or are empty.
    set_aside : int
        Rows of the files that were set aside.
    coded : frozenset of str
    """

    files: tuple[ParquetFile, ...]
    system: pafs.FileSystem
    root: str
    schema: pa.Schema
    issues: tuple[Issue, ...] = ()
    set_aside: int = 0
    coded: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def stretches(self) -> list[Stretch]:
        """All rows, in stretches of whole row groups."""
        return [
            Stretch(file, groups, self.system, self.schema, self.coded)
            for file in self.files
            for groups in _stretched(file.group_rows)
        ]

    def reading_coded(self, columns: Sequence[str]) -> ParquetRows:
        """The same rows, with some texts read as numbers into a dictionary."""
        texts = (n for n in columns if kind_of(self.schema.field(n).type) == "text")
        return replace(self, coded=frozenset(texts))


def parquet_rows(where: str | Path, columns: Sequence[str], *, set_aside: bool) -> ParquetRows:
    """The rows of a file, a folder or a pattern of Parquet files.

    Parameters
    ----------
    where : str or Path
        A file; a folder, whose folders may be named ``column=value``; a pattern such as
        ``2026-*/*.parquet``; or the address of an object store, where the extra is installed.
    columns : sequence of str
        What will be looked at: files have to agree in these.
    set_aside : bool
        Whether files with a fault are left out, and listed, instead of refusing all.

    Raises
    ------
    InputError
        If there is no file; if one has a fault and is not to be set aside; or none is left.
    UnknownName
        If no file has a column.
    """
    system, root, found = _found(str(where))
    scheme = root.partition("://")[0] + "://" if "://" in root else ""
    files: list[ParquetFile] = []
    faults: dict[str, str] = {}
    for path, name in found.items():
        try:
            files.append(_footer(system, path, name, scheme + path))
        except (OSError, pa.ArrowInvalid) as error:
            faults[name] = str(damaged(name, error))
    kinds = _usual_kinds(files, columns)
    good: list[ParquetFile] = []
    for file in files:
        fault = _disagreement(file, kinds)
        if fault:
            faults[file.name] = fault
        else:
            good.append(file)
    if faults and not set_aside:
        raise InputError(_refusal(faults))
    if not good:
        raise InputError(f"{where}: no file is left that can be read. {_refusal(faults)}")
    lost = sum(file.rows for file in files if file.name in faults)
    issues = [
        Issue("warning", f"{fault} The file was set aside.", file=name)
        for name, fault in faults.items()
    ]
    issues += [
        Issue("note", "The file has no rows.", file=file.name) for file in good if not file.rows
    ]
    schema = pa.schema([(name, _joint_type(name, good)) for name in columns])
    return ParquetRows(tuple(good), system, root, schema, tuple(issues), lost)


def damaged(name: str, error: Exception) -> InputError:
    """A file that Parquet cannot read."""
    said = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
    return InputError(
        f"{name}: the file is damaged or not Parquet ({said}). Write it again, or set it aside."
    )


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


def _found(where: str) -> tuple[pafs.FileSystem, str, dict[str, str]]:
    """The system, the address of the folder, and its files: the system's name → the user's."""
    if "://" in where:
        system, base = _remote(where)
        found = system.get_file_info(pafs.FileSelector(base, recursive=True, allow_not_found=True))
        paths = sorted(f.path for f in found if f.is_file and _is_data(f.path))
        if not paths and system.get_file_info(base).is_file:
            paths = [base]
    else:
        system = pafs.LocalFileSystem()
        given = Path(where)
        if given.is_dir():
            base, matches = str(given), sorted(given.rglob("*"))
        elif given.is_file():
            base, matches = str(given.parent), [given]
        else:
            fixed = list(takewhile(lambda part: not set(part) & set("*?["), given.parts))
            above = Path(*fixed)
            rest = str(given.relative_to(above))
            base = str(above)
            matches = sorted(above.glob(rest)) if above.is_dir() and rest != "." else []
        paths = [str(p) for p in matches if p.is_file() and (given.is_file() or _is_data(str(p)))]
    if not paths:
        raise InputError(f"{where}: there is no Parquet file. Name a folder or a pattern of them.")
    if unfinished := [p for p in paths if any(".unfinished" in q for q in PurePosixPath(p).parts)]:
        raise InputError(
            f"{unfinished[0]} belongs to a run that did not end. Run it again to finish it, or "
            "remove the folder."
        )
    names = {path: path.removeprefix(base).lstrip("/\\") or path for path in paths}
    root = where.partition("://")[0] + "://" + base if "://" in where else base
    return system, root, names


def _is_data(path: str) -> bool:
    name = PurePosixPath(path).name
    return name.endswith((".parquet", ".pq")) and not name.startswith(("_", "."))


def _remote(where: str) -> tuple[pafs.FileSystem, str]:
    """An object store: what pyarrow knows itself, and beyond it what fsspec does."""
    try:
        system, base = pafs.FileSystem.from_uri(where)
        return system, str(base)
    except (pa.ArrowInvalid, OSError):
        try:
            import fsspec
        except ImportError as error:
            raise InputError(
                f"{where}: reading there takes an extra: install cloutproof[stores]."
            ) from error
        try:
            other, base = fsspec.core.url_to_fs(where)
        except (ValueError, ImportError, OSError) as error:
            raise InputError(f"{where} cannot be opened: {error}") from error
        return pafs.PyFileSystem(pafs.FSSpecHandler(other)), str(base)


def _footer(system: pafs.FileSystem, path: str, name: str, address: str) -> ParquetFile:
    with system.open_input_file(path) as source:
        read = pq.ParquetFile(source)
        meta = read.metadata
        schema = read.schema_arrow
    partition = dict(
        part.split("=", 1) for part in PurePosixPath(name).parts[:-1] if part.count("=") == 1
    )
    for column, value in partition.items():
        if column not in schema.names:
            kind = pa.int64() if value.lstrip("-").isdigit() else pa.string()
            schema = schema.append(pa.field(column, kind))
    partition = {c: v for c, v in partition.items() if c not in read.schema_arrow.names}
    rows = tuple(meta.row_group(at).num_rows for at in range(meta.num_row_groups))
    return ParquetFile(path, address, name, schema, partition, rows)


def _usual_kinds(files: Sequence[ParquetFile], columns: Sequence[str]) -> dict[str, str]:
    """What each column holds in most rows."""
    kinds: dict[str, str] = {}
    for name in columns:
        votes: Counter[str] = Counter()
        for file in files:
            if name in file.schema.names:
                kind = kind_of(file.schema.field(name).type)
                if kind != "nothing":
                    votes[kind] += max(file.rows, 1)
        if not any(name in file.schema.names for file in files) and files:
            raise UnknownName("column", name, files[0].schema.names, "the files")
        kinds[name] = votes.most_common(1)[0][0] if votes else "nothing"
    return kinds


def _disagreement(file: ParquetFile, kinds: Mapping[str, str]) -> str:
    """What is wrong with one file among the others, as a sentence; empty where nothing is."""
    for name, kind in kinds.items():
        if name not in file.schema.names:
            return (
                f"{file.name}: column '{name}' is missing ({file.rows:,} rows). "
                f"{did_you_mean(name, file.schema.names)}"
            )
        own = kind_of(file.schema.field(name).type)
        if own not in (kind, "nothing"):
            return (
                f"{file.name}: column '{name}' holds {_IN_WORDS[own]}, in the other files "
                f"{_IN_WORDS[kind]} ({file.rows:,} rows). Write it with the same type everywhere."
            )
    return ""


_IN_WORDS = {
    "number": "numbers",
    "text": "text",
    "truth": "true and false",
    "nothing": "nothing",
    "other": "values of another type",
}


def _refusal(faults: Mapping[str, str]) -> str:
    said = list(faults.values())
    more = len(said) - _NAMED
    return " ".join(said[:_NAMED]) + (f" And {more:,} more files." if more > 0 else "")


def _joint_type(name: str, files: Sequence[ParquetFile]) -> Any:
    """The type that holds what every file has in a column."""
    types = {file.schema.field(name).type for file in files}
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


def _stretched(group_rows: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Row groups in a row that have about `STRETCH_ROWS` rows together."""
    stretch: list[int] = []
    rows = 0
    for at, size in enumerate(group_rows):
        stretch.append(at)
        rows += size
        if rows >= STRETCH_ROWS:
            yield tuple(stretch)
            stretch, rows = [], 0
    if stretch and rows:
        yield tuple(stretch)
