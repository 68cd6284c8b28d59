"""Running the program within a test, and a requisition of four that can be done by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from toolkit.cli.program import program

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"
AGENCY = SAMPLES / "agency-2011"
DATA = ROOT / "tests" / "data"

#: Two places for those with a Klout of 50; the best portfolio is below it.
FOUR = "candidate_id,klout,portfolio,sex\nann,60,2,F\nbo,55,3,M\ncy,40,5,F\ndi,30,1,M\n"
SCREEN = """
name = "Klout 50"
places = 2

[[gates]]
signal = "klout"
at_least = 50

[weights]
portfolio = 1
"""


def four(folder: Path) -> tuple[Path, Path]:
    """The requisition of four and its screen, as files."""
    table, screen = folder / "four.csv", folder / "screen.toml"
    table.write_text(FOUR, encoding="utf-8")
    screen.write_text(SCREEN, encoding="utf-8")
    return table, screen


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(program, [str(a) for a in arguments], env=environment)


def json_of(*arguments: object) -> Any:
    """The JSON of a command that has to succeed; NaN and infinity are not JSON."""

    def refuse(constant: str) -> object:
        raise AssertionError(f"{constant} is not JSON")

    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout, parse_constant=refuse)


def complaint_of(*arguments: object) -> str:
    """What is said about bad input: on standard error, with code 2 and nothing else."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "Traceback" not in result.stderr
    return result.stderr
