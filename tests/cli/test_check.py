from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import AGENCY, DATA, SAMPLES, complaint_of, four, json_of, run
from toolkit.intake.issue import Issue

BROKEN = sorted(
    path
    for path in (SAMPLES / "broken").iterdir()
    if path.suffix != ".md" and not path.name.startswith(".")
)


def test_four_candidates(tmp_path: Path) -> None:
    assert json_of("check", four(tmp_path)[0]) == {
        "ok": True,
        "candidates": 4,
        "signals": ["klout", "portfolio"],
        "scores": ["klout"],
        "groups": ["sex"],
        "issues": [],
    }


def test_a_real_file_without_codes_or_groups() -> None:
    found = json_of("check", DATA / "klout_gnip_2013.csv")
    assert found["ok"] is True
    assert found["candidates"] == 97
    assert "klout" in found["scores"]
    assert found["groups"] == []
    places = ("level", "file", "sheet", "row", "column", "message")
    assert all(set(places) <= set(issue) for issue in found["issues"])


def test_several_files_and_a_folder_are_one_requisition() -> None:
    files = [AGENCY / name for name in ("candidates.csv", "groups.csv", "accounts.csv")]
    apart, folder = json_of("check", *files), json_of("check", AGENCY)
    assert apart["candidates"] == folder["candidates"] == 60
    assert apart["groups"] == folder["groups"] == ["sex", "ethnicity", "age_band"]


def test_csv_is_the_list_of_issues(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("candidate_id,klout\nann,60\nbo,134\n", encoding="utf-8")
    result = run("check", table, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["level"], row["file"], row["row"], row["column"]) for row in rows] == [
        ("warning", "a.csv", "3", "klout")
    ]


def test_a_mapping_says_what_a_column_is(tmp_path: Path) -> None:
    table, mapping = tmp_path / "a.csv", tmp_path / "mapping.toml"
    table.write_text("candidate_id,clout,made\nann,60,3\nbo,40,4\n", encoding="utf-8")
    mapping.write_text(
        '[[tables]]\nfile = "a.csv"\nkind = "candidates"\n\n'
        '[tables.columns]\nclout = "score:klout"\nmade = "evidence"\n',
        encoding="utf-8",
    )
    assert json_of("check", table, "--mapping", mapping)["scores"] == ["klout"]
    mapping.write_text("[[tables", encoding="utf-8")
    assert "TOML" in complaint_of("check", table, "--mapping", mapping)
    said = complaint_of("check", table, "--mapping", tmp_path / "gone.toml")
    assert "gone.toml cannot be read: No such file" in said


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_a_broken_file_is_listed_or_refused_and_never_a_fault(path: Path) -> None:
    result = run("check", path, "--format", "json")
    assert result.exit_code in (0, 2)
    if result.exit_code == 2:
        assert result.stdout == ""
        assert result.stderr.startswith("cloutproof: ")
        assert path.name in result.stderr
    else:
        assert json.loads(result.stdout)["ok"] is True


def test_an_error_among_the_issues_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from toolkit.intake import read

    real = read.read_cohort

    def with_error(*sources: Path, **options: object) -> object:
        issue = Issue("error", "This has to be mended.", file="four.csv", row=3)
        return replace(real(*sources), issues=(issue,))

    monkeypatch.setattr(read, "read_cohort", with_error)
    assert complaint_of("check", four(tmp_path)[0]) == (
        "cloutproof: four.csv, row 3: This has to be mended.\n"
    )


@pytest.mark.parametrize("command", ["check", "decide", "influence", "inflation", "sheets"])
def test_a_file_that_is_not_there(command: str, tmp_path: Path) -> None:
    _, screen = four(tmp_path)
    more = {
        "check": [],
        "decide": ["--screen", screen],
        "influence": ["--screen", screen],
        "inflation": [],
        "sheets": ["--screen", screen, "--out", tmp_path],
    }[command]
    assert "There is no file" in complaint_of(command, tmp_path / "gone.csv", *more)


def test_secrets_are_refused_and_never_printed(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(
        "candidate_id,klout,password\nann,60,hunter2\nbo,40,s3cret\n", encoding="utf-8"
    )
    for form in ("table", "json", "csv"):
        result = run("check", table, "--format", form)
        assert "hunter2" not in result.output
        assert "refused" in result.stdout
