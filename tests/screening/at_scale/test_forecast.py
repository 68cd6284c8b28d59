from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rows import arrow, table_of, write_parts
from toolkit.engine.arrow import ArrowEngine
from toolkit.engine.engine import Kernel, T
from toolkit.engine.memory import MemoryEngine
from toolkit.intake.column_figures import figures_of
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.intake.step_block import StepBlock
from toolkit.progress import Progress
from toolkit.screening.at_scale import forecast as forecasts
from toolkit.screening.at_scale.columns import SignalColumns
from toolkit.screening.at_scale.forecast import Forecast, forecast
from toolkit.screening.at_scale.plain_look import PlainLook
from toolkit.screening.at_scale.sampled import SampledSteps
from toolkit.screening.at_scale.select import Selection, select
from toolkit.screening.at_scale.sides import ABOVE, BELOW, OPEN
from toolkit.screening.decisions import decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

Taking = Callable[[PlainLook, pa.RecordBatch], bool]
WEIGHTS = {"klout": 0.3, "portfolio": 0.5, "followers": -0.2, "growth": 0.1}


def people(n: int, seed: int = 1) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    skill = draw.normal(size=n)
    return pd.DataFrame(
        {
            "klout": np.clip(np.round(45 + 15 * draw.normal(size=n), 1), 1, 100),
            "portfolio": np.clip(np.round(2 * (3 + skill)) / 2, 1, 5),
            "followers": np.round(np.exp(6 + draw.normal(size=n))).astype(np.int32),
            "growth": np.round(10 * draw.normal(size=n)),
            "sex": np.where(draw.random(n) < 0.5, "female", "male"),
        },
        index=pd.Index([f"c{i:05d}" for i in range(n)], name="candidate_id"),
    )


def unrounded(n: int, seed: int = 1, kind: str = "float64") -> pd.DataFrame:
    """The same people with more decimals than fit, in all signals but growth."""
    frame, draw = people(n, seed), np.random.default_rng(seed + 1)
    for name in ("klout", "portfolio", "followers"):
        frame[name] = (0.9 * frame[name] + draw.random(n) + 0.1).astype(kind)
    return frame


