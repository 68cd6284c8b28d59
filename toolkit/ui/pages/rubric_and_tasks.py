"""Rubric and tasks: what is rated, what candidates do, and who reviews whom."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.errors import CloutproofError, InputError
from toolkit.intake.problem_cells import counted
from toolkit.review.assignment import Assignment, assign
from toolkit.review.independence import same_saying
from toolkit.review.marking import Marking, mark_table
from toolkit.review.read_design import design_in
from toolkit.review.rubric import Rubric, portfolio_rubric
from toolkit.review.task import Task
from toolkit.store.rights import Action
from toolkit.store.rubrics import KeptRubric
from toolkit.ui import places, team
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.pasted_table import pasted_table
from toolkit.ui.components.review_plan import ReviewPlan, review_plan, reviews_wanted
from toolkit.ui.components.rubric_editor import rubric_editor
from toolkit.ui.components.rubric_start import rubric_start, toml_text
from toolkit.ui.components.table import table
from toolkit.ui.components.task_editor import new_task, task_editor
from toolkit.ui.components.toml_download import toml_download
from toolkit.ui.faults import shown_in_place
from toolkit.ui.kept_writing import (
    follow_rubric,
    keep_this_rubric,
    keep_this_task,
    kept_tasks,
    open_task,
    take_newest_rubric,
)
from toolkit.ui.opened_requisition import may
from toolkit.ui.plain_text import plain
from toolkit.ui.state import Workspace, workspace


def page() -> None:
    """Draw the page."""
    heading(
        places.RUBRIC.title,
        "Say what good work looks like before anybody looks at it: what is rated, what candidates "
        "do, and who reviews whom.",
    )
    work = workspace()
    rubric, task, reviews = st.tabs(["Rubric", "Task", "Who reviews whom"])
    with rubric, shown_in_place():
        _rubric(work)
    with task, shown_in_place():
        _task(work)
    with reviews, shown_in_place():
        _reviews(work)


def _rubric(work: Workspace) -> None:
    newest = follow_rubric(work)
    _take_own(work)
    if work.rubric is None:
        section("Begin with a rubric", "Each is made to be fitted to the job.")
        _begin(work, rubric_start("first"))
        return
    outcome = st.container()
    edited = rubric_editor(work.rubric, work.revision)
    if edited != work.rubric:
        # A criterion's fields are known by its position; titles and shares are those of before.
        work.revision += len(edited.criteria) != len(work.rubric.criteria)
        work.rubric = edited
        if _usable(edited):
            work.own_rubric = edited.to_toml()
        st.rerun()
    with outcome, shown_in_place():
        _rubric_outcome(work, edited, newest)
    with st.expander("Begin again with another rubric"), shown_in_place():
        _begin(work, rubric_start("again"))


def _begin(work: Workspace, chosen: Rubric | None) -> None:
    if chosen is not None:
        work.rubric, work.own_rubric = chosen, chosen.to_toml()
        work.revision += 1
        st.rerun()


def _take_own(work: Workspace) -> None:
    """A rubric that was brought on the page of the review sheets is the one to write on."""
    if not work.own_rubric:
        return
    if work.rubric is None or (_usable(work.rubric) and work.rubric.to_toml() != work.own_rubric):
        work.rubric = Rubric.from_toml(work.own_rubric)
        work.revision += 1


def _usable(rubric: Rubric) -> bool:
    try:
        Rubric.from_toml(rubric.to_toml())
    except InputError:
        return False
    return True


def _rubric_outcome(work: Workspace, rubric: Rubric, newest: KeptRubric | None) -> None:
    """Whether the rubric can be used, what is doubtful in it, and where it goes."""
    for one in same_saying(rubric):
        st.warning(plain(one.sentence))
    wanting = [
        f"{plain(one.label) or 'A new criterion'}: {', '.join(one.missing())}"
        for one in rubric.criteria
        if one.missing()
    ]
    if wanting:
        st.info("Still to be written:\n\n" + "\n".join(f"- {one}" for one in wanting))
        return
    if not rubric.name or not rubric.version or not rubric.criteria:
        st.info("A rubric has a name, a version and at least one criterion.")
        return
    if any(one.refusals() for one in rubric.criteria):
        st.error(
            "A criterion rates the person instead of the work; the reason stands with it. Until "
            "that is changed the rubric cannot be used."
        )
        return
    many = "1 criterion" if len(rubric.criteria) == 1 else f"{len(rubric.criteria)} criteria"
    st.markdown(f"**{plain(rubric.name)}**: {many}, ready to be used.")
    left, right = st.columns(2)
    with left:
        toml_download("Download the rubric", rubric.name, rubric.to_toml, "rubric")
    if may(work, Action.CHANGE_RUBRIC):
        with right:
            _keep_rubric(work, rubric, newest)


def _keep_rubric(work: Workspace, rubric: Rubric, newest: KeptRubric | None) -> None:
    if newest is not None and newest.rubric == rubric:
        frozen = " Ratings have begun by it." if newest.frozen_at else ""
        st.markdown(f"Kept as version {newest.version} for this requisition.{frozen}")
        return
    if newest is not None and newest.frozen_at:
        st.markdown("Ratings have begun by the rubric that is kept; this one is for new reviews.")
    with shown_in_place():
        if st.button("Keep for this requisition", key="rubric-keep", type="primary"):
            keep_this_rubric(work, rubric)
            st.rerun()
    if newest is not None and st.button("Take the one that is kept", key="rubric-take"):
        take_newest_rubric(work)
        st.rerun()


def _task(work: Workspace) -> None:
    kept = kept_tasks(work)
    if kept:
        names = {one.key: one.task.name for one in kept}
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        chosen = left.selectbox(
            "Tasks of this requisition", list(names), format_func=lambda one: names[one]
        )
        if right.button("Open this task", key="task-open"):
            open_task(work, next(one for one in kept if one.key == chosen))
            st.rerun()
    if work.task is None:
        st.markdown(
            "A task is a piece of work that everybody does under the same conditions. Questions "
            "with one right answer are marked at once; open ones are rated by the rubric."
        )
        if st.button("Write a task", key="task-new", type="primary"):
            _write(work, new_task())
        with st.expander("Or bring a task file"), shown_in_place():
            _write(work, _uploaded_task())
        return
    outcome = st.container()
    rubric = work.rubric or portfolio_rubric()
    criteria = [(one.key, one.label or one.key) for one in rubric.criteria]
    edited = task_editor(work.task, criteria, work.revision)
    if edited != work.task:
        work.revision += len(edited.items) != len(work.task.items)
        work.task = edited
        st.rerun()
    with outcome, shown_in_place():
        _task_outcome(work, edited)
    if st.button(
        "Begin with another task",
        key="task-away",
        type="tertiary",
        help="What was neither downloaded nor kept of this one is gone then.",
    ):
        work.task, work.task_seen = None, None
        st.rerun()


def _write(work: Workspace, task: Task | None) -> None:
    if task is not None:
        work.task, work.task_seen = task, None
        work.revision += 1
        st.rerun()


def _uploaded_task() -> Task | None:
    uploaded = st.file_uploader("Task file (TOML)", type=["toml"], key="task-upload")
    if uploaded is None or not st.button("Use this file", key="task-upload-use"):
        return None
    return Task.from_toml(toml_text(uploaded.name, uploaded.getvalue()), where=uploaded.name)


def _task_outcome(work: Workspace, task: Task) -> None:
    faults = task.faults()
    if faults:
        st.info("Still to be done:\n\n" + "\n".join(f"- {plain(one)}" for one in faults))
        return
    # Whatever else a task file must not have is said as it would be said of the file.
    Task.from_toml(task.to_toml())
    st.markdown(
        f"**{plain(task.name)}**: {counted(len(task.items), 'item')}, {len(task.open_items)} of "
        f"them open; {task.points:g} points are marked automatically."
    )
    left, middle, right = st.columns(3)
    with left:
        toml_download("Download the task with its key", task.name, task.to_toml, "task")
    with middle:
        st.download_button(
            "Download what candidates are given",
            data=task.handout,
            file_name="task.md",
            mime="text/markdown",
            key="task-handout",
            on_click="ignore",
        )
    if may(work, Action.CHANGE_RUBRIC):
        with right:
            _keep_task(work, task)
    with st.expander("What candidates are given"):
        st.code(task.handout(), language=None, wrap_lines=True)
    if task.points:
        with st.expander("Mark answers"), shown_in_place():
            _mark(task)


def _keep_task(work: Workspace, task: Task) -> None:
    seen = work.task_seen
    if seen is not None and seen.content == task:
        st.markdown(f"Kept as version {seen.version} for this requisition.")
    elif st.button("Keep for this requisition", key="task-keep", type="primary"):
        keep_this_task(work, task)
        st.rerun()


def _mark(task: Task) -> None:
    example = "candidate_id," + ",".join(item.key for item in task.items[:4]) + "\nC-001,…\n"
    answers = pasted_table(
        "answers",
        "Paste answers",
        example,
        "One row a candidate, a column with their codes, and a column for each item.",
    )
    if answers is None:
        return
    _marks(mark_table(task, answers))


def _marks(found: Marking) -> None:
    items = [(one.candidate_id, item) for one in found.candidates for item in one.items]
    answers = pd.DataFrame(
        {
            "Candidate": [code for code, _ in items],
            "Item": [one.item for _, one in items],
            "Answer": [one.given for _, one in items],
            "Points": [one.points for _, one in items],
            "Of": [one.of for _, one in items],
            "Why": [one.why for _, one in items],
        }
    )
    totals = pd.DataFrame(
        {
            "Candidate": [one.candidate_id for one in found.candidates],
            "Points": [one.points for one in found.candidates],
            "Of": [one.of for one in found.candidates],
            "For a person": [", ".join(one.by_a_person) for one in found.candidates],
        }
    )
    table(totals, key="marks", file_name="points.csv", says="Points of each candidate")
    table(answers, key="marks-why", file_name="marks.csv", says="Each answer, and why")


def _reviews(work: Workspace) -> None:
    each = reviews_wanted()
    if team.person() is not None:
        st.markdown(
            "Reviews are handed out on the page Panel, to those who have been invited as "
            "reviewers; conflicts of interest are kept there, too."
        )
        places.PANEL.link("Hand out reviews")
        return
    plan = review_plan(each)
    codes = _codes(work)
    with st.expander("Who must not review whom"):
        barred = pasted_table(
            "conflicts",
            "Paste conflicts of interest",
            "candidate,reviewer\nC-001,Ann\n",
            "One row a pair, with the columns candidate and reviewer.",
        )
    with st.expander("Reviews that were handed out before"):
        before = pasted_table(
            "handed-out",
            "Paste them as they were downloaded here",
            "Reviewer,Place,Candidate\nAnn,1,C-001\n",
            "They stay, but for those of people who no longer review or have a conflict now.",
        )
    if not codes or not plan.reviewers:
        missing = "candidates" if not codes else "reviewers"
        st.markdown(f"There are no {missing} yet.")
        return
    try:
        found = _shared_out(
            codes,
            plan,
            design_in(barred).pairs if barred is not None else (),
            design_in(before).pairs if before is not None else (),
        )
    except CloutproofError as error:
        st.error(plain(error))
        return
    _plan(found)


def _codes(work: Workspace) -> tuple[str, ...]:
    if work.cohort is not None:
        st.markdown(f"The {len(work.cohort):,} candidates of {plain(work.cohort_name)}.")
        return tuple(map(str, work.cohort.ids))
    pasted = st.text_area(
        "Candidates' codes, one a line", key="plan-codes", height=110, persist_state="session"
    )
    return tuple(dict.fromkeys(line.strip() for line in pasted.splitlines() if line.strip()))


def _shared_out(
    codes: tuple[str, ...],
    plan: ReviewPlan,
    conflicts: tuple[tuple[str, str], ...],
    kept: tuple[tuple[str, str], ...],
) -> Assignment:
    return assign(
        codes,
        plan.reviewers,
        plan.each,
        conflicts=conflicts,
        kept=kept,
        limits=plan.limits,
        seed=plan.seed,
    )


def _plan(found: Assignment) -> None:
    for sentence in found.sentences():
        if sentence == found.why_not_connected:
            st.warning(plain(sentence))
        else:
            st.markdown(plain(sentence))
    loads = pd.DataFrame({"Reviewer": list(found.loads), "Reviews": list(found.loads.values())})
    reviews = pd.DataFrame(
        {
            "Reviewer": [one.reviewer for one in found.reviews],
            "Place": [one.position for one in found.reviews],
            "Candidate": [one.candidate_id for one in found.reviews],
        }
    )
    if any(one.kept for one in found.reviews):
        reviews["Handed out before"] = [one.kept for one in found.reviews]
    left, right = st.columns([1, 2])
    with left:
        table(loads, key="loads", file_name="loads.csv", says="Reviews of each reviewer")
    with right:
        table(reviews, key="plan", file_name="reviews.csv", says="Who reviews whom, in which order")
