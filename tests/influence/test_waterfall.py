from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.influence.waterfall import Part, waterfall


def test_one_place_for_three_candidates() -> None:
    """Everyone starts with 1/3; portfolio adds 5/6, Klout takes 1/6: selected."""
    steps = waterfall(
        1 / 3, [Part("klout", "Klout", -1 / 6), Part("portfolio", "Portfolio", 5 / 6)], True
    )
    assert [(step.kind, step.label) for step in steps] == [
        ("start", ""),
        ("for", "Portfolio"),
        ("against", "Klout"),
        ("decision", ""),
    ]
    heights = [height for step in steps for height in (step.begin, step.end)]
    assert heights == pytest.approx([0, 1 / 3, 1 / 3, 7 / 6, 7 / 6, 1, 0, 1])
    assert (steps[2].low, steps[2].high) == pytest.approx((1, 7 / 6))


def test_parts_that_do_not_lead_to_the_decision_leave_a_lot() -> None:
    """Nobody can be told apart: of a quarter of a place, a lot makes a whole one, or none."""
    drawn, blank = (waterfall(0.25, [Part("k", "K", 0.0)], out) for out in (True, False))
    assert [step.kind for step in drawn] == ["start", "neither", "lot", "decision"]
    assert (drawn[2].part, blank[2].part) == (0.75, -0.25)


def test_a_place_for_everyone_needs_no_lot() -> None:
    kinds = [step.kind for step in waterfall(1.0, [Part("k", "K", 0.0)], True)]
    assert kinds == ["start", "neither", "decision"]


parts = st.lists(st.floats(-1, 1).map(lambda part: Part("s", "S", part)), max_size=8)


@given(st.floats(0, 1), parts, st.booleans())
def test_each_bar_begins_where_the_last_one_ended(
    baseline: float, drawn: list[Part], selected: bool
) -> None:
    start, *between, decision = waterfall(baseline, drawn, selected)
    at = start.end
    for step in between:
        assert step.begin == at
        at = step.end
    assert at == pytest.approx(decision.end, abs=1e-6)
    sizes = [abs(step.part) for step in between if step.kind != "lot"]
    assert sizes == sorted(sizes, reverse=True)
