"""One portfolio document → `Document`, by what its first bytes say it is."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath

from toolkit.errors import InputError, RefusedInput, UnreadableFile
from toolkit.intake.documents.document import Document, Form, Section
from toolkit.intake.documents.limits import MOST_LINKS, check_bytes, shortened
from toolkit.intake.documents.markdown import read_markdown
from toolkit.intake.documents.own_process import read_apart
from toolkit.intake.documents.plain import read_text
from toolkit.intake.documents.resume import read_resume
from toolkit.intake.issue import Issue
from toolkit.intake.refusals import looks_like_token, without_tokens

_WANTED = "PDF, DOCX, Markdown, text, HTML, JSON Resume or a list of links"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_PAGES = (".html", ".htm", ".xhtml")
_TABLES = (".xlsx", ".xls", ".csv", ".tsv", ".ods", ".parquet")
#: Formats whose readers can be kept busy for ever, by a file made for it.
_APART: frozenset[Form] = frozenset({"pdf", "docx", "html"})
_AT_ONCE: Mapping[Form, Callable[[bytes, str], Document]] = {
    "resume": read_resume,
    "markdown": read_markdown,
    "text": read_text,
}


def read_document(data: bytes, name: str) -> Document:
    """Read one document of a portfolio.

    Parameters
    ----------
    data : bytes
    name : str
        Of the file; its ending decides only where the bytes do not.

    Raises
    ------
    UnreadableFile
        If it is damaged, protected, scanned, far too large, or of a format that is not read;
        the message says what to do.
    """
    check_bytes(data, name)
    form = _form(data, name)
    read = read_apart(data, name, form) if form in _APART else _AT_ONCE[form](data, name)
    sections, cut = shortened(read.sections, name)
    sections, hidden = _without_secrets(sections, name)
    if not any(section.text.strip() for section in sections):
        raise UnreadableFile(f"{name}: the document holds no words. Ask for it again.")
    # An address may carry a key for its server.
    links = [link for link in read.links if not looks_like_token(link.address)]
    if len(links) > MOST_LINKS:
        many = f"There are {len(links):,} links; the first {MOST_LINKS} are listed."
        cut.append(Issue("warning", many, file=name))
    return replace(
        read,
        sections=sections,
        links=tuple(links[:MOST_LINKS]),
        issues=(*read.issues, *cut, *hidden),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _form(data: bytes, name: str) -> Form:
    """The format of a file.

    Raises
    ------
    UnreadableFile
        If it is one that is not read.
    """
    suffix = PurePosixPath(name.casefold()).suffix
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data, name)
    if data.startswith(_OLE):
        raise _old_office(data, name)
    if start.startswith(b"{\\rtf"):
        raise UnreadableFile(
            f"{name}: this is RTF. Open it in a word processor, save it as DOCX or PDF, and "
            "upload that."
        )
    if start.startswith(_PICTURES) and (b"\0" in data[:2000] or suffix not in _MARKDOWN):
        raise UnreadableFile(
            f"{name}: this is a picture, and pictures are not read. Ask for a document with text; "
            "for work that is visual, for a link or a PDF that describes it."
        )
    if suffix in _TABLES:
        raise UnreadableFile(
            f"{name}: this is a table, not a document. Bring it with the candidates, or save it "
            "as PDF."
        )
    if suffix == ".pdf":
        raise UnreadableFile(
            f"{name}: the file is no PDF, as its name says. It may be cut off; ask for it again."
        )
    if suffix in (".docx", ".doc", ".odt", ".pages"):
        raise UnreadableFile(
            f"{name}: the file is no document of the kind that its name says, or is damaged. Save "
            "it again as PDF."
        )
    low = start[:300].lower()
    if suffix in _PAGES or low.startswith((b"<!doctype html", b"<html")):
        return "html"
    if suffix == ".json" or (start.startswith(b"{") and suffix not in (".txt", *_MARKDOWN)):
        return "resume"
    if low.startswith((b"<?xml", b"<svg")):
        if b"<html" in low:
            return "html"
        raise UnreadableFile(f"{name}: XML is not read here. Upload {_WANTED}.")
    return "markdown" if suffix in _MARKDOWN else "text"


def _packed(data: bytes, name: str) -> Form:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        raise UnreadableFile(
            f"{name}: the file is damaged or cut off. Save it again, or save it as PDF."
        ) from None
    if any(member.startswith("word/") for member in members):
        return "docx"
    if "mimetype" in members and "content.xml" in members:
        what = "an OpenDocument file"
    elif any(member.startswith("ppt/") for member in members):
        what = "a presentation"
    elif any(member.startswith("xl/") for member in members):
        what = "a workbook"
    elif any(member.startswith("Index/") or member == "preview.jpg" for member in members):
        what = "a Pages document"
    elif "META-INF/container.xml" in members:
        what = "an e-book"
    else:
        raise UnreadableFile(
            f"{name}: this is an archive. Unpack it and upload the documents in it: {_WANTED}."
        )
    raise UnreadableFile(f"{name}: this is {what}. Save it as PDF and upload that.")


def _old_office(data: bytes, name: str) -> UnreadableFile:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableFile(
            f"{name}: the document is protected by a password. Ask for a copy without."
        )
    if "WordDocument".encode("utf-16-le") in data:
        return UnreadableFile(
            f"{name}: this is a document of Word 97 to 2003 (.doc). Open it in a word processor, "
            "save it as DOCX or PDF, and upload that."
        )
    return UnreadableFile(
        f"{name}: this is an old Office file that is not read. Save it as PDF and upload that."
    )


def _without_secrets(
    sections: tuple[Section, ...], name: str
) -> tuple[tuple[Section, ...], list[Issue]]:
    """The sections without what looks like a password or key, which is never kept."""
    if not any(looks_like_token(section.text) for section in sections):
        return sections, []
    kept = tuple(replace(section, text=without_tokens(section.text)) for section in sections)
    return kept, [
        Issue(
            "warning",
            "What looks like a password, token or key stood in the text and was left out. Never "
            "ask candidates for one; delete the file, which still holds it.",
            file=name,
        )
    ]


def read_documents(files: list[tuple[str, bytes]]) -> tuple[list[Document], list[Issue]]:
    """Each document that can be read, and an error for each that cannot.

    Parameters
    ----------
    files : list of (name, bytes)
    """
    documents: list[Document] = []
    errors: list[Issue] = []
    for name, data in files:
        try:
            documents.append(read_document(data, name))
        except (InputError, RefusedInput) as error:
            message = str(error).removeprefix(name).lstrip(":, ")
            errors.append(Issue("error", message, file=name))
    return documents, errors
