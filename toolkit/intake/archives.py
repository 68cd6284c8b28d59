"""Archives and folders → the files in them, without ever writing one to disk.

An archive is unpacked in memory up to a limit that does not trust the sizes it declares;
names that point outside, links and the by-products of operating systems are left out and
listed.
"""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from toolkit.errors import InputError, UnreadableFile
from toolkit.intake.issue import Issue

#: All that one upload may unpack to.
MOST_BYTES = 2**29
#: Files in one archive or folder.
MOST_FILES = 2_000
_JUNK = frozenset({"__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".git", ".svn"})


@dataclass(frozen=True)
class Unpacked:
    """The files of an archive or folder.

    Parameters
    ----------
    files : tuple of (str, bytes)
        Name, with the archive's own name in front, and content.
    issues : tuple of Issue
        What was left out.
    """

    files: tuple[tuple[str, bytes], ...]
    issues: tuple[Issue, ...] = ()


def unzipped(data: bytes, file: str) -> Unpacked:
    """The files of a ZIP archive.

    Raises
    ------
    UnreadableFile
        If it is damaged, protected by a password, or unpacks to more than `MOST_BYTES`.
    InputError
        If nothing of use is in it.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MOST_FILES:
            raise UnreadableFile(
                f"{file}: the archive holds {len(members):,} files, more than the {MOST_FILES:,} "
                "that are read. Upload only the tables."
            )
        files: list[tuple[str, bytes]] = []
        issues: list[Issue] = []
        left = MOST_BYTES
        for member in members:
            name = f"{file}/{_safe(member.filename)}"
            why_not = _left_out(member)
            if why_not is None:
                continue
            if why_not:
                issues.append(Issue("warning", why_not, file=name))
                continue
            with archive.open(member) as stream:
                content = _at_most(stream, left, file)
            left -= len(content)
            files.append((name, content))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableFile(
            f"{file}: the archive is damaged or cut off ({error}). Pack it again."
        ) from None
    except RuntimeError:
        raise UnreadableFile(
            f"{file}: the archive is protected by a password. Upload one without."
        ) from None
    except NotImplementedError as error:
        raise UnreadableFile(
            f"{file}: the archive uses a compression that is not read here ({error}). Pack it "
            "again as an ordinary ZIP."
        ) from None
    if not files:
        why = f" ({issues[0].file}: {issues[0].message})" if issues else ""
        raise InputError(
            f"{file}: the archive holds no file to read{why}. Pack the tables into it."
        )
    return Unpacked(tuple(files), tuple(issues))


def check_size(data: bytes, file: str) -> None:
    """Refuse a workbook whose parts unpack to more than `MOST_BYTES`.

    They are unpacked and counted, since the sizes that an archive declares prove nothing.

    Raises
    ------
    UnreadableFile
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            left = MOST_BYTES
            for member in archive.infolist():
                with archive.open(member) as stream:
                    while chunk := stream.read(2**20):
                        left -= len(chunk)
                        if left < 0:
                            raise _too_large(file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        return  # the reader of workbooks says what is wrong


def gunzipped(data: bytes, file: str) -> bytes:
    """The content of a gzip file.

    Raises
    ------
    UnreadableFile
        If it is damaged or unpacks to more than `MOST_BYTES`.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return _at_most(cast(IO[bytes], stream), MOST_BYTES, file)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFile(
            f"{file}: the compressed file is damaged or cut off ({error}). Export it again."
        ) from None


def folder_files(folder: Path) -> Unpacked:
    """The files of a folder and the folders in it, in the order of their names.

    Raises
    ------
    InputError
        If no file is in it, or far too many.
    """
    root = folder.resolve()
    files: list[tuple[str, bytes]] = []
    issues: list[Issue] = []
    for path in _walk(root):
        name = path.relative_to(root).as_posix()
        if any(_is_junk(part) for part in PurePosixPath(name).parts):
            continue
        if not path.resolve().is_relative_to(root):
            issues.append(
                Issue("warning", "A link that leads out of the folder: not followed.", file=name)
            )
            continue
        if len(files) >= MOST_FILES:
            raise InputError(
                f"{folder.name}: the folder holds more than {MOST_FILES:,} files. Give one "
                "that holds only the tables."
            )
        files.append((name, path.read_bytes()))
    if not files:
        raise InputError(f"{folder.name}: the folder holds no file to read.")
    return Unpacked(tuple(files), tuple(issues))


def _walk(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir()):
        if path.is_dir() and not path.is_symlink():
            if not _is_junk(path.name):
                yield from _walk(path)
        elif path.is_file() or path.is_symlink():
            yield path


def _left_out(member: zipfile.ZipInfo) -> str | None:
    """Why a member is not read; empty where it is, None where it is not worth a word."""
    name = member.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if any(_is_junk(part) for part in parts):
        return None
    if name.startswith("/") or ".." in parts or (len(name) > 1 and name[1] == ":"):
        return (
            "The name points outside the archive, so the file was left out. Pack the tables "
            "again without folder names such as '..'."
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        return "A link instead of a file: left out. Pack the file itself."
    return ""


def _is_junk(part: str) -> bool:
    name = part.casefold()
    return name in _JUNK or name.startswith(("._", "~$", ".~"))


def _safe(name: str) -> str:
    """A member's name without the parts that point elsewhere."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("..", "/")) or "unnamed"


def _at_most(stream: IO[bytes], left: int, file: str) -> bytes:
    content = stream.read(left + 1)
    if len(content) > left:
        raise _too_large(file)
    return content


def _too_large(file: str) -> UnreadableFile:
    return UnreadableFile(
        f"{file}: it unpacks to more than {MOST_BYTES / 2**30:.3g} GiB, which no table of "
        "candidates needs. Nothing of it was read."
    )
