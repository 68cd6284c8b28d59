from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rows import memory, table_of
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.at_scale.draw import Draw, LotsAtCut
from toolkit.screening.at_scale.select import select
from toolkit.screening.decisions import decide
from toolkit.screening.lottery import Lots, lots
from toolkit.screening.screen import Screen

CODES = ["ann", "bob", "cid", "dee"]


def test_the_two_lowest_lots_of_four_are_drawn() -> None:
    order = np.array(CODES)[np.argsort(lots("Agency screen", CODES))]
    cell = np.array([0, 1, 1, 0])
    half = LotsAtCut.of("Agency screen", pa.array(CODES[:2]), cell[:2])
    both = half + LotsAtCut.of("Agency screen", pa.array(CODES[2:]), cell[2:])
    last, left, by_cell = both.drawn(2, 2)
    assert left == 0
    drawn = Draw("Agency screen", last).has(pa.array(CODES))
    assert sorted(np.array(CODES)[drawn]) == sorted(order[:2])
    assert by_cell.tolist() == np.bincount(cell[drawn], minlength=2).tolist()


def test_of_those_who_share_the_last_lot_those_named_are_drawn() -> None:
    last = int(lots("s", ["bob"])[0])
    chosen = Draw("s", last, frozenset(["ann"])).has(pa.array(["bob"]))
    assert chosen.tolist() == [False]
    assert Draw("s", last, frozenset(["bob"])).has(pa.array(["bob"])).tolist() == [True]


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 2), min_size=2, max_size=24),
    st.integers(1, 20),
    st.integers(1, 4),
    st.integers(1, 9),
)
def test_few_lots_decide_as_they_do_in_memory(
    portfolio: list[int], places: int, different: int, batch: int
) -> None:
    """With few different lots, many share one, and their codes decide."""

    def coarse(screen_name: str, candidate_ids: Iterable[str]) -> Lots:
        return lots(screen_name, candidate_ids) % np.uint64(different)

    codes = [
        f"c{at:02d}" for at in np.random.default_rng(len(portfolio)).permutation(len(portfolio))
    ]
    frame = pd.DataFrame(
        {
            "portfolio": portfolio,
            "sex": ["f", "m"] * (len(portfolio) // 2) + ["f"] * (len(portfolio) % 2),
        },
        index=pd.Index(codes, name="candidate_id"),
    )
    screen = Screen(places=places, weights={"portfolio": 1})
    with pytest.MonkeyPatch.context() as patch:
        for module in ("lottery", "at_scale.draw", "at_scale.cut"):
            patch.setattr(f"toolkit.screening.{module}.lots", coarse)
        found = select(memory(table_of(frame), batch=batch), screen, ["sex"])
        expected = decide(cohort_from_frame(frame.drop(columns="sex")), screen)
        (standing,) = found.contest.standings(table_of(frame).to_batches()[0])
        selected = found.cut.selects(standing, pa.array(codes))
    assert selected.tolist() == expected.selected.tolist()
    by_sex = frame.assign(selected=expected.selected).groupby("sex")["selected"].sum()
    assert found.by_group["selected"].tolist() == by_sex.tolist()
