"""What was found about inflated scores, in sentences."""

from __future__ import annotations

import numpy as np
import streamlit as st

from toolkit.inflation.inflation import Inflation
from toolkit.inflation.wording import CAUTION, TITLES
from toolkit.influence.wording import in_words
from toolkit.screening.decisions import Decisions
from toolkit.ui.plain_text import plain


def inflation_sentence(found: Inflation, decisions: Decisions | None) -> str:
    """The one sentence that the page opens with.

    Parameters
    ----------
    found : Inflation
        On the session's candidates.
    decisions : Decisions, optional
        Of the screen in use, if there is one.
    """
    n, flagged = len(found.suspicion), int(np.count_nonzero(found.flagged))
    silent = int(np.count_nonzero(np.isnan(found.suspicion)))
    if silent == n:
        return "There are not enough facts to say whether any score is inflated."
    if not flagged:
        said = f"No score of these {n:,} candidates is suspected to be inflated."
    else:
        said = f"Inflation is suspected for {flagged:,} of {n:,} candidates"
        if decisions is not None:
            forward = int(np.count_nonzero(found.flagged & decisions.selected))
            said += f"; {in_words(forward) if forward else 'none'} of them " + (
                "is taken forward" if forward == 1 else "are taken forward"
            )
        said += "."
    if silent:
        said += (
            f" For {silent:,} there are not enough facts to say anything, which is not a clean "
            "bill."
        )
    return said


def inflation_caution(found: Inflation) -> None:
    """What a suspicion is and is not, and how often it would meet ordinary accounts."""
    st.caption(
        f"{CAUTION} The detectors are set so that together they suspect at most "
        f"{found.false_flag_rate:.0%} of ordinary candidates. The figure is not the chance that "
        "anything was bought."
    )


def facts_wanted(found: Inflation) -> None:
    """What each detector would need, where it could judge nobody."""
    lacking = [
        f"- **{TITLES[name]}** needs {plain(finding.lacking)}."
        for name, finding in found.findings.items()
        if np.isnan(finding.probability).all()
    ]
    if not lacking:
        return
    with st.expander("What could not be looked at, and what it would need"):
        st.markdown("\n".join(lacking))