@dataclass(frozen=True, eq=False)
class Counted(MemoryEngine):
    """Counts how often the rows are gone through, and says of them whatever is wanted."""

    looks: list[Sequence[str]] = field(default_factory=list)
    said: float | None = None

    def reach(self, column: str) -> float | None:
        return self.said

    def add_up(
        self, columns: Sequence[str], kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        self.looks.append(columns)
        return super().add_up(columns, kernel, progress)


def looks_at(
    frame: pd.DataFrame, screen: Screen, said: float | None = None
) -> tuple[Selection, int]:
    engine = Counted(table_of(frame), batch=1000, said=said)
    return select(engine, screen, ["sex"]), len(engine.looks)


def assert_as_in_memory(found: Selection, frame: pd.DataFrame, screen: Screen) -> None:
    expected = decide(cohort_from_frame(frame.drop(columns="sex")), screen)
    by_sex = frame.assign(selected=expected.selected).groupby("sex")["selected"]
    assert found.by_group["n"].tolist() == by_sex.size().tolist()
    assert found.by_group["selected"].tolist() == by_sex.sum().tolist()
    assert found.eligible.sum() == expected.eligible.sum()
    (standing,) = found.contest.standings(table_of(frame).to_batches()[0])
    selected = found.cut.selects(standing, pa.array(frame.index.to_list()))
    np.testing.assert_array_equal(selected, expected.selected)


def test_one_look_decides_where_the_sample_foretold_the_cut() -> None:
    frame = people(20_000)
    screen = Screen(share=0.2, weights=WEIGHTS, gates=(Gate(signal="klout", at_least=20),))
    found, looks = looks_at(frame, screen)
    # Lots are drawn among equals, which takes their codes.
    assert looks - bool(found.cut.by_lot) == 1
    rows = found.ground.survey.sorted
    assert rows is not None
    assert rows.n_open < 3000
    assert_as_in_memory(found, frame, screen)


@pytest.mark.parametrize("scale", ["range", "percentile", "z"])
@pytest.mark.parametrize("places", [1, 700, 7_999, 8_000])
def test_any_screen_is_decided_as_in_memory(scale: str, places: int) -> None:
    frame = people(8_000, places)
    screen = Screen(places=places, weights=WEIGHTS, scale=scale, tie_breakers=("klout",))
    assert_as_in_memory(looks_at(frame, screen)[0], frame, screen)


@pytest.mark.parametrize("kind", ["float64", "float32"])
def test_one_look_decides_numbers_with_more_decimals_than_fit(kind: str) -> None:
    frame = unrounded(20_000, kind=kind)
    screen = Screen(share=0.2, weights=WEIGHTS, gates=(Gate(signal="klout", at_least=20),))
    found, looks = looks_at(frame, screen)
    assert looks == 1
    assert_as_in_memory(found, frame, screen)


@pytest.mark.parametrize(("value", "looks"), [(50.5, 1), (86.5, 2)])
def test_where_fewer_decimals_fit_than_the_sample_says_the_second_look_is_foretold_too(
    value: float, looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.screening.at_scale.survey.FORETELLING", 4_000)
    frame = unrounded(20_000)
    # Beside 85 eight decimals fit, beside 86 seven.
    frame["klout"] = frame["klout"].clip(upper=85)
    frame.iloc[3, frame.columns.get_loc("klout")] = value
    screen = Screen(share=0.3, weights=WEIGHTS)
    found, taken = looks_at(frame, screen)
    assert taken == looks
    assert found.ground.survey.sorted is not None
    assert_as_in_memory(found, frame, screen)


@pytest.mark.parametrize(("said", "looks"), [(True, 1), (False, 2)])
def test_a_footer_may_say_how_many_decimals_fit(
    said: bool, looks: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Sequence[str]] = []

    def add_up(
        self: ArrowEngine,
        columns: Sequence[str],
        kernel: Kernel[T],
        progress: Progress | None = None,
        look: Callable[..., T | None] = ArrowEngine.add_up,
    ) -> T | None:
        taken.append(columns)
        return look(self, columns, kernel, progress)

    monkeypatch.setattr(ArrowEngine, "add_up", add_up)
    monkeypatch.setattr("toolkit.screening.at_scale.survey.FORETELLING", 4_000)
    frame = unrounded(20_000)
    frame["klout"] = frame["klout"].clip(upper=85)
    frame.iloc[-1, frame.columns.get_loc("klout")] = 86.5
    pq.write_table(table_of(frame), tmp_path / "a.parquet", write_statistics=said)
    screen = Screen(share=0.3, weights=WEIGHTS)
    rows = arrow(tmp_path, [*frame.columns, "candidate_id"], batch=700)
    found = select(rows, screen, ["sex"])
    assert len(taken) == looks
    assert_as_in_memory(found, frame, screen)


def test_a_footer_may_speak_of_what_is_set_aside(tmp_path: Path) -> None:
    frame = unrounded(6_000)
    frame["klout"] = frame["klout"].clip(upper=85)
    frame.iloc[7, frame.columns.get_loc("klout")] = 250.25
    screen = Screen(share=0.3, weights=WEIGHTS, missing="lowest")
    pq.write_table(table_of(frame), tmp_path / "a.parquet")
    rows = arrow(tmp_path, [*frame.columns, "candidate_id"], batch=700)
    found = select(rows, screen, ["sex"])
    # Beside 100 one decimal less would fit.
    assert found.ground.columns.about["klout"].decimals == 8
    frame["klout"] = frame["klout"].where(frame["klout"] <= 100)
    assert_as_in_memory(found, frame, screen)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("klout", np.nan),
        ("klout", 200.0),
        ("klout", 33.375),
        ("growth", -90_000),
        ("followers", 600_000_000),
    ],
)
def test_rows_unlike_the_sample_are_looked_at_again(
    name: str, value: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.screening.at_scale.survey.FORETELLING", 900)
    frame = people(5_000)
    frame[name] = frame[name].astype(np.float64)
    # Beside the sample, which takes every fifth row.
    frame.iloc[3, frame.columns.get_loc(name)] = value
    screen = Screen(share=0.3, weights=WEIGHTS, missing="lowest")
    found, looks = looks_at(frame, screen)
    assert looks > 1
    # Intake sets aside what is off its scale.
    frame["klout"] = frame["klout"].where(frame["klout"] <= 100)
    assert_as_in_memory(found, frame, screen)


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    share=st.sampled_from([0.02, 0.2, 0.5, 0.9]),
    errors=st.sampled_from([0.0, 0.5, 5.0]),
    sample=st.sampled_from([60, 500]),
    is_sorted=st.booleans(),
    made=st.sampled_from([people, unrounded]),
    said=st.sampled_from([None, 0.0, 50.0, 86.0, 1e5, np.inf]),
)
def test_however_much_sample_and_footers_mislead(
    seed: int,
    share: float,
    errors: float,
    sample: int,
    is_sorted: bool,
    made: Callable[[int, int], pd.DataFrame],
    said: float | None,
) -> None:
    frame = made(1_500, seed)
    if is_sorted:
        frame = frame.sort_values(["portfolio", "klout"])
    screen = Screen(share=share, weights=WEIGHTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.screening.at_scale.survey.FORETELLING", sample)
        patch.setattr(forecasts, "_ERRORS", errors)
        patch.setattr(forecasts, "_RANKS", 2)
        patch.setattr(forecasts, "_MOST_OPEN", 1.0)
        found, _ = looks_at(frame, screen, said)
    assert_as_in_memory(found, frame, screen)


def test_parquet_files_are_sampled_and_sorted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []

    def take(self: PlainLook, batch: pa.RecordBatch, took: Taking = PlainLook.take) -> bool:
        taken.append(batch.num_rows)
        return took(self, batch)

    monkeypatch.setattr(PlainLook, "take", take)
    frame = people(9_000)
    screen = Screen(share=0.2, weights=WEIGHTS)
    folder = write_parts(table_of(frame), tmp_path, [2_000, 7_000], group_rows=1_500)
    found = select(arrow(folder, [*frame.columns, "candidate_id"], batch=700), screen, ["sex"])
    assert found.ground.survey.sorted is not None
    assert sum(taken) == 9_000
    assert_as_in_memory(found, frame, screen)


weights = st.lists(st.floats(-2, 2), min_size=3, max_size=3)


@settings(max_examples=60)
@given(weights, st.lists(st.floats(0, 0.5), min_size=3, max_size=3), weights, st.integers(0, 10**6))
def test_no_row_is_on_the_other_side_with_any_coefficients_allowed(
    coefficients: list[float], errors: list[float], within: list[float], seed: int
) -> None:
    draw = np.random.default_rng(seed)
    rows = np.round(draw.normal(size=(3, 300)) * 40)
    lowest = rows.min(axis=1)
    guessed, error = np.array(coefficients), np.array(errors)
    middle = np.maximum(rows.mean(axis=1), lowest)
    made = Forecast(
        None,  # type: ignore[arg-type]
        ("a", "b", "c"),
        (0, 0, 0),
        guessed,
        error,
        lowest,
        middle,
        low=-5.0,
        high=5.0,
    )
    block = StepBlock.of(3)
    for at, row in enumerate(rows):
        assert block.fill(at, row, 0)
    true = guessed + error * np.array(within) / 2
    composite = true @ (rows - middle[:, None])
    side = np.empty(300, dtype=np.uint8)
    made.sort(block, side)
    above, is_open, below = side == ABOVE, side == OPEN, side == BELOW
    assert (above | is_open | below).all()
    assert (composite[above] > 5 - 1e-9).all()
    assert (composite[below] < -5 + 1e-9).all()


def test_a_cut_beside_the_forecast_is_not_confirmed() -> None:
    frame = people(4_000).drop(columns="sex")
    screen = Screen(share=0.2, weights={"klout": 1})
    cohort = cohort_from_frame(frame)
    about = {"klout": cohort.about["klout"]}
    sample = SampledSteps.of(table_of(frame).to_batches()[0], SignalColumns(about))
    assert sample is not None
    made = forecast(sample, about, screen, len(frame))
    assert made is not None
    decisions = decide(cohort, screen)
    figures = {"klout": figures_of(frame["klout"].to_numpy())}
    frozen = decisions.frozen
    weight = frozen.weights["klout"]
    ranked = np.sort(frame["klout"].to_numpy())[::-1]

    def composite(klout: float) -> int:
        return frozen.offset + weight.coefficient * (round(20 * klout) - weight.centre)

    assert made.confirms(frozen, figures, composite(ranked[799]))
    assert not made.confirms(frozen, figures, composite(ranked[300]))
    assert not made.confirms(frozen, figures, composite(ranked[1500]))
