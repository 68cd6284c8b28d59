from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rows import arrow, memory, table_of, write_parts
from tests.strategies import cohorts, group_frames, screens
from toolkit.engine.engine import Engine
from toolkit.engine.memory import MemoryEngine
from toolkit.errors import InputError, ScreenError, UnknownName
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.at_scale.decision_rows import write_decisions
from toolkit.screening.at_scale.select import Selection, select
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen

PEOPLE = pd.DataFrame(
    {
        "klout": [61, 48, 70, 48],
        "portfolio": [2.5, 4.5, 3.0, 4.5],
        "sex": ["female", "male", "female", None],
    },
    index=pd.Index(["ann", "bo", "cy", "di"], name="candidate_id"),
)


def written(selection: Selection, folder: Path) -> pd.DataFrame:
    write_decisions(selection, folder)
    return pq.read_table(folder).to_pandas().set_index("candidate_id")


def test_two_places_by_portfolio_with_a_tie_for_the_first() -> None:
    found = select(memory(table_of(PEOPLE)), Screen(places=2, weights={"portfolio": 1}), ["sex"])
    assert found.to_dict()["selected"] == 2
    assert found.by_group.to_dict("list") == {
        "sex": ["female", "male", None],
        "n": [2, 1, 1],
        "selected": [0, 1, 1],
    }
    assert not found.cut.by_lot


def test_lots_decide_as_they_do_in_memory() -> None:
    screen = Screen(places=1, weights={"portfolio": 1})
    found = select(memory(table_of(PEOPLE), batch=1), screen)
    assert found.cut.tied == 2
    assert found.cut.drawn is not None
    drawn = found.cut.drawn.has(pa.array(PEOPLE.index))
    level = (PEOPLE["portfolio"] == PEOPLE["portfolio"].max()).to_numpy()
    assert decide(cohort_from_frame(PEOPLE), screen).selected_ids == list(
        PEOPLE.index[drawn & level]
    )


def same(
    cohort: Cohort, groups: pd.DataFrame, screen: Screen, engine: Engine, folder: Path
) -> None:
    """The engine's decisions and counts are those of the cohort in memory."""
    expected = decide(cohort, screen)
    found = select(engine, screen, ["sex", "ethnicity"])
    rows = written(found, folder).loc[list(expected.candidate_ids)]
    assert rows["selected"].tolist() == expected.selected.tolist()
    assert rows["tied_at_cut"].tolist() == expected.tied_at_cut.tolist()
    assert rows["eligible"].tolist() == expected.eligible.tolist()
    np.testing.assert_array_equal(rows["composite"].to_numpy(), expected.composite)
    counted = groups.assign(selected=expected.selected).groupby(["sex", "ethnicity"], dropna=False)[
        "selected"
    ]
    assert found.by_group["n"].sum() == len(cohort)
    for (sex, ethnicity), chosen in counted:
        of = found.by_group
        row = of[
            (of["sex"].isna() if pd.isna(sex) else of["sex"].eq(sex))
            & (of["ethnicity"].isna() if pd.isna(ethnicity) else of["ethnicity"].eq(ethnicity))
        ]
        assert row[["n", "selected"]].to_numpy().tolist() == [[len(chosen), chosen.sum()]]


@settings(max_examples=60)
@given(data=st.data())
def test_any_cut_up_rows_are_decided_as_in_memory(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cohort = data.draw(cohorts(max_size=25))
    screen = data.draw(screens(cohort))
    groups = data.draw(group_frames(cohort.candidate_ids))
    table = table_of(pd.concat([cohort.signals, groups], axis=1))
    order = data.draw(st.permutations(range(len(cohort))))
    table = table.take(pa.array(order))
    folder = tmp_path_factory.mktemp("rows")
    ends = data.draw(st.lists(st.integers(0, len(cohort)), max_size=3))
    batch = data.draw(st.integers(1, 30))
    parts = write_parts(table, folder / "in", ends, group_rows=data.draw(st.integers(1, 30)))
    same(cohort, groups, screen, memory(table, batch), folder / "memory")
    same(cohort, groups, screen, arrow(parts, table.column_names, batch), folder / "arrow")


def many(seed: int, n: int = 3000) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "klout": np.round(rng.uniform(1, 100, n), 1),
            "portfolio": rng.integers(2, 11, n) / 2,
            "years_experience": np.where(rng.random(n) < 0.1, np.nan, rng.integers(0, 30, n)),
            "followers": np.round(np.exp(rng.normal(6, 2, n))),
        },
        index=pd.Index([f"c{i:05d}" for i in rng.permutation(n)], name="candidate_id"),
    )


