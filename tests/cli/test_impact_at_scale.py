from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.cli.running import complaint_of, json_of
from tests.engine.rows import table_of, write_parts

#: 12 of 40 against 15 of 40, which is exactly four fifths.
PEOPLE = pd.DataFrame(
    {
        "sex": ["F"] * 40 + ["M"] * 40 + [None] * 4,
        "post": ["a", "b"] * 42,
        "hired": [1] * 12 + [0] * 28 + [1] * 15 + [0] * 25 + [1, 0, 0, 0],
        "portfolio": [k % 11 / 2 for k in range(84)],
    },
    index=pd.Index([f"c{k}" for k in range(84)], name="candidate_id"),
)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_parts(table_of(PEOPLE), tmp_path / "rows", ends=[30, 60])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    PEOPLE.to_csv(tmp_path / "people.csv")
    return tmp_path / "people.csv"


def test_exactly_four_fifths_counted_by_an_engine(rows: Path) -> None:
    found = json_of("impact", rows, "--engine", "arrow", "--group", "sex", "--selected", "hired")
    women = found["attributes"]["sex"]["groups"][0]
    assert (women["n"], women["selected"], women["impact_ratio"]) == (40, 12, 0.8)
    assert women["below_four_fifths"] is False
    assert found["attributes"]["sex"]["unknown"] == 4


@pytest.mark.parametrize("more", [(), ("--stratum", "post"), ("--resamples", "200")])
def test_everything_is_as_in_memory(rows: Path, table: Path, more: tuple[str, ...]) -> None:
    asked = ("--group", "sex", "--selected", "hired", *more)
    assert json_of("impact", rows, "--engine", "arrow", *asked) == json_of("impact", table, *asked)


def test_a_screen_decides_about_many_rows(rows: Path, tmp_path: Path) -> None:
    screen = tmp_path / "screen.toml"
    screen.write_text("places = 20\n[weights]\nportfolio = 1.0\n", encoding="utf-8")
    asked = ("--group", "sex", "--screen", screen)
    many = json_of("impact", rows, "--engine", "arrow", *asked)["attributes"]["sex"]
    few = json_of("impact", tmp_path / "rows", *asked)["attributes"]["sex"]
    assert many["groups"] == few["groups"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--selected", "hired", "--score", "portfolio"), "leave out --score"),
        (("--selected", "portfolio"), "Expected 0 and 1"),
        (("--selected", "hire"), "hire"),
    ],
)
def test_what_cannot_be_asked(rows: Path, options: tuple[str, ...], message: str) -> None:
    said = complaint_of("impact", rows, "--engine", "arrow", "--group", "sex", *options)
    assert message in said


def test_decisions_that_are_not_there(tmp_path: Path) -> None:
    people = PEOPLE.assign(hired=["yes"] * 80 + [None] * 4)
    rows = write_parts(table_of(people), tmp_path / "rows")
    asked = ("--engine", "arrow", "--group", "sex", "--selected", "hired")
    assert "4 rows do not say what was decided" in complaint_of("impact", rows, *asked)
    found = json_of("impact", rows, *asked, "--set-aside")
    assert found["candidates"] == 80
    assert "4 rows" in found["set_aside"][0]["message"]


def test_the_plan_is_one_pass_where_decisions_are_known(rows: Path) -> None:
    asked = ("--engine", "arrow", "--group", "sex", "--selected", "hired", "--explain")
    assert json_of("impact", rows, *asked)["passes"] == [
        {"pass": 1, "rows": 84, "reads": "sex and hired once, their combinations counted"}
    ]
