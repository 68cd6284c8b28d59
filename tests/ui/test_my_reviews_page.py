from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.store.panel_team import Panelists, handed, panelists, rated
from tests.ui.opened import checked, words
from tests.ui.team import opened_as, team_store
from toolkit.review.task import Task
from toolkit.store.database import Database
from toolkit.store.documents import keep_document, show_document
from toolkit.store.exposure import exposed_ratings
from toolkit.store.marks import Mark
from toolkit.store.ratings import save_rating
from toolkit.store.references import AgreedLevel, keep_example
from toolkit.store.reviewing import my_reviews, review
from toolkit.store.rights import Person
from toolkit.store.submissions import Kind, Work, keep_submission
from toolkit.store.tasks import keep_task
from toolkit.ui.pages import my_reviews as page

__all__ = ["team_store"]


@pytest.fixture
def of(team_store: Database) -> Panelists:
    return panelists(team_store)


def opened(of: Panelists, database: Database, by: Person) -> AppTest:
    return opened_as(by, database, page.page)


def said_on(test: AppTest) -> str:
    return words(test).replace("\\", "")


def first(database: Database, by: Person) -> str:
    return my_reviews(database, by)[0].reviews[0].assignment.key


def test_each_rating_is_kept_as_it_is_given(of: Panelists, team_store: Database) -> None:
    handed(team_store, of)
    test = opened(of, team_store, of.ada)
    assert "4 of 4 reviews to do" in said_on(test)
    assert test.button(key=f"lock-{first(team_store, of.ada)}").disabled
    own = first(team_store, of.ada)
    for criterion in ("plan", "text"):
        checked(test.radio(key=f"{own}-{criterion}-0-rating").set_value(4).run())
        assert "A note is still missing." in said_on(test)
        checked(test.text_area(key=f"{own}-{criterion}-0-note").input("Dates and figures.").run())
    kept = review(team_store, of.ada, own)
    assert {name: one.mark for name, one in kept.marks.items()} == {
        "plan": Mark(4, False, "Dates and figures.", None),
        "text": Mark(4, False, "Dates and figures.", None),
    }
    # A reload begins from what is kept.
    again = opened(of, team_store, of.ada)
    assert again.radio(key=f"{own}-plan-0-rating").value == 4
    checked(again.button(key=f"lock-{own}").click().run())
    assert review(team_store, of.ada, own).assignment.locked_at is not None
    assert "You have locked this review." in said_on(again)
    assert "2 reviewers have not locked yet." in said_on(again)


def test_another_windows_rating_is_shown_and_not_overwritten(
    of: Panelists, team_store: Database
) -> None:
    handed(team_store, of)
    test = opened(of, team_store, of.ada)
    own = first(team_store, of.ada)
    save_rating(team_store, of.ada, own, "plan", Mark(2, note="Thin."), 0)
    checked(test.radio(key=f"{own}-plan-0-rating").set_value(5).run())
    assert review(team_store, of.ada, own).marks["plan"].mark == Mark(2, note="Thin.")
    assert "this one was not" in said_on(test)
    assert "You had: 5" in said_on(test)
    assert test.radio(key=f"{own}-plan-1-rating").value == 2


def test_the_example_comes_first(of: Panelists, team_store: Database) -> None:
    agreed = {"plan": AgreedLevel(4, "Figures, no dates."), "text": AgreedLevel(2, "Two slips.")}
    found = keep_example(team_store, of.recruiter, of.requisition, "A plan", "The plan …", agreed)
    handed(team_store, of)
    test = opened(of, team_store, of.ada)
    assert "First, an example" in said_on(test)
    assert "Figures" not in said_on(test)
    checked(test.button[0].click().run())
    assert "Not rated yet: Plan, Text" in said_on(test)
    for criterion, level in (("plan", 5), ("text", 2)):
        test.radio(key=f"example-{found.key}-{criterion}").set_value(level)
    checked(test.button[0].click().run())
    assert "You rated 5, 1 point above the 4 that was agreed. Figures, no dates." in said_on(test)


