"""What a blinded copy lacks, for whoever hands it out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from toolkit.review.blinding.blind import Removal
from toolkit.ui.components.table import table


def removal_table(removals: Sequence[Removal], key: str) -> None:
    """A row for each thing that was taken out, with its words.

    Parameters
    ----------
    removals : sequence of Removal
    key : str
        Unique on the page.
    """
    if not removals:
        st.markdown("Nothing was taken out.")
        return
    table(
        pd.DataFrame(
            {
                "What": [one.kind for one in removals],
                "Words": [one.words for one in removals],
                "Place": [one.place for one in removals],
            }
        ),
        key=f"{key}-removed",
        file_name="taken-out.csv",
        says="Each thing that was taken out, with its words and place",
        columns={"Words": st.column_config.TextColumn(width="large")},
    )
