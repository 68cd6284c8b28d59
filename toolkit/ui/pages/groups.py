"""Groups: selection rates by group, and what each score does to them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.fairness.before_after import BeforeAfter
from toolkit.ui import places
from toolkit.ui.components.attribute_picker import attribute_picker
from toolkit.ui.components.before_after_picture import before_after_picture
from toolkit.ui.components.empty_state import empty_state, screen_missing
from toolkit.ui.components.group_picture import group_picture
from toolkit.ui.components.group_sentence import (
    attribute_notes,
    attribute_readings,
    impact_sentence,
)
from toolkit.ui.components.group_table import group_formulas, group_table
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.table import csv_download
from toolkit.ui.plain_text import plain
from toolkit.ui.results import AS_IT_IS, cohort_of, impacts_of, screen_of
from toolkit.ui.state import workspace


def page() -> None:
    """Draw the page."""
    heading(places.GROUPS.title)
    work = workspace()
    if screen_missing(work):
        return
    cohort = cohort_of(work)
    if cohort.groups.empty or not len(cohort.groups.columns):
        empty_state(
            "There are no group columns, so nothing can be said about groups. Add a column such "
            "as sex or age band to the file, or a table of its own with candidate codes, or mark "
            "a column as a group. Groups are kept apart from the screen and from reviewers.",
            ("Mark a column as a group", places.CANDIDATES),
        )
        return
    lead = st.container()
    attributes = attribute_picker(cohort, work.cohort_key)
    if not attributes:
        st.markdown("Choose at least one group column.")
        return
    compared = impacts_of(work, screen_of(work), attributes)
    with lead:
        lead_sentence(plain(impact_sentence(compared.impacts[AS_IT_IS])))
    _by_attribute(compared)
    group_formulas()
    _files(compared)


def _by_attribute(compared: BeforeAfter) -> None:
    impact = compared.impacts[AS_IT_IS]
    for tab, table in zip(
        st.tabs([plain(table.name) for table in impact.tables]), impact.tables, strict=True
    ):
        with tab:
            section(f"By {plain(table.name)}")
            attribute_notes(table)
            group_picture(table)
            group_table(table, impact.rules.alpha)
            attribute_readings(table)
            if len(compared.impacts) > 1:
                section(
                    "With and without each score",
                    "The same people, decided by other rules. Taking a score away changes the "
                    "rates; whether the result is just is not a number.",
                )
                before_after_picture(compared, table.name)


def _files(compared: BeforeAfter) -> None:
    section("Take the figures with you", "Counts, rates and tests by group, without any person.")
    with st.container(horizontal=True):
        csv_download(
            pd.DataFrame(compared.impacts[AS_IT_IS].rows()),
            key="groups",
            file_name="groups.csv",
            label="Download the groups as CSV",
        )
        csv_download(
            pd.DataFrame(compared.rows()),
            key="groups-compared",
            file_name="groups-with-and-without-scores.csv",
            label="Download with and without each score as CSV",
        )
