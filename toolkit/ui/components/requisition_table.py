"""The requisitions of a team, and where each stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from toolkit.store.requisitions import Requisition
from toolkit.store.standing import Standing
from toolkit.ui.components.table import table


def requisition_table(found: Sequence[Standing], today: date) -> None:
    """A row a requisition, the newest first."""
    frame = pd.DataFrame(
        {
            "Requisition": [one.requisition.title for one in found],
            "State": [state_of(one.requisition, today) for one in found],
            "Candidates": [one.candidates for one in found],
            "Reviews done": [
                f"{one.reviews_done:,} of {one.reviews:,}" if one.reviews else None for one in found
            ],
            "Decided": [one.decided for one in found],
            "Kept until": [one.requisition.retain_until for one in found],
            "Made": [one.requisition.made_at[:10] for one in found],
        }
    )
    table(
        frame,
        key="requisitions",
        file_name="requisitions.csv",
        says="Every requisition with its candidates, reviews and decisions",
        columns={"Requisition": st.column_config.TextColumn(width="medium")},
    )


def state_of(found: Requisition, today: date) -> str:
    """What is to be known of a requisition, in a few words."""
    states = ["closed" if found.is_closed else "open"]
    if found.legal_hold:
        states.append("on legal hold")
    elif found.is_past(today):
        states.append("past its last day")
    return ", ".join(states)


def requisition_picker(found: Sequence[Standing], present: str | None) -> str | None:
    """Choose a requisition to work on; its key on the run in which it was asked for."""
    titles = {
        one.requisition.key: f"{one.requisition.title} ({one.requisition.made_at[:10]})"
        for one in found
        if one.requisition.key != present
    }
    if not titles:
        return None
    columns = st.columns([3, 1], vertical_alignment="bottom")
    with columns[0]:
        chosen = st.selectbox(
            "Work on another" if present else "Work on one",
            list(titles),
            format_func=titles.__getitem__,
            key="requisition-chosen",
        )
    with columns[1]:
        asked = st.button("Open it", key="open-requisition", type="primary", width="stretch")
    return chosen if asked else None
