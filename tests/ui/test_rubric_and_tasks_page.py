from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, opened, words
from tests.ui.team import joined, opened_as, started, team_store  # noqa: F401
from toolkit.review.rubric import Rubric, rubric_template
from toolkit.review.task import Task
from toolkit.review.task_items import ChoiceItem, NumberItem
from toolkit.store.database import Database
from toolkit.store.requisitions import make_requisition
from toolkit.store.rights import Role
from toolkit.store.rubrics import keep_rubric, rubrics
from toolkit.store.tasks import tasks
from toolkit.ui.pages import rubric_and_tasks as page
from toolkit.ui.state import Workspace


def said(test: AppTest) -> str:
    return words(test).replace("\\", "")


def workspace_of(test: AppTest) -> Workspace:
    found = test.session_state["workspace"]
    assert isinstance(found, Workspace)
    return found


def begun(name: str = "writing_task", work: Workspace | None = None) -> AppTest:
    test = opened(page.page, work)
    test.radio(key="rubric-template-first").set_value(name).run()
    return checked(test.button(key="rubric-begin-first").click().run())


def labelled(test: AppTest, label: str, place: int = 0) -> object:
    fields = [*test.text_input, *test.text_area, *test.number_input, *test.multiselect]
    return [one for one in fields if one.label == label][place]


def test_a_rubric_begins_with_a_template_and_is_ready_to_be_used() -> None:
    test = begun("data_task")
    assert "Data task: 5 criteria, ready to be used." in said(test).replace("*", "")
    work = workspace_of(test)
    assert Rubric.from_toml(work.own_rubric) == rubric_template("data_task")
    assert "Care with the data · 25 % of the weight" in [one.label for one in test.expander]


def test_weights_are_shares_and_words_are_kept() -> None:
    test = begun()
    checked(labelled(test, "Weight").set_value(90.0).run())  # type: ignore[attr-defined]
    checked(labelled(test, "What is rated").set_value("Does what the brief asks.").run())  # type: ignore[attr-defined]
    kept = Rubric.from_toml(workspace_of(test).own_rubric)
    assert kept.share(kept.criteria[0]) == 90 / 160
    assert kept.criteria[0].definition == "Does what the brief asks."
    checked(test.run())
    assert "Answers the brief · 56 % of the weight" in [one.label for one in test.expander]


def test_what_rates_the_person_is_refused_in_place() -> None:
    test = begun()
    before = workspace_of(test).own_rubric
    checked(labelled(test, "What it is called").set_value("Culture fit").run())  # type: ignore[attr-defined]
    assert "'Culture fit' in the label rates the person, not the work (culture fit)" in said(test)
    assert "the rubric cannot be used" in said(test)
    assert workspace_of(test).own_rubric == before
    assert "ready to be used" not in said(test)
    checked(labelled(test, "What it is called").set_value("Appearance of the chart").run())  # type: ignore[attr-defined]
    assert "ready to be used" in said(test)


def test_criteria_that_say_the_same_are_pointed_out() -> None:
    test = begun()
    first = rubric_template("writing_task").criteria[0]
    checked(labelled(test, "What it is called", 1).set_value(first.label).run())  # type: ignore[attr-defined]
    checked(labelled(test, "What is rated", 1).set_value(first.definition).run())  # type: ignore[attr-defined]
    assert "say much the same" in test.warning[0].value


def test_a_criterion_is_added_and_removed() -> None:
    test = begun()
    added = next(one for one in test.button if one.label == "Add a criterion")
    checked(added.click().run())
    assert "Still to be written" in said(test)
    assert len(workspace_of(test).rubric.criteria) == 5  # type: ignore[union-attr]
    remove = [one for one in test.button if one.label == "Remove this criterion"]
    checked(remove[-1].click().run())
    assert "4 criteria, ready to be used." in said(test)


def test_a_task_with_its_key() -> None:
    test = begun()
    checked(test.button(key="task-new").click().run())
    assert "The task has no name yet." in said(test)
    checked(test.text_input(key=task_name(test)).set_value("T").run())
    checked(labelled(test, "Instructions").set_value("Count.").run())  # type: ignore[attr-defined]
    kind = next(one for one in test.selectbox if one.label == "Another item")
    checked(kind.set_value("number").run())
    checked(next(one for one in test.button if one.label == "Add this item").click().run())
    assert "Item 1 has no question yet." in said(test)
    checked(labelled(test, "Question").set_value("How many?").run())  # type: ignore[attr-defined]
    checked(labelled(test, "Right answer").set_value(12.0).run())  # type: ignore[attr-defined]
    task = workspace_of(test).task
    assert task is not None
    assert task.items == (NumberItem("item_1", "How many?", 1.0, 12.0),)
    assert "T: 1 item, 0 of them open; 1 points" in said(test).replace("*", "")
    assert Task.from_toml(task.to_toml()) == task
    checked(
        test.text_area(key="answers-pasted")
        .set_value("candidate_id,item_1\nC-1,12\nC-2,13\n")
        .run()
    )
    why = next(one.value for one in test.dataframe if "Why" in one.value.columns)
    assert why["Why"].tolist() == ["Right.", "Wrong by 1; right is 12."]


