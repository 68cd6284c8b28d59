"""A sweep over rows on disk: 101 weights by 2,048 cut-offs, beside the same in DuckDB's SQL."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.bench.peers.rows_sweep import ASKED, ours
from scripts.bench.rows_on_disk import rows_on_disk
from scripts.bench.timing import markdown, mebibytes, milliseconds

ROOT = Path(__file__).parents[3]
CASES = ({"rows": 10_000_000},)
SMALL = {"rows": 500}
TARGET = 15


def measure(rows: int) -> dict[str, float]:
    with rows_on_disk(rows) as folder, tempfile.TemporaryDirectory() as exchange:
        if rows <= SMALL["rows"]:
            return {f"{name} of ours": value for name, value in ours(folder).items()}
        subprocess.run(
            ["scripts/environment", ".venv-scale", "requirements-scale.lock"],
            cwd=ROOT,
            check=True,
            stdout=sys.stderr,
        )
        told = {name: in_a_process(name, folder, exchange) for name in ("ours", "query")}
    return {f"{what} of {name}": value for name, own in told.items() for what, value in own.items()}


def in_a_process(name: str, folder: Path, exchange: str) -> dict[str, Any]:
    command = [".venv-scale/bin/python", "-m", "scripts.bench.peers.rows_sweep"]
    done = subprocess.run(
        [*command, name, str(folder), exchange], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout.decode().splitlines()[-1])


def table(results: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for r in results:
        what = f"{r['rows']:,} rows, {r['screens of ours']:,} screens"
        for name, said in (("processor", "of the processor"), ("clock", "by the clock")):
            mine, theirs = r[f"{name} of ours"], r.get(f"{name} of query")
            rows.append(
                [
                    f"{what}, {said}",
                    milliseconds(mine),
                    "–" if theirs is None else milliseconds(theirs),
                    "–" if theirs is None else f"{theirs / mine:.0f}×",
                    f"{TARGET}×",
                ]
            )
        theirs = r.get("peak of query")
        rows.append(
            [
                "its memory",
                mebibytes(r["peak of ours"]),
                "–" if theirs is None else mebibytes(theirs),
                "–",
                "–",
            ]
        )
    beside = f"DuckDB ({len(ASKED)} of the weights, times 101)"
    return markdown(["What", "Ours", beside, "Ratio", "Target"], rows)
