"""decide(): the worked example, the definition as oracle, and what must always hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screening import reference
from tests.strategies import screened_cohorts
from toolkit.errors import ScreenError, UnknownName
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide, decide_frozen
from toolkit.screening.frozen import freeze
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


def cohort_of(**columns: list[float]) -> Cohort:
    size = len(next(iter(columns.values())))
    index = pd.Index([f"c{i}" for i in range(size)], name="candidate_id")
    return cohort_from_frame(pd.DataFrame(columns, index=index, dtype=np.float64))


def test_worked_example() -> None:
    """Four candidates, two places: the gate on Klout costs the best portfolio its place."""
    cohort = cohort_of(portfolio=[5, 4, 3, 1], klout=[30, 60, 55, 70])
    screen = Screen(places=2, weights={"portfolio": 1}, gates=(Gate(signal="klout", at_least=50),))
    decisions = decide(cohort, screen)
    assert decisions.selected_ids == ["c1", "c2"]
    assert decisions.gates_failed(0) == ("klout",)
    np.testing.assert_equal(decisions.rank, [np.nan, 1, 2, 3])
    # Portfolio: mean 3.25, population variance 35/16.
    np.testing.assert_allclose(
        decisions.composite, (np.array([5, 4, 3, 1]) - 3.25) / np.sqrt(35 / 16), rtol=1e-15
    )
    assert decide(cohort, screen.without("klout")).selected_ids == ["c0", "c1"]


@given(screened_cohorts())
def test_agrees_with_the_definition(drawn: tuple[Cohort, Screen]) -> None:
    cohort, screen = drawn
    decisions = decide(cohort, screen)
    assert set(decisions.selected_ids) == reference.selected(cohort, screen)
    expected = reference.composite_of(cohort, screen)
    composite = [
        float(expected[c]) if complete else np.nan
        for c, complete in zip(cohort.candidate_ids, decisions.complete, strict=True)
    ]
    np.testing.assert_allclose(decisions.composite, composite, atol=1e-12)
    order = reference.order(cohort, screen)
    rank_of = dict(zip(cohort.candidate_ids, decisions.rank, strict=True))
    assert sorted(c for c, rank in rank_of.items() if not np.isnan(rank)) == sorted(order)
    # Candidates who share a rank may stand in any order among themselves.
    assert [rank_of[c] for c in order] == sorted(rank_of[c] for c in order)


@given(screened_cohorts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(drawn: tuple[Cohort, Screen], random) -> None:
    cohort, screen = drawn
    rows = list(range(len(cohort)))
    random.shuffle(rows)
    shuffled = Cohort(
        candidates=cohort.candidates.iloc[rows],
        signals=cohort.signals.iloc[rows],
        about=cohort.about,
    )
    first, second = decide(cohort, screen), decide(shuffled, screen)
    np.testing.assert_array_equal(first.selected[rows], second.selected)
    np.testing.assert_array_equal(first.composites[rows], second.composites)
    np.testing.assert_array_equal(first.rank[rows], second.rank)
    np.testing.assert_array_equal(first.tied_at_cut[rows], second.tied_at_cut)


@given(screened_cohorts(min_size=2), st.data())
def test_batches_have_the_same_composites(drawn: tuple[Cohort, Screen], data) -> None:
    cohort, screen = drawn
    frozen = freeze(cohort, screen)
    cut = data.draw(st.integers(1, len(cohort) - 1))
    parts = [
        Cohort(cohort.candidates.iloc[rows], cohort.signals.iloc[rows], cohort.about)
        for rows in (slice(None, cut), slice(cut, None))
    ]
    whole = decide_frozen(cohort, frozen)
    for name in ("composites", "eligible"):
        batched = np.concatenate([getattr(decide_frozen(part, frozen), name) for part in parts])
        np.testing.assert_array_equal(batched, getattr(whole, name))


@given(screened_cohorts())
def test_places_are_filled_and_gates_hold(drawn: tuple[Cohort, Screen]) -> None:
    cohort, screen = drawn
    decisions = decide(cohort, screen)
    eligible = int(decisions.eligible.sum())
    assert int(decisions.selected.sum()) == min(decisions.places, eligible)
    assert not (decisions.selected & ~decisions.eligible).any()
    assert not decisions.tied_at_cut.any() or (
        (decisions.tied_at_cut & decisions.selected).any()
        and (decisions.tied_at_cut & ~decisions.selected).any()
    )


def test_an_advantage_traded_for_an_equal_one_is_a_tie() -> None:
    """n = 2 with mirrored signals: the composites are equal, and the tie-breaker decides."""
    cohort = cohort_of(portfolio=[1.1, 4.3], task=[90, 17], klout=[20, 30])
    screen = Screen(places=1, weights={"portfolio": 0.5, "task": 0.5}, tie_breakers=("klout",))
    decisions = decide(cohort, screen)
    assert decisions.composites[0] == decisions.composites[1]
    assert decisions.selected_ids == ["c1"]


def test_everyone_alike_is_decided_by_lot_and_said_so() -> None:
    cohort = cohort_of(portfolio=[3, 3, 3, 3])
    decisions = decide(cohort, Screen(name="x", places=2, weights={"portfolio": 1}))
    assert int(decisions.selected.sum()) == 2
    assert decisions.tied_at_cut.all()
    assert decisions.to_dict()["tied_at_cut"] == 4
    assert set(decisions.rank) == {1.0}


def test_removing_a_signal_does_not_draw_the_lots_anew() -> None:
    cohort = cohort_of(portfolio=[3] * 9, klout=list(range(1, 10)))
    screen = Screen(places=4, weights={"portfolio": 1, "klout": 0})
    assert (
        decide(cohort, screen).selected == decide(cohort, screen.without("klout")).selected
    ).all()


@pytest.mark.parametrize(
    ("missing", "selected"),
    [("median", ["c1", "c2"]), ("reject", ["c1", "c3"]), ("lowest", ["c1", "c3"])],
)
def test_missing_values(missing: str, selected: list[str]) -> None:
    """Klout missing for c2: the median, 35, would place it second of four."""
    cohort = cohort_of(klout=[20, 90, np.nan, 35])
    screen = Screen(places=2, weights={"klout": 1}, missing=missing, name="m")
    decisions = decide(cohort, screen)
    assert decisions.missing_of(2) == ("klout",)
    if missing == "median":
        assert decisions.composites[2] == decisions.composites[3]
        assert decisions.tied_at_cut.tolist() == [False, False, True, True]
    else:
        assert decisions.selected_ids == selected
    assert bool(decisions.complete[2]) is (missing != "reject")


def test_the_least_favourable_value_is_the_highest_where_low_is_better() -> None:
    cohort = cohort_of(years_since=[1, 9, np.nan])
    screen = Screen(places=1, weights={"years_since": -1}, missing="lowest")
    assert decide(cohort, screen).composites[2] == decide(cohort, screen).composites[1]


@pytest.mark.parametrize(
    ("share", "size", "places"),
    [(0.2, 60, 12), (0.29, 100, 29), (0.07, 100, 7), (0.2, 3, 1), (1.0, 5, 5), (0.2, 12, 2)],
)
def test_a_share_is_rounded_down_in_decimals(share: float, size: int, places: int) -> None:
    """0.29 × 100 is 28.999… in binary; a person who wrote 0.29 of 100 means 29."""
    assert Screen(share=share).places_among(size) == places


def test_gates_compare_decimals_exactly() -> None:
    cohort = cohort_of(klout=[0.1 + 0.2, 0.3, 0.29], portfolio=[1, 2, 3])
    passed = decide(cohort, Screen(gates=(Gate(signal="klout", at_least=0.3),))).eligible
    assert passed.tolist() == [True, True, False]


def test_edges() -> None:
    nobody = cohort_from_frame(pd.DataFrame({"candidate_id": [], "klout": []}))
    assert decide(nobody, Screen(weights={"klout": 1})).to_dict()["decisions"] == []
    one = cohort_of(klout=[50])
    assert decide(one, Screen(places=1, weights={"klout": 1})).selected_ids == ["c0"]
    assert decide(one, Screen(places=0, weights={"klout": 1})).selected_ids == []
    assert decide(one, Screen(places=9)).selected_ids == ["c0"]
    blank = cohort_of(klout=[np.nan, np.nan], portfolio=[2, 1])
    assert decide(blank, Screen(places=1, weights={"klout": 1, "portfolio": 1})).selected_ids == [
        "c0"
    ]
    gate = Gate(signal="klout", at_least=0)
    assert decide(blank, Screen(places=1, gates=(gate,))).selected_ids == []


def test_huge_and_tiny_signals_keep_their_say() -> None:
    """A million followers apart or a thousandth of a point: no signal is rounded away."""
    cohort = cohort_of(followers=[10_000_000_000, 3, 2], rating=[0.001, 0.003, 0.002])
    screen = Screen(places=3, weights={"followers": 0.999999, "rating": 0.000001})
    assert decide(cohort, screen).rank.tolist() == [1, 2, 3]
    screen = Screen(places=3, weights={"followers": 0.000001, "rating": 0.999999})
    assert decide(cohort, screen).rank.tolist() == [3, 1, 2]


def test_unknown_signals_and_groups_are_refused() -> None:
    frame = pd.DataFrame({"klout": [1.0, 2.0], "sex": ["f", "m"]}, index=["a", "b"])
    cohort = cohort_from_frame(frame, groups=["sex"])
    with pytest.raises(UnknownName, match=r"no signal 'kluot'.*Did you mean 'klout'"):
        decide(cohort, Screen(weights={"kluot": 1}))
    with pytest.raises(ScreenError, match="'sex', which is a group attribute"):
        decide(cohort, Screen(tie_breakers=("sex",)))
