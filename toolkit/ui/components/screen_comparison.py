"""Two screens side by side: who is in one and not in the other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from toolkit.arrays import Bools
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.ui.components.decision_table import decision_frame
from toolkit.ui.components.table import table
from toolkit.ui.plain_text import plain


def screen_comparison(cohort: Cohort, first: Decisions, second: Decisions) -> None:
    """A sentence, and the candidates on whom the two screens disagree.

    Parameters
    ----------
    cohort : Cohort
        The candidates both screens decided on.
    first, second : Decisions
        Of the two screens, in cohort order.
    """
    only_first = first.selected & ~second.selected
    only_second = second.selected & ~first.selected
    both = int(np.count_nonzero(first.selected & second.selected))
    st.markdown(
        f"**{both:,}** candidates are selected by both screens, "
        f"**{np.count_nonzero(only_first):,}** only by “{plain(first.screen.name)}” and "
        f"**{np.count_nonzero(only_second):,}** only by “{plain(second.screen.name)}”."
    )
    left, right = st.columns(2)
    with left:
        _one_side(cohort, first, only_first, "first")
    with right:
        _one_side(cohort, second, only_second, "second")


def _one_side(
    cohort: Cohort,
    decisions: Decisions,
    only_here: Bools,
    key: str,
) -> None:
    st.subheader(f"Only by {plain(decisions.screen.name)}", anchor=False)
    if not only_here.any():
        st.markdown("Nobody.")
        return
    ids = set(decisions.candidate_ids[only_here].astype(str))
    everyone: pd.DataFrame = decision_frame(cohort, decisions)
    shown = everyone[everyone["Candidate"].isin(ids)].drop(columns=["Decision", "Note"])
    table(
        shown,
        key=f"only-{key}",
        file_name=f"only-{key}.csv",
        says=f"Candidates selected only by {decisions.screen.name}",
        columns={"Composite": st.column_config.NumberColumn(format="%.3f")},
    )
