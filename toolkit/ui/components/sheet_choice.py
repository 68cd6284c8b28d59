"""Whose sheets are made: those taken forward, everyone, or chosen ones."""

from __future__ import annotations

import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.ui.components.candidate_picker import LISTED_AT_MOST, candidate_label

_SELECTED, _ALL, _CHOSEN = "Those taken forward", "Everyone", "Some that I choose"


def sheet_choice(cohort: Cohort, decisions: Decisions) -> tuple[str, ...]:
    """Codes of the candidates whose sheets are wanted, in the order of the upload.

    Parameters
    ----------
    cohort : Cohort
        For codes and names.
    decisions : Decisions
        Of the screen in use.
    """
    taken = decisions.selected_ids
    labels = {
        _SELECTED: f"{_SELECTED} ({len(taken):,})",
        _ALL: f"{_ALL} ({len(cohort):,})",
        _CHOSEN: _CHOSEN,
    }
    who = st.radio(
        "Whose sheets",
        list(labels),
        format_func=labels.__getitem__,
        key="sheets-who",
        horizontal=True,
        persist_state="session",
    )
    everyone = [str(one) for one in cohort.candidate_ids]
    if who == _ALL:
        return tuple(everyone)
    if who == _SELECTED:
        return tuple(str(one) for one in taken)
    chosen = st.multiselect(
        "Candidates",
        everyone[:LISTED_AT_MOST],
        format_func=lambda one: candidate_label(cohort, one),
        key="sheets-chosen",
        placeholder="Type a part of the code or the name",
    )
    return tuple(one for one in everyone if one in set(chosen))
