from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from toolkit.engine.choose import NAMES, engine_over
from toolkit.engine.engine import Engine
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.at_scale.decision_rows import write_decisions
from toolkit.screening.at_scale.per_requisition import (
    select_per_requisition,
    write_per_requisition,
)
from toolkit.screening.at_scale.select import select
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen

SCREEN = Screen(
    name="At scale",
    share=0.2,
    weights={"portfolio": 0.5, "task": 0.2, "klout": 0.2, "years_experience": 0.1},
    tie_breakers=("followers",),
)
IN_EACH = SCREEN.changed(share=None, places=10)
GROUPS = ["sex", "ethnicity"]
SIGNALS = list(SCREEN.signals)


@pytest.fixture(scope="module", params=NAMES)
def engine(request: pytest.FixtureRequest, folder: Path) -> Engine:
    columns = ["candidate_id", "requisition", *SIGNALS, *GROUPS]
    found, issues = engine_over(
        folder, columns, coded=GROUPS, name=request.param, master="local[2]"
    )
    assert issues == ()
    return found


@pytest.fixture(scope="module")
def people(folder: Path) -> pd.DataFrame:
    return pq.read_table(folder).to_pandas().set_index("candidate_id").sort_index()


@pytest.fixture(scope="module")
def alone(people: pd.DataFrame) -> pd.DataFrame:
    """The decisions of the million candidates as one cohort in memory."""
    decisions = decide(cohort_from_frame(people[SIGNALS]), SCREEN)
    return people.assign(
        selected=decisions.selected,
        composite=decisions.composite,
        tied_at_cut=decisions.tied_at_cut,
    )


def test_counts_by_group_are_those_of_one_cohort(engine: Engine, alone: pd.DataFrame) -> None:
    found = select(engine, SCREEN, GROUPS).by_group.set_index(GROUPS)
    expected = alone.groupby(GROUPS)["selected"].agg(["size", "sum"])
    assert found["n"].to_dict() == expected["size"].to_dict()
    assert found["selected"].to_dict() == expected["sum"].to_dict()


def test_every_decision_is_that_of_one_cohort(
    engine: Engine, alone: pd.DataFrame, tmp_path: Path
) -> None:
    assert write_decisions(select(engine, SCREEN), tmp_path / "out") == len(alone)
    rows = pq.read_table(tmp_path / "out").to_pandas().set_index("candidate_id").sort_index()
    np.testing.assert_array_equal(rows["selected"], alone["selected"])
    np.testing.assert_array_equal(rows["tied_at_cut"], alone["tied_at_cut"])
    np.testing.assert_array_equal(rows["composite"], alone["composite"])


def test_each_requisition_is_decided_as_if_it_were_alone(
    engine: Engine, people: pd.DataFrame, tmp_path: Path
) -> None:
    counts = select_per_requisition(
        engine, IN_EACH, "requisition", GROUPS, id_column="candidate_id"
    ).frame()
    assert int(counts["n"].sum()) == len(people)
    assert (counts.groupby("requisition")["selected"].sum() == 10).all()
    out = tmp_path / "out"
    write_per_requisition(engine, IN_EACH, "requisition", out, id_column="candidate_id")
    rows = pq.read_table(out).to_pandas().set_index("candidate_id")
    for requisition in ("r0", "r77", "r199"):
        own = people[people["requisition"] == requisition]
        expected = decide(cohort_from_frame(own[SIGNALS]), IN_EACH)
        found = rows.loc[own.index]
        assert (found["requisition"] == requisition).all()
        np.testing.assert_array_equal(found["selected"], expected.selected)
        np.testing.assert_array_equal(found["composite"], expected.composite)
