from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.cli.running import complaint_of, json_of, run
from tests.engine.rows import table_of, write_parts

PEOPLE = pd.DataFrame(
    {
        "klout": [30, 40, 60, 70],
        "portfolio": [4.0, 3.0, 2.0, 1.0],
        "sex": ["F", "F", "M", "M"],
    },
    index=pd.Index(["ann", "bo", "cy", "di"], name="candidate_id"),
)


@pytest.fixture
def asked(tmp_path: Path) -> tuple[object, ...]:
    screen = tmp_path / "screen.toml"
    weights = "[weights]\nklout = 0.5\nportfolio = 0.5\n"
    screen.write_text(f'name = "Clout"\nplaces = 2\n{weights}', encoding="utf-8")
    rows = write_parts(table_of(PEOPLE), tmp_path / "rows", ends=[1])
    return ("sweep", rows, "--screen", screen, "--score", "klout", "--cutoffs", 2)


def test_screens_are_those_of_the_same_rows_in_memory(asked: tuple[object, ...]) -> None:
    many, few = json_of(*asked, "--engine", "arrow", "--group", "sex"), json_of(*asked)
    assert (many["candidates"], many["engine"], many["groups"]) == (4, "arrow", {"F": 2, "M": 2})
    # No cut-off, and the two ends of the scale: everybody reaches 1, and nobody 100.
    assert [one["cutoff"] for one in many["screens"][:3]] == [None, 1, 100]
    own = many["screens"]
    assert [one.pop("selected_by_group") for one in own[-3:]] == [
        {"F": 0, "M": 2},
        {"F": 0, "M": 2},
        {"F": 0, "M": 0},
    ]
    for one, other in zip(own, few["screens"], strict=True):
        assert [one[key] for key in ("weight", "selected", "flips", "evidence", "current")] == [
            other[key] for key in ("weight", "selected", "flips", "evidence", "current")
        ]


def test_table_and_csv(asked: tuple[object, ...]) -> None:
    said = " ".join(run(*asked, "--engine", "memory").stdout.split())
    assert "Clout: 4 candidates (engine memory)." in said
    assert "Of 303 screens with another weight of Klout" in said
    csv = run(*asked, "--engine", "arrow", "--format", "csv").stdout.splitlines()
    assert csv[0].startswith("weight,cutoff,selected,flips,evidence")
    assert len(csv) == 304


def test_the_passes_are_told_beforehand(asked: tuple[object, ...]) -> None:
    plan = json_of(*asked, "--engine", "arrow", "--explain")
    assert (plan["engine"], plan["rows"]) == ("arrow", 4)
    assert "kept in memory" in plan["passes"][-1]["reads"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--engine", "arrow", "--score", "portfolio"), "goes with one score"),
        (("--engine", "arrow", "--mapping", "m.toml"), "leave out --mapping"),
        (("--explain",), "--explain belongs to an engine"),
        (("--engine", "arrow", "--group", "race"), "'race'"),
    ],
)
def test_what_cannot_be_asked(
    asked: tuple[object, ...], options: tuple[str, ...], message: str
) -> None:
    assert message in complaint_of(*asked, *options)
