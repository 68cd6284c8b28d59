"""From a file to a cohort: a CSV file of eight columns, beside pandas reading the same bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from scripts.bench.timing import markdown, mebibytes, milliseconds, peak_memory, seconds
from toolkit.intake.read import read_cohort

CASES = ({"rows": 1_000_000, "target": 60.0},)
SMALL = {"rows": 60, "target": 60.0}
#: Bytes.
MEMORY = 2**31


def measure(rows: int, target: float) -> dict[str, float]:  # noqa: ARG001
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "candidates.csv"
        write_candidates(path, rows)
        ours = seconds(lambda: read_cohort(path))
        peak = peak_memory()
        return {"ours": ours, "pandas": seconds(lambda: pd.read_csv(path)), "peak": peak}


def write_candidates(path: Path, rows: int) -> None:
    """Candidates with scores, evidence, a group and a city, told by the number of the row."""
    header = "candidate_id,klout,followers,portfolio,task,years,sex,city"
    lines = (
        f"c{i:06d},{i % 100 + 1},{i % 5000},{i % 51 / 10},{i % 97},{i % 31},{'fm'[i % 2]},x{i % 9}"
        for i in range(rows)
    )
    with path.open("w", encoding="ascii") as file:
        file.write(header + "\n")
        file.writelines(f"{line}\n" for line in lines)


def table(results: Sequence[Mapping[str, float]]) -> str:
    rows = [
        [
            f"{r['rows']:,}",
            milliseconds(r["ours"]),
            milliseconds(r["target"]),
            f"{r['ours'] / r['target']:.0%}",
            f"{milliseconds(r['pandas'])} ({r['ours'] / r['pandas']:.1f}×)",
            f"{mebibytes(r['peak'])} of {mebibytes(MEMORY)}",
        ]
        for r in results
    ]
    columns = ["Rows", "`read_cohort`", "Target", "of it", "pandas alone", "Peak memory"]
    return markdown(columns, rows)
