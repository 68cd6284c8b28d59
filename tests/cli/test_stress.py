"""The command ``stress``, on frames read through the real reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from toolkit.cli.program import program

SCREEN = """
name = "S"
places = 2
[[gates]]
signal = "klout"
at_least = 50
[weights]
portfolio = 0.6
klout = 0.4
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    candidates, screen = tmp_path / "candidates.csv", tmp_path / "screen.toml"
    candidates.write_text(
        "candidate_id,klout,portfolio,followers\na,62,2,900\nb,55,5,700\nc,61,3,800\nd,40,4,100\n"
    )
    screen.write_text(SCREEN)
    return str(candidates), str(screen)


def run(*arguments: str):
    return CliRunner().invoke(program, ["stress", *arguments])


def test_json_table_and_csv(files: tuple[str, str]) -> None:
    candidates, screen = files
    done = run(candidates, "--screen", screen, "--draws", "20", "--format", "json")
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)
    assert {"rescale", "noise", "bought_followers"} <= set(result)
    assert [d["candidate_id"] for d in result["noise"]["decisions"]] == ["a", "b", "c", "d"]
    table = run(candidates, "--screen", screen, "--draws", "20", "--campaign", "5000")
    assert "5,000 bought followers would buy a place" in " ".join(table.stdout.split())
    csv = run(candidates, "--screen", screen, "--draws", "20", "--format", "csv")
    assert csv.stdout.splitlines()[0].startswith("candidate_id,selected,selected_share")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--noise", "klout"), "--noise klout: expected a score and a standard deviation"),
        (("--noise", "klout=-1"), "expected a score and a standard deviation"),
        (("--noise", "kluot=2"), "no signal 'kluot' in --noise. Did you mean 'klout'?"),
    ],
)
def test_what_is_wrong_is_said(files, arguments: tuple[str, ...], message: str) -> None:
    candidates, screen = files
    done = run(candidates, "--screen", screen, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