@pytest.mark.parametrize("sample", [7, 200, 100_000])
@pytest.mark.parametrize(
    "weights", [{"klout": 0.3, "portfolio": 0.5, "years_experience": 0.2}, {"portfolio": 1.0}]
)
def test_the_sample_decides_how_long_it_takes_and_nothing_else(
    sample: int, weights: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = many(sample)
    screen = Screen(places=431, weights=weights, tie_breakers=("klout",))
    monkeypatch.setattr("toolkit.screening.at_scale.survey.SAMPLE", sample)
    monkeypatch.setattr("toolkit.screening.at_scale.cut.MOST_KEPT", 300)
    found = select(memory(table_of(frame), batch=512), screen)
    expected = decide(cohort_from_frame(frame), screen)
    assert int(found.selected.sum()) == 431
    (standing,) = found.contest.standings(table_of(frame).to_batches()[0])
    ids = pa.array(frame.index.to_list())
    np.testing.assert_array_equal(found.cut.selects(standing, ids), expected.selected)


def test_parts_that_need_different_decimals(tmp_path: Path) -> None:
    frame = PEOPLE.drop(columns="sex").assign(task=[0.123456789012, 9e10, 7.25, 3.0])
    screen = Screen(places=2, weights={"task": -0.5, "klout": 1})
    expected = decide(cohort_from_frame(frame), screen)
    for batch in (1, 4):
        found = select(memory(table_of(frame), batch), screen)
        assert vars(found.ground.frozen.weights["task"]) == vars(expected.frozen.weights["task"])
        rows = written(found, tmp_path / f"{batch}").loc[list(frame.index)]
        assert rows["composite"].tolist() == expected.composite.tolist()


def test_what_no_signal_can_hold_is_counted_by_file_and_taken_as_missing(tmp_path: Path) -> None:
    frame = PEOPLE.drop(columns="sex").assign(
        klout=[61.0, 134.0, np.inf, 48.0], followers=[1.0, 2e12, 3.0, np.nan]
    )
    screen = Screen(places=2, weights={"klout": 1, "followers": 1})
    found = select(memory(table_of(frame), batch=3), screen)
    told = [str(issue) for issue in found.ground.issues]
    assert told == [
        "column 'followers': Followers: values set aside as missing because they are larger than "
        "a signal can hold: 1.",
        "column 'klout': Klout: values set aside as missing because they are infinite: 1.",
        "column 'klout': Klout: values set aside as missing because they are outside the scale: 1.",
    ]
    assert found.to_dict()["missing"] == {"klout": 2, "followers": 2}
    columns = ["candidate_id", "klout", "followers"]
    files = arrow(write_parts(table_of(frame), tmp_path, ends=[2]), columns)
    for engine in (files, MemoryEngine.of(files, columns)):
        issues = select(engine, screen).ground.issues
        assert [str(issue).partition(" (")[2] for issue in issues] == [
            "000.parquet: 1).",
            "001.parquet: 1).",
            "000.parquet: 1).",
        ]


def test_progress_goes_up_to_one() -> None:
    told: list[float] = []
    select(
        memory(table_of(PEOPLE), 1), Screen(places=2, weights={"klout": 1}), progress=told.append
    )
    assert told == sorted(told)
    assert (told[0] < 0.5, told[-1]) == (True, 1.0)


def test_a_group_never_enters_a_screen() -> None:
    with pytest.raises(ScreenError, match="says which group"):
        select(memory(table_of(PEOPLE)), Screen(weights={"sex": 1}))


@pytest.mark.parametrize(
    ("screen", "error", "message"),
    [
        (Screen(weights={"clout": 1}), UnknownName, "clout"),
        (Screen(weights={"city": 1}), ScreenError, "not numbers"),
    ],
)
def test_columns_that_a_screen_cannot_use(
    screen: Screen, error: type[Exception], message: str
) -> None:
    frame = PEOPLE.assign(city=["x"] * 4)
    with pytest.raises(error, match=message):
        select(memory(table_of(frame)), screen)


def test_no_rows_at_all() -> None:
    with pytest.raises(InputError, match="no rows"):
        select(memory(table_of(PEOPLE.iloc[:0])), Screen(weights={"klout": 1}))


def test_lots_need_codes() -> None:
    table = table_of(PEOPLE).drop_columns(["candidate_id"])
    with pytest.raises(InputError, match="candidate_id"):
        select(memory(table), Screen(places=1, weights={"portfolio": 1}))


def test_codes_are_no_groups() -> None:
    frame = PEOPLE.iloc[[0] * 20_000].assign(sex=[str(i) for i in range(20_000)])
    with pytest.raises(InputError, match="codes rather than groups"):
        select(memory(table_of(frame), 4096), Screen(weights={"klout": 1}), ["sex"])
