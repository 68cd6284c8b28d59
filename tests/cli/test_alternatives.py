"""The command ``alternatives``, on files read through the real reader."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.running import complaint_of, json_of, run
from toolkit.fairness.alternatives.alternatives import alternatives
from toolkit.intake.read import read_cohort
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    candidates, screen = tmp_path / "candidates.csv", tmp_path / "screen.toml"
    draw = np.random.default_rng(6)
    rows = ["candidate_id,klout,portfolio,sex"]
    for i in range(40):
        man = i % 2
        klout, portfolio = 40 + 15 * man + draw.integers(0, 20), draw.integers(1, 50) / 10
        rows.append(f"c{i:02d},{klout},{portfolio},{'fm'[man]}")
    candidates.write_text("\n".join(rows) + "\n", encoding="utf-8")
    screen.write_text(
        'name = "S"\nplaces = 12\n[weights]\nportfolio = 0.4\nklout = 0.6\n', encoding="utf-8"
    )
    return candidates, screen


def test_json_is_the_front_as_python_finds_it(files: tuple[Path, Path]) -> None:
    candidates, screen = files
    found = json_of("alternatives", candidates, "--screen", screen, "--group", "sex")
    assert isinstance(found, list)
    assert {"weights", "validity", "impact_ratio", "flips"} <= set(found[0])
    cohort, rule = read_cohort(candidates), Screen.read(screen)
    expected = alternatives(cohort, rule, "sex").records()
    assert found == json.loads(json.dumps(expected))
    before = set(decide(cohort, rule).selected_ids)
    for one in found:
        rule = rule.changed(weights={s: w for s, w in one["weights"].items() if w})
        after = set(decide(cohort, rule).selected_ids)
        assert one["flips"] == len(before ^ after)
        assert set(one["gains_place"]) == after - before


def test_the_table_says_it_and_the_csv_has_the_screens_for_comparison(files) -> None:
    candidates, screen = files
    common = ("alternatives", candidates, "--screen", screen, "--group", "sex")
    said = " ".join(run(*common).stdout.split())
    assert "Of 101 screens tried" in said
    assert "lifts the smallest impact ratio from" in said
    assert "A higher impact ratio alone makes no screen lawful or valid" in said
    assert "the screen as it is" in said
    rows = list(csv.DictReader(io.StringIO(run(*common, "--format", "csv").stdout)))
    assert {"weight klout", "weight portfolio", "validity", "impact_ratio"} <= set(rows[0])
    assert [row["name"] for row in rows].count("the screen as it is") == 1


def test_an_outcome_signals_and_no_folds(files) -> None:
    candidates, screen = files
    found = json_of(
        *("alternatives", candidates, "--screen", screen, "--group", "sex", "--folds", 0),
        *("--outcome", "portfolio", "--signal", "klout", "--signal", "portfolio", "--vary-gates"),
    )
    assert {one["held_out_validity"] for one in found} == {None}
    assert "measured by itself" in found[0]["validity_is"]


def test_saved_screens_are_those_of_the_front(files, tmp_path: Path) -> None:
    candidates, screen = files
    folder = tmp_path / "new" / "folder"
    found = json_of(
        *("alternatives", candidates, "--screen", screen, "--group", "sex", "--save", folder)
    )
    saved = [Screen.read(path) for path in sorted(folder.iterdir())]
    assert [one.digest for one in saved] == [one["screen_digest"] for one in found]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--group", "gender"), "There is no group column 'gender'"),
        (("--group", "sex", "--outcome", "wage"), "There is no outcome or evidence 'wage'"),
        (("--group", "sex", "--signal", "sex"), "Group membership never enters a screen"),
    ],
)
def test_what_is_wrong_is_said(files, arguments: tuple[str, ...], message: str) -> None:
    candidates, screen = files
    assert message in complaint_of("alternatives", candidates, "--screen", screen, *arguments)


def test_a_folder_that_cannot_be_made(files) -> None:
    candidates, screen = files
    arguments = ("--group", "sex", "--save", candidates / "below")
    told = complaint_of("alternatives", candidates, "--screen", screen, *arguments)
    assert "cannot be written to" in told
