"""Parquet files as one table: whether they agree, and their rows by stretch.

Only footers are read here. A file that cannot be read, lacks a column or has another kind of
values in it is named; it is refused, or set aside with its rows counted, as the user chose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from toolkit.engine.agreement import disagreement, joint_type, kind_of, usual_kinds
from toolkit.engine.listing import NAMED, listed
from toolkit.engine.reaches import joint_reach, reaches
from toolkit.errors import InputError, UnreadableFile, first_line
from toolkit.intake.issue import Issue

#: A stretch has at least so many rows where row groups are small: fewer files are opened.
STRETCH_ROWS = 2**20
#: Bytes of a column that are read at once where it makes no odds; otherwise all that are asked for.
_BUFFER = 2**18
#: How a folder's name says that rows have no value.
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True, eq=False)
class ParquetFile:
    """One file and what its footer says.

    Parameters
    ----------
    path : str
        As its file system knows it, from any folder on any machine.
    name : str
        As the user knows it: below the folder that was asked for.
    schema : Schema
        Columns of the folders' names included.
    partition : mapping of str to (str or None)
        What the folders' names say of every row, ``year=2026``.
    group_rows : tuple of int
        Rows of each row group.
    size : int
        Bytes.
    reaches : mapping of str to float
        How large the values of some columns get at most.
    """

    path: str
    name: str
    schema: pa.Schema
    partition: Mapping[str, str | None]
    group_rows: tuple[int, ...]
    size: int
    reaches: Mapping[str, float]

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
        As the files were found in it. It can be pickled, so that a stretch can be read elsewhere.
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

    @property
    def rows(self) -> int:
        return sum(self.file.group_rows[at] for at in self.groups)

    def batches(self, columns: Sequence[str], size: int) -> Iterator[pa.RecordBatch]:
        """The rows in batches of at most so many.

        Raises
        ------
        UnreadableFile
            If the file turns out to be damaged.
        InputError
            If it cannot be opened any more, or not from here.
        """
        own = [name for name in columns if name not in self.file.partition]
        coded = [name for name in own if name in self.coded]
        try:
            with self.system.open_input_file(self.file.path) as source:
                file = pq.ParquetFile(
                    source,
                    read_dictionary=coded,
                    pre_buffer=not self._at_hand,
                    buffer_size=_BUFFER if self._at_hand else 0,
                )
                read = file.iter_batches(
                    batch_size=size, row_groups=list(self.groups), columns=own, use_threads=False
                )
                as_read = None
                for batch in read:
                    if as_read is None:
                        as_read = self._as_read(batch.schema)
                    yield batch.select(own) if as_read else self._completed(batch, columns)
        except (FileNotFoundError, PermissionError) as error:
            raise _out_of_reach(self.file.name, error) from error
        except (OSError, pa.ArrowInvalid) as error:
            raise damaged(self.file.name, error) from error

    @property
    def _at_hand(self) -> bool:
        """Whether a little is read as quickly as much: not from an object store."""
        return isinstance(self.system, pafs.LocalFileSystem)

    def _completed(self, batch: pa.RecordBatch, columns: Sequence[str]) -> pa.RecordBatch:
        arrays = []
        for name in columns:
            wanted = self.schema.field(name).type
            if name in self.file.partition:
                value = pa.array([self.file.partition[name]], pa.string()).cast(wanted)
                arrays.append(pa.repeat(value[0], batch.num_rows))
                continue
            array = batch.column(name)
            left = name in self.coded and pa.types.is_dictionary(array.type)
            arrays.append(array if left or array.type == wanted else array.cast(wanted))
        return pa.RecordBatch.from_arrays(arrays, names=list(columns))

    def _as_read(self, read: pa.Schema) -> bool:
        """Whether the columns are in the file as they are wanted."""
        return not self.file.partition and all(
            field.type == self.schema.field(field.name).type or pa.types.is_dictionary(field.type)
            for field in read
        )


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
        Files that were set aside, are empty or are not Parquet.
    set_aside : int
        Rows of the files that were set aside.
    coded : frozenset of str
    kept : object
        What has to live as long as the rows are read.
    """

    files: tuple[ParquetFile, ...]
    system: pafs.FileSystem
    root: str
    schema: pa.Schema
    issues: tuple[Issue, ...] = ()
    set_aside: int = 0
    coded: frozenset[str] = frozenset()
    kept: object = None

    @property
    def count(self) -> int:
        return sum(file.rows for file in self.files)

    def reach(self, column: str) -> float | None:
        """As an engine says it."""
        return joint_reach([file.reaches for file in self.files if file.rows], column)

    @property
    def digest(self) -> str:
        """Tells these files from others, for a run that goes on where another stopped."""
        said = [(file.path, file.size, file.group_rows) for file in self.files]
        return hashlib.sha256(repr((self.system.type_name, said)).encode()).hexdigest()

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


