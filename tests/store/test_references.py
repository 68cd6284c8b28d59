from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.panel_team import RUBRIC, Panelists, handed, panelists
from toolkit.errors import NotAllowed, StoreError, UnknownName
from toolkit.store.database import Database
from toolkit.store.marks import Mark
from toolkit.store.ratings import save_rating
from toolkit.store.references import AgreedLevel, example, keep_example, rate_example
from toolkit.store.reviewing import my_reviews
from toolkit.store.rubrics import keep_rubric

AGREED = {"plan": AgreedLevel(4, "Figures, no dates."), "text": AgreedLevel(2, "Two slips.")}


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def kept(database: Database, of: Panelists):  # type: ignore[no-untyped-def]
    return keep_example(
        database, of.recruiter, of.requisition, "A plan of 2019", "The plan …", AGREED
    )


def test_the_example_is_rated_first_and_then_explained(database: Database, of: Panelists) -> None:
    found = kept(database, of)
    mine = handed(database, of)["Ada", "ann"].key
    seen = my_reviews(database, of.ada)[0].example
    assert seen is not None
    assert (seen.title, seen.feedback) == ("A plan of 2019", None)
    with pytest.raises(StoreError, match="reference example first"):
        save_rating(database, of.ada, mine, "plan", Mark(3), 0)
    said = rate_example(database, of.ada, found.key, {"plan": 5, "text": 2})
    assert [one.sentence for one in said] == [
        "You rated 5, 1 point above the 4 that was agreed.",
        "You rated 2, as agreed.",
    ]
    assert said[0].why == "Figures, no dates."
    # Once is once: knowing the answer changes nothing.
    assert rate_example(database, of.ada, found.key, {"plan": 4, "text": 2}) == said
    after = my_reviews(database, of.ada)[0].example
    assert after is not None
    assert after.feedback == said
    save_rating(database, of.ada, mine, "plan", Mark(3), 0)


def test_an_example_goes_with_the_criteria_that_it_was_rated_on(
    database: Database, of: Panelists
) -> None:
    first = kept(database, of)
    keep_rubric(database, of.recruiter, of.requisition, replace(RUBRIC, version="2"), 1)
    assert example(database, of.recruiter, of.requisition) == first
    fewer = replace(RUBRIC, version="3", criteria=RUBRIC.criteria[:1])
    keep_rubric(database, of.recruiter, of.requisition, fewer, 2)
    assert example(database, of.recruiter, of.requisition) is None


def test_all_keep_the_example_that_they_began_with(database: Database, of: Panelists) -> None:
    first = kept(database, of)
    mine = handed(database, of)["Ada", "ann"].key
    rate_example(database, of.ada, first.key, {"plan": 5, "text": 2})
    save_rating(database, of.ada, mine, "plan", Mark(3), 0)
    with pytest.raises(StoreError, match="begun to rate"):
        kept(database, of)
    # Another version of the rubric may have another; who began by this one keeps theirs.
    keep_rubric(database, of.recruiter, of.requisition, replace(RUBRIC, version="2"), 1)
    kept(database, of)
    seen = my_reviews(database, of.ada)[0].example
    assert seen is not None
    assert (seen.key, seen.feedback is None) == (first.key, False)


def test_what_is_missing_is_said(database: Database, of: Panelists) -> None:
    for agreed, error, message in (
        ({"plan": AGREED["plan"]}, StoreError, "agreed on 'Text'"),
        ({**AGREED, "poise": AgreedLevel(1, "")}, UnknownName, "no criterion 'poise'"),
        ({**AGREED, "text": AgreedLevel(6, "")}, StoreError, "from 1 to 5"),
    ):
        with pytest.raises(error, match=message):
            keep_example(database, of.recruiter, of.requisition, "A plan", "…", agreed)
    with pytest.raises(StoreError, match="empty"):
        keep_example(database, of.recruiter, of.requisition, "A plan", " ", AGREED)
    found = kept(database, of)
    handed(database, of)
    with pytest.raises(StoreError, match="Rate 'text' from 1 to 5"):
        rate_example(database, of.ada, found.key, {"plan": 5})


def test_only_reviewers_of_the_requisition(database: Database, of: Panelists) -> None:
    found = kept(database, of)
    with pytest.raises(NotAllowed, match="not yours"):
        rate_example(database, of.ada, found.key, {"plan": 5, "text": 2})
    with pytest.raises(NotAllowed):
        rate_example(database, of.recruiter, found.key, {"plan": 5, "text": 2})
    with pytest.raises(NotAllowed):
        example(database, of.ada, of.requisition)
