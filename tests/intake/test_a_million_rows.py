"""A million candidates and eight columns, within two gibibytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import resource, sys
from toolkit.intake.read import read_cohort
cohort = read_cohort(sys.argv[1])
print(len(cohort), len(cohort.issues),
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
"""


def test_a_million_rows_fit_into_memory(tmp_path: Path) -> None:
    lines = [
        f"c{i:06d},{i % 100 + 1},{i % 5000},{i % 51 / 10},{i % 97},{i % 31},{'fm'[i % 2]},x{i % 9}"
        for i in range(1_000_000)
    ]
    lines[500_000] = "c500000,134,1,1.5,2,3,f,x1"
    path = tmp_path / "many.csv"
    header = "candidate_id,klout,followers,portfolio,task,years,sex,city"
    path.write_text("\n".join([header, *lines]), encoding="ascii")
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True
    )
    candidates, issues, gibibytes = ran.stdout.split()
    assert int(candidates) == 1_000_000
    assert int(issues) == 1
    assert float(gibibytes) < 2
