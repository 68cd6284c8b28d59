from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.cli.running import complaint_of, json_of, run
from tests.engine.rows import table_of, write_parts

PEOPLE = pd.DataFrame(
    {
        "klout": [61, 48, 70, 40],
        "portfolio": [2.5, 4.5, 3.0, 4.0],
        "sex": ["F", "M", "F", "M"],
    },
    index=pd.Index(["ann", "bo", "cy", "di"], name="candidate_id"),
)


@pytest.fixture
def asked(tmp_path: Path) -> tuple[object, ...]:
    screen = tmp_path / "screen.toml"
    weights = "[weights]\nklout = 0.8\nportfolio = 0.2\n"
    screen.write_text(f'name = "Clout"\nplaces = 1\n{weights}', encoding="utf-8")
    rows = write_parts(table_of(PEOPLE), tmp_path / "rows", ends=[1])
    return ("influence", rows, "--screen", screen)


def test_one_seat_that_klout_gives_to_another(asked: tuple[object, ...]) -> None:
    found = json_of(*asked, "--engine", "arrow", "--group", "sex")
    klout = found["signals"]["klout"]
    assert (klout["flips"], klout["gained_count"], klout["lost_count"]) == (2, 1, 1)
    parts = [group.pop("composite_part") for group in klout["groups"]]
    assert parts[0] == -parts[1] > 0
    assert klout["groups"] == [
        {"sex": "F", "n": 2, "selected": 1, "gained": 1, "lost": 0},
        {"sex": "M", "n": 2, "selected": 0, "gained": 0, "lost": 1},
    ]
    said = run(*asked, "--engine", "memory").stdout
    assert "Without its scores: no place for 1 of them, and one for 1 who have none now." in said


def test_figures_are_those_of_the_same_rows_in_memory(asked: tuple[object, ...]) -> None:
    many, few = json_of(*asked, "--engine", "arrow"), json_of(*asked)
    for name, signal in few["signals"].items():
        own = many["signals"][name]
        assert own["effective_weight"] == signal["effective_weight"]
        assert own["seats_bought"] == signal["seats_bought"]
        assert own["gained_count"] == len(signal["gained"])


def test_the_decisions_are_shared_out(asked: tuple[object, ...]) -> None:
    many = json_of(*asked, "--engine", "arrow", "--attribution", "--group", "sex")
    few = json_of(*asked, "--attribution")
    assert many["attribution"] == few["attribution"] == "exact"
    for name, signal in few["signals"].items():
        assert many["signals"][name]["shapley_share"] == pytest.approx(signal["shapley_share"])
    women = [group["decision_part"] for group in many["signals"]["klout"]["groups"]]
    shapley = [row["shapley"]["klout"] for row in few["candidates_detail"]]
    assert women == pytest.approx([(shapley[0] + shapley[2]) / 2, (shapley[1] + shapley[3]) / 2])


def test_the_passes_are_told_beforehand(asked: tuple[object, ...]) -> None:
    plan = json_of(*asked, "--engine", "arrow", "--explain")
    assert (plan["engine"], plan["rows"]) == ("arrow", 4)
    assert "both decisions" in plan["passes"][-1]["reads"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--group", "sex"), "add --engine"),
        (("--engine", "arrow", "--rank-attribution"), "leave out"),
        (("--engine", "arrow", "--score", "kred"), "kred"),
    ],
)
def test_what_cannot_be_asked(
    asked: tuple[object, ...], options: tuple[str, ...], message: str
) -> None:
    assert message in complaint_of(*asked, *options)
