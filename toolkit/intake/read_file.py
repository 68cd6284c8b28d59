"""One uploaded file → its tables, by what its first bytes say it is."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from toolkit.errors import InputError, RefusedInput, UnreadableFile
from toolkit.intake.archives import check_size, gunzipped, unzipped
from toolkit.intake.issue import Issue
from toolkit.intake.raw_table import RawTable
from toolkit.intake.read_csv import read_csv
from toolkit.intake.read_json import read_json, read_json_lines
from toolkit.intake.read_parquet import read_parquet
from toolkit.intake.read_xlsx import read_xlsx

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_TEXTS = (".csv", ".tsv", ".tab", ".txt", ".psv", ".dat")
_LINES = (".jsonl", ".ndjson", ".jsonlines")
_TABLES = (*_WORKBOOKS, *_TEXTS, *_LINES, ".json", ".parquet", ".pq", ".gz")
_PACKED = "CSV, TSV, XLSX, JSON, JSON Lines or Parquet"
_FORMATS = f"{_PACKED}, or a ZIP of these"
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ARROW1", "an Arrow file"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, eq=False)
class Reading:
    """The tables of an upload, freed of secrets, before they are understood.

    Parameters
    ----------
    tables : tuple of RawTable
    issues : tuple of Issue
        What is not about one table: files left out of an archive, and the like.
    sources : mapping of str to str
        File → SHA-256 of its bytes; of what was kept, where something was refused.
    """

    tables: tuple[RawTable, ...]
    issues: tuple[Issue, ...]
    sources: dict[str, str]


def read_files(files: Sequence[tuple[str, bytes]]) -> Reading:
    """Read the tables of all files.

    Parameters
    ----------
    files : sequence of (name, bytes)

    Raises
    ------
    InputError
        If there is nothing to read.
    UnreadableFile
        If a file is not the format that it claims to be.
    RefusedInput
        If nothing but secrets was in it.
    """
    if not files:
        raise InputError("No file was given. Choose a file with candidates.")
    tables: list[RawTable] = []
    issues: list[Issue] = []
    sources: dict[str, str] = {}
    for name, data in _named_apart(files):
        found, more = read_file(data, name)
        tables.extend(found)
        issues.extend(more)
        # A digest of the whole file would be computed over what was refused.
        secret = any(table.held_secrets for table in found)
        sources[name] = _digest_of(found) if secret else hashlib.sha256(data).hexdigest()
    kept = [table for table in tables if len(table.frame.columns)]
    refused = list(dict.fromkeys(name for table in tables for name in table.refused))
    if refused and not kept:
        raise RefusedInput(
            f"{tables[0].file}: it holds nothing but what is never accepted "
            f"({', '.join(refused)}). Nothing of it was kept. Delete it, and never ask "
            "candidates for it."
        )
    if not kept:
        raise InputError(f"{tables[0].file}: the file holds no values. Export it again.")
    for table in tables:
        if not len(table.frame.columns):
            issues.extend(table.issues)
    return Reading(tuple(kept), tuple(issues), sources)


def read_file(data: bytes, name: str) -> tuple[list[RawTable], list[Issue]]:
    """The tables of one file, and what was left out of it where it is an archive.

    Raises
    ------
    InputError, UnreadableFile, RefusedInput
    """
    if not data:
        raise InputError(f"{name}: the file is empty (0 bytes). Export or upload it again.")
    suffix = PurePosixPath(name.casefold()).suffix
    if data.startswith(b"\x1f\x8b"):
        inner = name[:-3] if suffix == ".gz" else name
        return read_file(gunzipped(data, name), inner)
    if suffix == ".gz":
        raise UnreadableFile(f"{name}: the file is not gzip, as its name says. Export it again.")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data, name, suffix)
    if data.startswith(b"PAR1") or suffix in (".parquet", ".pq"):
        return [read_parquet(data, name)], []
    if data.startswith(_OLE) or suffix in _WORKBOOKS:
        return _old_workbook(data, name), []
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableFile(f"{name}: this is {what}, not a table. Upload {_FORMATS}.")
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<workbook")):
        raise UnreadableFile(_is_web_page(name))
    if suffix in _LINES:
        return read_json_lines(data, name), []
    if suffix == ".json" or (suffix not in _TEXTS and start.startswith((b"{", b"["))):
        return _json(data, name), []
    if suffix == ".zip":
        raise UnreadableFile(f"{name}: the file is not a ZIP archive, as its name says.")
    return [read_csv(data, name)], []


def _json(data: bytes, name: str) -> list[RawTable]:
    try:
        return read_json(data, name)
    except UnreadableFile as error:
        # JSON Lines are often saved under .json.
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip().startswith(b"{") for line in lines[:2]):
            try:
                return read_json_lines(data, name)
            except UnreadableFile:
                raise error from None
        raise


def _packed(data: bytes, name: str, suffix: str) -> tuple[list[RawTable], list[Issue]]:
    """A workbook or an archive: both are ZIP files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        what = "workbook" if suffix in _WORKBOOKS else "archive"
        raise UnreadableFile(
            f"{name}: the {what} is damaged or cut off. Save or export it again."
        ) from None
    if "xl/workbook.xml" in members or "xl/workbook.bin" in members or suffix in _WORKBOOKS:
        check_size(data, name)
        return read_xlsx(data, name), []
    if "mimetype" in members and "content.xml" in members:
        check_size(data, name)
        return read_xlsx(data, name), []
    if any(member.startswith(("word/", "ppt/")) for member in members):
        raise UnreadableFile(
            f"{name}: this is a text document or slides, not a table. Upload {_FORMATS}."
        )
    unpacked = unzipped(data, name)
    tables: list[RawTable] = []
    issues = list(unpacked.issues)
    for inner, content in unpacked.files:
        why_not = _not_a_table(inner, content)
        if why_not:
            issues.append(_left_out(inner, why_not, "archive"))
            continue
        found, more = read_file(content, inner)
        tables.extend(found)
        issues.extend(more)
    if not tables:
        left = "; ".join(f"{issue.file}: {issue.message}" for issue in issues[:3])
        raise InputError(f"{name}: the archive holds no table. {left} Pack {_PACKED} into it.")
    return tables, issues


