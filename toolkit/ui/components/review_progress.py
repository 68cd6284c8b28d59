"""How far each reviewer is."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from toolkit.store.panel import Progress
from toolkit.ui.components.table import table


def progress_sentence(progress: Sequence[Progress]) -> str:
    """How much of the work is done, and who is waited for."""
    given = sum(one.given for one in progress)
    done = sum(one.done + one.abstained for one in progress)
    if done == given:
        return f"All {given:,} reviews are in."
    waited = [one.name for one in progress if one.done + one.abstained < one.given]
    named = " and ".join([", ".join(waited[:-1]), waited[-1]]) if len(waited) > 1 else waited[0]
    if len(waited) > 4:
        named = f"{len(waited)} reviewers"
    return f"{done:,} of {given:,} reviews are in; {named} still to come."


def progress_table(progress: Sequence[Progress]) -> None:
    """A row a reviewer."""
    frame = pd.DataFrame(
        {
            "Reviewer": [one.name for one in progress],
            "Handed out": [one.given for one in progress],
            "Locked": [one.done for one in progress],
            "Abstained": [one.abstained for one in progress],
            "Taken away": [one.taken_away for one in progress],
            "Minutes": [one.minutes for one in progress],
        }
    )
    table(
        frame,
        key="progress",
        file_name="progress.csv",
        says="How far each reviewer is.",
        columns={"Minutes": st.column_config.NumberColumn(format="%.0f")},
    )


def reviews_to_take_back(progress: Sequence[Progress]) -> str | None:
    """Whose open reviews are to be taken back.

    Returns
    -------
    str or None
        The reviewer's key, on the run in which it was asked for.
    """
    waited = {one.reviewer: one for one in progress if one.done + one.abstained < one.given}
    if not waited:
        return None
    with st.expander("A reviewer cannot go on"):
        st.markdown(
            "What they have not locked is taken back, and does not count. Hand out reviews again "
            "then: others get what is missing."
        )
        key = st.selectbox(
            "Who?",
            list(waited),
            index=None,
            format_func=lambda key: (
                f"{waited[key].name}, "
                f"{waited[key].given - waited[key].done - waited[key].abstained} to come"
            ),
            key="take-back-from",
        )
        if st.button("Take their open reviews back", key="take-back", disabled=key is None):
            return key
    return None
