from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pypdf
import pytest

from tests.cli.running import complaint_of, four, json_of, run


def sheets(folder: Path, *more: object) -> dict[str, object]:
    table, screen = four(folder)
    options = ["--screen", screen, "--out", folder / "out", "--date", "2026-11-22"]
    found: dict[str, object] = json_of("sheets", table, *options, *more)
    return found


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_sheet_for_each_of_four(tmp_path: Path) -> None:
    manifest = sheets(tmp_path)
    out = tmp_path / "out"
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8")) == manifest
    entries = manifest["sheets"]
    assert isinstance(entries, list)
    assert [entry["candidate_id"] for entry in entries] == ["ann", "bo", "cy", "di"]
    for entry in entries:
        pdf = (out / entry["file"]).read_bytes()
        assert hashlib.sha256(pdf).hexdigest() == entry["sha256"]
        assert entry["candidate_id"] in text_of(pdf)
    assert len(list(out.iterdir())) == 5


def test_the_inputs_are_hashed(tmp_path: Path) -> None:
    manifest = sheets(tmp_path, "--candidate", "ann")
    table, _ = four(tmp_path)
    digest = hashlib.sha256(table.read_bytes()).hexdigest()
    assert manifest["inputs"] == {"four.csv": digest}


def test_the_same_input_and_date_give_the_same_bytes(tmp_path: Path) -> None:
    assert sheets(tmp_path, "--candidate", "ann") == sheets(tmp_path, "--candidate", "ann")


def test_names_are_there_only_when_asked_for(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    table.write_text("candidate_id,name,klout,portfolio\nA1,Yosel,60,2\n", encoding="utf-8")
    options = ["sheets", table, "--screen", screen, "--out", tmp_path / "out"]
    for more, shown in (([], False), (["--names"], True)):
        entry = json_of(*options, *more)["sheets"][0]
        assert ("Yosel" in text_of((tmp_path / "out" / entry["file"]).read_bytes())) is shown


def test_the_head_names_the_opening(tmp_path: Path) -> None:
    head = ["--title", "Requisition 7", "--role", "Planner", "--organisation", "Acorn"]
    sheets(tmp_path, "--candidate", "bo", *head, "--keep-until", "2031-05-17")
    (pdf,) = (tmp_path / "out").glob("*.pdf")
    text = text_of(pdf.read_bytes())
    for written in ("Requisition 7", "Planner", "Acorn", "2031"):
        assert written in text


def test_group_membership_is_on_no_sheet(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    table.write_text(
        "candidate_id,klout,portfolio,ethnicity\nann,60,2,Zembla\nbo,55,3,Ruritania\n",
        encoding="utf-8",
    )
    json_of("sheets", table, "--screen", screen, "--out", tmp_path / "out", "--names")
    for pdf in (tmp_path / "out").glob("*.pdf"):
        text = text_of(pdf.read_bytes())
        assert "Zembla" not in text
        assert "Ruritania" not in text


def test_the_table_says_where_they_are(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    out = tmp_path / "out"
    said = run("sheets", table, "--screen", screen, "--out", out, "--candidate", "di").stdout
    assert " ".join(said.split()).startswith(f"1 sheet and manifest.json are in {out}.")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--candidate", "eve"], "There is no candidate 'eve'"),
        (["--kind", "banner"], "There is no sheet of the kind 'banner'"),
        (["--date", "tomorrow"], "--date"),
        (["--paper", "a3"], "--paper"),
        (["--rubric", "gone.toml"], "gone.toml"),
    ],
)
def test_bad_usage_is_named(more: list[str], said: str, tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    options = ["sheets", table, "--screen", screen, "--out", tmp_path / "out"]
    assert said in complaint_of(*options, *more)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    said = complaint_of("sheets", table, "--screen", screen, "--out", table)
    assert "cannot be written to" in said
