from __future__ import annotations

import json

from tests.intake.files import read
from toolkit.intake.report import check


def test_the_json_of_check() -> None:
    report = check(read("candidate_id,klout,task,sex\na,50,3,f\nb,134,4,m\n"))
    assert json.loads(json.dumps(report)) == {
        "ok": True,
        "candidates": 2,
        "signals": ["klout", "task"],
        "scores": ["klout"],
        "groups": ["sex"],
        "issues": [
            {
                "level": "warning",
                "file": "people.csv",
                "sheet": None,
                "row": 3,
                "column": "klout",
                "message": "'134' is outside Klout's scale of 1 to 100. It was set aside as "
                "missing: correct the value, leave it empty, or map the column to another score.",
                "count": 1,
            }
        ],
    }
