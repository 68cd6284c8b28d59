"""A run that is killed leaves nothing that looks whole, and goes on where it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.engine.rows import write_parts
from toolkit.engine.arrow import ArrowEngine
from toolkit.engine.engine import Rewriting
from toolkit.engine.parquet_files import parquet_rows
from toolkit.errors import InputError

ROOT = Path(__file__).parents[2]
#: Copies rows, file by file, and tells of each before it is done.
COPY = """
import sys
import time
from pathlib import Path
from toolkit.engine.arrow import ArrowEngine
from toolkit.engine.parquet_files import parquet_rows

def told(batch):
    print(batch.num_rows, flush=True)
    time.sleep(float(sys.argv[3]))
    return batch

rows = parquet_rows(sys.argv[1], ["id"], set_aside=False)
ArrowEngine(rows, threads=1).write(["id"], told, rows.schema, Path(sys.argv[2]), "a plan")
"""


def test_a_killed_run_leaves_no_folder_that_looks_whole(tmp_path: Path) -> None:
    codes = [f"c{i}" for i in range(8)]
    rows = write_parts(pa.table({"id": codes}), tmp_path / "rows", ends=[2, 4, 6])
    out = tmp_path / "out"

    def copying(pause: float) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", COPY, str(rows), str(out), str(pause)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    with copying(0.5) as first:
        assert first.stdout
        for _ in range(3):
            assert first.stdout.readline() == "2\n"
        first.kill()
    assert not out.exists()
    unfinished = tmp_path / "out.unfinished"
    # The first two files are whole, and the third has no name yet that anybody reads.
    whole = sorted(path.name for path in unfinished.glob("*.parquet"))
    assert whole == ["part-00000.parquet", "part-00001.parquet"]
    with pytest.raises(InputError, match="did not end"):
        parquet_rows(unfinished, ["id"], set_aside=True)
    with copying(0) as second:
        assert second.stdout
        assert second.stdout.read() == "2\n2\n"
    assert second.returncode == 0
    assert sorted(pq.read_table(out)["id"].to_pylist()) == codes
    assert not unfinished.exists()


def test_other_rows_are_never_mixed_in(tmp_path: Path) -> None:
    rows = write_parts(pa.table({"id": ["a", "b"]}), tmp_path / "rows", ends=[1])
    made = []

    def stops(batch: pa.RecordBatch) -> pa.RecordBatch:
        made.append(batch)
        if len(made) == 2:
            raise KeyboardInterrupt
        return batch

    def copied(kernel: Rewriting) -> int:
        found = parquet_rows(rows, ["id"], set_aside=False)
        engine = ArrowEngine(found, threads=1)
        return engine.write(["id"], kernel, found.schema, tmp_path / "out", "a plan")

    with pytest.raises(KeyboardInterrupt):
        copied(stops)
    pq.write_table(pa.table({"id": ["x"]}), rows / "001.parquet", compression="none")
    with pytest.raises(InputError, match="the rest of another run"):
        copied(lambda batch: batch)
