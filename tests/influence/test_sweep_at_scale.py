"""A sweep over many rows is the sweep of the same rows in memory."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rows import arrow, memory, table_of, write_parts
from tests.strategies import cohorts, group_frames, screens
from toolkit.errors import InputError, ScreenError, UnknownName
from toolkit.influence import along_weights
from toolkit.influence.at_scale.swept import SweepAtScale, sweep_at_scale
from toolkit.influence.sweep import Sweep, sweep
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen

PEOPLE = pd.DataFrame(
    {"portfolio": [4.0, 3, 2, 1], "klout": [30.0, 40, 60, 70], "sex": ["F", "F", "M", "M"]},
    index=pd.Index(list("abcd"), name="candidate_id"),
)
SCREEN = Screen(name="s", places=2, weights={"portfolio": 0.5, "klout": 0.5})


def test_two_places_counted_by_group() -> None:
    """Evidence alone takes a and b, the women; Klout alone c and d; at least 65 only d."""
    found = sweep_at_scale(
        memory(table_of(PEOPLE)),
        SCREEN,
        "klout",
        weights=[0, 100],
        cutoffs=[-np.inf, 65],
        attribute="sex",
    )
    assert found.sweep.selected.tolist() == [[2, 1], [2, 1]]
    assert found.sweep.flips.tolist() == [[0, 3], [4, 3]]
    assert (found.groups, found.people.tolist()) == (("F", "M"), [2, 2])
    assert found.by_group.tolist() == [[[2, 0], [0, 1]], [[0, 2], [0, 1]]]
    assert found.records()[0]["selected_by_group"] == {"F": 2, "M": 0}


def same(found: SweepAtScale, expected: Sweep) -> None:
    own = found.sweep
    np.testing.assert_array_equal(own.cutoffs, expected.cutoffs)
    np.testing.assert_array_equal(own.selected, expected.selected)
    np.testing.assert_array_equal(own.flips, expected.flips)
    np.testing.assert_array_equal(own.evidence, expected.evidence)
    assert own.current == expected.current
    assert (own.smallest_ratio is None) == (expected.smallest_ratio is None)
    if own.smallest_ratio is not None:
        np.testing.assert_array_equal(own.smallest_ratio, expected.smallest_ratio)


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_the_figures_are_those_of_a_cohort_in_memory(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cohort = data.draw(cohorts(max_size=18))
    screen = data.draw(screens(cohort))
    score = data.draw(st.sampled_from(sorted(cohort.about)))
    groups = data.draw(group_frames(cohort.candidate_ids))
    cohort = replace(cohort, groups=groups)
    percents = data.draw(st.lists(st.integers(0, 100), min_size=1, max_size=3))
    expected = sweep(cohort, screen, score, weights=percents, attribute="sex")
    table = table_of(pd.concat([cohort.signals, groups], axis=1))
    table = table.take(pa.array(data.draw(st.permutations(range(len(cohort))))))
    folder = tmp_path_factory.mktemp("rows")
    files = write_parts(table, folder, [len(cohort) // 3], group_rows=4)
    batch = data.draw(st.integers(1, 20))
    with pytest.MonkeyPatch.context() as patch:
        if data.draw(st.booleans()):
            patch.setattr(along_weights, "MANY", 0)
        for engine in (memory(table, batch), arrow(files, table.column_names, batch)):
            same(sweep_at_scale(engine, screen, score, weights=percents, attribute="sex"), expected)


def test_level_candidates_go_by_lot() -> None:
    draw = np.random.default_rng(5)
    frame = pd.DataFrame(
        {"portfolio": draw.integers(1, 4, 500), "klout": draw.integers(40, 44, 500) * 1.0},
        index=pd.Index([f"c{n}" for n in range(500)], name="candidate_id"),
    )
    screen = SCREEN.changed(places=77)
    expected = sweep(cohort_from_frame(frame), screen, "klout")
    table = table_of(frame)
    found = sweep_at_scale(memory(table, 64), screen, "klout", weights=[0, 1, 50, 100])
    rows = [0, 1, 50, 100]
    np.testing.assert_array_equal(found.sweep.flips, expected.flips[rows])
    with pytest.raises(InputError, match="level at"):
        sweep_at_scale(memory(table.drop_columns("candidate_id")), screen, "klout", weights=[0, 50])


def test_what_cannot_be_swept() -> None:
    rows = memory(table_of(PEOPLE))
    with pytest.raises(UnknownName, match="'kred' in the sweep"):
        sweep_at_scale(rows, SCREEN, "kred")
    with pytest.raises(ScreenError, match="0 to 100 percent"):
        sweep_at_scale(rows, SCREEN, "klout", weights=[-1])


def test_the_share_that_is_done_rises_to_one() -> None:
    told: list[float] = []
    sweep_at_scale(memory(table_of(PEOPLE), 2), SCREEN, "klout", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
