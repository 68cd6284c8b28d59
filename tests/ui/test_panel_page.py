from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.store.panel_team import Panelists, handed, panelists, rated
from tests.ui.opened import checked, words
from tests.ui.team import opened_as, team_store
from toolkit.review.task import Task
from toolkit.store.assignments import assignments
from toolkit.store.conflicts import Tie, conflicts
from toolkit.store.database import Database
from toolkit.store.panel import panel
from toolkit.store.references import AgreedLevel, example
from toolkit.store.rights import Person
from toolkit.store.submissions import submissions
from toolkit.store.tasks import keep_task
from toolkit.ui.pages import panel as page

__all__ = ["team_store"]


@pytest.fixture
def of(team_store: Database) -> Panelists:
    return panelists(team_store)


def opened(of: Panelists, database: Database, by: Person | None = None) -> AppTest:
    return opened_as(by or of.recruiter, database, page.page, requisition=of.requisition)


def said_on(test: AppTest) -> str:
    return words(test).replace("\\", "")


def submit(test: AppTest, label: str) -> AppTest:
    (button,) = [one for one in test.button if one.label == label]
    return checked(button.click().run())


def test_reviews_are_handed_out_and_kept(of: Panelists, team_store: Database) -> None:
    test = opened(of, team_store)
    assert "Nobody has been given a candidate to review yet." in said_on(test)
    test.number_input[0].set_value(2)
    submit(test, "Hand out")
    made = assignments(team_store, of.recruiter, of.requisition)
    assert len(made) == 8
    assert len({one.reviewer for one in made}) == 4
    assert "8 reviews of 4 candidates by 4 reviewers, 2 each." in said_on(test)
    assert "0 of 8 reviews are in" in said_on(test)
    # More reviews of each keep what was handed out before.
    test.number_input[0].set_value(3)
    submit(test, "Hand out")
    more = assignments(team_store, of.recruiter, of.requisition)
    assert len(more) == 12
    assert {one.key for one in made} < {one.key for one in more}


def test_those_who_know_each_other_are_kept_apart(of: Panelists, team_store: Database) -> None:
    test = opened(of, team_store)
    submit(test, "Keep them apart")
    assert "Choose the reviewer, the candidate and the tie." in said_on(test)
    ann = of.candidates["ann"]
    by_label = {one.label: one for one in test.selectbox}
    by_label["Reviewer"].set_value(of.ada.id)
    by_label["Candidate"].set_value(ann)
    by_label["Tie"].set_value("partner")
    submit(test, "Keep them apart")
    (known,) = conflicts(team_store, of.recruiter, of.requisition)
    assert (known.candidate, known.reviewer, known.tie) == (ann, of.ada.id, Tie.PARTNER)
    test.number_input[0].set_value(3)
    submit(test, "Hand out")
    pairs = {
        (one.candidate, one.reviewer)
        for one in assignments(team_store, of.recruiter, of.requisition)
    }
    assert (ann, of.ada.id) not in pairs
    assert sum(candidate == ann for candidate, _ in pairs) == 3


def test_who_cannot_go_on_is_replaced(of: Panelists, team_store: Database) -> None:
    test = opened(of, team_store)
    test.number_input[0].set_value(2)
    test.multiselect[0].set_value([one.id for one in of.reviewers])
    submit(test, "Hand out")
    before = assignments(team_store, of.recruiter, of.requisition)
    hers = {one.candidate for one in before if one.reviewer == of.ada.id}
    checked(test.selectbox(key="take-back-from").set_value(of.ada.id).run())
    checked(test.button(key="take-back").click().run())
    submit(test, "Hand out")
    after = [
        one
        for one in assignments(team_store, of.recruiter, of.requisition)
        if one.withdrawn_at is None
    ]
    assert len(after) == 8
    assert not {one.candidate for one in after if one.reviewer == of.ada.id} & hers


def test_the_panel_agrees_and_says_why(of: Panelists, team_store: Database) -> None:
    given = handed(team_store, of, "ann", "bo")
    for person, plan in zip(of.reviewers, (5, 2, 5), strict=True):
        rated(team_store, person, given[person.name, "ann"], plan, 3)
    rated(team_store, of.ada, given["Ada", "bo"], 1, 1)
    test = opened(of, team_store)
    assert "4 of 6 reviews are in; Bea and Cleo still to come." in said_on(test)
    assert "1 candidate is still being reviewed." in said_on(test)
    assert "From 2 to 5, 4.00 on average." in said_on(test)
    assert "Ada 5, medium confidence: Seen in the work." in said_on(test).replace("**", "")
    ann = of.candidates["ann"]
    checked(test.segmented_control(key=f"agreed-{ann}-plan-0").set_value(4).run())
    checked(test.button(key=f"agree-{ann}-plan").click().run())
    assert "Say what was seen in the meeting" in said_on(test)
    test.text_area(key=f"why-{ann}-plan-0").input("The second page has no dates.")
    checked(test.button(key=f"agree-{ann}-plan").click().run())
    assert "Agreed on 4: The second page has no dates." in said_on(test)
    found = panel(team_store, of.recruiter, of.requisition).candidates
    assert [one.agreed_total for one in found if one.key == ann] == [3.75]


def test_without_a_requisition_it_leads_to_them(of: Panelists, team_store: Database) -> None:
    test = opened_as(of.recruiter, team_store, page.page)
    assert "Open a requisition first" in said_on(test)


def test_reviewers_do_not_see_it(of: Panelists, team_store: Database) -> None:
    given = handed(team_store, of, "ann")
    rated(team_store, of.bea, given["Bea", "ann"], 5, 5)
    test = opened(of, team_store, of.ada)
    assert "you may not see what other reviewers gave" in said_on(test)


def test_the_reference_example_is_written(of: Panelists, team_store: Database) -> None:
    test = opened(of, team_store)
    test.text_input[0].input("A plan of 2019")
    test.text_area[0].input("The plan …")
    test.segmented_control(key="example-rating-plan").set_value(4)
    submit(test, "Keep the example")
    assert "Say which rating was agreed on 'Text'" in said_on(test)
    test.segmented_control(key="example-rating-text").set_value(2)
    test.text_input(key="example-why-text").input("Two slips.")
    submit(test, "Keep the example")
    kept = example(team_store, of.recruiter, of.requisition)
    assert kept is not None
    assert (kept.title, kept.agreed["text"]) == ("A plan of 2019", AgreedLevel(2, "Two slips."))


def test_what_a_candidate_handed_in_is_kept(of: Panelists, team_store: Database) -> None:
    task = Task("Campaign plan", "1", "Plan a week.", authorship=("What took longest?",))
    key = keep_task(team_store, of.recruiter, of.requisition, task, 0).key
    test = opened(of, team_store)
    assert "0 of 4 are here; reviewers may see 0." in said_on(test)
    assert "What took longest?" in said_on(test)
    chosen = test.selectbox(key="submission-candidate").value
    form = f"kind-{chosen}-{key}-0"
    checked(test.segmented_control(key=form).set_value("link").run())
    (link,) = [one for one in test.text_input if one.label == "The link"]
    link.input("https://example.org/work/17")
    test.checkbox[0].check()
    submit(test, "Keep the submission")
    assert "1 of 4 are here; reviewers may see 1." in said_on(test)
    (kept,) = submissions(team_store, of.recruiter, of.requisition)
    assert (kept.candidate, kept.work.content) == (chosen, "https://example.org/work/17")
    assert kept.work.anonymous
