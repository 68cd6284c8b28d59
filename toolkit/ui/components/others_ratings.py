"""What others gave, beside one's own ratings, once these are locked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.review.rubric import Rubric
from toolkit.store.marks import Mark
from toolkit.store.reviewing import Others, Review
from toolkit.ui.components.table import table
from toolkit.ui.plain_text import plain


def others_ratings(review: Review, others: Others) -> None:
    """A row a criterion and a column a reviewer, with the others' mean."""
    rubric = review.rubric.rubric
    columns = {"You": {name: kept.mark for name, kept in review.marks.items()}}
    columns.update({name: dict(marks) for name, marks in others.marks})
    frame = pd.DataFrame(
        {
            "Criterion": [one.label for one in rubric.criteria],
            **{
                name: [_level(marks.get(one.key)) for one in rubric.criteria]
                for name, marks in columns.items()
            },
            "Mean of the others": [others.mean(one.key) for one in rubric.criteria],
        }
    )
    table(
        frame,
        key=f"others-{review.assignment.key}",
        file_name="ratings.csv",
        says="Your ratings and those of the others, by criterion.",
        columns={"Mean of the others": st.column_config.NumberColumn(format="%.2f")},
    )
    st.markdown(_standing(others))
    _notes(rubric, others)


def _level(mark: Mark | None) -> str:
    if mark is None or mark.is_empty:
        return "–"
    return "no basis" if mark.no_basis else str(mark.rating)


def _standing(others: Others) -> str:
    said = []
    if others.waiting:
        many = "reviewer has" if others.waiting == 1 else "reviewers have"
        said.append(f"{others.waiting} {many} not locked yet.")
    if others.abstained:
        said.append(f"{others.abstained} abstained.")
    if not others.marks and not said:
        said.append("Nobody else was given this candidate.")
    return " ".join(said)


def _notes(rubric: Rubric, others: Others) -> None:
    for name, marks in others.marks:
        with st.expander(f"{name}'s notes"):
            st.markdown(
                "\n".join(
                    f"- {plain(one.label)}: {plain(marks[one.key].note)}"
                    for one in rubric.criteria
                    if one.key in marks and marks[one.key].note
                )
                or "No notes."
            )
