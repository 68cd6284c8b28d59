"""Statutory tables of a small city, for tests of their renderings."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from toolkit.fairness.law import law_named
from toolkit.fairness.statutory import statutory_of_counts
from toolkit.fairness.statutory_result import Particulars, Statutory
from toolkit.fairness.statutory_table import ALL_SMALL

COLUMNS = {"sex": "sex", "race_ethnicity": "race"}
#: New York's example by sex (92 at 54.3 %, 76 at 44.7 %), in two races and a third of 2 people.
COUNTS = pd.DataFrame(
    [
        ("Male", "White", 30, 50, "clerk"),
        ("Male", "Black", 20, 42, "driver"),
        ("Female", "White", 14, 34, "clerk"),
        ("Female", "Black", 19, 40, "driver"),
        ("Female", "Asian", 1, 2, "clerk"),
        ("Female", "Prefer not to say", 3, 7, "clerk"),
    ],
    columns=["sex", "race", "selected", "total", "job"],
)
TOLD = Particulars(
    dates={
        "audit": dt.date(2026, 11, 2),
        "data_from": dt.date(2025, 1, 1),
        "data_to": dt.date(2025, 12, 31),
        "distribution": dt.date(2025, 3, 1),
    },
    tool="Shortlist screen",
    organisation="Example Ltd",
    auditor="Independent Audit Co.",
    data_source="All applicants of 2025.",
    reason="Two people are too few for a rate.",
)


def city(**changes: object) -> Statutory:
    """Local Law 144, all particulars given and what is small left out."""
    given = {"left_out": [ALL_SMALL], "particulars": TOLD, **changes}
    return statutory_of_counts(COUNTS, law_named("nyc-ll144"), COLUMNS, **given)  # type: ignore[arg-type]


def guideline(**changes: object) -> Statutory:
    """The Uniform Guidelines, by job and with nothing said beside the tables."""
    given = {"job": "job", **changes}
    return statutory_of_counts(COUNTS, law_named("ugesp"), COLUMNS, **given)  # type: ignore[arg-type]
