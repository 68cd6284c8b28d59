from __future__ import annotations

from tests.ui.opened import agency
from toolkit.ui.components.candidate_table import candidate_frame, cohort_sentence


def test_candidates_stand_beside_their_signals_and_never_beside_a_group() -> None:
    cohort = agency()
    shown = candidate_frame(cohort)
    assert shown.columns.tolist()[:2] == ["Candidate", "Name"]
    assert shown["Klout"].tolist() == cohort.signals["klout"].tolist()
    assert "sex" in cohort.groups.columns
    values = {str(value) for column in shown for value in shown[column]}
    assert not values & {"Female", "Male"}


def test_the_sentence_counts_each_kind_of_signal() -> None:
    assert cohort_sentence(agency()) == (
        "**12** candidates, with 1 score, 2 pieces of evidence and 1 other number each."
    )
