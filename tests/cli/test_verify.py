from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import complaint_of, four, json_of, run


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    table, screen = four(tmp_path)
    out = tmp_path / "out"
    options = ["--screen", screen, "--out", out, "--date", "2026-11-22", "--candidate", "ann"]
    json_of("sheets", table, *options)
    return out


def test_a_sheet_is_intact_and_follows_from_its_data(batch: Path) -> None:
    sheet = batch / "sheet-1-ann.pdf"
    found = json_of("verify", sheet)
    assert found["intact"] is True
    assert found["file"] == "sheet-1-ann.pdf"
    assert found["differences"] == []
    table, screen = four(batch.parent)
    found = json_of("verify", sheet, "--against", table, "--screen", screen)
    assert found["intact"] is True
    assert [check["check"] for check in found["checks"]] == [
        "record",
        "file",
        "pages",
        "screen",
        "inputs",
        "data",
    ]
    manifest = json.loads((batch / "manifest.json").read_text())
    assert found["content_sha256"] == manifest["sheets"][0]["content_sha256"]


def test_a_tampered_sheet_leaves_with_code_2_and_says_why(batch: Path) -> None:
    sheet = batch / "sheet-1-ann.pdf"
    damaged = bytearray(sheet.read_bytes())
    damaged[4000] ^= 1
    sheet.write_bytes(damaged)
    result = run("verify", sheet, "--format", "json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["intact"] is False
    assert result.stderr.startswith("cloutproof: sheet-1-ann.pdf is not intact. ")
    assert "Traceback" not in result.stderr


def test_other_data_are_told_figure_by_figure(batch: Path) -> None:
    table, _ = four(batch.parent)
    table.write_text(table.read_text().replace("cy,40", "cy,70"))
    result = run("verify", batch / "sheet-1-ann.pdf", "--against", table, "--format", "csv")
    assert result.exit_code == 2
    assert result.stdout.startswith("where,document,expected\ninput four.csv,")
    assert "outcome.rank,2,3\n" in result.stdout


def test_a_folder_is_checked_with_its_manifest(batch: Path) -> None:
    assert json_of("verify", batch)["intact"] is True
    said = run("verify", batch).stdout
    assert "out is whole: 1 document, intact" in said
    (batch / "more.pdf").write_bytes(b"%PDF-")
    result = run("verify", batch)
    assert result.exit_code == 2
    assert "more.pdf is a file, and no such file is listed" in result.stderr


@pytest.mark.parametrize(
    ("content", "said"), [(None, "There is no file"), ("hello", "is not a PDF")]
)
def test_what_is_no_document_is_said(content: str | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    if content is not None:
        path.write_text(content)
    assert said in complaint_of("verify", path)
