"""Agreement as tables: every figure with its interval, every two reviewers."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.estimate import Estimate
from toolkit.review.agreement import AgreementOn
from toolkit.ui.components.table import table

_NAMES = {
    "ICC(A,1)": "one rating, level included",
    "ICC(A,k)": "mean rating, level included",
    "ICC(C,1)": "one rating, levels taken off",
    "ICC(C,k)": "mean rating, levels taken off",
    "ICC(1,1)": "one rating, reviewers not told apart",
    "ICC(1,k)": "mean rating, reviewers not told apart",
    "nominal": "the same or not",
    "ordinal": "by rank",
    "interval": "by distance",
    "ac1": "the same or not",
    "ac2_ordinal": "by rank",
    "ac2_quadratic": "by distance",
    "fleiss": "the same or not",
}
_FIGURES = {
    "nominal": "Krippendorff's alpha",
    "ordinal": "Krippendorff's alpha",
    "interval": "Krippendorff's alpha",
    "ac1": "Gwet's AC1",
    "ac2_ordinal": "Gwet's AC2",
    "ac2_quadratic": "Gwet's AC2",
    "fleiss": "Fleiss' kappa",
}
_FIGURE = st.column_config.NumberColumn(format="%.2f")


def agreement_table(on: AgreementOn) -> None:
    """Every coefficient with its interval, or why there is none."""
    figures: dict[str, Estimate] = {**on.icc, **on.alpha, **on.gwet, "fleiss": on.fleiss_kappa}
    frame = pd.DataFrame(
        [
            {
                "Figure": _FIGURES.get(name, name),
                "What it is": words,
                "Value": figures[name].value,
                "From": figures[name].low,
                "To": figures[name].high,
                "Why not": figures[name].why or "",
            }
            for name, words in _NAMES.items()
        ]
    )
    if not frame["Why not"].any():
        frame = frame.drop(columns="Why not")
    table(
        frame,
        key="agreement-figures",
        file_name="agreement.csv",
        says="Every figure of agreement with its 95 % interval.",
        columns=dict.fromkeys(("Value", "From", "To"), _FIGURE),
    )


def pair_table(on: AgreementOn) -> None:
    """Kappa of every two reviewers; nothing where no two share candidates."""
    if not on.pairs:
        return
    frame = pd.DataFrame(
        [
            {
                "One": on.names[pair.first],
                "Other": on.names[pair.second],
                "Candidates both rated": pair.n,
                "Kappa": pair.kappa["unweighted"].value,
                "Weighted kappa": pair.kappa["quadratic"].value,
                "From": pair.kappa["quadratic"].low,
                "To": pair.kappa["quadratic"].high,
            }
            for pair in on.pairs
        ]
    )
    table(
        frame,
        key="agreement-pairs",
        file_name="agreement-pairs.csv",
        says="Cohen's kappa of every two reviewers; the interval is that of the weighted kappa.",
        columns=dict.fromkeys(("Kappa", "Weighted kappa", "From", "To"), _FIGURE),
    )
