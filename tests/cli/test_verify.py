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


def test_statutory_tables_follow_from_the_file_that_was_counted(tmp_path: Path) -> None:
    path, pdf = tmp_path / "counts.csv", tmp_path / "tables.pdf"
    text = "sex,race,above,n\nMale,White,50,92\nFemale,White,33,74\nFemale,Asian,1,2\n"
    path.write_text(text)
    made = ("--selected", "above", "--total", "n", "--rate", "scoring", "--pdf", pdf)
    json_of("statutory", path, "--law", "nyc-ll144", *made, "--language", "de")
    found = json_of("verify", pdf, "--against", path)
    assert found["intact"] is True
    assert {key: value for key, value in found["checks"][-1].items() if key != "says"} == {
        "check": "data",
        "passed": True,
    }
    path.write_text(text.replace("33,74", "34,74"))
    result = run("verify", pdf, "--against", path, "--format", "csv")
    assert result.exit_code == 2
    # New York's example has 34 of 76; without the 33rd, 35.
    assert "found.tables.1.rows.2.selected,34,35\n" in result.stdout
    path.write_text("a,b\n1,2\n")
    assert "There is no column 'above'" in run("verify", pdf, "--against", path).stdout


def test_a_rechecked_table_follows_from_the_table_that_was_published(tmp_path: Path) -> None:
    table, pdf = tmp_path / "published.csv", tmp_path / "recheck.pdf"
    table.write_text("group,n,rate,impact_ratio\nMale,92,54.3%,1.00\nFemale,76,44.7%,0.82\n")
    json_of("recheck", table, "--pdf", pdf, "--paper", "us-letter")
    assert json_of("verify", pdf, "--against", table)["intact"] is True
    table.write_text(table.read_text().replace("0.82", "0.83"))
    assert "found.rows.2.printed.impact_ratio" in run("verify", pdf, "--against", table).stdout
