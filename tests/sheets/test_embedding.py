from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from tests.sheets.examples import SHEET
from tests.sheets.reading import failures
from toolkit.errors import SheetError
from toolkit.sheets.candidate_page import candidate_page
from toolkit.sheets.content_hash import sha256
from toolkit.sheets.embedding import record_in, with_record
from toolkit.sheets.typesetting import typeset

PAGES = typeset("candidate", candidate_page(SHEET), SHEET.date).pdf
RECORD = b'{"program":"Cloutproof"}'


def test_a_record_goes_in_and_comes_out() -> None:
    made = with_record(PAGES, RECORD, SHEET.date)
    assert made.startswith(PAGES)
    assert record_in(made).record == RECORD
    assert record_in(made).sha256 == sha256(RECORD)


def test_both_standards_are_kept() -> None:
    assert failures(with_record(PAGES, RECORD * 1000, SHEET.date)) == []


def test_a_strict_reader_finds_nothing_to_mend() -> None:
    reader = PdfReader(io.BytesIO(with_record(PAGES, RECORD, SHEET.date)), strict=True)
    assert len(reader.pages) == 3
    entry = reader.root_object["/PieceInfo"]["/Cloutproof"]  # type: ignore[index]
    assert entry["/LastModified"] == "D:20261009000000Z"


def test_whoever_saves_the_file_anew_keeps_or_loses_the_record() -> None:
    made = with_record(PAGES, RECORD, SHEET.date)
    kept, lost = io.BytesIO(), io.BytesIO()
    PdfWriter(clone_from=io.BytesIO(made)).write(kept)
    assert record_in(kept.getvalue()).record == RECORD
    pages_alone = PdfWriter()
    for page in PdfReader(io.BytesIO(made)).pages:
        pages_alone.add_page(page)
    pages_alone.write(lost)
    with pytest.raises(SheetError, match="carries no record of Cloutproof"):
        record_in(lost.getvalue())


def test_what_is_no_pdf_is_said() -> None:
    with pytest.raises(SheetError, match="not a PDF"):
        record_in(b"PK\x03\x04")
    with pytest.raises(SheetError, match="cannot be read as a PDF any more"):
        record_in(b"%PDF-1.7\n")


def test_a_pdf_of_another_make_takes_no_record() -> None:
    with pytest.raises(SheetError, match="cannot take its record"):
        with_record(b"%PDF-1.7\n", RECORD, SHEET.date)
    with pytest.raises(SheetError, match="cannot take its record"):
        with_record(with_record(PAGES, RECORD, SHEET.date), RECORD, SHEET.date)
