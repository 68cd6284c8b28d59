"""Stress as tables: rescaling, noise, bought followers, scores gone missing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from toolkit.influence.campaign import Campaign
from toolkit.influence.noise import Redrawn
from toolkit.influence.rescale import Rescaled
from toolkit.influence.stress import Absence, Stress
from toolkit.influence.wording import quantity
from toolkit.intake.cohort import Cohort
from toolkit.scores.rescaling_text import rescaling_in_words
from toolkit.screening.decisions import Decisions
from toolkit.sentence import listed
from toolkit.ui.components.candidate_picker import candidate_label
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.components.table import table, table_download
from toolkit.ui.plain_text import plain

#: Candidates named in a cell; the downloaded file names all of them.
NAMED = 4
_DASH = "–"
_SUPPOSED = "yours, supposed"
#: A hyphen at which no line is broken.
_UNBROKEN = "\u2011"


def rescale_table(cohort: Cohort, found: Sequence[Rescaled]) -> None:
    """One row a change on record, with the threshold left and with it moved.

    Parameters
    ----------
    cohort : Cohort
        For names.
    found : sequence of Rescaled
        At least one.
    """
    gated = {one.signal for one in found if one.threshold_moved}
    rows = [
        {
            "Score": plain(signal_name(cohort, one.signal)),
            "When": plain(one.rescaling.date.replace("-", _UNBROKEN)) or _SUPPOSED,
            "Change": plain(rescaling_in_words(one.rescaling)),
            "Threshold": "moves along"
            if one.threshold_moved
            else "stays"
            if one.signal in gated
            else "none",
            "Flips": f"{one.change.flips:,}",
            "Would lose a place": _names(cohort, one.change.gained),
            "Would win a place": _names(cohort, one.change.lost),
            "Met the end of the scale": f"{one.clipped:,}",
        }
        for one in found
    ]
    with st.container(key="rescale-figures"):
        st.table(pd.DataFrame(rows), hide_index=True, alt="Changes on record and whom they move")
    on_record = {(one.signal, one.rescaling.date): one for one in found if one.rescaling.date}
    for one in on_record.values():
        source = f" Source: {plain(one.rescaling.source)}." if one.rescaling.source else ""
        st.caption(f"{plain(one.rescaling.date)}: {plain(one.rescaling.note)}{source}")
    table_download(
        lambda: pd.DataFrame(
            [
                one.to_dict()
                | {
                    "losing_a_place": "; ".join(one.change.gained),
                    "winning_a_place": "; ".join(one.change.lost),
                }
                for one in found
            ]
        ),
        key="rescale",
        file_name="the-provider-rescales.csv",
    )


def noise_table(cohort: Cohort, found: Stress) -> None:
    """Every candidate's share of the draws with its 95 % interval, nearest to one half first."""
    whole = noise_frame(cohort, found)
    percent = st.column_config.NumberColumn(format="percent")
    table(
        whole,
        key="noise",
        file_name="measured-again.csv",
        says="Candidates with the share of draws in which they are selected",
        columns=dict.fromkeys(("Selected in", "From", "To"), percent),
    )


def noise_frame(cohort: Cohort, found: Stress) -> pd.DataFrame:
    """One row a candidate, those nearest to one half first."""
    decisions, noise = found.decisions, found.noise
    columns: dict[str, object] = {"Candidate": [str(one) for one in decisions.candidate_ids]}
    if "name" in cohort.candidates.columns:
        columns["Name"] = cohort.candidates["name"].to_numpy()
    columns["Decision"] = np.where(decisions.selected, "selected", "not selected")
    columns["Selected in"] = noise.selected_share
    columns["From"], columns["To"] = noise.interval
    columns["Too close to call"] = np.where(noise.too_close_to_call, "yes", "no")
    order = np.lexsort((decisions.rank, np.abs(noise.selected_share - 0.5)))
    return pd.DataFrame(columns).iloc[order].reset_index(drop=True)


def campaign_table(cohort: Cohort, campaign: Campaign) -> None:
    """Who could buy a place, with what their scores would rise by.

    Parameters
    ----------
    cohort : Cohort
    campaign : Campaign
        That buys at least one place.
    """
    table(
        campaign_frame(cohort, campaign),
        key="campaign",
        file_name="bought-followers.csv",
        says="Candidates who could buy a place, and by how much each score would rise",
    )


def campaign_frame(cohort: Cohort, campaign: Campaign) -> pd.DataFrame:
    """One row a candidate who could buy a place."""
    rows = cohort.candidate_ids.get_indexer(pd.Index(campaign.buys_a_place))
    columns: dict[str, object] = {"Candidate": [str(one) for one in campaign.buys_a_place]}
    if "name" in cohort.candidates.columns:
        columns["Name"] = cohort.candidates["name"].iloc[rows].to_numpy()
    for signal, rise in campaign.moved.items():
        label, decimals = signal_name(cohort, signal), cohort.about[signal].decimals
        columns[f"{label} now"] = cohort.signals[signal].to_numpy(dtype=np.float64)[rows]
        columns[f"{label} would rise by"] = np.round(rise[rows], decimals)
    return pd.DataFrame(columns)


def buyers_first(decisions: Decisions, campaign: Campaign) -> list[str]:
    """All candidates, those who could buy a place first, then those not selected, by rank."""
    ids = decisions.candidate_ids
    buys = np.isin(ids.astype(str), np.array(campaign.buys_a_place, dtype=str))
    rank = np.nan_to_num(decisions.rank, nan=np.inf)
    return [str(one) for one in ids[np.lexsort((rank, decisions.selected, ~buys))]]


def absence_table(cohort: Cohort, found: Sequence[Absence]) -> None:
    """One row a score: what changes if it goes missing at random, or with the profile."""
    rows = []
    for one in found:
        profile = one.without_profile
        rows.append(
            {
                "Score": plain(signal_name(cohort, one.signal)),
                "Decisions that would change": _on_average(one.at_random),
                "Missing for all without a known account": _DASH
                if profile is None
                else f"{profile.flips:,}",
                "Would then lose a place": _DASH
                if profile is None
                else _names(cohort, profile.gained),
                "Would then win a place": _DASH
                if profile is None
                else _names(cohort, profile.lost),
            }
        )
    with st.container(key="absence-figures"):
        st.table(pd.DataFrame(rows), hide_index=True, alt="What changes if a score goes missing")


def _on_average(found: Redrawn) -> str:
    low, high = found.expected_flips_interval
    return (
        f"{quantity(found.expected_flips, 1)} on average "
        f"({quantity(low, 1)} to {quantity(high, 1)})"
    )


def _names(cohort: Cohort, ids: Sequence[str]) -> str:
    if not ids:
        return "nobody"
    named = [plain(candidate_label(cohort, str(one))) for one in ids[:NAMED]]
    more = len(ids) - len(named)
    return listed([*named, f"{more:,} more"] if more else named)
