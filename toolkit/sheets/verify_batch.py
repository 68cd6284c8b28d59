"""Is a batch whole: every document that its manifest lists, each intact, and no other?"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from toolkit.errors import SheetError
from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import Screen
from toolkit.sheets.content_hash import sha256
from toolkit.sheets.manifest import NAME
from toolkit.sheets.recomputation import Recomputation
from toolkit.sheets.verification import Check, Difference, Verification
from toolkit.sheets.verify import verify

#: Called with how many documents of how many are checked.
Progress = Callable[[int, int], None]

#: A document beyond this is none of ours.
_LARGEST = 256_000_000


@dataclass(frozen=True)
class BatchVerification:
    """Whether a batch is whole.

    Parameters
    ----------
    file : str
        Name of the folder or ZIP.
    sheets : tuple of Verification
        One for each document that the manifest lists and the batch holds.
    differences : tuple of Difference
        What is missing, what is not listed, and where a document is not what is listed.
    """

    file: str
    sheets: tuple[Verification, ...]
    differences: tuple[Difference, ...]

    @property
    def intact(self) -> bool:
        return not self.differences and all(sheet.intact for sheet in self.sheets)

    @property
    def broken(self) -> tuple[Verification, ...]:
        """The documents that are not intact."""
        return tuple(sheet for sheet in self.sheets if not sheet.intact)

    @property
    def sentence(self) -> str:
        """The answer in one or two sentences."""
        count = "1 document" if len(self.sheets) == 1 else f"{len(self.sheets):,} documents"
        if self.intact:
            return f"{self.file} is whole: {count}, intact and as the manifest lists them."
        wrong = [f"{len(self.broken):,} of {count} not intact"] if self.broken else []
        if self.differences:
            first = self.differences[0]
            wrong.append(f"{first.where} is {first.document}, and {first.expected} is listed")
        return f"{self.file} is not as it was made: {'; '.join(wrong)}."

    def to_dict(self) -> dict[str, object]:
        return {
            "file": self.file,
            "intact": self.intact,
            "sheets": [sheet.to_dict() for sheet in self.sheets],
            "differences": [difference.to_dict() for difference in self.differences],
        }


def is_batch(path: Path) -> bool:
    """Whether a path is a folder or a ZIP, which hold many documents, and no document itself."""
    return path.is_dir() or (path.is_file() and zipfile.is_zipfile(path))


def verify_batch(
    path: Path,
    *,
    against: Cohort | Recomputation | None = None,
    screen: Screen | None = None,
    progress: Progress | None = None,
) -> BatchVerification:
    """Check every document of a folder or a ZIP, and its manifest.

    Parameters
    ----------
    path : Path
    against : Cohort or Recomputation, optional
        The data that the figures should follow from.
    screen : Screen, optional
        The screen that every document should speak of.
    progress : callable, optional

    Raises
    ------
    SheetError
        If there is no manifest, or it cannot be read.
    """
    if path.is_dir():
        return _verified(_Folder(path), path.name, against, screen, progress)
    return verify_zip(path, path.name, against=against, screen=screen, progress=progress)


def verify_zip(
    source: Path | IO[bytes],
    name: str,
    *,
    against: Cohort | Recomputation | None = None,
    screen: Screen | None = None,
    progress: Progress | None = None,
) -> BatchVerification:
    """Check every document of a ZIP, and its manifest; as `verify_batch`.

    Parameters
    ----------
    source : Path or binary file
    name : str
        What it is called.
    against, screen, progress
        See `verify_batch`.

    Raises
    ------
    SheetError
        If it is no ZIP, or has no manifest that can be read.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            return _verified(_Archive(archive), name, against, screen, progress)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise SheetError(f"{name} cannot be read as a ZIP: {error}.") from error


class _Folder:
    """Files of a folder by name."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> set[str]:
        return {file.name for file in self._path.iterdir() if not file.name.startswith(".")}

    def read(self, name: str) -> bytes:
        return (self._path / name).read_bytes()


class _Archive:
    """Files of a ZIP by name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def names(self) -> set[str]:
        return set(self._archive.namelist())

    def read(self, name: str) -> bytes:
        if self._archive.getinfo(name).file_size > _LARGEST:
            raise SheetError(f"{name} is larger than any document of this program.")
        return self._archive.read(name)


def _verified(
    files: _Folder | _Archive,
    batch: str,
    against: Cohort | Recomputation | None,
    screen: Screen | None,
    progress: Progress | None,
) -> BatchVerification:
    there = files.names()
    if NAME not in there:
        raise SheetError(
            f"{batch} holds no {NAME}, so that nothing says what should be in it. Check its "
            "documents one by one."
        )
    manifest = _manifest(files.read(NAME), batch)
    listed: dict[str, Mapping[str, Any]] = {
        str(entry.get("file")): entry for entry in manifest["sheets"]
    }
    differences = [
        Difference(name, "a file", "no such file") for name in sorted(there - set(listed) - {NAME})
    ]
    results = Recomputation(against) if isinstance(against, Cohort) else against
    checked: list[Verification] = []
    for number, (name, entry) in enumerate(listed.items(), 1):
        if name not in there:
            differences.append(Difference(name, "missing", "a document"))
        else:
            content = files.read(name)
            checked.append(_one(content, name, results, screen))
            differences += _as_listed(content, checked[-1], entry, manifest)
        if progress is not None:
            progress(number, len(listed))
    return BatchVerification(batch, tuple(checked), tuple(differences))


def _one(
    content: bytes, name: str, against: Recomputation | None, screen: Screen | None
) -> Verification:
    try:
        return verify(content, against=against, screen=screen, name=name)
    except SheetError as error:
        return Verification(name, (Check("record", False, str(error)),))


def _as_listed(
    content: bytes, found: Verification, entry: Mapping[str, Any], manifest: Mapping[str, Any]
) -> list[Difference]:
    """Where one document is not what the manifest says of it and of the batch."""
    screen = manifest.get("screen")
    pairs: list[tuple[str, object, object]] = [
        ("sha256", sha256(content), entry.get("sha256")),
        ("bytes", len(content), entry.get("bytes")),
    ]
    if found.kind:
        pairs += [
            ("content_sha256", found.content_sha256, entry.get("content_sha256")),
            ("kind", found.kind, manifest.get("kind")),
            ("version", found.version, manifest.get("version")),
            ("date", found.date, manifest.get("date")),
        ]
    if found.inputs:
        pairs.append(("inputs", dict(found.inputs), manifest.get("inputs")))
    if found.screen is not None and isinstance(screen, dict):
        pairs.append(("screen", found.screen.sha256, screen.get("sha256")))
    return [
        Difference(f"{found.file}: {what}", str(own), str(said))
        for what, own, said in pairs
        if own != said
    ]


def _manifest(written: bytes, batch: str) -> dict[str, Any]:
    try:
        told = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise SheetError(f"{NAME} of {batch} is damaged: it is not JSON.") from error
    sheets = told.get("sheets") if isinstance(told, dict) else None
    if not isinstance(sheets, list) or not all(isinstance(entry, dict) for entry in sheets):
        raise SheetError(f"{NAME} of {batch} is no manifest of Cloutproof: it lists no sheets.")
    manifest: dict[str, Any] = told
    return manifest
