"""One candidate's explanation as sentences, as a file, and to copy."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from toolkit.cli.output import json_text
from toolkit.influence.explanation import Explanation
from toolkit.influence.explanation_wording import sentences
from toolkit.ui.components.table import table_download
from toolkit.ui.plain_text import plain


def sentence_list(said: Sequence[str]) -> None:
    """Sentences one below the other; uploaded text in them is made plain."""
    if said:
        st.markdown("\n".join(f"- {plain(one)}" for one in said))


def explanation_to_copy(found: Explanation) -> None:
    """The whole explanation as text that can be copied with one click, folded."""
    with st.expander("All of it in words, to hand on"):
        st.code("\n".join(sentences(found)), language=None, wrap_lines=True)


def explanation_downloads(found: Explanation, file_name: str) -> None:
    """Buttons that download the explanation as JSON and its signals as CSV.

    Parameters
    ----------
    found : Explanation
    file_name : str
        Without its ending.
    """
    with st.container(horizontal=True):
        # Built on the click: addresses of files that lie ready need no login.
        st.download_button(
            "Download as JSON",
            data=lambda: json_text(found.to_dict()).encode(),
            file_name=f"{file_name}.json",
            mime="application/json",
            key="explanation-json",
            on_click="ignore",
        )
        table_download(
            lambda: explanation_frame(found), key="explanation", file_name=f"{file_name}.csv"
        )


def explanation_frame(found: Explanation) -> pd.DataFrame:
    """One row a signal, unrounded."""
    rows = []
    for one in found.signals:
        figures = {name: value for name, value in vars(one).items() if name != "effort"}
        amount = None if one.effort is None else one.effort.amount
        unit = None if one.effort is None else one.effort.unit
        rows.append(
            {"candidate_id": found.candidate_id, **figures, "effort": amount, "effort_unit": unit}
        )
    return pd.DataFrame(rows)
