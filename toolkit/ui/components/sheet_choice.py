"""Whose sheets are made: those taken forward, everyone, or chosen ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.sheets.person_decision import PersonDecision, taken_forward
from toolkit.ui.components.candidate_picker import LISTED_AT_MOST, candidate_label

_SELECTED, _ALL, _CHOSEN = "Those taken forward", "Everyone", "Some that I choose"


def sheet_choice(
    cohort: Cohort, decisions: Decisions, people: Mapping[str, PersonDecision]
) -> tuple[str, ...]:
    """Codes of the candidates whose sheets are wanted, in the order of the upload.

    Parameters
    ----------
    cohort : Cohort
        For codes and names.
    decisions : Decisions
        Of the screen in use.
    people : mapping of str to PersonDecision
        What people decided, by code; the screen's decision stands where nobody has.
    """
    everyone = [str(one) for one in cohort.candidate_ids]
    taken = taken_forward(everyone, decisions.selected.tolist(), people)
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
    if who == _SELECTED and people:
        _say_who(everyone, taken, decisions, people)
    if who == _ALL:
        return tuple(everyone)
    if who == _SELECTED:
        return taken
    chosen = st.multiselect(
        "Candidates",
        everyone[:LISTED_AT_MOST],
        format_func=lambda one: candidate_label(cohort, one),
        key="sheets-chosen",
        placeholder="Type a part of the code or the name",
    )
    return tuple(one for one in everyone if one in set(chosen))


def _say_who(
    everyone: Sequence[str],
    taken: Sequence[str],
    decisions: Decisions,
    people: Mapping[str, PersonDecision],
) -> None:
    """Whose decision counts, beside what the screen alone would do."""
    by_screen = {str(one) for one in decisions.selected_ids}
    both = sum(one in by_screen for one in taken)
    undecided = sum(one not in people for one in everyone)
    rest = (
        f" Nobody has decided about {undecided:,} yet: for them the screen's decision stands."
        if undecided
        else ""
    )
    st.caption(
        f"As people decided. The screen alone takes {len(by_screen):,}, {both:,} of them the "
        f"same.{rest}"
    )
