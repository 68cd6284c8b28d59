"""Every candidate with decision, rank and composite."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from toolkit.arrays import Bools
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.components.table import table


def decision_table(cohort: Cohort, decisions: Decisions, key: str = "decisions") -> None:
    """The candidates, best first; those ruled out last.

    Parameters
    ----------
    cohort : Cohort
        For names and labels.
    decisions : Decisions
        Of a screen on this cohort.
    key : str
        Unique on the page.
    """
    shown = decision_frame(cohort, decisions)
    table(
        shown,
        key=key,
        file_name="decisions.csv",
        says="Candidates with decision, rank and composite",
        columns={
            "Rank": st.column_config.NumberColumn(format="%d"),
            "Composite": st.column_config.NumberColumn(
                format="%.3f", help="Weighted sum of the scaled signals"
            ),
            "Note": st.column_config.TextColumn(width="large"),
        },
    )


def decision_frame(cohort: Cohort, decisions: Decisions) -> pd.DataFrame:
    """One row a candidate, sorted by rank, with what there is to note in words.

    Parameters
    ----------
    cohort : Cohort
        For names and labels.
    decisions : Decisions
        Of a screen on this cohort.

    Returns
    -------
    DataFrame
        ``Candidate``, ``Name`` where names were uploaded, ``Decision``, ``Rank``,
        ``Composite``, ``Note``.
    """
    columns: dict[str, object] = {"Candidate": decisions.candidate_ids.astype(str)}
    if "name" in cohort.candidates.columns:
        columns["Name"] = cohort.candidates["name"].to_numpy()
    columns["Decision"] = np.where(decisions.selected, "Selected", "Not selected")
    columns["Rank"] = decisions.rank
    columns["Composite"] = np.where(decisions.eligible, decisions.composite, np.nan)
    columns["Note"] = _notes(cohort, decisions)
    return pd.DataFrame(columns).sort_values("Rank", kind="stable", ignore_index=True)


def _notes(cohort: Cohort, decisions: Decisions) -> pd.Series[str]:
    notes = np.full(len(decisions.candidate_ids), "", dtype=object)
    for gate, passed in zip(decisions.screen.gates, decisions.passed, strict=True):
        label = signal_name(cohort, gate.signal)
        _add(notes, ~passed, f"gate not met: {str(gate).replace(gate.signal, label, 1)}")
    for signal, lacking in decisions.missing.items():
        _add(notes, lacking, f"no value for {signal_name(cohort, signal)}")
    _add(notes, decisions.tied_at_cut, "tied at the cut")
    return pd.Series(notes, dtype="str")


def _add(notes: npt.NDArray[np.object_], where: Bools, words: str) -> None:
    before = notes[where]
    notes[where] = np.where(before == "", words, before + "; " + words)
