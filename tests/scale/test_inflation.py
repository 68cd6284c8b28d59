"""A million accounts are judged alike by one machine and by Spark."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.running import json_of
from tests.scale.conftest import FILE_ROWS, ROWS, SPARK

OPTIONS = ("--group", "sex", "--false-flag-rate", "0.01", "--trust-codes", "--as-of", "2013-07-01")


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A million candidates with accounts, scores and evidence; few of them unlike the others."""
    where = tmp_path_factory.mktemp("accounts")
    for at in range(ROWS // FILE_ROWS):
        rng = np.random.default_rng(100 + at)
        n = FILE_ROWS
        skill, bought = rng.normal(size=n), rng.random(n) < 0.002
        followers = np.where(bought, 400_000, np.exp(5 + 1.2 * rng.normal(size=n)))
        klout = 18 + 8 * np.log10(1 + followers) + 3 * skill + 2 * rng.normal(size=n)
        table = pa.table(
            {
                "candidate_id": [f"c{at}-{i}" for i in range(n)],
                "klout": np.clip(np.round(klout), 1, 100).astype(np.int16),
                "followers": np.round(followers).astype(np.int32),
                "following": np.round(np.exp(5 + rng.normal(size=n))).astype(np.int32),
                "posts": np.where(bought, 2, np.round(np.exp(6 + rng.normal(size=n)))),
                "verified": rng.random(n) < 0.01,
                "created": pa.array(rng.integers(14_000, 15_800, n), pa.int32()).cast(pa.date32()),
                "portfolio": np.clip(np.round((3 + skill) * 2) / 2, 1, 5),
                "sex": rng.choice(["female", "male"], n),
            }
        )
        pq.write_table(table, where / f"{at}.parquet", row_group_size=125_000)
    return where


def test_spark_counts_and_writes_what_one_machine_does(accounts: Path, tmp_path: Path) -> None:
    screen = tmp_path / "screen.toml"
    screen.write_text(
        'share = 0.2\ntie_breakers = ["followers"]\n[weights]\nklout = 0.6\nportfolio = 0.4\n',
        encoding="utf-8",
    )
    found, written = [], []
    for at, engine in enumerate((("--engine", "arrow"), SPARK)):
        out = tmp_path / f"flagged-{at}"
        asked = ("inflation", accounts, "--screen", screen, *engine, *OPTIONS, "--flagged", out)
        answer = json_of(*asked)
        assert answer.pop("flagged_at") == str(out)
        found.append(answer)
        written.append(pq.read_table(out).sort_by("candidate_id"))
    assert [answer.pop("engine") for answer in found] == ["arrow", "spark"]
    assert found[0] == found[1]
    assert found[0]["candidates"] == ROWS
    assert all(detector["assessed"] for detector in found[0]["detectors"].values())
    assert found[0]["flagged"] == written[0].num_rows > 1_000
    assert written[0].to_pydict() == written[1].cast(written[0].schema).to_pydict()
