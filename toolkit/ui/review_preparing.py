"""What a recruiter prepares before reviewers begin: the example, and what was handed in."""

from __future__ import annotations

import streamlit as st

from toolkit.store import references, submissions
from toolkit.store.blind_code import blind_code
from toolkit.store.candidates import Candidate
from toolkit.store.rights import Person
from toolkit.store.rubrics import rubrics
from toolkit.store.tasks import tasks
from toolkit.ui import faults, team
from toolkit.ui.components.example_editor import example_editor
from toolkit.ui.components.submission_form import submission_form
from toolkit.ui.plain_text import plain


def prepare_example(person: Person, requisition: str) -> None:
    """Write the reference example that reviewers rate first."""
    kept_rubrics = rubrics(team.store(), person, requisition)
    if not kept_rubrics:
        return
    with st.expander("Reference example"), faults.shown_in_place():
        rubric = kept_rubrics[0]
        kept = references.example(team.store(), person, requisition)
        if rubric.frozen_at is not None:
            st.markdown(
                "Reviewers have begun to rate, so the example stays as it is."
                if kept
                else "Reviewers have begun to rate without an example."
            )
            return
        st.markdown(
            "A piece of work that every reviewer rates before the first candidate. Then they see "
            "what was agreed for it, and why."
        )
        written = example_editor(rubric.rubric, kept)
        if written is not None:
            references.keep_example(
                team.store(),
                person,
                requisition,
                written.title,
                written.content,
                written.agreed,
            )
            st.rerun()


def prepare_submissions(person: Person, requisition: str, present: dict[str, Candidate]) -> None:
    """Bring what candidates handed in for the requisition's tasks."""
    given = {one.key: one for one in tasks(team.store(), person, requisition)}
    if not given:
        return
    with st.expander("What candidates handed in"), faults.shown_in_place():
        found = {
            (one.candidate, one.task): one
            for one in submissions.submissions(team.store(), person, requisition)
        }
        here = [one for one in found.values() if one.candidate in present and one.task in given]
        open_now = sum(one.work.anonymous for one in here)
        st.markdown(
            f"{len(here):,} of {len(present) * len(given):,} are here; reviewers may see "
            f"{open_now:,}."
        )
        task = given[
            st.selectbox(
                "Task",
                list(given),
                format_func=lambda key: given[key].task.name,
                key="submission-task",
                persist_state="session",
            )
        ]
        candidate = st.selectbox(
            "Whose?",
            list(present),
            format_func=lambda key: _named(present[key], (key, task.key) in found),
            key="submission-candidate",
            persist_state="session",
        )
        kept = found.get((candidate, task.key))
        version = kept.version if kept else 0
        work = submission_form(task.task, kept, f"{candidate}-{task.key}-{version}")
        if work is not None:
            submissions.keep_submission(team.store(), person, candidate, task.key, work, version)
            st.rerun()
        if kept is not None:
            st.caption(f"Kept, version {version}: {plain(kept.work.kind)}.")


def _named(one: Candidate, is_here: bool) -> str:
    name = f", {one.name}" if one.name else ""
    code = blind_code(one)
    known = code if code == one.code else f"{one.code} ({code})"
    return f"{known}{name}{'' if is_here else ': nothing yet'}"
