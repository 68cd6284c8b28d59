"""Files, folders and uploads → raw tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.errors import InputError, UnknownName
from toolkit.intake.archives import folder_files
from toolkit.intake.issue import Issue
from toolkit.intake.raw_table import RawTable
from toolkit.intake.read_file import Reading, passed_over, read_files, with_issues


def raw_tables(*sources: str | Path) -> tuple[RawTable, ...]:
    """The tables of some files and folders as they stand.

    For analyses that need one column as it is, such as a past decision.

    Raises
    ------
    InputError
        If a file is not there, cannot be read, or holds no table.
    """
    return read_sources(*sources).tables


def read_sources(*sources: str | Path) -> Reading:
    """Read the tables of some files and folders.

    Raises
    ------
    InputError
        If a file is not there, cannot be read, or holds no table.
    """
    files: list[tuple[str, bytes]] = []
    issues: list[Issue] = []
    for source in map(Path, sources):
        if source.is_dir():
            unpacked = folder_files(source)
            kept, left = passed_over(unpacked.files)
            issues += [*unpacked.issues, *left]
            if not kept:
                raise InputError(f"{source.name}: the folder holds no table to read.")
            files += kept
            continue
        try:
            files.append((source.name, source.read_bytes()))
        except FileNotFoundError:
            raise InputError(
                f"There is no file {source}. Check the spelling of the name and the folder."
            ) from None
        except OSError as error:
            raise InputError(f"{source} cannot be read: {error.strerror}.") from None
    return with_issues(read_files(files), issues)


def table_with(tables: Sequence[RawTable], columns: Sequence[str]) -> RawTable:
    """The one of some tables that has these columns; the others do not matter.

    Raises
    ------
    InputError
        If several tables have the columns.
    UnknownName
        If none has.
    """
    having = [table for table in tables if set(columns) <= set(table.frame.columns)]
    if len(having) == 1:
        return having[0]
    if having:
        names = " and ".join(table.name for table in having)
        raise InputError(
            f"{names} all have these columns. Put the one that is meant into a file of its own."
        )
    closest = max(tables, key=lambda table: len(set(columns) & set(table.frame.columns)))
    missing = next(column for column in columns if column not in closest.frame.columns)
    raise UnknownName("column", missing, closest.frame.columns, closest.name)
