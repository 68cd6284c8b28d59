"""A million rows, and a Spark of this machine; `make test-scale` runs these tests alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from toolkit.engine.spark_session import session_of, spark_context

#: Rows of all files together, and of each.
ROWS, FILE_ROWS = 1_000_000, 250_000
REQUISITIONS = 10_000
#: What the command line is told to start this machine's Spark.
SPARK = ("--engine", "spark", "--master", "local[2]")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A million candidates of ten thousand requisitions, in four files."""
    where = tmp_path_factory.mktemp("rows")
    for at in range(ROWS // FILE_ROWS):
        rng = np.random.default_rng(at)
        n = FILE_ROWS
        skill = rng.normal(size=n)
        table = pa.table(
            {
                "candidate_id": [f"c{at}-{i}" for i in range(n)],
                "klout": np.clip(np.round(45 + 15 * rng.normal(size=n)), 1, 100).astype(np.int16),
                "followers": np.round(np.exp(6 + 1.6 * rng.normal(size=n))).astype(np.int32),
                "portfolio": np.clip(np.round((3 + skill) * 2) / 2, 1, 5),
                "task": np.round(np.clip(50 + 15 * skill, 0, 100), 1),
                "estimate": 50 + 15 * skill + 8 * rng.normal(size=n),
                "years_experience": np.where(rng.random(n) < 0.02, np.nan, rng.integers(0, 30, n)),
                "sex": rng.choice(["female", "male"], n),
                "ethnicity": rng.choice(["A", "B", "C", "D", "E"], n),
                "requisition": [f"r{i}" for i in rng.integers(0, REQUISITIONS, n)],
                "hired": rng.random(n) < 0.1 + 0.1 * (skill > 1),
            }
        )
        pq.write_table(table, where / f"{at}.parquet", row_group_size=100_000)
    return where


@pytest.fixture(scope="session", autouse=True)
def spark_of_this_machine() -> Iterator[None]:
    """Spark starts its workers with this interpreter, and ends with the tests."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # So many small jobs are over before the better compiler of Java has paid for itself.
    spark_context("local[2]", for_long=False)
    yield
    spark_context().stop()


def known_to_spark(folder: Path, name: str) -> str:
    """The name under which Spark knows the files as a table, which it reads itself."""
    session_of(spark_context("local[2]")).read.parquet(str(folder)).createOrReplaceTempView(name)
    return name
