"""The work on a reviewer's desk: the task, what was handed in, and the blinded documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from toolkit.store.reviewing import Review, SeenSubmission
from toolkit.store.submissions import Kind
from toolkit.ui.components.long_text import long_text
from toolkit.ui.plain_text import plain


def work_to_review(review: Review, file_of: Callable[[SeenSubmission], bytes]) -> None:
    """Show what the reviewer judges.

    Parameters
    ----------
    review : Review
    file_of : callable
        Fetches a submitted file, on the click.
    """
    for task in review.tasks:
        with st.expander(f"Task: {plain(task.task.name)}"):
            long_text(task.task.handout())
    for one in review.submissions:
        st.subheader(f"Handed in: {plain(one.task.task.name)}", anchor=False)
        if not one.content:
            st.markdown(
                "It is not open to reviewers yet: somebody has to make sure first that it does "
                "not say whose it is."
            )
        elif one.kind is Kind.FILE:
            st.download_button(
                f"Open {one.content}",
                data=partial(file_of, one),
                file_name=one.content,
                key=f"file-{one.key}",
                on_click="ignore",
            )
        elif one.kind is Kind.LINK:
            st.code(one.content, language=None)
        else:
            with st.container(border=True, key=f"text-{one.key}"):
                long_text(one.content)