def _not_a_table(name: str, data: bytes) -> str | None:
    """Why a file within an archive or folder is passed over."""
    suffix = PurePosixPath(name.casefold()).suffix
    if data.startswith(b"PK\x03\x04") and suffix not in _WORKBOOKS:
        return "An archive within an archive, or a document,"
    if suffix in _TABLES and (suffix != ".txt" or b"\t" in data or b"," in data or b";" in data):
        return None
    return f"A file that is no table ('{suffix or 'no ending'}')"


def _left_out(name: str, what: str, of: str) -> Issue:
    """A warning, or only a note where the file explains the others or holds a screen."""
    beside = PurePosixPath(name.casefold()).suffix in (".md", ".toml")
    return Issue("note" if beside else "warning", f"{what} was left out of the {of}.", file=name)


def passed_over(files: Sequence[tuple[str, bytes]]) -> tuple[list[tuple[str, bytes]], list[Issue]]:
    """The tables among the files of a folder, and what was passed over."""
    kept: list[tuple[str, bytes]] = []
    issues: list[Issue] = []
    for name, data in files:
        archive = name.casefold().endswith(".zip")
        what = None if archive else _not_a_table(name, data)
        if what:
            issues.append(_left_out(name, what, "folder"))
        else:
            kept.append((name, data))
    return kept, issues


def _old_workbook(data: bytes, name: str) -> list[RawTable]:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise UnreadableFile(_is_web_page(name))
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(
            f"{name}: the workbook is protected by a password. Save a copy without one."
        )
    if data.startswith(_OLE):
        return read_xlsx(data, name)
    if b"\0" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(
            f"{name}: the file is not a workbook, as its name says. Open it in the program that "
            "made it and save it again as XLSX or CSV."
        )
    table = read_csv(data, name)
    note = Issue("note", "The file is text, not a workbook: it was read as CSV.", file=name)
    return [replace(table, issues=(note, *table.issues))]


def _is_web_page(name: str) -> str:
    return (
        f"{name}: this is a web page or XML, whatever its name says; some systems export so. "
        "Open it in a spreadsheet program and save it as XLSX or CSV."
    )


def _named_apart(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Files under names that differ, so that messages and sources are clear."""
    taken: dict[str, bytes] = {}
    for name, data in files:
        given, again = name, 2
        while name in taken:
            name, again = f"{given} ({again})", again + 1
        taken[name] = data
    return list(taken.items())


def _digest_of(tables: Sequence[RawTable]) -> str:
    """SHA-256 of the cells that were kept."""
    digest = hashlib.sha256()
    for table in tables:
        digest.update(f"{table.sheet}\x1e".encode())
        digest.update(table.frame.to_csv(index=True, lineterminator="\n").encode())
    return digest.hexdigest()


def with_issues(reading: Reading, issues: Sequence[Issue]) -> Reading:
    """The same reading with more issues in front."""
    return replace(reading, issues=(*issues, *reading.issues))
