from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pytest

from tests.cli.running import DATA, FOUR, SCREEN, complaint_of, four, json_of, run


def test_four_candidates_and_two_places(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    found = json_of("decide", table, "--screen", screen)
    assert (found["screen"], found["candidates"], found["selected"]) == ("Klout 50", 4, 2)
    assert found["tied_at_cut"] == 0
    by_hand = {
        "ann": (True, 2, []),
        "bo": (True, 1, []),
        "cy": (False, None, ["klout"]),
        "di": (False, None, ["klout"]),
    }
    decisions = found["decisions"]
    assert [d["candidate_id"] for d in decisions] == list(by_hand)
    for d in decisions:
        assert (d["selected"], d["rank"], d["gates_failed"]) == by_hand[d["candidate_id"]]
    # Portfolios 2, 3, 5 and 1: mean 2.75, population standard deviation √(8.75 / 4).
    z = [(value - 2.75) / math.sqrt(8.75 / 4) for value in (2, 3, 5, 1)]
    assert [d["composite"] for d in decisions] == pytest.approx(z, rel=1e-6)


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    forward = json_of("decide", table, "--screen", screen)["decisions"]
    header, *rows = FOUR.splitlines()
    table.write_text("\n".join([header, *rows[::-1]]), encoding="utf-8")
    backward = json_of("decide", table, "--screen", screen)["decisions"]
    assert backward == forward[::-1]


def test_csv_has_the_columns_of_the_contract(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    result = run("decide", table, "--screen", screen, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    contract = {"candidate_id", "selected", "rank", "composite", "gates_failed"}
    assert contract <= set(rows[0])
    assert [(row["candidate_id"], row["selected"], row["rank"]) for row in rows] == [
        ("ann", "true", "2"),
        ("bo", "true", "1"),
        ("cy", "false", ""),
        ("di", "false", ""),
    ]


def test_the_table_is_ordered_for_reading(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    lines = run("decide", table, "--screen", screen).stdout.splitlines()
    assert lines[0] == "Klout 50: 2 of 4 candidates selected, 2 places."
    assert [line.split()[0] for line in lines[-4:]] == ["bo", "ann", "cy", "di"]


def test_ties_at_the_cut_are_told(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    table.write_text("candidate_id,klout,portfolio\na,60,2\nb,55,2\nc,52,2\n", encoding="utf-8")
    assert json_of("decide", table, "--screen", screen)["tied_at_cut"] == 3
    said = run("decide", table, "--screen", screen).stdout
    assert "3 candidates are alike at the cut and were ordered by lot." in said


def test_missing_values_are_told(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    table.write_text("candidate_id,klout,portfolio\na,60,\nb,55,2\nc,52,3\n", encoding="utf-8")
    said = run("decide", table, "--screen", screen).stdout
    assert "Values are missing in portfolio; the screen treats them as 'median'." in said


def test_out_takes_the_place_of_standard_output(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    plain = run("decide", table, "--screen", screen, "--format", "json").stdout
    result = run("decide", table, "--screen", screen, "--format", "json", "--out", tmp_path / "d")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "d").read_text(encoding="utf-8") == plain


def test_a_real_file_of_97_accounts(tmp_path: Path) -> None:
    screen = tmp_path / "screen.toml"
    screen.write_text('name = "Score alone"\nplaces = 10\n[weights]\nklout = 1\n', encoding="utf-8")
    table = DATA / "klout_gnip_2013.csv"
    found = json_of("decide", table, "--screen", screen)
    with table.open(encoding="utf-8") as file:
        scores = [float(row["klout_score"]) for row in csv.DictReader(file)]
    cut = sorted(scores, reverse=True)[9]
    chosen = [score for score, d in zip(scores, found["decisions"], strict=True) if d["selected"]]
    assert len(chosen) == found["selected"] == 10
    assert min(chosen) == cut


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (SCREEN.replace("klout", "kluot"), "There is no signal 'kluot'"),
        (SCREEN.replace("klout", "sex"), "Group membership never enters a screen"),
        (SCREEN.replace("places = 2", "plaecs = 2"), "'plaecs' is not a setting. Did you mean"),
        (SCREEN.replace("at_least = 50", ""), "needs at_least, at_most or one_of"),
        ("[[gates", "screen.toml is not valid TOML"),
        ("\udcff", "it is not UTF-8 text"),
    ],
)
def test_a_screen_that_cannot_be_used(changed: str, said: str, tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    screen.write_bytes(changed.encode("utf-8", "surrogateescape"))
    assert said in complaint_of("decide", table, "--screen", screen)


def test_a_screen_is_needed(tmp_path: Path) -> None:
    table, _ = four(tmp_path)
    assert "--screen" in complaint_of("decide", table)
    assert "cannot be read" in complaint_of("decide", table, "--screen", tmp_path / "gone.toml")
