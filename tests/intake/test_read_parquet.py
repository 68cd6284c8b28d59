from __future__ import annotations

import datetime as dt
import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.intake.read_parquet import read_parquet


def written(table: pa.Table) -> bytes:
    data = io.BytesIO()
    pq.write_table(table, data)
    return data.getvalue()


def test_typed_columns_become_texts_that_read_back() -> None:
    table = pa.table(
        {
            "candidate_id": pa.array(["a", "b"]).dictionary_encode(),
            "klout": [61.25, None],
            "n": pa.array([3, 4], pa.int16()),
            "day": [dt.date(2013, 7, 1), None],
            "at": [dt.datetime(2013, 7, 1), dt.datetime(2013, 7, 2)],
            "at_noon": [dt.datetime(2013, 7, 1, 12), None],
            "ok": [True, False],
            "deep": [{"x": 1, "password": "hunter2"}, None],
        }
    )
    found = read_parquet(written(table), "p.parquet")
    assert found.frame.astype(object).where(found.frame.notna(), None).to_dict("records") == [
        {
            "candidate_id": "a", "klout": "61.25", "n": "3", "day": "2013-07-01",
            "at": "2013-07-01", "at_noon": "2013-07-01 12:00:00", "ok": "true", "deep.x": "1",
        },
        {
            "candidate_id": "b", "klout": None, "n": "4", "day": None,
            "at": "2013-07-02", "at_noon": None, "ok": "false", "deep.x": None,
        },
    ]  # fmt: skip
    assert found.refused == ("deep.password",)
    assert (found.typed, found.rows.tolist()) == (True, [2, 3])


def test_a_saved_index_holds_the_codes() -> None:
    frame = pd.DataFrame({"klout": [50, 40]}, index=pd.Index(["a", "b"], name="candidate_id"))
    data = io.BytesIO()
    frame.to_parquet(data)
    assert list(read_parquet(data.getvalue(), "p.parquet").frame.columns) == [
        "klout",
        "candidate_id",
    ]
