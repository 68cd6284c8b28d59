"""What a candidate is told: the worked example, and that nothing of anybody else is in it."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tests.influence.test_explain import SCREEN, two_signals
from toolkit.influence.explain import explain
from toolkit.influence.notice import Condition, notice
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


def test_worked_example() -> None:
    """One place for three. Without the portfolio c1 is selected, without Klout still c0."""
    told = notice(explain(two_signals(), SCREEN, "c0", draws=0))
    assert (told.taken_forward, told.rank, told.eligible, told.places) == (True, 1, 3, 1)
    portfolio, klout = told.seen
    assert (portfolio.value, portfolio.weight, portfolio.decided) == (9.0, 0.75, True)
    assert (klout.value, klout.weight, klout.decided) == (3.0, 0.25, False)
    assert told.scores == (klout,)
    assert told.evidence == (portfolio,)
    assert told.otherwise_without_scores is False


def test_conditions_ties_and_stand_ins_are_told() -> None:
    frame = pd.DataFrame(
        {"candidate_id": ["a", "b", "c"], "klout": [60.0, None, 40.0], "task": [1.0, 2.0, 3.0]}
    )
    cohort = cohort_from_frame(frame, roles={"klout": "score", "task": "evidence"})
    screen = Screen(
        places=1,
        weights={"task": 1},
        gates=(Gate(signal="klout", at_least=50),),
        tie_breakers=("klout",),
    )
    told = {
        code: notice(explain(cohort, screen, code, draws=0), screen.tie_breakers) for code in "abc"
    }
    by_name = {code: {one.label: one for one in found.seen} for code, found in told.items()}
    klout = by_name["a"]["Klout"]
    assert klout.conditions == (Condition(50, None, None, met=True),)
    assert klout.breaks_ties
    # With Klout 60 and 50 pass, and b has the better task; without it c has the best.
    assert (told["b"].taken_forward, by_name["b"]["Klout"].decided, klout.decided) == (
        True,
        True,
        False,
    )
    # The median of 60 and 40 stands in, and passes.
    assert (by_name["b"]["Klout"].stand_in, by_name["b"]["Klout"].stand_in_how) == (50, "median")
    assert by_name["c"]["Klout"].failed
    assert (told["c"].rank, told["c"].otherwise_without_scores) == (None, True)


@pytest.mark.parametrize("code", ["c0", "c1", "c2"])
def test_nobody_else_is_in_it(code: str) -> None:
    told = notice(explain(two_signals(), SCREEN, code, draws=0))
    written = json.dumps(told.to_dict())
    for other in {"c0", "c1", "c2", "Ann", "Bo", "Cy"} - {code}:
        assert other not in written
