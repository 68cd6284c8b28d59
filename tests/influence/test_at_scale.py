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
from toolkit.errors import InputError, UnknownName
from toolkit.influence.at_scale.counted import InfluenceAtScale, influence_at_scale
from toolkit.influence.influence import Influence, influence
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

PEOPLE = pd.DataFrame(
    {
        "klout": [61, 48, 70, 40],
        "portfolio": [2.5, 4.5, 3.0, 4.0],
        "sex": ["F", "M", "F", "M"],
    },
    index=pd.Index(["ann", "bo", "cy", "di"], name="candidate_id"),
)
SCREEN = Screen(places=1, weights={"klout": 0.8, "portfolio": 0.2})


def test_one_seat_that_klout_gives_to_another() -> None:
    found = influence_at_scale(memory(table_of(PEOPLE)), SCREEN, groups=["sex"])
    klout = found.signals["klout"]
    assert (klout.flips, klout.is_score) == (2, True)
    counts = found.by_group("klout").drop(columns="composite_part")
    assert counts.to_dict("records") == [
        {"sex": "F", "n": 2, "selected": 1, "gained": 1, "lost": 0},
        {"sex": "M", "n": 2, "selected": 0, "gained": 0, "lost": 1},
    ]


def test_what_a_signal_adds_to_the_composites_of_a_group() -> None:
    found = influence_at_scale(memory(table_of(PEOPLE)), SCREEN, groups=["sex"])
    # Klout 61, 70 and 48, 40: means 65.5 and 44 around 54.75; population variance 545.6875 / 4.
    spread = np.sqrt(np.var([61, 48, 70, 40]))
    expected = 0.8 * np.array([65.5 - 54.75, 44 - 54.75]) / spread
    assert found.signals["klout"].composite_part == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("places", [1, 2, 3, 4])
def test_seats_bought_where_a_gate_leaves_two(places: int) -> None:
    """With two places, everybody who passes is in, and yet no place is free."""
    gate = Gate(signal="portfolio", at_least=3.5)
    screen = Screen(places=places, weights={"klout": 0.8, "portfolio": 0.2}, gates=(gate,))
    expected = influence(cohort_from_frame(PEOPLE.drop(columns="sex")), screen)
    found = influence_at_scale(memory(table_of(PEOPLE), 2), screen)
    for name, signal in expected.signals.items():
        assert dict(found.signals[name].seats_bought) == dict(signal.seats_bought)


@settings(max_examples=30)
@given(data=st.data())
def test_the_figures_are_those_of_a_cohort_in_memory(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cohort = data.draw(cohorts(max_size=18))
    screen = data.draw(screens(cohort))
    groups = data.draw(group_frames(cohort.candidate_ids))
    cohort = replace(cohort, groups=groups)
    table = table_of(pd.concat([cohort.signals, groups], axis=1))
    table = table.take(pa.array(data.draw(st.permutations(range(len(cohort))))))
    folder = tmp_path_factory.mktemp("rows")
    parts = write_parts(table, folder, [len(cohort) // 3], group_rows=4)
    expected = influence(cohort, screen)
    batch = data.draw(st.integers(1, 20))
    for engine in (memory(table, batch), arrow(parts, table.column_names, batch)):
        found = influence_at_scale(engine, screen, groups=["sex", "ethnicity"])
        assert list(found.signals) == list(expected.signals)
        for name, signal in expected.signals.items():
            own = found.signals[name]
            assert (int(own.gained.sum()), int(own.lost.sum())) == (
                len(signal.gained),
                len(signal.lost),
            )
            assert own.effective_weight == signal.effective_weight
            assert own.nominal_weight == signal.nominal_weight
            assert dict(own.seats_bought) == dict(signal.seats_bought)
            assert own.is_score == signal.is_score
        _adds_up(found, expected)
        removed = expected.all_scores_removed
        assert int(found.scores_gained.sum()) == len(removed.gained)
        assert int(found.scores_lost.sum()) == len(removed.lost)


def _adds_up(found: InfluenceAtScale, expected: Influence) -> None:
    """The parts of all signals are each group's distance from the mean composite."""
    decisions, ground = expected.decisions, found.ground
    composite = np.ldexp(decisions.composites.astype(float), -decisions.frozen.exponent)
    groups = expected.cohort.groups.astype(object)
    own = composite - composite.mean()
    for at, member in enumerate(ground.cells.members):
        rows = [
            tuple(None if pd.isna(v) else v for v in row) == member
            for row in groups[list(ground.cells.columns)].to_numpy()
        ]
        parts = sum(float(s.composite_part[at]) for s in found.signals.values())
        assert parts == pytest.approx(own[np.array(rows)].mean(), abs=1e-9)


@settings(max_examples=25)
@given(data=st.data())
def test_decisions_are_shared_out_as_in_a_cohort_in_memory(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cohort = data.draw(cohorts(max_size=14))
    screen = data.draw(screens(cohort))
    groups = data.draw(group_frames(cohort.candidate_ids))[["sex"]]
    expected = influence(cohort, screen, attribution=True).attribution
    assert expected is not None
    table = table_of(pd.concat([cohort.signals, groups], axis=1))
    table = table.take(pa.array(data.draw(st.permutations(range(len(cohort))))))
    parts = write_parts(table, tmp_path_factory.mktemp("rows"), [len(cohort) // 3], group_rows=4)
    batch = data.draw(st.integers(1, 15))
    sex = [None if pd.isna(value) else value for value in groups["sex"]]
    for engine in (memory(table, batch), arrow(parts, table.column_names, batch)):
        found = influence_at_scale(engine, screen, groups=["sex"], attribution=True)
        assert found.shared is not None
        for signal in screen.signals:
            assert found.shared.shares[signal] == pytest.approx(expected.shares[signal], abs=1e-12)
            for record in found.by_group(signal).to_dict("records"):
                rows = [value == record["sex"] for value in sex]
                mean = expected.shapley[signal].to_numpy()[rows].mean()
                assert record["decision_part"] == pytest.approx(mean, abs=1e-12)


def test_more_signals_than_coalitions_can_be_gone_through() -> None:
    names = [f"s{at}" for at in range(13)]
    rows = pd.DataFrame({name: [1.0, 2.0] for name in names}, index=pd.Index(["a", "b"]))
    rows.index.name = "candidate_id"
    screen = Screen(places=1, weights=dict.fromkeys(names, 1.0))
    with pytest.raises(InputError, match="13 signals"):
        influence_at_scale(memory(table_of(rows)), screen, attribution=True)


def test_a_score_that_the_screen_does_not_use() -> None:
    with pytest.raises(UnknownName, match="kred"):
        influence_at_scale(memory(table_of(PEOPLE)), SCREEN, ["kred"])


def test_scores_can_be_named() -> None:
    found = influence_at_scale(memory(table_of(PEOPLE)), SCREEN, ["portfolio"])
    assert [name for name, s in found.signals.items() if s.is_score] == ["portfolio"]
    expected = influence(cohort_from_frame(PEOPLE), SCREEN, ["portfolio"]).all_scores_removed
    assert int(found.scores_gained.sum()) == len(expected.gained)
