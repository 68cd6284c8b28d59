from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from toolkit.errors import UnknownName
from toolkit.influence.group_comparison import (
    AS_IT_IS,
    decisions_compared,
    groups_compared,
    strata_columns,
)
from toolkit.influence.influence import influence
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.evidence_only import evidence_only
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


def cohort() -> Cohort:
    """Forty people: men alone reach the gate of 50, and women have the better portfolios."""
    frame = pd.DataFrame(
        {
            "candidate_id": [f"C{i:02d}" for i in range(40)],
            "klout": [60.0] * 20 + [40.0] * 20,
            "kred_influence": [500.0 + i for i in range(40)],
            "portfolio": [2.0 + i / 20 for i in range(40)],
            "sex": ["M"] * 20 + ["F"] * 20,
            "office": ["north", "south"] * 20,
        }
    )
    return cohort_from_frame(frame, groups=["sex"])


def gated(**changes: object) -> Screen:
    gates = (Gate(signal="klout", at_least=50),)
    return Screen(places=10, weights={"portfolio": 1.0}, gates=gates).changed(**changes)


def compared(people: Cohort, screen: Screen) -> dict[str, np.ndarray]:
    evidence = evidence_only(people, screen)
    by_evidence = None if evidence is None else decide(people, evidence)
    return decisions_compared(influence(people, screen), by_evidence)


def test_the_disparity_goes_with_the_score_that_made_it() -> None:
    people = cohort()
    decisions = compared(people, gated())
    assert list(decisions) == [AS_IT_IS, "Without Klout (evidence only)"]
    found = groups_compared(people, decisions, ["sex"])
    before, after = (impact.attributes["sex"] for impact in found.impacts.values())
    assert (before.referent, before.group("F").selected) == ("M", 0)
    assert (after.referent, after.group("F").selected) == ("F", 10)
    change = {(r["decision"], r["group"]): r["ratio_change"] for r in found.rows()}
    assert change["Without Klout (evidence only)", "F"] == 1


def test_each_score_and_all_of_them() -> None:
    weights = {"portfolio": 0.5, "kred_influence": 0.5}
    names = list(compared(cohort(), gated(weights=weights)))
    assert names[0] == AS_IT_IS
    assert "Without all scores (evidence only)" in names[-1]
    assert len(names) == 4


def test_columns_that_may_say_where_people_competed() -> None:
    people = cohort()
    assert "office" in strata_columns(people, ["sex"])
    assert "sex" not in strata_columns(people, ["sex"])
    found = groups_compared(people, compared(people, gated()), ["sex"], "office", 100)
    first = found.impacts[AS_IT_IS]
    assert [s.stratum for s in first.strata["sex"].groups[0].strata] == ["north", "south"]
    assert first.bootstrap is not None
    assert all(impact.bootstrap is None for impact in list(found.impacts.values())[1:])
    with pytest.raises(UnknownName, match="no column 'town'"):
        groups_compared(people, compared(people, gated()), ["sex"], "town")
