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