def task_name(test: AppTest) -> str:
    return next(one.key for one in test.text_input if str(one.key).startswith("task-name"))


def test_options_of_a_choice_are_lines_and_one_is_right() -> None:
    work = Workspace()
    work.task = Task("T", "1", "Choose.", items=(ChoiceItem("q", "Which?", 1.0, (), ""),))
    test = opened(page.page, work)
    assert "Item 1: write at least two options." in said(test)
    checked(labelled(test, "Options, one a line").set_value("Fisher\nPearson").run())  # type: ignore[attr-defined]
    right = next(one for one in test.selectbox if one.label == "The right one")
    checked(right.set_value("Fisher").run())
    assert workspace_of(test).task.items == (  # type: ignore[union-attr]
        ChoiceItem("q", "Which?", 1.0, ("Fisher", "Pearson"), "Fisher"),
    )


def test_reviews_are_planned_and_shared_out_alone() -> None:
    test = opened(page.page, at_work(agency()))
    assert "the mean of 3 would reach .70, which is enough where .70 is asked for." in said(test)
    assert "There are no reviewers yet." in said(test)
    checked(test.number_input(key="plan-each").set_value(2).run())
    checked(test.text_area(key="plan-reviewers").set_value("Ann\nBo\nCy").run())
    assert "24 reviews of 12 candidates by 3 reviewers, 8 each." in said(test)
    assert "All reviewers can be compared" in said(test)
    plan = next(one.value for one in test.dataframe if "Place" in one.value.columns)
    assert len(plan) == 24
    conflict = "candidate,reviewer\nC-0001,Ann\n"
    checked(test.text_area(key="conflicts-pasted").set_value(conflict).run())
    plan = next(one.value for one in test.dataframe if "Place" in one.value.columns)
    assert not ((plan["Candidate"] == "C-0001") & (plan["Reviewer"] == "Ann")).any()
    checked(test.text_area(key="plan-reviewers").set_value("Ann = 2\nBo\nCy\nDi").run())
    loads = next(one.value for one in test.dataframe if "Reviews" in one.value.columns)
    assert loads["Reviews"].tolist()[0] == 2
    checked(test.text_area(key="plan-reviewers").set_value("Ann\nBo\nCy").run())
    checked(test.number_input(key="plan-each").set_value(1).run())
    assert "no candidate is seen by two reviewers" in test.warning[0].value
    checked(test.number_input(key="plan-each").set_value(4).run())
    assert "there are 3 reviewers" in said(test)


def test_a_recruiter_keeps_the_rubric_and_the_task(team_store: Database) -> None:  # noqa: F811
    ada = started(team_store)
    rita = joined(team_store, ada, Role.RECRUITER)
    key = make_requisition(team_store, rita, "Analyst").key
    work = Workspace()
    work.task = Task("Sign-ups", "1", "Count.")
    test = opened_as(rita, team_store, on_it, requisition=key, work=work)
    test.radio(key="rubric-template-first").set_value("data_task").run()
    checked(test.button(key="rubric-begin-first").click().run())
    checked(test.button(key="rubric-keep").click().run())
    (kept,) = rubrics(team_store, rita, key)
    assert kept.rubric == rubric_template("data_task")
    assert "Kept as version 1 for this requisition." in said(test)
    checked(test.button(key="task-keep").click().run())
    assert [one.task.name for one in tasks(team_store, rita, key)] == ["Sign-ups"]
    assert "Reviews are handed out on the page Panel" in said(test)


def test_what_somebody_else_has_kept_is_not_overwritten(team_store: Database) -> None:  # noqa: F811
    ada = started(team_store)
    rita = joined(team_store, ada, Role.RECRUITER)
    key = make_requisition(team_store, rita, "Analyst").key
    keep_rubric(team_store, rita, key, rubric_template("data_task"), 0)
    test = opened_as(rita, team_store, on_it, requisition=key)
    assert "Kept as version 1 for this requisition." in said(test)
    checked(labelled(test, "Weight").set_value(50.0).run())  # type: ignore[attr-defined]
    keep_rubric(team_store, rita, key, rubric_template("code_review"), 1)
    checked(test.button(key="rubric-keep").click().run())
    assert "Somebody has kept another rubric in the meantime" in said(test)
    assert rubrics(team_store, rita, key)[0].rubric == rubric_template("code_review")
    checked(test.button(key="rubric-take").click().run())
    assert workspace_of(test).rubric == rubric_template("code_review")


def on_it() -> None:
    """The page as the navigation draws it: on the requisition that the address names."""
    from toolkit.ui.navigation import on_the_requisition

    on_the_requisition(page.page)
