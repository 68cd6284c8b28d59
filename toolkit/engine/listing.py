"""Which Parquet files lie in a place: a folder, a pattern or the address of an object store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.fs as pafs

from toolkit.errors import InputError
from toolkit.intake.issue import Issue

#: Files that are named one by one in a message; the others are counted.
NAMED = 5


@dataclass(frozen=True, eq=False)
class Listing:
    """The files of a place.

    Parameters
    ----------
    system : FileSystem
    root : str
        Address of the folder that the files' names begin at.
    files : mapping of str to str
        As the system knows them, from any folder → as the user does, below the folder.
    issues : tuple of Issue
        Folders without a file, and files that are not Parquet.
    """

    system: pafs.FileSystem
    root: str
    files: Mapping[str, str]
    issues: tuple[Issue, ...] = ()


def listed(where: str) -> Listing:
    """The Parquet files of a place.

    Raises
    ------
    InputError
        If there is none, they belong to a run that did not end, or the place takes an extra.
    """
    if "://" in where:
        system, base, paths, beside = _in_store(where)
        root = where.partition("://")[0] + "://" + base
    else:
        system = pafs.LocalFileSystem()
        base, paths, beside = _on_disk(Path(where))
        root = base
    if not paths:
        raise InputError(f"{where}: there is no Parquet file. Name a folder or a pattern of them.")
    if unfinished := [p for p in paths if any(".unfinished" in q for q in PurePosixPath(p).parts)]:
        raise InputError(
            f"{unfinished[0]} belongs to a run that did not end. Run it again to finish it, or "
            "remove the folder."
        )
    issues = _beside(where, [_below(base, path) for path in beside])
    files = {path: _below(base, path) for path in paths}
    if isinstance(system, pafs.LocalFileSystem):
        issues += _empty_folders(base, paths)
        files = {str(Path(path).absolute()): name for path, name in files.items()}
    return Listing(system, root, files, tuple(issues))


def named(names: Iterable[str], what: str) -> str:
    """The first few names, and how many more there are."""
    names = list(names)
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more {what}" if more > 0 else "")


def address(path: Path) -> str:
    """A place as it was typed: a path has lost the second stroke of ``s3://``."""
    return re.sub(r"^(\w{2,}):/+", r"\1://", str(path))


def _below(base: str, path: str) -> str:
    return path.removeprefix(base).lstrip("/\\") or path


def _on_disk(given: Path) -> tuple[str, list[str], list[str]]:
    """The folder, its Parquet files, and files that are something else."""
    if given.is_file():
        return str(given.parent), [str(given)], []
    if given.is_dir():
        found = [str(path) for path in sorted(given.rglob("*")) if path.is_file()]
        return str(given), *_told_apart(str(given), found)
    above = Path(*takewhile(lambda part: not set(part) & set("*?["), given.parts))
    rest = str(given.relative_to(above))
    matches = sorted(above.glob(rest)) if above.is_dir() and rest != "." else []
    found = [str(path) for path in matches if path.is_file()]
    return str(above), *_told_apart(str(above), found)


def _told_apart(base: str, found: list[str]) -> tuple[list[str], list[str]]:
    """Parquet files, and others that no program keeps for itself."""
    shown = [path for path in found if not _is_hidden(_below(base, path))]
    suffixes = (".parquet", ".pq")
    data = [path for path in shown if path.endswith(suffixes)]
    return data, [path for path in shown if not path.endswith(suffixes)]


def _in_store(where: str) -> tuple[pafs.FileSystem, str, list[str], list[str]]:
    system, base = _remote(where)
    found = system.get_file_info(pafs.FileSelector(base, recursive=True, allow_not_found=True))
    paths = sorted(f.path for f in found if f.is_file)
    if not paths and system.get_file_info(base).is_file:
        return system, str(PurePosixPath(base).parent), [base], []
    return system, base, *_told_apart(base, paths)


def _is_hidden(name: str) -> bool:
    """Whether programs keep their own notes there, such as ``_SUCCESS``."""
    return any(part.startswith(("_", ".")) for part in PurePosixPath(name).parts)


def _beside(where: str, names: list[str]) -> list[Issue]:
    if not names:
        return []
    count = "1 file is" if len(names) == 1 else f"{len(names):,} files are"
    said = f"{count} not Parquet and not read: {named(names, 'files')}."
    return [Issue("warning", said, file=where)]


def _empty_folders(base: str, paths: Iterable[str]) -> list[Issue]:
    """A note for every folder below the base that holds no file."""
    filled = {parent for path in paths for parent in Path(path).parents}
    empty = [
        _below(base, str(folder))
        for folder in sorted(Path(base).rglob("*"))
        if folder.is_dir() and folder not in filled and not _is_hidden(_below(base, str(folder)))
    ]
    return [Issue("note", "The folder has no Parquet file.", file=name) for name in empty]


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
