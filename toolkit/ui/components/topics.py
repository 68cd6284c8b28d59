"""What scores credit candidates with, beside what the post asks for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from toolkit.inflation.topics import TopicMatch
from toolkit.intake.cohort import Cohort
from toolkit.ui.components.candidate_picker import candidate_label
from toolkit.ui.components.table import table


def criteria_field(present: str) -> str:
    """What the post asks for, as the user writes it."""
    return st.text_area(
        "What the post asks for",
        present,
        placeholder="Plans and runs social media campaigns. Writes copy that people read.",
        help="A line or a sentence for each thing. Topics that scores credit are compared with it.",
    )


def topics_found(cohort: Cohort, found: TopicMatch) -> None:
    """Who is credited with nothing that the post asks for.

    Parameters
    ----------
    cohort : Cohort
        For names.
    found : TopicMatch
        On this cohort.
    """
    frame = topics_frame(cohort, found)
    n = len(frame)
    people = "candidate is" if n == 1 else "candidates are"
    st.markdown(
        f"{n:,} {people} credited with nothing that the post asks for. That says nothing about "
        "inflation; it is a reason not to read the score as evidence for this work."
        if n
        else "Everybody whose topics are known is credited with something that the post asks for."
    )
    if n:
        table(
            frame,
            key="topics",
            file_name="topics.csv",
            says="Candidates whose topics have nothing to do with the criteria",
        )


def topics_frame(cohort: Cohort, found: TopicMatch) -> pd.DataFrame:
    """One row a candidate whose topics are all unrelated."""
    rows = []
    for place in np.flatnonzero(found.mismatch):
        topics = found.of(int(place))
        assert topics is not None
        rows.append((candidate_label(cohort, str(cohort.ids[place])), topics.sentence))
    return pd.DataFrame(rows, columns=["Candidate", "In words"])
