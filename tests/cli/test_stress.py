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


def test_a_change_of_ones_own_and_one_buyer(files: tuple[str, str]) -> None:
    candidates, screen = files
    common = (candidates, "--screen", screen, "--draws", "100", "--campaign", "5000")
    asked = ("--rescale", "klout=x0.5+20", "--rescale", "klout=50:40,60:60", "--buyer", "b")
    done = run(*common, *asked, "--format", "json")
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)
    own = [one for one in result["rescale"] if one["date"] is None]
    assert [(one["kind"], one["threshold_moved"]) for one in own] == [
        ("affine", False),
        ("affine", True),
        ("piecewise", False),
        ("piecewise", True),
    ]
    # Halves and twenty more: 62 is 51 and 61 is 50.5, rounded to 50; b, at 55, is below the gate.
    assert own[0]["losing_a_place"] == ["b"]
    (buyer,) = result["bought_followers"][0]["candidates"]
    assert (buyer["candidate_id"], buyer["scores"]["klout"]["before"]) == ("b", 55)
    first = result["noise"]["decisions"][0]
    assert first["selected_share_low"] <= first["selected_share"] <= first["selected_share_high"]
    assert result["noise"]["expected_flips_low"] <= result["noise"]["expected_flips"]
    said = " ".join(run(*common, *asked).stdout.split())
    assert "The change of Klout you suppose (times 0.5, then 20 points higher) would flip" in said
    assert "klout 55 → " in said


def test_too_few_draws_are_said(files: tuple[str, str]) -> None:
    candidates, screen = files
    said = " ".join(run(candidates, "--screen", screen, "--draws", "20").stdout.split())
    assert "20 draws are too few to say of any candidate" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--noise", "klout"), "--noise klout: expected a score and a standard deviation"),
        (("--noise", "klout=-1"), "expected a score and a standard deviation"),
        (("--rescale", "klout=10"), "--rescale klout=10: '10' is not a change of a score"),
        (("--rescale", "-10"), "--rescale -10: expected NAME=CHANGE"),
        (("--rescale", "kluot=-10"), "no signal 'kluot' in --rescale. Did you mean 'klout'?"),
        (("--buyer", "e"), "There is no candidate 'e'"),
        (("--noise", "kluot=2"), "no signal 'kluot' in --noise. Did you mean 'klout'?"),
    ],
)
def test_what_is_wrong_is_said(files, arguments: tuple[str, ...], message: str) -> None:
    candidates, screen = files
    done = run(candidates, "--screen", screen, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
