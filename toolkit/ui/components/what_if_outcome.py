"""What a tried screen would change, beside the screen in use."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from toolkit.arrays import Bools
from toolkit.influence.influence import Influence
from toolkit.influence.wording import headline, quantity
from toolkit.intake.cohort import Cohort
from toolkit.ui.components.candidate_picker import candidate_label
from toolkit.ui.plain_text import plain

_NAMED = 6


def what_if_outcome(cohort: Cohort, present: Influence, tried: Influence) -> None:
    """The same figures for both screens, and who would come in and go out.

    Parameters
    ----------
    cohort : Cohort
        For names.
    present : Influence
        Of the screen in use.
    tried : Influence
        Of the screen that the sliders make.
    """
    now, then = present.decisions.selected, tried.decisions.selected
    with st.container(horizontal=True):
        _figure("Taken forward", int(now.sum()), int(then.sum()))
        _figure(
            "Flips by all scores", present.all_scores_removed.flips, tried.all_scores_removed.flips
        )
    st.table(outcome_frame(present, tried), hide_index=True)
    if tried is present:
        st.caption("Both columns are the same until you move a slider.")
        return
    st.markdown(plain(headline(tried)))
    st.markdown(
        f"Coming in: {_names(cohort, present, ~now & then)}  \n"
        f"Going out: {_names(cohort, present, now & ~then)}"
    )


def outcome_frame(present: Influence, tried: Influence) -> pd.DataFrame:
    """Flips by each signal, with the screen in use and with the tried one."""
    return pd.DataFrame(
        [
            {
                "Flips by": plain(signal.label),
                "Now": f"{signal.flips:,}",
                "Tried": f"{tried.signals[name].flips:,}",
                "Effective weight now": _share(signal.effective_weight),
                "Effective weight tried": _share(tried.signals[name].effective_weight),
            }
            for name, signal in present.signals.items()
        ]
    )


def _figure(label: str, now: int, then: int) -> None:
    st.metric(
        label,
        f"{then:,}",
        delta=None if now == then else f"{then - now:+,} against {now:,} now",
        delta_color="off",
    )


def _share(weight: float | None) -> str:
    return "–" if weight is None else f"{quantity(100 * weight, 0)} %"


def _names(cohort: Cohort, influence: Influence, who: Bools) -> str:
    ids = influence.decisions.candidate_ids[np.flatnonzero(who)[:_NAMED]]
    more = int(np.count_nonzero(who)) - len(ids)
    names = ", ".join(plain(candidate_label(cohort, str(one))) for one in ids)
    return (names or "nobody") + (f" and {more:,} more" if more else "") + "."
