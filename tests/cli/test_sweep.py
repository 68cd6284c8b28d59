"""The command ``sweep``, on a file read through the real reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from toolkit.cli.program import program


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    candidates, screen = tmp_path / "candidates.csv", tmp_path / "screen.toml"
    rows = ["candidate_id,klout,kred_influence,portfolio,sex"]
    rows += [f"c{i},{30 + 4 * i},{500 - i},{5 - i % 5},{'mf'[i % 2]}" for i in range(12)]
    candidates.write_text("\n".join(rows) + "\n")
    screen.write_text('name = "S"\nplaces = 4\n[weights]\nportfolio = 0.6\nklout = 0.4\n')
    return str(candidates), str(screen)


def run(*arguments: str):
    return CliRunner().invoke(program, ["sweep", *arguments])


def test_json_table_and_csv(files: tuple[str, str]) -> None:
    candidates, screen = files
    common = (candidates, "--screen", screen, "--score", "klout")
    done = run(*common, "--group", "sex", "--format", "json")
    assert done.exit_code == 0, done.stderr
    screens = json.loads(done.stdout)["screens"]
    assert len(screens) == 101 * 101
    assert screens[0]["flips"] == 0
    assert [s["weight"] for s in screens if s["current"]] == [0.4]
    assert {s["smallest_ratio"] is None for s in screens} == {False, True}
    table = run(*common)
    assert "Of 10,201 screens" in " ".join(table.stdout.split())
    csv = run(*common, "--format", "csv")
    assert len(csv.stdout.splitlines()) == 101 * 101 + 1


def test_two_scores(files: tuple[str, str]) -> None:
    candidates, screen = files
    common = (candidates, "--screen", screen, "--score", "klout", "--score", "kred_influence")
    done = run(*common, "--format", "json")
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["scores"], result["by"]) == (["klout", "kred_influence"], "weights")
    assert len(result["screens"]) == 51 * 52 / 2
    assert [(s["first"], s["second"]) for s in result["screens"] if s["current"]] == [(0.4, 0)]
    cutoffs = json.loads(run(*common, "--by", "cutoffs", "--format", "json").stdout)
    (marked,) = [s for s in cutoffs["screens"] if s["current"]]
    assert (marked["first"], marked["second"], marked["selected"]) == (None, None, 4)
    table = " ".join(run(*common).stdout.split())
    assert "Of 1,326 screens with other weights of Klout and Kred influence" in table
    assert "by cut-off of Klout (down)" in " ".join(run(*common, "--by", "cutoffs").stdout.split())
    csv = run(*common, "--format", "csv").stdout.splitlines()
    assert csv[0].startswith("first,second,selected,flips")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--score", "kluot"), "no signal 'kluot' in --score. Did you mean 'klout'?"),
        (("--score", "klout", "--score", "klout"), "'klout' was given twice"),
        (("--score", "a", "--score", "b", "--score", "c"), "--score was given 3 times"),
        (("--score", "klout", "--group", "gender"), "There is no group column 'gender'"),
    ],
)
def test_what_is_wrong_is_said(files, arguments: tuple[str, ...], message: str) -> None:
    candidates, screen = files
    done = run(candidates, "--screen", screen, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
