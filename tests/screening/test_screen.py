"""The screen as a value and as a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.strategies import screened_cohorts
from toolkit.errors import ScreenError, UnknownName
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

AGENCY = """
name = "Agency screen"
places = 10
scale = "z"
missing = "median"
tie_breakers = ["klout"]

[[gates]]
signal = "klout"
at_least = 50

[weights]
portfolio = 0.6
task = 0.3
klout = 0.1
"""


def test_the_file_of_the_documentation() -> None:
    screen = Screen.from_toml(AGENCY)
    assert (screen.name, screen.places, screen.scale) == ("Agency screen", 10, "z")
    assert screen.signals == ("portfolio", "task", "klout")
    assert screen.gates == (Gate(signal="klout", at_least=50),)
    assert str(screen.gates[0]) == "klout at least 50"
    assert screen.nominal_weight("task") == pytest.approx(0.3)
    assert Screen.from_toml(screen.to_toml()) == screen


def test_removing_a_signal_takes_its_gates_weights_and_ties() -> None:
    screen = Screen.from_toml(AGENCY)
    without = screen.without("klout")
    assert (without.gates, without.tie_breakers, without.places) == ((), (), 10)
    assert without.signals == ("portfolio", "task")
    assert without.nominal_weight("portfolio") == pytest.approx(2 / 3)
    assert screen.only("klout").signals == ("klout",)
    assert screen.only("klout").tie_breakers == ("klout",)
    assert screen.with_weight("klout", 0).gates == screen.gates
    with pytest.raises(UnknownName, match="'kred' in the screen 'Agency screen'"):
        screen.without("kred")


@given(screened_cohorts())
def test_reading_what_was_written_gives_the_same_screen(drawn) -> None:
    _, screen = drawn
    again = Screen.from_toml(screen.to_toml())
    assert again == screen
    assert hash(again) == hash(screen)
    assert again.digest == screen.digest


@given(st.permutations(["a", "b", "c"]))
def test_the_digest_ignores_the_order_of_weights_but_not_of_tie_breakers(order) -> None:
    weights = {"a": 1.0, "b": 2.0, "c": 3.0}
    screen = Screen(weights=weights, tie_breakers=("a", "b", "c"))
    reordered = Screen(weights={k: weights[k] for k in order}, tie_breakers=("a", "b", "c"))
    assert reordered.digest == screen.digest
    changed = Screen(weights=weights, tie_breakers=tuple(order))
    assert (changed.digest == screen.digest) == (order == ["a", "b", "c"])


def test_a_screen_cannot_be_changed_in_place() -> None:
    screen = Screen(weights={"klout": 1})
    with pytest.raises(ValidationError):
        screen.places = 3
    with pytest.raises(TypeError):
        screen.weights["klout"] = 2


def test_weights_are_decimals() -> None:
    assert Screen(weights={"a": 0.1 + 0.2}).weights["a"] == 0.3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("places = ", "agency.toml is not valid TOML"),
        ("plces = 3", r"'plces' is not a setting. Did you mean 'places'"),
        ("places = 3\nshare = 0.2", "give places or share, not both"),
        ("places = -1", "places: Input should be greater than or equal to 0 .found -1"),
        ("share = 1.5", "share: Input should be less than or equal to 1"),
        ("share = 0", "share: Input should be greater than 0"),
        ('scale = "rank"', "scale: Input should be 'z', 'percentile' or 'range'"),
        ('missing = "drop"', "missing: Input should be 'median', 'reject' or 'lowest'"),
        ('tie_breakers = ["a", "a"]', "a tie-breaker is listed twice"),
        ("[weights]\na = inf", "weights.a: Input should be a finite number"),
        ("[weights]\na = 0.0000001", "'a' is 1e-07; weights are kept to six decimals"),
        ('[[gates]]\nsignal = "a"', "'a' needs at_least, at_most or one_of"),
        ('[[gates]]\nsignal = "a"\none_of = []', "'a' has an empty one_of"),
        ('[[gates]]\nsignal = "a"\nat_least = 5\nat_most = 4', "at least 5 and at most 4"),
        ('[[gates]]\nsignal = "a"\natleast = 5', "'gates.0.atleast' is not a setting"),
        ("[[gates]]\nat_least = 5", "gates.0.signal: Field required"),
    ],
)
def test_what_is_wrong_with_a_screen_file_is_said(text: str, message: str) -> None:
    with pytest.raises(ScreenError, match=message):
        Screen.from_toml(text, where="agency.toml")


def test_reading_files(tmp_path) -> None:
    path = tmp_path / "agency.toml"
    path.write_text(AGENCY, encoding="utf-8")
    assert Screen.read(path).name == "Agency screen"
    with pytest.raises(ScreenError, match=r"gone\.toml cannot be read: No such file"):
        Screen.read(tmp_path / "gone.toml")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScreenError, match="it is not UTF-8 text"):
        Screen.read(path)
