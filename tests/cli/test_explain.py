from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.running import AGENCY, complaint_of, four, json_of, run


def test_who_is_kept_out_by_the_gate(tmp_path: Path) -> None:
    """Cy has the best portfolio and a Klout of 40, below the gate of 50; two are taken.

    Alone, the portfolio takes cy and ann (portfolio 5 and 2 … bo has 3, so cy and bo). The
    gate alone lets ann and bo in. Parts of cy: portfolio (1 − 1/2 + 0 − 0) / 2 = 1/4, Klout
    (0 − 1/2 + 0 − 1) / 2 = −3/4, which lead from 1/2 to 0.
    """
    table, screen = four(tmp_path)
    found = json_of("explain", table, "--screen", screen, "--candidate", "cy", "--draws", 100)
    assert (found["selected"], found["rank"], found["gates_failed"]) == (False, None, ["klout"])
    assert (found["places"], found["eligible"], found["taken"]) == (2, 2, 2)
    assert found["signals"]["portfolio"]["part"] == pytest.approx(1 / 4)
    assert found["signals"]["klout"]["part"] == pytest.approx(-3 / 4)
    assert found["signals"]["klout"]["margin"] == 10
    assert found["signals"]["klout"]["selected_without"] is True
    assert [step["kind"] for step in found["waterfall"]] == ["start", "against", "for", "decision"]
    assert found["selected_without_scores"] is True
    assert found["noise"]["draws"] == 100
    assert found["inflation"] is None


def test_the_words_come_before_the_table(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    result = run("explain", table, "--screen", screen, "--candidate", "cy", "--draws", 0)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Candidate cy was not taken forward: a condition of the screen is not met."
    assert "Klout decided this: without it this candidate would be taken forward." in lines
    assert not any("measured again" in line for line in lines)
    assert any("Klout (score)" in line and "10 higher (50 instead of 40)" in line for line in lines)


def test_one_row_a_signal_as_csv(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    arguments = ("explain", table, "--screen", screen, "--candidate", "cy", "--draws", 10)
    result = run(*arguments, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["signal"] for row in rows] == ["portfolio", "klout"]
    assert float(rows[1]["part"]) == json_of(*arguments)["signals"]["klout"]["part"]


def test_suspected_inflation_is_said_where_it_is_asked_for() -> None:
    screen = AGENCY / "screen.toml"
    arguments = ("explain", AGENCY, "--screen", screen, "--candidate", "A02", "--draws", 10)
    assert json_of(*arguments)["inflation"] is None
    assert json_of(*arguments, "--inflation")["inflation"]["flagged"] is True
    assert "Inflation of a score is suspected." in run(*arguments, "--inflation").stdout


def test_a_candidate_who_is_not_there(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    said = complaint_of("explain", table, "--screen", screen, "--candidate", "annn")
    assert "There is no candidate 'annn' in the cohort. Did you mean 'ann'?" in said