def test_neither_names_nor_scores_nor_others_stand_on_the_page(
    of: Panelists, team_store: Database
) -> None:
    given = handed(team_store, of)
    task = keep_task(
        team_store, of.recruiter, of.requisition, Task("Campaign plan", "1", "Plan a week."), 0
    )
    for key in of.candidates.values():
        work = Work(Kind.TEXT, "A week for a bakery.", anonymous=True)
        keep_submission(team_store, of.recruiter, key, task.key, work, 0)
        hidden = Work(Kind.LINK, "https://example.org/ann-arbor")
        other = keep_task(
            team_store, of.recruiter, of.requisition, Task("Reply", "1", "Reply to this."), 0
        )
        keep_submission(team_store, of.recruiter, key, other.key, hidden, 0)
    for code in of.candidates:
        rated(team_store, of.bea, given["Bea", code], 1, 1)
    test = opened(of, team_store, of.ada)
    said = (
        said_on(test) + str(test.selectbox[0].options) + str([one.label for one in test.expander])
    )
    assert "A week for a bakery." in said
    assert "not open to reviewers yet" in said
    for hidden_word in ("Arbor", "Diddley", "Young", "Nightly", "lout", "Bea", "Mean", "ann-"):
        assert hidden_word not in said


def test_abstaining_and_a_conflict_of_interest(of: Panelists, team_store: Database) -> None:
    handed(team_store, of)
    test = opened(of, team_store, of.ada)
    own = first(team_store, of.ada)
    checked(test.button(key=f"abstain-{own}").click().run())
    assert "Say in a few words why you abstain" in said_on(test)
    test.text_area(key=f"abstain-why-{own}").input("I commissioned it.")
    checked(test.button(key=f"abstain-{own}").click().run())
    assert "You abstained: I commissioned it" in said_on(test)
    checked(test.button(key="next-candidate").click().run())
    second = my_reviews(team_store, of.ada)[0].reviews[1].assignment.key
    checked(test.selectbox(key=f"tie-{second}").set_value("family").run())
    checked(test.button(key=f"conflict-{second}").click().run())
    assert len(my_reviews(team_store, of.ada)[0].reviews) == 3


def test_by_criterion_goes_from_candidate_to_candidate(of: Panelists, team_store: Database) -> None:
    handed(team_store, of)
    test = opened(of, team_store, of.ada)
    checked(test.segmented_control(key="review-mode").set_value("By criterion").run())
    checked(test.selectbox(key=f"review-criterion-{of.rubric.key}").set_value("text").run())
    reviews = my_reviews(team_store, of.ada)[0].reviews
    for one in reviews[:2]:
        key = f"{one.assignment.key}-text-0-rating"
        assert [radio.key for radio in test.radio] == [key]
        checked(test.radio(key=key).set_value(3).run())
        checked(test.button(key="next-candidate").click().run())
    assert [one.marked for one in my_reviews(team_store, of.ada)[0].reviews] == [1, 1, 0, 0]


def test_scores_after_locking_and_what_they_change(of: Panelists, team_store: Database) -> None:
    given = handed(team_store, of, "ann")["Ada", "ann"]
    rated(team_store, of.ada, given, 5, None)
    test = opened(of, team_store, of.ada)
    assert "Klout" not in said_on(test)
    checked(test.button(key=f"show-scores-{given.key}").click().run())
    assert "Klout: 60 of 100" in said_on(test)
    checked(test.segmented_control(key=f"after-{given.key}-plan-5").set_value(3).run())
    (found,) = exposed_ratings(team_store, of.recruiter, of.requisition)
    assert (found.criterion, found.before, found.after) == ("plan", 5, 3)
    assert review(team_store, of.ada, given.key).marks["plan"].mark.rating == 5


def test_blinded_documents_with_the_figures_to_check(of: Panelists, team_store: Database) -> None:
    handed(team_store, of, "cy")
    text = b"Cy Young raised the click rate from 1.5 % to 4.5 % in 2019.\n\nThe team was of three."
    kept = keep_document(team_store, of.recruiter, of.candidates["cy"], "cy_young.txt", text)
    assert "click rate" not in said_on(opened(of, team_store, of.ada))
    show_document(team_store, of.recruiter, kept.key, kept.version)
    test = opened(of, team_store, of.ada)
    said = said_on(test)
    assert "raised the click rate from 1.5 % to 4.5 %" in said
    assert any(one.label.startswith("To check") for one in test.tabs)
    assert "Young" not in said


def test_nothing_handed_out_yet(of: Panelists, team_store: Database) -> None:
    assert "Nothing has been handed to you yet." in said_on(opened(of, team_store, of.ada))


def test_who_is_no_reviewer_sees_nothing(of: Panelists, team_store: Database) -> None:
    handed(team_store, of)
    test = opened(of, team_store, of.recruiter)
    assert "As recruiter you may not rate candidates" in said_on(test)
