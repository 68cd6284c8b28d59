"""The reference example: rated first, then set beside what was agreed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.review.rubric import LEVELS, Rubric
from toolkit.store.references import Feedback
from toolkit.store.reviewing import ExampleToRate
from toolkit.ui.components.long_text import long_text
from toolkit.ui.plain_text import plain


def example_form(example: ExampleToRate, rubric: Rubric) -> dict[str, int] | None:
    """Rate the example on every criterion.

    Returns
    -------
    dict of str to int or None
        Ratings by criterion once they were handed in.
    """
    with st.container(border=True):
        st.subheader(plain(example.title), anchor=False)
        long_text(example.content)
    # Together, since the agreed ratings are shown together.
    with st.form("example", border=False):
        given = {
            criterion.key: st.radio(
                plain(criterion.label),
                LEVELS,
                index=None,
                format_func=str,
                captions=[plain(criterion.anchor(level)) for level in LEVELS],
                help=plain(criterion.definition),
                key=f"example-{example.key}-{criterion.key}",
            )
            for criterion in rubric.criteria
        }
        if not st.form_submit_button("Compare with the agreed ratings", type="primary"):
            return None
    missing = [one.label for one in rubric.criteria if given[one.key] is None]
    if missing:
        st.warning(f"Not rated yet: {plain(', '.join(missing))}.")
        return None
    return {name: level for name, level in given.items() if level is not None}


def example_feedback(title: str, said: Sequence[Feedback], rubric: Rubric) -> None:
    """Own ratings of the example beside the agreed ones, with what those rest on."""
    st.markdown(f"**{plain(title)}**")
    st.markdown(
        "\n".join(
            f"- {plain(rubric.criterion(one.criterion).label)}: {one.sentence} {plain(one.why)}"
            for one in said
        )
    )
