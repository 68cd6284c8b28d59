from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.running import AGENCY, DATA, complaint_of, four, json_of, run


def test_what_a_gate_changes_for_four(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    found = json_of("influence", table, "--screen", screen)
    assert (found["screen"], found["candidates"], found["places"]) == ("Klout 50", 4, 2)
    klout = found["signals"]["klout"]
    # Without the gate the portfolios 5 and 3 have the places: cy for ann.
    assert (klout["is_score"], klout["nominal_weight"]) == (True, 0)
    assert (klout["flips"], klout["gained"], klout["lost"]) == (2, ["ann"], ["cy"])
    assert klout["seats_bought"] == {"5": 0, "10": 1, "20": 1}
    assert klout["shapley_share"] is None
    assert found["signals"]["portfolio"]["nominal_weight"] == 1
    assert found["signals"]["portfolio"]["effective_weight"] == pytest.approx(1)
    assert found["all_scores_removed"] == {"flips": 2, "gained": ["ann"], "lost": ["cy"]}
    detail = {one["candidate_id"]: one for one in found["candidates_detail"]}
    # 60 and 55 lose the place at 49; 40 gains it at 50; 30 passes at 50 but is last of three.
    margins = {code: one["margins"]["klout"] for code, one in detail.items()}
    assert margins == {"ann": -11, "bo": -6, "cy": 10, "di": None}
    assert [one["selected"] for one in detail.values()] == [True, True, False, False]


def test_keys_of_the_contract(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    found = json_of("influence", table, "--screen", screen)
    assert set(found) >= {
        "screen",
        "candidates",
        "places",
        "signals",
        "all_scores_removed",
        "candidates_detail",
    }
    for signal in found["signals"].values():
        assert set(signal) >= {
            "is_score",
            "nominal_weight",
            "effective_weight",
            "shapley_share",
            "flips",
            "gained",
            "lost",
            "rank_correlation_without",
            "seats_bought",
        }
    for one in found["candidates_detail"]:
        assert set(one) >= {"candidate_id", "selected", "margins", "shapley"}


def test_attribution_shares_the_decisions_out(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    found = json_of("influence", table, "--screen", screen, "--attribution")
    shares = [signal["shapley_share"] for signal in found["signals"].values()]
    assert sum(shares) == pytest.approx(1)
    for one in found["candidates_detail"]:
        # Two places for four: the parts add up to the decision less one half.
        assert sum(one["shapley"].values()) == pytest.approx(one["selected"] - 0.5)


def test_rank_attribution_shares_the_ranks_out(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    found = json_of("influence", table, "--screen", screen, "--rank-attribution")
    shares = [signal["shapley_rank_share"] for signal in found["signals"].values()]
    assert sum(shares) == pytest.approx(1)
    assert [signal["shapley_share"] for signal in found["signals"].values()] == [None, None]
    ranks = {}
    for one in found["candidates_detail"]:
        assert sum(one["shapley_rank"].values()) == pytest.approx(one["percentile_rank"] - 0.5)
        ranks[one["candidate_id"]] = one["percentile_rank"]
    # bo and ann pass the gate, in this order; cy and di fail it and are level.
    assert ranks == {"bo": 7 / 8, "ann": 5 / 8, "cy": 1 / 4, "di": 1 / 4}
    table_said = run("influence", table, "--screen", screen, "--rank-attribution").stdout
    assert "share of the ranks" in table_said


def test_two_signals_moved_together(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    asked = ("influence", table, "--screen", screen, "--frontier", "klout, portfolio")
    found = json_of(*asked, "--candidate", "cy")["frontier"]
    # cy has Klout 40 and the best portfolio: ten more pass the gate of 50, alone.
    assert (found["candidate_id"], found["selected"]) == ("cy", False)
    assert found["alone"] == {"klout": 10, "portfolio": None}
    assert found["pairs"] == [{"klout": 10, "portfolio": 0}]
    # di has Klout 30 and the lowest portfolio: nothing alone, 20 and some portfolio together.
    both = json_of(*asked, "--candidate", "di")["frontier"]
    assert both["alone"] == {"klout": None, "portfolio": None}
    (pair,) = both["pairs"]
    assert pair["klout"] == 20
    assert pair["portfolio"] > 0
    said = run(*asked, "--candidate", "di").stdout
    assert "di: Neither alone would win a place; both together: Klout 20 higher (50) and" in said
    rows = list(csv.reader(io.StringIO(run(*asked, "--candidate", "di", "--format", "csv").stdout)))
    assert rows[0] == ["klout", "portfolio"]
    assert float(rows[1][0]) == 20


def test_a_frontier_needs_two_signals_and_a_candidate(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    asked = ("influence", table, "--screen", screen)
    assert "Give both" in complaint_of(*asked, "--frontier", "klout,portfolio")
    assert "Give both" in complaint_of(*asked, "--candidate", "cy")
    assert "expected two signals" in complaint_of(
        *asked, "--frontier", "klout", "--candidate", "cy"
    )
    assert "no candidate 'cz'" in complaint_of(
        *asked, "--frontier", "klout,portfolio", "--candidate", "cz"
    )


def test_the_table_opens_with_a_sentence_and_names_who_moves(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    said = run("influence", table, "--screen", screen).stdout
    first = said.splitlines()[0]
    assert first.startswith("Klout decided 1 of 2 places")
    assert [line.split()[1] for line in said.splitlines()[-2:]] == ["ann", "cy"]


def test_csv_is_one_row_a_signal(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    result = run("influence", table, "--screen", screen, "--format", "csv")
    rows = {row["signal"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert list(rows) == ["portfolio", "klout"]
    assert (rows["klout"]["flips"], rows["klout"]["gained"]) == ("2", "ann")
    assert rows["klout"]["seats_bought_10"] == "1"


def test_score_names_a_signal_that_counts_as_one(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    found = json_of("influence", table, "--screen", screen, "--score", "portfolio")
    scores = [name for name, signal in found["signals"].items() if signal["is_score"]]
    assert scores == ["portfolio"]
    both = ["--score", "portfolio", "--score", "klout"]
    found = json_of("influence", table, "--screen", screen, *both)
    assert all(signal["is_score"] for signal in found["signals"].values())


def test_an_unknown_score_is_bad_input(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    said = complaint_of("influence", table, "--screen", screen, "--score", "kluot")
    assert "Did you mean 'klout'?" in said


def test_the_sample_tells_its_story() -> None:
    found = json_of("influence", AGENCY, "--screen", AGENCY / "screen.toml")
    assert found["places"] == 12
    klout = found["signals"]["klout"]
    # The sample's own description: nine people with the best work are rejected.
    assert len(klout["gained"]) == len(klout["lost"]) == 9


def test_a_real_file_of_97_accounts(tmp_path: Path) -> None:
    screen = tmp_path / "screen.toml"
    screen.write_text(
        'places = 10\n[[gates]]\nsignal = "klout"\nat_least = 50\n[weights]\nlisted = 1\n',
        encoding="utf-8",
    )
    found = json_of("influence", DATA / "klout_gnip_2013.csv", "--screen", screen)
    assert found["candidates"] == 97
    klout = found["signals"]["klout"]
    assert klout["flips"] == len(klout["gained"]) + len(klout["lost"])
