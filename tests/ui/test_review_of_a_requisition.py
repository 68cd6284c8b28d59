"""Agreement and Ranking on what the reviewers of the open requisition gave."""

from __future__ import annotations

import pytest

from tests.store.panel_team import Panelists, handed, panelists, rated
from tests.ui.opened import words
from tests.ui.team import opened_as, team_store
from toolkit.store.database import Database
from toolkit.store.exposure import rate_after_scores, reveal_scores
from toolkit.store.marks import Mark
from toolkit.ui.pages import agreement, ranking

__all__ = ["team_store"]


@pytest.fixture
def of(team_store: Database) -> Panelists:
    made = panelists(team_store)
    given = handed(team_store, made)
    for place, code in enumerate(("di", "ann", "bo", "cy")):
        for number, person in enumerate(made.reviewers[:2]):
            rated(team_store, person, given[person.name, code], place + 1 + number // 2, place + 2)
    first = given["Ada", "ann"].key
    reveal_scores(team_store, made.ada, first)
    rate_after_scores(team_store, made.ada, first, "plan", Mark(5, note="A Klout of 60."), 0)
    return made


def test_agreement_of_the_locked_ratings(of: Panelists, team_store: Database) -> None:
    for person in (of.recruiter, of.auditor):
        test = opened_as(person, team_store, agreement.page, requisition=of.requisition)
        said = words(test).replace("\\", "")
        assert "These are the locked ratings of this requisition." in said
        assert "Reviews not among them: 4 not locked yet." in said
        assert "8 ratings of 4 candidates by 2 reviewers." in said
        assert "1 of 1 reviews were changed after Klout was shown" in said


def test_ranking_by_the_rubrics_own_weights(of: Panelists, team_store: Database) -> None:
    test = opened_as(of.recruiter, team_store, ranking.page, requisition=of.requisition)
    # The rubric gives the weights: only the places are asked for.
    assert [one.label for one in test.number_input] == ["Places"]
    shown = test.dataframe[0].value
    assert shown["Candidate"].tolist() == ["cy", "bo", "ann", "di"]
    # By hand for cy: .75 × 4 + .25 × 5.
    assert shown["Total"].tolist()[0] == pytest.approx(4.25)
