from __future__ import annotations

import pandas as pd

from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.evidence_only import evidence_only
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

FRAME = pd.DataFrame(
    {"candidate_id": ["a", "b"], "klout": [50.0, 60], "task": [1.0, 2], "portfolio": [3.0, 1]}
)
COHORT = cohort_from_frame(
    FRAME, roles={"klout": "score", "task": "evidence", "portfolio": "evidence"}
)


def test_the_score_its_gate_and_its_tie_break_go_and_the_evidence_stays_as_it_is() -> None:
    screen = Screen(
        name="s",
        places=1,
        scale="range",
        weights={"klout": 0.5, "task": 0.5},
        tie_breakers=("klout", "task"),
        gates=(Gate(signal="klout", at_least=50), Gate(signal="task", at_least=1)),
    )
    plain = evidence_only(COHORT, screen)
    assert plain == Screen(
        name="s",
        places=1,
        scale="range",
        weights={"task": 0.5},
        tie_breakers=("task",),
        gates=(Gate(signal="task", at_least=1),),
    )


def test_a_screen_that_weighs_no_evidence_gets_all_of_it_in_equal_parts() -> None:
    screen = Screen(name="s", share=0.5, weights={"klout": 1, "task": 0}, tie_breakers=("klout",))
    plain = evidence_only(COHORT, screen)
    assert plain == Screen(name="s", share=0.5, weights={"task": 0.5, "portfolio": 0.5})


def test_without_evidence_there_is_no_such_screen() -> None:
    scores = cohort_from_frame(FRAME[["candidate_id", "klout"]], roles={"klout": "score"})
    assert evidence_only(scores, Screen(places=1, weights={"klout": 1})) is None
