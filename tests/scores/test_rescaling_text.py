from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.scores.rescaling_text import rescaling_from_text, rescaling_in_words


@pytest.mark.parametrize(
    ("text", "words", "after_50"),
    [
        ("-10", "10 points lower", 40.0),
        ("+2.5", "2.5 points higher", 52.5),
        ("x1.1", "times 1.1", 55.0),
        ("*2-4", "times 2, then 4 points lower", 96.0),
        ("40:30, 60:60", "40 becomes 30, 60 becomes 60", 45.0),
        ("0:-5;100:95", "0 becomes -5, 100 becomes 95", 45.0),
    ],
)
def test_what_is_written_is_what_happens(text: str, words: str, after_50: float) -> None:
    read = rescaling_from_text(text)
    assert rescaling_in_words(read) == words
    assert read.applied_to(np.array([50.0]))[0] == pytest.approx(after_50)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10", "'10' is not a change of a score. Write -10 for points"),
        ("", "is not a change of a score"),
        ("x0", "A factor must be above 0, found 0."),
        ("50:40", "needs two pairs"),
        ("50:40,50:60", "Old values must rise, and 50 follows 50."),
        ("50:40,60:30", "New values must not fall, and 30 follows 40."),
    ],
)
def test_what_is_no_change_is_said(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        rescaling_from_text(text)


@given(
    st.lists(st.integers(-50, 50), min_size=2, max_size=6, unique=True).map(sorted),
    st.lists(st.integers(-50, 50), min_size=6, max_size=6).map(sorted),
)
def test_between_its_points_a_bent_line_is_numpys_and_nobody_overtakes(
    old: list[int], new: list[int]
) -> None:
    read = rescaling_from_text(",".join(f"{a}:{b}" for a, b in zip(old, new, strict=False)))
    within = np.linspace(old[0], old[-1], 41)
    expected = np.interp(within, old, new[: len(old)])
    np.testing.assert_allclose(read.applied_to(within), expected, atol=1e-9)
    beyond = np.linspace(-200, 200, 401)
    assert (np.diff(read.applied_to(beyond)) >= -1e-9).all()
