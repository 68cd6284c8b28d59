"""How many ordinary candidates may be suspected by mistake."""

from __future__ import annotations

import streamlit as st

RATES = (0.01, 0.02, 0.05, 0.1, 0.2)


def rate_picker(present: float) -> float:
    """Choose the false-flag rate of all detectors together.

    Parameters
    ----------
    present : float
        The rate in use.

    Returns
    -------
    float
    """
    choices = sorted({*RATES, present})
    chosen = st.select_slider(
        "Ordinary candidates who may be suspected by mistake",
        choices,
        value=present,
        format_func=lambda rate: f"{rate:.0%}",
        help="The operating points are set so that all detectors together suspect about this "
        "share of ordinary candidates. A smaller share suspects fewer, and misses more.",
    )
    return float(chosen)
