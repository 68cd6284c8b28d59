from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sheets.contrast import READABLE, contrast_on_white, is_colour, nearest_readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda code: f"#{code:06x}")


@pytest.mark.parametrize(
    ("colour", "contrast"),
    # By definition for white and black; #767676 is known as the lightest grey that passes; pure
    # colours from their luminances .2126, .7152 and .0722.
    [
        ("#ffffff", 1.0),
        ("#000000", 21.0),
        ("#767676", 4.54),
        ("#777777", 4.48),
        ("#ff0000", 1.05 / 0.2626),
        ("#00ff00", 1.05 / 0.7652),
        ("#0000ff", 1.05 / 0.1222),
    ],
)
def test_contrast_with_white(colour: str, contrast: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(contrast, abs=0.005)


def test_what_is_a_colour() -> None:
    assert is_colour("#0F6f6b")
    assert not any(map(is_colour, ("0f6f6b", "#0f6", "#0f6f6g", "#0f6f6b;", "teal", "")))


@given(COLOURS)
def test_the_nearest_shade_passes_and_is_no_darker_than_it_must_be(colour: str) -> None:
    shade = nearest_readable(colour)
    assert contrast_on_white(shade) >= READABLE
    if contrast_on_white(colour) >= READABLE:
        assert shade == colour
    else:
        assert contrast_on_white(shade) < READABLE + 0.2
