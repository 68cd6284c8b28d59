"""What each score is worth, as tables: correlations, what it adds, whom it selects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from toolkit.estimate import Estimate
from toolkit.influence.reference_validities import LATEST, Reference
from toolkit.influence.utility import ExpectedQuality, brogden_gain, taylor_russell
from toolkit.influence.wording import quantity
from toolkit.influence.worth_result import ScoreAgainst, Worth
from toolkit.influence.worth_wording import percent, share_with_interval, with_interval
from toolkit.ui.components.table import table_download
from toolkit.ui.plain_text import plain

_DASH = "–"


def correlation_table(pairs: Sequence[ScoreAgainst]) -> None:
    """Three correlations of every score with one criterion, and who was used for them."""
    st.table(
        pd.DataFrame(
            [
                {
                    "Score": plain(one.score_label),
                    "Candidates with both": f"{one.correlations.n:,} of {one.candidates:,}",
                    "Without the score": f"{one.missing_score:,}",
                    "Without the result": f"{one.missing_criterion:,}",
                    "Pearson": with_interval(one.correlations.pearson),
                    "Corrected for range": with_interval(one.restriction.corrected),
                    "Spearman": with_interval(one.correlations.spearman),
                    "Kendall": with_interval(one.correlations.kendall),
                }
                for one in pairs
            ]
        ),
        hide_index=True,
    )


def added_table(pairs: Sequence[ScoreAgainst]) -> None:
    """What every score adds to evidence, with both of its uncertainties."""
    st.table(
        pd.DataFrame(
            [
                {
                    "Score": plain(one.score_label),
                    "Candidates": f"{one.incremental.n:,}",
                    "Predicted by evidence": share_with_interval(one.incremental.r2_evidence),
                    "With the score": share_with_interval(one.incremental.r2_with_score),
                    "Added": share_with_interval(one.incremental.gain),
                    "Over repeated divisions": _splits(one),
                }
                for one in pairs
            ]
        ),
        hide_index=True,
    )


def quality_table(pairs: Sequence[ScoreAgainst]) -> None:
    """How many of those selected would do well: by each score, by evidence, by both.

    What is compared within a score was fitted on the same candidates.
    """
    rows = []
    for one in pairs:
        rows.append(_expected_row(one, "the score alone", one.correlations.n, one.by_score))
        if one.incremental.evidence and one.incremental.gain.value is not None:
            n = one.incremental.n
            rows.append(_expected_row(one, "evidence alone", n, one.by_evidence))
            rows.append(_expected_row(one, "evidence and the score", n, one.by_both))
    st.table(pd.DataFrame(rows), hide_index=True)


def published_table(worth: Worth) -> None:
    """Published validities with what selecting by them would bring, and their sources."""
    reference: Reference = worth.reference
    share, base = worth.selection_ratio, worth.base_rate
    with st.expander("Other methods, as published"):
        st.table(
            pd.DataFrame(
                [
                    {
                        "Method": one.label,
                        "1998": _coefficient(one.validity.get("1998")),
                        "2022": _coefficient(one.validity[LATEST]),
                        "Would do well": percent(taylor_russell(one.validity[LATEST], base, share)),
                        "Gain": quantity(brogden_gain(one.validity[LATEST], share), 2),
                        "Difference between groups": _difference(
                            one.difference_low, one.difference_high
                        ),
                    }
                    for one in reference.methods
                ]
            ),
            hide_index=True,
        )
        st.markdown(f"{reference.dispute} {reference.caution}")
        for other in reference.ranges:
            low, high = _coefficient(other.low), _coefficient(other.high)
            st.markdown(f"{other.label}: {low} to {high}. {other.note}")
        st.caption(
            "The difference is White minus Black applicants, in standard deviations. Sources: "
            + "; ".join(reference.sources.values())
            + "."
        )


def screen_table(pairs: Sequence[ScoreAgainst]) -> None:
    """Those whom the screen selects as it is, and without each score."""
    compared = [(one, one.selected) for one in pairs if one.selected is not None]
    if not compared:
        return
    sides = [("As it is", compared[0][1].with_score)]
    sides += [(f"Without {one.score_label}", found.without_score) for one, found in compared]
    in_screen = compared[0][1].in_screen
    st.table(
        pd.DataFrame(
            [
                {
                    "The screen": plain(name),
                    "Mean of those selected": _DASH if one.mean is None else quantity(one.mean, 2),
                    "Known of": f"{one.known:,}",
                    "Correlation of the composite": with_interval(one.validity),
                    "Would do well": _DASH
                    if in_screen
                    else share_with_interval(one.expected.success),
                }
                for name, one in sides
            ]
        ),
        hide_index=True,
    )
    if in_screen:
        st.caption(
            "The screen looks at this result itself. The correlation of its composite is partly "
            "one with itself, and no share who would do well follows from it."
        )


def worth_download(records: Sequence[Mapping[str, object]]) -> None:
    """Every figure of every pair as CSV, unrounded."""
    table_download(
        pd.DataFrame(list(records)),
        key="worth",
        file_name="what-the-score-is-worth.csv",
        label="Download every figure as CSV",
    )


def _expected_row(
    one: ScoreAgainst, by: str, candidates: int, found: ExpectedQuality
) -> dict[str, str]:
    return {
        "Score": plain(one.score_label),
        "Selected by": by,
        "Measured on": f"{candidates:,}",
        "Would do well": share_with_interval(found.success),
        "Gain in standard deviations": _gain(found.gain),
    }


def _gain(gain: Estimate) -> str:
    if gain.value is None:
        return _DASH
    if gain.low is None or gain.high is None:
        return quantity(gain.value, 2)
    return f"{quantity(gain.value, 2)} ({quantity(gain.low, 2)} to {quantity(gain.high, 2)})"


def _splits(one: ScoreAgainst) -> str:
    low, high = one.incremental.splits_low, one.incremental.splits_high
    if low is None or high is None:
        return _DASH
    return f"{percent(low).removesuffix(' %')} to {percent(high)}"


def _coefficient(value: float | None) -> str:
    return with_interval(Estimate(value))


def _difference(low: float, high: float) -> str:
    return _coefficient(low) if low == high else f"{_coefficient(low)} to {_coefficient(high)}"
