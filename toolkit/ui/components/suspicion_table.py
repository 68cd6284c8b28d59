"""Every candidate with what each detector says, the most suspected first."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from toolkit.inflation.inflation import Inflation
from toolkit.inflation.wording import TITLES
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.ui.components.detector_picture import by_suspicion
from toolkit.ui.components.table import table, table_download


def suspicion_table(cohort: Cohort, found: Inflation, decisions: Decisions | None) -> None:
    """The figures, and the reasons of those suspected as a file.

    Parameters
    ----------
    cohort : Cohort
        For names.
    found : Inflation
        On this cohort.
    decisions : Decisions, optional
        Of the screen in use, if there is one.
    """
    percent = st.column_config.NumberColumn(
        format="%.0f %%", help="Probability; empty where there were not enough facts"
    )
    whole = suspicion_frame(cohort, found, decisions)
    shown = whole.copy()
    shown[list(TITLES.values())] *= 100
    table(
        shown,
        download=whole,
        key="suspicion",
        file_name="inflated-scores.csv",
        says="Candidates with the probability that each detector gives",
        columns=dict.fromkeys(TITLES.values(), percent),
    )
    if found.flagged.any():
        table_download(
            lambda: reasons_frame(found),
            key="reasons",
            file_name="reasons.csv",
            label="Download the reasons as CSV",
        )


def suspicion_frame(cohort: Cohort, found: Inflation, decisions: Decisions | None) -> pd.DataFrame:
    """One row a candidate, the most suspected first; no figure where facts were lacking."""
    order = found.candidate_ids.get_indexer(pd.Index(by_suspicion(found)))
    columns: dict[str, object] = {"Candidate": found.candidate_ids.astype(str)}
    if "name" in cohort.candidates.columns:
        columns["Name"] = cohort.candidates["name"].to_numpy()
    words = np.where(found.flagged, "suspected", "not suspected").astype(object)
    words[np.isnan(found.suspicion)] = "not enough facts"
    columns["Inflation"] = words
    if decisions is not None:
        columns["Decision"] = np.where(decisions.selected, "Selected", "Not selected")
    for name, finding in found.findings.items():
        columns[TITLES[name]] = finding.probability
    return pd.DataFrame(columns).iloc[order].reset_index(drop=True)


def reasons_frame(found: Inflation) -> pd.DataFrame:
    """One row a reason of those suspected."""
    rows = []
    for one in found.flagged_ids:
        evidence = found.of(one)
        for kind, sentences in (
            ("speaks for it", evidence.reasons),
            ("speaks against it", evidence.against),
            ("would change it", evidence.would_change),
        ):
            rows += [{"Candidate": one, "Kind": kind, "In words": text} for text in sentences]
    return pd.DataFrame(rows, columns=["Candidate", "Kind", "In words"])
