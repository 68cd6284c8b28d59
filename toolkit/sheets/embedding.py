"""The record inside the PDF, in a place that PDF/A-2a and PDF/UA-1 leave to programs.

PDF/A-2 allows no attachment but PDF/A files. What it does allow is private data of the program
that made the file, under ``PieceInfo`` of the catalogue (ISO 32000-1, 14.5), and that is where the
record stands, as a stream. It is appended as an incremental update (7.5.6): the file begins with
the pages exactly as they were typeset, so that pages and record can be told apart and hashed
apart. The stream is not compressed: compressors differ between machines, and whoever opens the
file with a text editor can read it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from toolkit.errors import SheetError
from toolkit.sheets.content_hash import sha256
from toolkit.sheets.opened_pdf import opened

#: The program's own entry in the catalogue's ``PieceInfo``.
ENTRY = "/Cloutproof"
#: A record beyond this is none of ours.
LARGEST = 64_000_000

_END = re.compile(rb"trailer\n<<(/Size (\d+)/Root (\d+) 0 R[^\n]*)>>\nstartxref\n(\d+)\n%%EOF\s*\Z")


@dataclass(frozen=True)
class Embedded:
    """A record as it stands in a document.

    Parameters
    ----------
    record : bytes
    sha256 : str
        That of the record, as the document states it.
    """

    record: bytes
    sha256: str


def with_record(pages: bytes, record: bytes, date: dt.date) -> bytes:
    """The document with its record.

    Parameters
    ----------
    pages : bytes
        A PDF with one classical table of object positions, as the typesetter writes it.
    record : bytes
        Of ASCII.
    date : date
        When the record was made.

    Returns
    -------
    bytes
        Beginning with `pages`; the same for the same arguments.

    Raises
    ------
    SheetError
        If the PDF is not built as expected.
    """
    end = _END.search(pages)
    catalogue = None if end is None else _object(pages, int(end.group(3)))
    if end is None or catalogue is None or b"/PieceInfo" in catalogue:
        raise SheetError("The document cannot take its record. Please report this.")
    size, root = int(end.group(2)), int(end.group(3))
    entry = (
        b"/PieceInfo<<%b<</LastModified(D:%b000000Z)/Private<</Record %d 0 R/SHA256(%b)>>>>>>>>"
        % (
            ENTRY.encode("ascii"),
            date.strftime("%Y%m%d").encode("ascii"),
            size,
            sha256(record).encode("ascii"),
        )
    )
    made = pages if pages.endswith(b"\n") else pages + b"\n"
    stream_at = len(made)
    made += b"%d 0 obj\n<</Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        size,
        len(record),
        record,
    )
    catalogue_at = len(made)
    made += b"%d 0 obj\n%b%b\nendobj\n" % (root, catalogue.removesuffix(b">>"), entry)
    table_at = len(made)
    trailer = end.group(1).replace(b"/Size %d/" % size, b"/Size %d/" % (size + 1), 1)
    made += b"xref\n0 1\n0000000000 65535 f\r\n%d 1\n%010d 00000 n\r\n%d 1\n%010d 00000 n\r\n" % (
        root,
        catalogue_at,
        size,
        stream_at,
    )
    made += b"trailer\n<<%b/Prev %b>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, end.group(4), table_at)
    return made


def record_in(document: bytes) -> Embedded:
    """The record of a document, whoever has saved it since.

    Raises
    ------
    SheetError
        If it is no PDF that can be read, or carries no record.
    """
    if not document.lstrip().startswith(b"%PDF-"):
        raise SheetError("This is not a PDF.")
    try:
        record = _private(opened(document).root_object)
    except Exception as error:
        # A damaged file can fail in as many ways as it can be damaged.
        raise SheetError("The file is damaged: it cannot be read as a PDF any more.") from error
    if record is None:
        raise SheetError(
            "The file carries no record of Cloutproof: it was made by another program, or saved "
            "anew by one that left the record out."
        )
    return record


def _private(catalogue: Any) -> Embedded | None:
    """The program's private data under the catalogue."""
    piece: Any = catalogue
    for key in ("/PieceInfo", ENTRY, "/Private"):
        piece = piece.get(key)
        if piece is None:
            return None
        piece = piece.get_object()
    data: bytes = piece["/Record"].get_object().get_data()
    return Embedded(data, str(piece["/SHA256"])) if len(data) <= LARGEST else None


def _object(pdf: bytes, number: int) -> bytes | None:
    """The one object of this number, between its marks."""
    found = re.findall(rb"\n%d 0 obj\n(.*?)\nendobj" % number, pdf, re.DOTALL)
    return found[0] if len(found) == 1 else None
