from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.sheets.test_from_results import DATE, SCREEN
from tests.sheets.test_verify import four
from toolkit.errors import SheetError
from toolkit.sheets.batch import render_sheets, sheets_zip
from toolkit.sheets.manifest import NAME
from toolkit.sheets.verify_batch import is_batch, verify_batch


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """Two sheets of four, with their manifest."""
    folder = tmp_path / "sheets"
    render_sheets(four(), SCREEN, folder, candidates=["ann", "bo"], date=DATE)
    return folder


def test_a_batch_is_whole_until_a_document_is_changed(batch: Path) -> None:
    found = verify_batch(batch, against=four(), screen=SCREEN)
    assert found.intact
    assert found.sentence == "sheets is whole: 2 documents, intact and as the manifest lists them."
    sheet = batch / "sheet-2-bo.pdf"
    sheet.write_bytes(sheet.read_bytes().replace(b"Rank", b"Rang").replace(b"(en)", b"(fr)"))
    found = verify_batch(batch)
    assert not found.intact
    assert [one.file for one in found.broken] == ["sheet-2-bo.pdf"]
    assert found.differences[0].where == "sheet-2-bo.pdf: sha256"


def test_what_is_missing_or_not_listed_is_named(batch: Path) -> None:
    (batch / "sheet-1-ann.pdf").rename(batch / "other.pdf")
    told = [one.to_dict() for one in verify_batch(batch).differences]
    assert told == [
        {"where": "other.pdf", "document": "a file", "expected": "no such file"},
        {"where": "sheet-1-ann.pdf", "document": "missing", "expected": "a document"},
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [("date", "2020-01-01"), ("inputs", {}), ("screen", {"sha256": "0"}), ("version", "9")],
)
def test_a_manifest_that_says_something_else_is_noticed(
    batch: Path, key: str, value: object
) -> None:
    manifest = json.loads((batch / NAME).read_text())
    (batch / NAME).write_text(json.dumps({**manifest, key: value}))
    found = verify_batch(batch)
    assert not found.intact
    assert [one.where for one in found.differences] == [
        f"sheet-1-ann.pdf: {key}",
        f"sheet-2-bo.pdf: {key}",
    ]
    assert found.broken == ()


def test_a_zip_is_checked_as_a_folder_is(tmp_path: Path) -> None:
    path, seen = tmp_path / "sheets.zip", []
    with path.open("wb") as target:
        sheets_zip(four(), SCREEN, target, candidates=["ann"], date=DATE)
    assert is_batch(path)
    assert verify_batch(path, progress=lambda done, of: seen.append((done, of))).intact
    assert seen == [(1, 1)]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("sheet-9.pdf", b"%PDF-")
    assert not verify_batch(path).intact


def test_one_that_is_no_pdf_does_not_stop_the_others(batch: Path) -> None:
    (batch / "sheet-1-ann.pdf").write_bytes(b"nothing")
    found = verify_batch(batch)
    assert [sheet.intact for sheet in found.sheets] == [False, True]
    assert "is not a PDF" in found.broken[0].sentence


def test_without_a_manifest_nothing_says_what_should_be_there(batch: Path) -> None:
    (batch / NAME).write_text("[]")
    with pytest.raises(SheetError, match="lists no sheets"):
        verify_batch(batch)
    (batch / NAME).write_text("{")
    with pytest.raises(SheetError, match="is not JSON"):
        verify_batch(batch)
    (batch / NAME).unlink()
    with pytest.raises(SheetError, match=r"sheets holds no manifest\.json"):
        verify_batch(batch)
    with pytest.raises(SheetError, match="cannot be read as a ZIP"):
        verify_batch(batch / "sheet-1-ann.pdf")
