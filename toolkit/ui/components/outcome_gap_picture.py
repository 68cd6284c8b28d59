"""Groups compared where it is known how people turned out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from toolkit.fairness.error_rates import ErrorRates
from toolkit.fairness.outcome_impact import AttributeOutcomes, GroupValidity, OutcomeImpact
from toolkit.fairness.verdict import p_in_words
from toolkit.ui.components.dot_rows import DotRow, dot_rows
from toolkit.ui.components.formula import formula
from toolkit.ui.components.picture import pictures
from toolkit.ui.components.score_gap_picture import score_axis
from toolkit.ui.plain_text import plain

#: Groups in the picture of outcomes by score, the largest.
DRAWN_AT_MOST = 5
_HEIGHT = 300


def outcome_gap_picture(found: OutcomeImpact, table: AttributeOutcomes, alpha: float) -> None:
    """Error rates, then outcomes by score, each with its table.

    Parameters
    ----------
    found : OutcomeImpact
    table : AttributeOutcomes
        One of its tables.
    alpha : float
        The level of the tests.
    """
    if table.rates:
        _rates(table)
    if table.validity:
        _by_score(found, table, alpha)


def outcome_formulas() -> None:
    """How the figures are worked out."""
    formula(
        "**True positive rate**: selected of those who turned out well. **False positive rate**: "
        "selected of the others. They are fairlearn's; intervals are Wilson's, those of gaps "
        "Newcombe's.",
        r"TPR = P(\text{selected} \mid \text{good}), \qquad "
        r"FPR = P(\text{selected} \mid \text{not good})",
        source="Hardt, Price & Srebro (2016), Equality of opportunity in supervised learning.",
        title="True and false positive rates",
    )
    formula(
        "One line from the score to the outcome for each group. If a common line promises more "
        "of a group than it shows, the group's outcomes lie below it. Selection itself cuts off "
        "the range of scores and weakens every relation.",
        source="Cleary (1968), Test bias: prediction of grades.",
        title="The same score, the same outcome?",
    )


def rates_words(rates: Sequence[ErrorRates]) -> pd.DataFrame:
    """One row a group, in words."""
    return pd.DataFrame(
        [
            {
                "Group": plain(one.group),
                "Turned out well": f"{one.good:,} of {one.good + one.bad:,}",
                "Selected of the good": _share(
                    one.true_positive_rate, one.true_positive_rate_low, one.true_positive_rate_high
                ),
                "Selected of the others": _share(
                    one.false_positive_rate,
                    one.false_positive_rate_low,
                    one.false_positive_rate_high,
                ),
                "Good of the selected": _share(
                    one.good_of_selected, one.good_of_selected_low, one.good_of_selected_high
                ),
            }
            for one in rates
        ]
    )


def validity_words(validity: Sequence[GroupValidity], alpha: float) -> pd.DataFrame:
    """One row a group, in words."""
    return pd.DataFrame(
        [
            {
                "Group": plain(one.group),
                "People": f"{one.line.n:,}",
                "Correlation": _number(
                    one.line.correlation.value, one.line.correlation.low, one.line.correlation.high
                ),
                "Slope": _number(one.line.slope.value, one.line.slope.low, one.line.slope.high, 4),
                "Equal correlations": _p(one.compared.correlation_p, alpha),
                "Equal slopes": _p(one.compared.slopes_p, alpha),
                "One line": _p(one.compared.lines_p, alpha),
                "Above a common line": _number(one.compared.mean_residual, None, None),
            }
            for one in validity
        ]
    )


def _rates(table: AttributeOutcomes) -> None:
    charts: dict[str, Any] = {}
    for kind, title in (
        ("true_positive_rate", "Selected of those who turned out well"),
        ("false_positive_rate", "Selected of the others"),
    ):
        chart = dot_rows(
            [
                DotRow(
                    one.group,
                    getattr(one, kind),
                    getattr(one, f"{kind}_low"),
                    getattr(one, f"{kind}_high"),
                )
                for one in table.rates
            ],
            title,
            format=".0%",
        )
        if chart is not None:
            charts[f"{title}, by {table.name}"] = chart
    if charts:
        gaps = [
            f"{words} {100 * gap:.1f} points"
            for words, gap in (
                ("the first differ by up to", table.true_positive_gap),
                ("the second by up to", table.false_positive_gap),
            )
            if gap is not None
        ]
        said = "Above, of those who turned out well; below, of the others. "
        pictures(charts, said + (f"Among large enough groups {', '.join(gaps)}." if gaps else ""))
    st.table(rates_words(table.rates), hide_index=True, alt=f"Error rates by {table.name}")


def _by_score(found: OutcomeImpact, table: AttributeOutcomes, alpha: float) -> None:
    largest = sorted(table.validity, key=lambda one: -one.line.n)[:DRAWN_AT_MOST]
    rows = [
        {
            "group": one.group,
            "score": band.mean_score,
            "outcome": band.outcome,
            "low": band.outcome_low,
            "high": band.outcome_high,
            "people": band.n,
        }
        for one in table.validity
        if one in largest
        for band in one.bands
        if band.outcome is not None
    ]
    if rows:
        says = f"{found.outcome} by {found.score}, for each group of {table.name}"
        pictures(
            {says: _bands(pd.DataFrame(rows), found)},
            "Each mark is a group's people in one of five bands of the score: their mean score, "
            "and how they turned out with its 95 % interval. Where lines lie on one another, the "
            "same score goes with the same outcome.",
        )
    st.table(
        validity_words(table.validity, alpha),
        hide_index=True,
        alt=f"{found.outcome} by {found.score} and {table.name}",
    )


def _bands(frame: pd.DataFrame, found: OutcomeImpact) -> Any:
    legend = alt.Legend(orient="top", title=None, labelLimit=220)
    base = alt.Chart(frame).encode(
        x=alt.X("score:Q", title=str(found.score), **score_axis(frame["score"])),
        color=alt.Color("group:N", legend=legend),
    )
    y = alt.Y("outcome:Q", title=str(found.outcome), scale=alt.Scale(zero=False))
    lines = base.mark_line(strokeWidth=1.5).encode(y=y)
    ends = base.mark_rule(opacity=0.6).encode(
        y=alt.Y("low:Q", title=str(found.outcome), scale=alt.Scale(zero=False)), y2="high:Q"
    )
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(
        y=y,
        shape=alt.Shape("group:N", legend=legend),
        tooltip=[
            alt.Tooltip("group:N", title="Group"),
            alt.Tooltip("people:Q", title="People"),
            alt.Tooltip("score:Q", title="Mean score", format=",.4~g"),
            alt.Tooltip("outcome:Q", title="Outcome", format=".3f"),
            alt.Tooltip("low:Q", title="from", format=".3f"),
            alt.Tooltip("high:Q", title="to", format=".3f"),
        ],
    )
    return (ends + lines + dots).properties(height=_HEIGHT)


def _share(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return "–"
    ends = "" if low is None or high is None else f" ({100 * low:.0f} to {100 * high:.0f} %)"
    return f"{100 * value:.1f} %{ends}"


def _number(value: float | None, low: float | None, high: float | None, digits: int = 2) -> str:
    if value is None:
        return "–"
    ends = "" if low is None or high is None else f" ({low:.{digits}f} to {high:.{digits}f})"
    # Rounded first, so that a hair below zero is not written as minus zero.
    return f"{round(value, digits) + 0.0:.{digits}f}{ends}".replace("-", "−")


def _p(value: float | None, alpha: float) -> str:
    return "–" if value is None else f"p {p_in_words(value, alpha)}"
