"""A million candidates and eight columns, within two gibibytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.bench.subjects.reading import write_candidates

PROGRAM = """
import resource, sys
from toolkit.intake.read import read_cohort
cohort = read_cohort(sys.argv[1])
print(len(cohort), len(cohort.issues),
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
"""


def test_a_million_rows_fit_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    write_candidates(path, 999_999)
    with path.open("a", encoding="ascii") as file:
        file.write("beyond,134,1,1.5,2,3,f,x1\n")
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True
    )
    candidates, issues, gibibytes = ran.stdout.split()
    assert int(candidates) == 1_000_000
    assert int(issues) == 1
    assert float(gibibytes) < 2
