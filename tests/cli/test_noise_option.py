from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import complaint_of, four, json_of, run
from toolkit.cli.noise_option import noise_from
from toolkit.errors import InputError


def test_a_score_and_its_standard_deviation() -> None:
    assert noise_from(["klout=2.5", "kred_influence=0"]) == {"klout": 2.5, "kred_influence": 0}
    assert noise_from(None) == {}


@pytest.mark.parametrize("text", ["klout", "klout=much", "=2", "klout=-1", "klout=inf"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"for instance --noise klout=2\.5"):
        noise_from([text])


@pytest.mark.parametrize("command", ["explain", "stress", "sheets"])
def test_noise_of_what_is_not_there(command: str, tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    more = {"explain": ("--candidate", "ann"), "sheets": ("--out", tmp_path / "out")}
    said = complaint_of(
        command, table, "--screen", screen, *more.get(command, ()), "--noise", "kluot=1"
    )
    assert "There is no signal 'kluot' in --noise. Did you mean 'klout'?" in said


def test_without_noise_a_decision_is_certain(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    arguments = ("explain", table, "--screen", screen, "--candidate", "ann", "--draws", 100)
    told = json_of(*arguments, "--noise", "klout=0")["noise"]
    assert (told["selected_share"], told["spreads"]["klout"]["source"]) == (1, "as given")


def test_the_sheet_says_which_noise_was_given(tmp_path: Path) -> None:
    from tests.sheets.reading import squeezed, text_of

    table, screen = four(tmp_path)
    out = tmp_path / "out"
    arguments = ("sheets", table, "--screen", screen, "--out", out, "--candidate", "ann")
    assert run(*arguments, "--noise", "klout=2.25").exit_code == 0
    (sheet,) = out.glob("*.pdf")
    assert squeezed("Klout 2.25 (as given)") in text_of(sheet.read_bytes())
