"""Decisions over rows on disk: beside a bare scan in DuckDB, and on Spark beside Arrow.

Rows are drawn, written as Parquet into a temporary folder, and removed at the end. Every run is a
process of its own, ours and the other's turn and turn about; the fastest of each counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.bench.peers.rows_engines import ours
from scripts.bench.rows_on_disk import KINDS, rows_on_disk
from scripts.bench.timing import markdown, mebibytes, milliseconds, peak_memory, seconds

ROOT = Path(__file__).parents[3]
CASES = (
    *({"what": "scan", "rows": 100_000_000, "times": 4, "kind": kind} for kind in KINDS),
    {"what": "spark", "rows": 10_000_000, "times": 3},
)
SMALL = {"what": "alone", "rows": 3_000, "times": 1, "kind": "four decimals"}
SCAN, SPARK = 1.7, 6.0
#: Bytes.
MEMORY = 0.6 * 2**30


def measure(what: str, rows: int, times: int, kind: str = "mixed") -> dict[str, float]:
    with rows_on_disk(rows, kind) as folder:
        if what == "alone":
            run = ours(str(folder), "arrow")
            return {"processor": seconds(run), "peak": peak_memory()}
        subprocess.run(
            ["scripts/environment", ".venv-scale", "requirements-scale.lock"],
            cwd=ROOT,
            check=True,
            stdout=sys.stderr,
        )
        return beside_duckdb(folder, times) if what == "scan" else beside_spark(folder, times)


def beside_duckdb(folder: Path, times: int) -> dict[str, float]:
    arrow, scan = turn_about(("arrow", "scan"), folder, times)
    query = in_a_process("query", folder)
    for group, count in query["counts"].items():
        # In floating point who is level at the cut, or nearly, may fall on either side of it.
        assert abs(arrow["counts"][group] - count) <= 2, group
    return {
        **{f"{name} of ours": arrow[name] for name in ("clock", "processor", "peak")},
        **{f"{name} of scan": scan[name] for name in ("clock", "processor")},
        **{f"{name} of query": query[name] for name in ("clock", "processor", "peak")},
    }


def beside_spark(folder: Path, times: int) -> dict[str, float]:
    arrow, spark = turn_about(("arrow", "spark"), folder, times)
    assert arrow["counts"] == spark["counts"]
    return {"arrow": arrow["whole"], "spark": spark["whole"]}


def turn_about(names: Sequence[str], folder: Path, times: int) -> list[dict[str, Any]]:
    """The best of so many runs of each: the lowest of every figure, the highest peak."""
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(times):
        for name in names:
            runs[name].append(in_a_process(name, folder))
    return [
        {
            **{figure: min(r[figure] for r in own) for figure in ("clock", "processor", "whole")},
            "peak": max(r["peak"] for r in own),
            "counts": own[0]["counts"],
        }
        for own in runs.values()
    ]


def in_a_process(name: str, folder: Path) -> dict[str, Any]:
    """What one run says, and the seconds by the clock that its process took from its start."""
    start = time.perf_counter()
    done = subprocess.run(
        [".venv-scale/bin/python", "-m", "scripts.bench.peers.rows_engines", name, str(folder)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    whole = time.perf_counter() - start
    return {**json.loads(done.stdout.decode().splitlines()[-1]), "whole": whole}


def table(results: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for r in results:
        if r["what"] == "spark":
            ratio = r["spark"] / r["arrow"]
            rows.append(
                [
                    f"{r['rows']:,} rows on Spark, two threads, start-up included",
                    milliseconds(r["spark"]),
                    f"the engine arrow, start-up included: {milliseconds(r['arrow'])}",
                    f"{ratio:.1f}×",
                    f"at most {SPARK:g}×",
                ]
            )
            continue
        if r["what"] == "alone":
            rows.append([f"{r['rows']:,} rows", milliseconds(r["processor"]), "–", "–", "–"])
            continue
        for name, said in (("clock", "by the clock"), ("processor", "of the processor")):
            for other, kind, target in (
                ("scan", "DuckDB adds up a composite", f"at most {SCAN}×"),
                ("query", "DuckDB means, quantile and counts", "–"),
            ):
                mine, theirs = r[f"{name} of ours"], r[f"{name} of {other}"]
                rows.append(
                    [
                        f"{r['rows']:,} rows, {r['kind']}, {said}",
                        milliseconds(mine),
                        f"{kind}: {milliseconds(theirs)}",
                        f"{mine / theirs:.2f}×",
                        target if name == "clock" else "–",
                    ]
                )
        rows.append(
            [
                "its memory",
                mebibytes(r["peak of ours"]),
                f"DuckDB means, quantile and counts: {mebibytes(r['peak of query'])}",
                f"{r['peak of ours'] / r['peak of query']:.2f}×",
                f"at most {mebibytes(MEMORY)}",
            ]
        )
    return markdown(["What", "Ours", "Beside it", "Ratio", "Target"], rows)
