"""What a candidate handed in for a task, how it came about, and whose work it is."""

from __future__ import annotations

import streamlit as st

from toolkit.review.task import Task
from toolkit.store.submissions import Authorship, Kind, Submission, Work
from toolkit.ui.plain_text import plain


def submission_form(task: Task, kept: Submission | None, key: str) -> Work | None:
    """Bring a submission, or write down what was found out about it.

    Parameters
    ----------
    task : Task
        With the questions that are asked about authorship.
    kept : Submission or None
        As it is kept now.
    key : str
        Of the widgets.

    Returns
    -------
    Work or None
        On the run in which it is to be kept.
    """
    before = kept.work if kept else Work(Kind.TEXT, "")
    kind = Kind(
        st.segmented_control(
            "Handed in as",
            [one.value for one in Kind],
            default=before.kind.value,
            format_func=str.capitalize,
            required=True,
            key=f"kind-{key}",
        )
        or before.kind
    )
    with st.form(f"submission-{key}", border=False):
        content, file = _content(kind, before, key)
        anonymous = st.checkbox(
            "I have read it, and it does not say whose it is: reviewers may see it",
            before.anonymous,
        )
        columns = st.columns(2)
        minutes = columns[0].number_input(
            "Minutes it took", 0.0, None, before.minutes, 5.0, placeholder="not known"
        )
        conditions = columns[1].text_input(
            "Conditions, where not the same as for all", before.conditions
        )
        adjustments = st.text_input(
            "Adjustments granted (reviewers do not see this)", before.adjustments
        )
        if task.authorship:
            st.markdown(
                "Asked of everybody afterwards:\n"
                + "\n".join(f"- {plain(one)}" for one in task.authorship)
            )
        states = [one.value for one in Authorship]
        authorship = st.selectbox(
            "Whose work is it?",
            states,
            states.index(before.authorship.value),
            format_func=str.capitalize,
        )
        rests_on = st.text_input("What that rests on", before.authorship_note)
        asked = st.form_submit_button("Keep the submission")
    if not asked:
        return None
    return Work(
        kind,
        content,
        file,
        anonymous,
        conditions,
        adjustments,
        minutes,
        Authorship(authorship),
        rests_on,
    )


def _content(kind: Kind, before: Work, key: str) -> tuple[str, bytes | None]:
    same = before.content if before.kind is kind else ""
    if kind is Kind.TEXT:
        return st.text_area("The text", same, height=200), None
    if kind is Kind.LINK:
        return st.text_input("The link", same, placeholder="https://"), None
    chosen = st.file_uploader("The file", key=f"file-{key}")
    if chosen is None:
        if same:
            st.caption(f"Kept: {plain(same)}")
        return same, None
    return chosen.name, chosen.getvalue()
