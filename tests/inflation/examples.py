"""Small cohorts with accounts, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from toolkit.inflation.account_facts import AccountFacts, account_facts
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame

NAMES = ("ann", "bo", "cem", "dee", "eli", "fay", "gus", "hal", "ida", "jo", "kim", "lou")


def names(n: int) -> list[str]:
    return [NAMES[i] if i < len(NAMES) else f"person-{i}" for i in range(n)]


def cohort_of(*accounts: Mapping[str, Any], **signals: Sequence[float]) -> Cohort:
    """One candidate for each account, with these signals."""
    ids = names(
        max(len(accounts), *(len(v) for v in signals.values())) if signals else len(accounts)
    )
    table = pd.DataFrame([{"candidate_id": i, **a} for i, a in zip(ids, accounts, strict=False)])
    if table.empty:
        table = pd.DataFrame({"candidate_id": pd.Series(dtype=str)})
    frame = pd.DataFrame({name: np.array(v, dtype=float) for name, v in signals.items()}, index=ids)
    frame.index = pd.Index(ids)
    return cohort_from_frame(frame, accounts=table)


def facts_of(*accounts: Mapping[str, Any]) -> AccountFacts:
    """The facts of one account for each candidate."""
    return account_facts(cohort_of(*accounts))


def history(
    counts: Sequence[float],
    candidate: str = "ann",
    score: str = "github_stars",
    start: str = "2023-01-01",
    freq: str = "MS",
) -> pd.DataFrame:
    """A score history of one candidate, a row a month."""
    dates = pd.date_range(start, periods=len(counts), freq=freq)
    return pd.DataFrame(
        {"candidate_id": candidate, "score": score, "date": dates, "value": list(counts)}
    )


def cohort_with_histories(*histories: pd.DataFrame, n: int = 3) -> Cohort:
    frame = pd.DataFrame(index=pd.Index(names(n)))
    return cohort_from_frame(frame, score_history=pd.concat(histories, ignore_index=True))
