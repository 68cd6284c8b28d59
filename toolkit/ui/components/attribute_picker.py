"""Choose the group columns that are looked at."""

from __future__ import annotations

import streamlit as st

from toolkit.intake.cohort import Cohort

#: Columns looked at unless others are chosen: each more splits the intersection further.
CHOSEN_AT_FIRST = 2
#: What is said of several columns where their intersection stands beside them.
_INTERSECTION = "With several, their intersection is shown too; each more makes its groups smaller."


def attribute_picker(cohort: Cohort, key: str, words: str = _INTERSECTION) -> tuple[str, ...]:
    """The chosen group columns, in the order of the upload.

    Parameters
    ----------
    cohort : Cohort
        With group columns.
    key : str
        Content hash of the cohort.
    words : str
        What choosing several means here.
    """
    names = [str(name) for name in cohort.groups.columns]
    if len(names) == 1:
        return (names[0],)
    chosen = st.pills(
        "Group columns",
        names,
        selection_mode="multi",
        default=names[:CHOSEN_AT_FIRST],
        key=f"attributes-{key[:16]}",
        persist_state="session",
        help=words,
    )
    return tuple(name for name in names if name in chosen)