def parquet_rows(
    where: str | Path,
    columns: Sequence[str],
    *,
    set_aside: bool,
    left_out: Mapping[str, str] | None = None,
) -> ParquetRows:
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
    left_out : mapping of str to str
        Files that turned out to have a fault, with what it is.

    Raises
    ------
    InputError
        If there is no file; if one has a fault and is not to be set aside; or none is left.
    UnknownName
        If no file has a column.
    """
    found = listed(str(where))
    files: list[ParquetFile] = []
    faults: dict[str, str] = {}
    for path, name in found.files.items():
        try:
            files.append(_footer(found.system, path, name, columns))
        except (OSError, pa.ArrowInvalid) as error:
            faults[name] = str(damaged(name, error))
    faults |= left_out or {}
    schemas, sizes = [file.schema for file in files], [file.rows for file in files]
    kinds = usual_kinds(schemas, sizes, columns)
    for file in files:
        if fault := disagreement(file.name, file.schema, file.rows, kinds):
            faults.setdefault(file.name, fault)
    if faults and not set_aside:
        without = "it" if len(faults) == 1 else f"these {len(faults):,} files"
        raise InputError(f"{_refusal(faults)} To go on without {without}, add --set-aside.")
    good = [file for file in files if file.name not in faults]
    if not good:
        raise InputError(f"{where}: no file is left that can be read. {_refusal(faults)}")
    lost = sum(file.rows for file in files if file.name in faults)
    issues = [
        Issue("warning", f"{_without_name(fault, name)} It was set aside.", file=name)
        for name, fault in faults.items()
    ]
    issues += [
        Issue("note", "The file has no rows.", file=file.name) for file in good if not file.rows
    ]
    schema = pa.schema(
        [(name, joint_type([file.schema.field(name).type for file in good])) for name in columns]
    )
    noticed = (*found.issues, *issues)
    return ParquetRows(tuple(good), found.system, found.root, schema, noticed, lost)


def _without_name(fault: str, name: str) -> str:
    said = fault.removeprefix(f"{name}: ")
    return said[:1].upper() + said[1:]


def damaged(name: str, error: Exception) -> UnreadableFile:
    """A file that Parquet cannot read."""
    return UnreadableFile(
        f"{name}: the file is damaged or not Parquet ({first_line(error)}). Write it again.",
        name,
    )


def _out_of_reach(name: str, error: Exception) -> InputError:
    """A file whose footer was read, and that is not there for who should read its rows."""
    return InputError(
        f"{name}: the file cannot be opened ({first_line(error)}). Begin again where it was moved "
        "or written anew. On a cluster, every worker has to reach it by the same address."
    )


def _footer(system: pafs.FileSystem, path: str, name: str, columns: Sequence[str]) -> ParquetFile:
    with system.open_input_file(path) as source:
        size = source.size()
        read = pq.ParquetFile(source)
        meta = read.metadata
        own = read.schema_arrow
    schema, partition = own, {}
    for column, value in _said_by_folders(name).items():
        if column not in own.names:
            partition[column] = value
            schema = schema.append(pa.field(column, _type_of(value)))
    rows = tuple(meta.row_group(at).num_rows for at in range(meta.num_row_groups))
    return ParquetFile(path, name, schema, partition, rows, size, reaches(meta, own, columns))


def _said_by_folders(name: str) -> dict[str, str | None]:
    """Columns and their values in the names of the folders above a file."""
    pairs = [part.split("=", 1) for part in PurePosixPath(name).parts[:-1] if "=" in part]
    return {
        unquote(column): None if value == _NO_VALUE else unquote(value) for column, value in pairs
    }


def _type_of(value: str | None) -> pa.DataType:
    if value is None:
        return pa.null()
    whole = value.removeprefix("-").isdecimal() and value.isascii() and len(value) < 19
    return pa.int64() if whole else pa.string()


def _refusal(faults: Mapping[str, str]) -> str:
    said = list(faults.values())
    more = len(said) - NAMED
    return " ".join(said[:NAMED]) + (f" And {more:,} more files." if more > 0 else "")


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
