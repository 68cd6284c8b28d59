from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rows import arrow, memory, table_of, write_parts
from tests.strategies import cohorts, screens
from toolkit.errors import UnknownName
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.at_scale.per_requisition import (
    select_per_requisition,
    write_per_requisition,
)
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen

POSTS = pd.DataFrame(
    {"portfolio": [2.5, 4.5, 3.0, 1.0], "post": ["a", "a", "b", "b"], "sex": ["F", "M", "F", "M"]},
    index=pd.Index(["ann", "bo", "cy", "di"], name="candidate_id"),
)


def test_one_place_in_each_of_two_posts() -> None:
    screen = Screen(places=1, weights={"portfolio": 1})
    found = select_per_requisition(
        memory(table_of(POSTS)), screen, "post", ["sex"], id_column="candidate_id"
    ).frame()
    assert found[found["selected"] > 0].to_dict("records") == [
        {"requisition": "a", "sex": "M", "n": 1, "selected": 1, "tied_at_cut": 0},
        {"requisition": "b", "sex": "F", "n": 1, "selected": 1, "tied_at_cut": 0},
    ]


@settings(max_examples=30)
@given(data=st.data())
def test_each_requisition_is_decided_as_if_it_were_alone(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cohort = data.draw(cohorts(max_size=20))
    screen = data.draw(screens(cohort))
    posts = data.draw(st.lists(st.sampled_from("abc"), min_size=len(cohort), max_size=len(cohort)))
    frame = cohort.signals.assign(post=posts)
    table = table_of(frame)
    folder = tmp_path_factory.mktemp("rows")
    parts = write_parts(table, folder / "in", [len(cohort) // 2])
    for name, engine in (
        ("memory", memory(table, data.draw(st.integers(1, 9)))),
        ("arrow", arrow(parts, table.column_names)),
    ):
        counts = select_per_requisition(engine, screen, "post", id_column="candidate_id").frame()
        write_per_requisition(engine, screen, "post", folder / name, id_column="candidate_id")
        rows = pq.read_table(folder / name).to_pandas().set_index("candidate_id")
        assert rows["requisition"].to_dict() == frame["post"].to_dict()
        for post, own in frame.groupby("post"):
            alone = decide(cohort_from_frame(own.drop(columns="post")), screen)
            assert rows.loc[own.index, "selected"].tolist() == alone.selected.tolist()
            composite = rows.loc[own.index, "composite"].to_numpy()
            np.testing.assert_array_equal(composite, alone.composite)
            of = counts[counts["requisition"] == post]
            assert of[["n", "selected"]].to_numpy().tolist() == [[len(own), alone.selected.sum()]]


def test_missing_requisitions_are_one_of_their_own() -> None:
    frame = POSTS.assign(post=["a", None, None, "a"])
    screen = Screen(places=1, weights={"portfolio": 1})
    found = select_per_requisition(
        memory(table_of(frame)), screen, "post", id_column="candidate_id"
    ).frame()
    assert found["n"].tolist() == [2, 2]
    assert found["requisition"].isna().sum() == 1


def test_a_column_that_is_not_there() -> None:
    engine = memory(table_of(POSTS))
    with pytest.raises(UnknownName, match="job"):
        select_per_requisition(engine, Screen(), "job", id_column="candidate_id")


def test_two_thousand_requisitions_are_counted() -> None:
    rng = np.random.default_rng(4)
    n = 30_000
    table = pa.table(
        {
            "candidate_id": [f"c{i}" for i in range(n)],
            "post": [f"r{i}" for i in rng.integers(0, 2_000, n)],
            "portfolio": rng.integers(2, 11, n) / 2,
        }
    )
    found = select_per_requisition(
        memory(table), Screen(places=2, weights={"portfolio": 1}), "post", id_column="candidate_id"
    ).frame()
    assert found["n"].sum() == n
    assert (found["selected"] == np.minimum(found["n"], 2)).all()
