"""The figures of every group of one attribute."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.fairness.result import SHORTFALL_DEFINITION, AttributeImpact, GroupImpact
from toolkit.fairness.verdict import counted, p_in_words, ratio_in_words
from toolkit.ui.components.formula import formula
from toolkit.ui.plain_text import plain

_DASH = "–"
#: More groups than these are in the downloaded file alone.
LISTED_AT_MOST = 60


def group_table(table: AttributeImpact, alpha: float) -> None:
    """One row a group, in words.

    Parameters
    ----------
    table : AttributeImpact
        One attribute, or the intersection.
    alpha : float
        The level of the tests, so that no p-value is rounded across it.
    """
    frame = group_words(table, alpha)
    st.table(frame.head(LISTED_AT_MOST), hide_index=True, alt=f"Groups by {table.name}")
    if len(frame) > LISTED_AT_MOST:
        st.caption(f"The first {LISTED_AT_MOST} of {len(frame):,} groups; the file has all.")


def group_words(table: AttributeImpact, alpha: float) -> pd.DataFrame:
    """The figures as a reader wants them: an interval beside each estimate.

    Parameters
    ----------
    table : AttributeImpact
    alpha : float

    Returns
    -------
    DataFrame
        ``Group``, ``Selected``, ``Impact ratio``, ``Exact interval`` where groups are small
        enough, ``What it says``, ``If unknowns were known`` where there are unknowns,
        ``Adjusted p``, ``Shortfall``, ``One person swapped``.
    """
    small = any(group.impact_ratio_exact_high is not None for group in table.groups)
    rows = []
    for group in table.groups:
        row = {
            "Group": plain(group.group),
            "Selected": counted(group.selected, group.n) if group.n else "nobody belongs to it",
            "Impact ratio": ratio_with_interval(group),
            "Exact interval": _between(group.impact_ratio_exact_low, group.impact_ratio_exact_high),
            "What it says": group.verdict,
            "If unknowns were known": _DASH
            if group.group == table.referent
            else _between(group.bound_low, group.bound_high),
            "Adjusted p": _DASH
            if group.p_adjusted is None
            else p_in_words(group.p_adjusted, alpha),
            "Shortfall": _people(group.shortfall),
            "One person swapped": _ratio(group.one_person_swap),
        }
        if not table.unknown:
            del row["If unknowns were known"]
        if not small:
            del row["Exact interval"]
        rows.append(row)
    return pd.DataFrame(rows)


def ratio_with_interval(group: GroupImpact) -> str:
    """An impact ratio with its interval in the same type size."""
    if group.impact_ratio is None:
        return _DASH
    said = ratio_in_words(group.impact_ratio)
    if group.impact_ratio_low is None:
        return said
    high = "no upper end" if group.impact_ratio_high is None else _ratio(group.impact_ratio_high)
    return f"{said} ({_ratio(group.impact_ratio_low)} to {high})"


def group_formulas() -> None:
    """How the figures are worked out."""
    formula(
        "A group's selection rate $a/n$ over that of the referent, the group with the highest "
        "rate among those that are large enough. The comparison with four-fifths is made in "
        "whole numbers, so that exactly 0.80 is never flagged by rounding.",
        r"\text{impact ratio} = \frac{a_g / n_g}{a_r / n_r}, \qquad "
        r"\text{below four-fifths} \iff 5\,a_g\,n_r < 4\,a_r\,n_g",
        source="Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D).",
        title="Impact ratio and four-fifths",
    )
    formula(
        "The interval beside a ratio is by the log method. Where both groups have at most 100 "
        "people, an **exact** one stands beside it, which covers the true ratio at least 95 times "
        "in 100 however few people there are: the ratios that neither of two exact one-sided "
        "tests rejects.",
        r"R\,\exp\!\left(\pm 1.96\sqrt{\tfrac1a - \tfrac1{n_A} + \tfrac1b - \tfrac1{n_B}}\right)",
        source="Katz et al. (1978); Chan & Zhang (1999); Berger & Boos (1994).",
        title="Intervals of a ratio",
    )
    formula(
        "**Adjusted p**: Fisher's exact test, two-sided, against the referent; Holm's "
        "correction for the number of groups compared. A small p says that chance alone would "
        "seldom give such a difference. It does not say how large the difference is.",
        source="Fisher (1935), The Design of Experiments; Holm (1979), A simple sequentially "
        "rejective multiple test procedure.",
        title="Chance",
    )
    formula(
        f"**Shortfall**: {SHORTFALL_DEFINITION}. **One person swapped**: the ratio, had one "
        "place of the referent gone to this group. Where it moves far, few people carry the "
        "figure.",
        title="Shortfall and the one-person swap",
    )


def _between(low: float | None, high: float | None) -> str:
    return _DASH if low is None or high is None else f"{_ratio(low)} to {_ratio(high)}"


def _ratio(value: float | None) -> str:
    return _DASH if value is None else ratio_in_words(value)


def _people(shortfall: float | None) -> str:
    # Rounded first, so that a hair below zero is not written as minus zero.
    return _DASH if shortfall is None else f"{round(shortfall, 1) + 0.0:,.1f}".replace("-", "−")
