from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.fairness.printed import Printed, printed


def read(text: str, whole: bool = False) -> Printed:
    figure = printed(text, whole=whole)
    assert figure is not None
    return figure


def test_two_decimals_leave_half_a_hundredth_open() -> None:
    figure = read("0.82")
    assert (figure.low, figure.high) == (Fraction("0.815"), Fraction("0.825"))
    assert figure.agrees(Fraction("0.8249"))
    assert not figure.agrees(Fraction("0.8251"))
    assert figure.agrees(Fraction("0.80"), Fraction("0.816"))


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("54.3%", "0.543", "0.001"),
        ("54,3 %", "0.543", "0.001"),
        (".82", "0.82", "0.01"),
        ("1.00", "1", "0.01"),
        ("0.82*", "0.82", "0.01"),
        ("0,820", "0.82", "0.001"),
        ("82 percent", "0.82", "0.01"),
        ("8.2e-1", "0.82", "0.01"),
    ],
)
def test_how_figures_are_printed(text: str, value: str, step: str) -> None:
    assert (read(text).value, read(text).step) == (Fraction(value), Fraction(step))


@pytest.mark.parametrize(
    ("text", "value"), [("1,390", 1390), ("1 390", 1390), ("92", 92), ("92.0", 92), ("1'390", 1390)]
)
def test_people(text: str, value: int) -> None:
    assert read(text, whole=True).value == value


@pytest.mark.parametrize("text", ["", " ", "–", "N/A", "not calculated", "<5", "ref", "*"])
def test_cells_that_state_no_figure(text: str) -> None:
    assert printed(text) is None


@pytest.mark.parametrize("text", ["many", "1.2.3", "0.8 to 0.9", "inf", "1e999999", "--1"])
def test_what_is_no_figure_at_all(text: str) -> None:
    with pytest.raises(ValueError):
        printed(text)


def test_cut_off_and_written_alike() -> None:
    figure = read("64.2%")
    assert figure.cut_off(Fraction(18, 28))
    assert not figure.cut_off(Fraction(64, 100))
    assert figure.like(Fraction(18, 28)) == "64.3 %"
    assert read("0.82").like(Fraction(1, 2)) == "0.50"
    assert read("1").like(Fraction(1, 2)) == "1"


def test_more_digits_than_programs_agree_on_are_not_compared() -> None:
    assert read(repr(50 / 92)).agrees(Fraction(50, 92))
    assert read(repr(1 / 3)).agrees(Fraction(1, 3))
    assert not read("0.3333333334").agrees(Fraction(1, 3))


@given(st.fractions(0, 1), st.integers(0, 6))
def test_a_rounded_figure_agrees_with_what_it_was_rounded_from(
    exact: Fraction, decimals: int
) -> None:
    step = Fraction(1, 10**decimals)
    text = f"{float((exact + step / 2) // step * step):.{decimals}f}"
    assert read(text).agrees(exact)
    assert not read(text).agrees(exact + 2 * step)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        figure = printed(text)
    except ValueError:
        return
    assert figure is None or figure.low <= figure.value <= figure.high
