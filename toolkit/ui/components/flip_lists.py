"""Who gains and who loses by a signal, by name."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.ui.components.candidate_picker import candidate_label
from toolkit.ui.components.removal_picker import Taken
from toolkit.ui.components.table import table
from toolkit.ui.plain_text import plain

#: Longer lists are folded beyond this.
NAMED_AT_ONCE = 8


def flip_lists(cohort: Cohort, present: Decisions, taken: Taken) -> None:
    """Two lists: taken forward only because of the signal, and left out because of it.

    Parameters
    ----------
    cohort : Cohort
        For names.
    present : Decisions
        Of the screen as it is.
    taken : Taken
        What was taken away.
    """
    left, right = st.columns(2)
    name = plain(taken.name)
    with left:
        st.subheader(f"Taken forward only because of {name}", anchor=False)
        _one_list(cohort, present, taken, taken.change.gained, "gained")
    with right:
        st.subheader(f"Left out because of {name}", anchor=False)
        _one_list(cohort, present, taken, taken.change.lost, "lost")


def flip_frame(
    cohort: Cohort, present: Decisions, without: Decisions, ids: Sequence[str]
) -> pd.DataFrame:
    """Candidates with their rank with and without, best first.

    Parameters
    ----------
    cohort : Cohort
        For names.
    present, without : Decisions
        On this cohort.
    ids : sequence of str
        The candidates to list.

    Returns
    -------
    DataFrame
        ``Candidate``, ``Name`` where names were uploaded, ``Rank as it is``, ``Rank
        without``; no rank where a gate rules the candidate out.
    """
    rows = cohort.candidate_ids.get_indexer(pd.Index(ids))
    columns: dict[str, object] = {"Candidate": [str(one) for one in ids]}
    if "name" in cohort.candidates.columns:
        columns["Name"] = cohort.candidates["name"].iloc[rows].to_numpy()
    columns["Rank as it is"] = present.rank[rows]
    columns["Rank without"] = without.rank[rows]
    frame = pd.DataFrame(columns)
    best = frame[["Rank as it is", "Rank without"]].min(axis=1)
    return frame.iloc[best.argsort(kind="stable")].reset_index(drop=True)


def _one_list(
    cohort: Cohort, present: Decisions, taken: Taken, ids: Sequence[str], side: str
) -> None:
    if not ids:
        st.markdown("Nobody.")
        return
    frame = flip_frame(cohort, present, taken.without, ids)
    named = frame["Candidate"].head(NAMED_AT_ONCE)
    st.markdown("\n".join(f"- {plain(candidate_label(cohort, one))}" for one in named))
    more = len(frame) - len(named)
    with st.expander(f"And {more:,} more, with ranks" if more else "With ranks"):
        table(
            frame,
            key=f"flips-{side}",
            file_name=f"{side}.csv",
            says=f"Candidates with their rank as it is and without {taken.name}",
            columns={
                "Rank as it is": st.column_config.NumberColumn(format="%d"),
                "Rank without": st.column_config.NumberColumn(format="%d"),
            },
        )
