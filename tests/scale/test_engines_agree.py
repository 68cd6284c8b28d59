from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.cli.running import complaint_of, json_of
from tests.scale.conftest import REQUISITIONS, SPARK, known_to_spark
from toolkit.engine.choose import NAMES, engine_over
from toolkit.engine.engine import Engine
from toolkit.influence.at_scale.counted import influence_at_scale
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
#: Of which nothing is missing, so that a sample foretells the cut; one signal is not rounded.
FORETOLD = Screen(name="Foretold", share=0.2, weights={"estimate": 0.5, "task": 0.3, "klout": 0.2})
GROUPS = ["sex", "ethnicity"]
SIGNALS = list(SCREEN.signals)


def over(folder: Path, name: str) -> Engine:
    """The rows by an engine; by Spark as files that its workers read, or as a table."""
    columns = ["candidate_id", "requisition", "estimate", *SIGNALS, *GROUPS]
    where = known_to_spark(folder, "applications") if name == "table" else folder
    name = "spark" if name == "table" else name
    found, issues = engine_over(where, columns, coded=GROUPS, name=name, master="local[2]")
    assert issues == ()
    return found


def decisions_in(folder: Path) -> pd.DataFrame:
    return pq.read_table(folder).to_pandas().set_index("candidate_id").sort_index()


@pytest.fixture(scope="module", params=(*NAMES, "table"))
def engine(request: pytest.FixtureRequest, folder: Path) -> Engine:
    return over(folder, request.param)


@pytest.fixture(scope="module")
def people(folder: Path) -> pd.DataFrame:
    return decisions_in(folder)


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


def test_a_cut_that_is_foretold_is_that_of_one_cohort(engine: Engine, people: pd.DataFrame) -> None:
    found = select(engine, FORETOLD, GROUPS)
    assert found.ground.survey.sorted is not None
    decisions = decide(cohort_from_frame(people[list(FORETOLD.signals)]), FORETOLD)
    expected = people.assign(selected=decisions.selected).groupby(GROUPS)["selected"].sum()
    assert found.by_group.set_index(GROUPS)["selected"].to_dict() == expected.to_dict()
    assert found.cut.last is not None
    last = decisions.composite[decisions.selected].min()
    assert found.cut.last[0] * 2.0**-found.contest.frozen.exponent == last


def test_every_decision_is_that_of_one_cohort(
    engine: Engine, alone: pd.DataFrame, tmp_path: Path
) -> None:
    assert write_decisions(select(engine, SCREEN), tmp_path / "out") == len(alone)
    rows = decisions_in(tmp_path / "out")
    np.testing.assert_array_equal(rows["selected"], alone["selected"])
    np.testing.assert_array_equal(rows["tied_at_cut"], alone["tied_at_cut"])
    np.testing.assert_array_equal(rows["composite"], alone["composite"])


@pytest.fixture(scope="module")
def each(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The decisions of ten thousand requisitions, by the engine arrow."""
    out = tmp_path_factory.mktemp("each") / "out"
    write_per_requisition(
        over(folder, "arrow"), IN_EACH, "requisition", out, id_column="candidate_id"
    )
    return decisions_in(out)


def test_each_requisition_is_decided_as_if_it_were_alone(
    each: pd.DataFrame, people: pd.DataFrame
) -> None:
    assert (each.groupby("requisition")["selected"].sum() == 10).all()
    assert each["requisition"].equals(people["requisition"])
    for requisition in ("r0", "r777", "r9999"):
        own = people[people["requisition"] == requisition]
        expected = decide(cohort_from_frame(own[SIGNALS]), IN_EACH)
        found = each.loc[own.index]
        np.testing.assert_array_equal(found["selected"], expected.selected)
        np.testing.assert_array_equal(found["composite"], expected.composite)


def test_requisitions_are_decided_by_spark_as_by_arrow(
    folder: Path, each: pd.DataFrame, tmp_path: Path
) -> None:
    engine = over(folder, "spark")
    out = tmp_path / "out"
    rows = write_per_requisition(engine, IN_EACH, "requisition", out, id_column="candidate_id")
    assert rows == len(each)
    pd.testing.assert_frame_equal(decisions_in(out), each)


def test_requisitions_are_counted_as_they_are_written(
    folder: Path, each: pd.DataFrame, people: pd.DataFrame
) -> None:
    counts = select_per_requisition(
        over(folder, "memory"), IN_EACH, "requisition", ["sex"], id_column="candidate_id"
    ).frame()
    assert counts["requisition"].nunique() == REQUISITIONS
    expected = each.groupby(["requisition", people["sex"]])["selected"].agg(["size", "sum"])
    found = counts.set_index(["requisition", "sex"])
    pd.testing.assert_frame_equal(
        found[["n", "selected"]], expected.set_axis(["n", "selected"], axis=1), check_dtype=False
    )


def test_influence_by_spark_is_that_by_arrow(folder: Path) -> None:
    found = [
        influence_at_scale(
            over(folder, name), SCREEN, groups=["sex"], attribution=True, id_column="candidate_id"
        )
        for name in ("arrow", "spark")
    ]
    first, second = (one.to_dict() | {"engine": None} for one in found)
    assert first == second
    assert found[0].signals["klout"].flips > 0


def test_impact_by_spark_is_that_by_arrow_and_that_of_a_table(
    folder: Path, people: pd.DataFrame
) -> None:
    asked = ("--group", "sex", "--selected", "hired", "--stratum", "ethnicity")
    arrow = json_of("impact", folder, "--engine", "arrow", *asked)
    assert json_of("impact", folder, *SPARK, *asked) == arrow
    women = next(g for g in arrow["attributes"]["sex"]["groups"] if g["group"] == "female")
    own = people[people["sex"] == "female"]["hired"]
    assert (women["n"], women["selected"]) == (len(own), own.sum())


def test_a_table_that_spark_knows(folder: Path, tmp_path: Path) -> None:
    known_to_spark(folder, "applications")
    screen = tmp_path / "screen.toml"
    screen.write_text(SCREEN.to_toml(), encoding="utf-8")
    asked = ("--screen", screen, "--group", "sex", "--trust-codes")
    arrow = json_of("decide", folder, "--engine", "arrow", *asked)
    assert json_of("decide", "applications", *SPARK, *asked) == arrow | {"engine": "spark"}
    assert "klouts" in complaint_of(
        *("impact", "applications", *SPARK, "--group", "klouts", "--selected", "hired")
    )
    assert "nowhere" in complaint_of("decide", "nowhere", *SPARK, *asked)
