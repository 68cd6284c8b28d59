"""A comparison within strata, beside the one that throws them together."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from toolkit.fairness.result import AttributeStrata, StratifiedComparison
from toolkit.fairness.verdict import counted, p_in_words, ratio_in_words
from toolkit.ui.components.group_picture import height_of
from toolkit.ui.components.picture import pictures
from toolkit.ui.plain_text import plain

TOGETHER = "All together"
#: Strata in the picture, those with the most people; the table and the file have all.
DRAWN_AT_MOST = 20
_COLOURS = ["#d5822b", "#7a6fb8"]


def strata_picture(strata: AttributeStrata, alpha: float, key: str) -> None:
    """What the comparison looks like where people really competed.

    Parameters
    ----------
    strata : AttributeStrata
    alpha : float
        The level of the tests.
    key : str
        Unique on the page.
    """
    if strata.main is None:
        st.markdown("No two groups can be compared within strata.")
        return
    chosen = strata.main
    if len(strata.groups) > 1:
        name = st.selectbox(
            "Group",
            [comparison.group for comparison in strata.groups],
            index=[comparison.group for comparison in strata.groups].index(chosen.group),
            key=f"strata-{key}",
            persist_state="session",
        )
        chosen = next(one for one in strata.groups if one.group == name)
    show = st.warning if chosen.reverses else st.markdown
    show(plain(chosen.reading))
    frame = strata_frame(chosen)
    if frame["rate"].notna().any():
        says = f"Share selected of {chosen.group} and of {chosen.referent}, by {strata.stratum}"
        pictures({says: _chart(frame, chosen)}, _words(chosen, strata))
    st.table(strata_words(chosen), hide_index=True, alt=f"Rates by {strata.stratum}")
    st.markdown(_figures(chosen, alpha))
    if strata.unknown_stratum:
        people = "person is" if strata.unknown_stratum == 1 else "people are"
        st.caption(f"{strata.unknown_stratum:,} {people} of unknown stratum and left out here.")


def strata_frame(chosen: StratifiedComparison) -> pd.DataFrame:
    """One row a stratum and side, the whole first, as the chart wants it."""
    largest = sorted(chosen.strata, key=lambda s: -(s.n + s.referent_n))[:DRAWN_AT_MOST]
    rows = []
    for name, n, selected, n_r, selected_r in [
        (
            TOGETHER,
            sum(s.n for s in chosen.strata),
            sum(s.selected for s in chosen.strata),
            sum(s.referent_n for s in chosen.strata),
            sum(s.referent_selected for s in chosen.strata),
        ),
        *(
            (s.stratum, s.n, s.selected, s.referent_n, s.referent_selected)
            for s in chosen.strata
            if s in largest
        ),
    ]:
        for who, people, taken in (
            (chosen.group, n, selected),
            (chosen.referent, n_r, selected_r),
        ):
            rows.append(
                {
                    "stratum": name,
                    "who": who,
                    "people": people,
                    "selected": taken,
                    "rate": taken / people if people else None,
                }
            )
    return pd.DataFrame(rows)


def strata_words(chosen: StratifiedComparison) -> pd.DataFrame:
    """One row a stratum, in words."""
    return pd.DataFrame(
        [
            {
                "Stratum": plain(s.stratum),
                plain(chosen.group): counted(s.selected, s.n) if s.n else "nobody",
                plain(chosen.referent): counted(s.referent_selected, s.referent_n)
                if s.referent_n
                else "nobody",
                "Impact ratio": ratio_in_words(s.rate / s.referent_rate)
                if s.rate is not None and s.referent_rate
                else "–",
            }
            for s in chosen.strata
        ]
    )


def _figures(chosen: StratifiedComparison, alpha: float) -> str:
    """The figures that compare like with like."""
    said = []
    for words, value, low, high in (
        ("Ratio within strata", chosen.risk_ratio, chosen.risk_ratio_low, chosen.risk_ratio_high),
        ("common odds ratio", chosen.odds_ratio, chosen.odds_ratio_low, chosen.odds_ratio_high),
    ):
        if value is not None:
            ends = "" if low is None or high is None else f" ({low:.2f} to {high:.2f})"
            said.append(f"{words} **{ratio_in_words(value)}**{ends}")
    if chosen.cmh_p is not None:
        said.append(f"Mantel–Haenszel p {p_in_words(chosen.cmh_p, alpha)}")
    if chosen.cmh_corrected_p is not None:
        said.append(f"{p_in_words(chosen.cmh_corrected_p, alpha)} with continuity correction")
    if chosen.breslow_day_p is not None:
        said.append(f"equal odds ratios: Breslow–Day p {p_in_words(chosen.breslow_day_p, alpha)}")
    if chosen.tarone_p is not None:
        said.append(f"with Tarone's correction {p_in_words(chosen.tarone_p, alpha)}")
    return "; ".join(said) + "." if said else ""


def _words(chosen: StratifiedComparison, strata: AttributeStrata) -> str:
    said = (
        f"Each row is one {plain(strata.stratum)}: the share selected of the group and of those it "
        "is compared with; a larger mark stands for more people. The first row throws all "
        "together."
    )
    left = len(chosen.strata) - DRAWN_AT_MOST
    return (
        f"{said} The {DRAWN_AT_MOST} largest are drawn, {left:,} more are listed."
        if left > 0
        else said
    )


def _chart(frame: pd.DataFrame, chosen: StratifiedComparison) -> Any:
    order = list(dict.fromkeys(frame["stratum"]))
    y = alt.Y("stratum:N", title=None, sort=order, axis=alt.Axis(labelLimit=150))
    x = alt.X("rate:Q", title="Share selected", axis=alt.Axis(format=".0%", tickCount=5))
    both = frame.pivot_table(index="stratum", columns="who", values="rate").dropna().reset_index()
    both.columns = pd.Index(["stratum", "low", "high"])[: both.shape[1]]
    who = [chosen.group, chosen.referent]
    legend = alt.Legend(orient="top", title=None, labelLimit=220)
    dots = (
        alt.Chart(frame)
        .mark_point(filled=True, opacity=0.9)
        .encode(
            y=y,
            x=x,
            color=alt.Color("who:N", legend=legend, scale=alt.Scale(domain=who, range=_COLOURS)),
            shape=alt.Shape(
                "who:N", legend=legend, scale=alt.Scale(domain=who, range=["circle", "diamond"])
            ),
            size=alt.Size("people:Q", legend=None, scale=alt.Scale(range=[50, 420])),
            tooltip=[
                alt.Tooltip("stratum:N", title="Stratum"),
                alt.Tooltip("who:N", title="Group"),
                alt.Tooltip("selected:Q", title="Selected"),
                alt.Tooltip("people:Q", title="People"),
                alt.Tooltip("rate:Q", title="Share selected", format=".1%"),
            ],
        )
    )
    if both.shape[1] < 3:
        return dots.properties(height=height_of(len(order)))
    lines = (
        alt.Chart(both)
        .mark_rule(strokeWidth=1.5, color="#8c979a")
        .encode(y=y, x=alt.X("low:Q", title="Share selected"), x2="high:Q")
    )
    return (lines + dots).properties(height=height_of(len(order)))
