"""Recheck a published table: which of its figures do not follow from the others?"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from toolkit.fairness.published_table import is_published, published_columns
from toolkit.fairness.recheck import Recheck
from toolkit.fairness.recheck_wording import recheck_sentence
from toolkit.intake.raw_table import RawTable
from toolkit.sheets.documents import typeset_document
from toolkit.sheets.recheck_sheet import recheck_sheet
from toolkit.sheets.recheck_workbook import recheck_workbook
from toolkit.ui import places
from toolkit.ui.components.column_choice import column_choice
from toolkit.ui.components.download import download
from toolkit.ui.components.formula import formula
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.look_fields import look_fields
from toolkit.ui.components.pasted_table import pasted_tables
from toolkit.ui.components.recheck_tables import disagreement_table, recomputed_table
from toolkit.ui.components.table import table_download
from toolkit.ui.faults import shown_in_place
from toolkit.ui.plain_text import plain
from toolkit.ui.state import content_hash, workspace
from toolkit.ui.table_results import rechecked

_WHAT_FOR = (
    "Paste a table of rates and impact ratios. Every figure is recomputed from the others, to the "
    "digits that were printed."
)
_EXAMPLE = "group,n,selected,rate,impact_ratio\nMale,92,50,54.3%,1.00\nFemale,76,34,44.7%,0.82"
_WANTED = {
    "group": "Groups",
    "n": "People",
    "selected": "Selected",
    "rate": "Rate",
    "impact_ratio": "Impact ratio",
    "table": "Which table",
}


def page() -> None:
    """Draw the page."""
    heading(places.RECHECK.title)
    said = st.container()
    work = workspace()
    with shown_in_place():
        tables = pasted_tables(
            "recheck",
            "Paste the table",
            _EXAMPLE,
            "A row a group, with headers. Of people, selected, rate and ratio any may be missing. "
            "Several tables may follow each other, each with its headers.",
        )
        if not tables:
            with said:
                lead_sentence(_WHAT_FOR)
            return
        fitting = [one for one in tables if is_published(list(one.frame.columns))]
        columns = {} if len(fitting) > 1 else _columns((fitting or tables)[0])
        found = rechecked(work, fitting or tables[:1], columns)
        with said:
            lead_sentence(recheck_sentence(found))
        _shown(found, columns)


def _columns(table: RawTable) -> dict[str, str | None]:
    """The columns that were recognised, which a person may correct."""
    names = [str(column) for column in table.frame.columns]
    known = published_columns(names) if is_published(names) else {}
    with st.expander("Which column is which", expanded=not known):
        chosen = column_choice(
            names, _WANTED, known, key=f"recheck-{content_hash(names)[:16]}", needed=["group"]
        )
    return {name: chosen.get(name) for name in _WANTED}


def _shown(found: Recheck, columns: Mapping[str, str | None]) -> None:
    for remark in found.remarks:
        st.markdown(plain(remark))
    if found.disagreements:
        section(
            "What does not agree",
            "Each of these does not follow from the rest of the table. The cause would explain it; "
            "it is not proof, and the mistake may be in another figure.",
        )
        disagreement_table(found)
    section("Every row, recomputed")
    recomputed_table(found)
    formula(
        "A figure printed as 0.82 stands for anything from 0.815 to 0.825. Counts are exact. From "
        "rates alone a ratio can lie anywhere between the smallest and the largest that they leave "
        "open. The referent is the group with the highest rate among those compared.",
        r"\frac{r_g - \varepsilon_g}{r_h + \varepsilon_h} \;\le\; \text{impact ratio} \;\le\; "
        r"\frac{r_g + \varepsilon_g}{r_h - \varepsilon_h}",
        title="How it is recomputed",
    )
    section("Take it with you")
    look = look_fields()
    with st.container(horizontal=True):
        download(
            "Download as PDF",
            "recheck.pdf",
            lambda: typeset_document(recheck_sheet(found, columns=columns), look).pdf,
            key="recheck-pdf",
        )
        download(
            "Download as workbook",
            "recheck.xlsx",
            lambda: recheck_workbook(found),
            key="recheck-xlsx",
        )
        table_download(
            pd.DataFrame([one.to_dict() for one in found.disagreements]),
            key="recheck-csv",
            file_name="disagreements.csv",
            label="Download the disagreements as CSV",
            workbook=False,
        )
