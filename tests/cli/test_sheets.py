from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pypdf
import pytest

from tests.cli.running import complaint_of, four, json_of, run

FOUR = ("ann", "bo", "cy", "di")


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


def made(folder: Path, kind: str, *more: object) -> tuple[dict[str, object], dict[str, str]]:
    """The manifest of a kind, and the text of each file."""
    manifest = sheets(folder, "--kind", kind, *more)
    files = {path.name: text_of(path.read_bytes()) for path in (folder / "out").glob("*.pdf")}
    return manifest, files


def test_a_notice_for_each_candidate(tmp_path: Path) -> None:
    asked = ["--contact", "people@example.org", "--ask-by", "2026-12-22", "--names"]
    manifest, files = made(tmp_path, "notice", *asked)
    assert manifest["kind"] == "notice"
    assert sorted(files) == [f"notice-{n}-{code}.pdf" for n, code in enumerate(FOUR, 1)]
    left_out = files["notice-3-cy.pdf"]
    assert "Klout decided: without it your application would have been taken forward." in left_out
    assert "people@example.org" in left_out
    assert "22 December 2026" in left_out


def test_a_requisition_report_with_ratings_and_decisions(tmp_path: Path) -> None:
    ratings, decided = tmp_path / "ratings.csv", tmp_path / "decided.csv"
    rows = [f"{who},craft,{by},{n % 5 + 1}" for n, who in enumerate(FOUR) for by in ("Al", "Bea")]
    rows.append("ann,craft,agreed,5")
    ratings.write_text("\n".join(["candidate,criterion,reviewer,rating", *rows]), encoding="utf-8")
    decided.write_text(
        "candidate_id,decision,reason\ncy,take forward,Best portfolio.\n", encoding="utf-8"
    )
    manifest, files = made(tmp_path, "cohort", "--ratings", ratings, "--decisions", decided)
    (entry,) = manifest["sheets"]  # type: ignore[misc]
    assert entry["candidate_id"] is None
    (text,) = files.values()
    assert "Klout decided 1 of 2 places" in text
    assert "Best portfolio." in text
    # What the panel agreed upon is no rating of its own: 2 reviewers, not 3.
    assert "All criteria 4 2" in text


def test_filled_sheets(tmp_path: Path) -> None:
    ratings = tmp_path / "ratings.csv"
    ratings.write_text(
        "candidate,criterion,reviewer,rating,note\nann,craft,Al,4,Piece 1 is complete.\n",
        encoding="utf-8",
    )
    for more, reviewer in (([], "Reviewer 1"), (["--names"], "Al")):
        _, files = made(tmp_path, "candidate", "--candidate", "ann", "--ratings", ratings, *more)
        text = files["sheet-1-ann.pdf"]
        assert "Piece 1 is complete." in text
        assert reviewer in text


def test_an_adverse_impact_report_of_one_column(tmp_path: Path) -> None:
    _, files = made(tmp_path, "audit", "--group", "sex")
    text = files["adverse-impact-report.pdf"]
    assert "By sex" in text
    assert "New York City Local Law 144 of 2021: no tables." in text
    for code in FOUR:
        assert f" {code} " not in text


def test_a_blank_sheet(tmp_path: Path) -> None:
    _, files = made(tmp_path, "blank", "--title", "Opening 7")
    assert list(files) == ["blank-sheet.pdf"]
    assert "Opening 7" in files["blank-sheet.pdf"]
    assert "Klout" not in files["blank-sheet.pdf"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--kind", "audit", "--names"], "--names says nothing to --kind audit"),
        (["--group", "sex"], "--group says nothing to --kind candidate. It is for audit"),
        (["--kind", "notice", "--ratings", "r.csv"], "It is for candidate, cohort"),
        (["--kind", "audit", "--group", "age"], "There is no group column 'age'"),
        (["--kind", "audit", "--law", "nyc"], "There is no law 'nyc'"),
        (["--kind", "audit", "--law", "ugesp"], "race"),
        (["--decisions", "gone.csv"], "gone.csv"),
    ],
)
def test_what_a_kind_has_no_use_for_is_named(more: list[str], said: str, tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    options = ["sheets", table, "--screen", screen, "--out", tmp_path / "out"]
    assert said in " ".join(complaint_of(*options, *more).split())
    assert not (tmp_path / "out").exists()
