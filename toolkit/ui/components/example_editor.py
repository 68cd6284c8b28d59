"""Writing the reference example: a piece of work, and what was agreed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from toolkit.review.rubric import LEVELS, Rubric
from toolkit.store.references import AgreedLevel, Example
from toolkit.ui.plain_text import plain


@dataclass(frozen=True)
class WrittenExample:
    """An example as it was written.

    Parameters
    ----------
    title, content : str
    agreed : mapping of str to AgreedLevel
        By criterion; those that were rated.
    """

    title: str
    content: str
    agreed: Mapping[str, AgreedLevel]


def example_editor(rubric: Rubric, kept: Example | None) -> WrittenExample | None:
    """Write an example.

    Parameters
    ----------
    rubric : Rubric
        Whose criteria it is rated on.
    kept : Example or None
        As it is kept now.

    Returns
    -------
    WrittenExample or None
        On the run in which it is to be kept.
    """
    with st.form(f"example-{kept.key if kept else 'new'}", border=False):
        title = st.text_input("Title of the example", kept.title if kept else "")
        content = st.text_area(
            "The piece of work, free of names", kept.content if kept else "", height=200
        )
        agreed = {}
        for criterion in rubric.criteria:
            before = kept.agreed.get(criterion.key) if kept else None
            st.markdown(f"**{plain(criterion.label)}**: {plain(criterion.definition)}")
            rating = st.segmented_control(
                f"Agreed rating of {plain(criterion.label)}",
                LEVELS,
                default=before.rating if before else None,
                format_func=str,
                key=f"example-rating-{criterion.key}",
                label_visibility="collapsed",
            )
            why = st.text_input(
                f"What the rating of {plain(criterion.label)} rests on",
                before.why if before else "",
                key=f"example-why-{criterion.key}",
            )
            if rating is not None:
                agreed[criterion.key] = AgreedLevel(rating, why)
        asked = st.form_submit_button("Keep the example")
    return WrittenExample(title, content, agreed) if asked else None
