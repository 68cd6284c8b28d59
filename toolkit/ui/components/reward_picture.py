"""Are suspected candidates selected more often than others with the same evidence?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from toolkit.inflation import reward_wording as wording
from toolkit.inflation.deflation import Deflation
from toolkit.inflation.reward import Reward
from toolkit.ui.components.formula import formula
from toolkit.ui.components.group_picture import height_of
from toolkit.ui.components.picture import picture
from toolkit.ui.components.table import table
from toolkit.ui.plain_text import plain

_SUSPECTED, _OTHER = "suspected", "others"
_KINDS = [_SUSPECTED, _OTHER]
_COLOURS = ["#d5822b", "#1b8a84"]
_SHAPES = ["square", "circle"]


def reward_picture(reward: Reward, labels: Mapping[str, str] | None = None) -> None:
    """The test in a sentence, the shares behind it, and how it is worked out.

    Parameters
    ----------
    reward : Reward
        Of the screen in use.
    labels : mapping of str to str, optional
        Names of the scores, for people.
    """
    st.markdown(plain(reward.sentence))
    _without_and_deflated(reward, labels or {})
    frame = reward_frame(reward)
    if len(frame) and reward.inflated:
        picture(
            _chart(frame),
            "The share selected at the same evidence of work, suspected candidates as squares and "
            "the others as circles; the counts stand beside them.",
        )
    if reward.not_assessed:
        people = "candidate" if reward.not_assessed == 1 else "candidates"
        st.caption(
            f"{reward.not_assessed:,} {people} with too few facts are on neither side of the test."
        )
    formula(
        "Candidates are put in quarters of their evidence of work. Within each, the odds of being "
        "selected are compared between suspected candidates and the others; $\\theta$ is the odds "
        "ratio common to all quarters. It is estimated exactly, given the totals of each quarter, "
        "so that it holds for few people too. Above 1, a suspected candidate is selected more "
        "often than another whose work is as good.",
        r"\theta = \frac{p_s / (1 - p_s)}{p_o / (1 - p_o)}",
        source="Gart (1970), Point and interval estimation of the common odds ratio in the "
        "combination of 2 × 2 tables with fixed marginals, Biometrika 57.",
        title="How the reward is tested",
    )


def _without_and_deflated(reward: Reward, labels: Mapping[str, str]) -> None:
    """The same without each score, and who was displaced."""
    if reward.deflated is not None and reward.inflated:
        found = reward.deflated
        st.markdown(
            plain(
                wording.deflated_sentence(
                    len(found.lowered),
                    [_who(*one) for one in found.out],
                    [_who(*one) for one in found.displaced],
                )
            )
        )
        if found.lowered:
            with st.expander("Which scores were lowered to what supports them"):
                table(
                    lowered_frame(found, labels),
                    key="lowered",
                    file_name="lowered-scores.csv",
                    says="Flagged candidates' scores and what audience and work support",
                )
    told = [
        wording.without_sentence(
            labels.get(name, name), one.odds_ratio, one.low or 0.0, _upper(one.high)
        )
        for name, one in reward.without.items()
    ]
    if told and reward.odds_ratio is not None:
        lines = "\n".join(f"- {plain(one)}" for one in told)
        st.markdown(f"The same odds ratio of the screen without each score:\n\n{lines}")


def lowered_frame(found: Deflation, labels: Mapping[str, str]) -> pd.DataFrame:
    """One row a lowered score."""
    rows = [
        (one.candidate_id, labels.get(one.score, one.score), one.value, one.supported)
        for one in found.lowered
    ]
    return pd.DataFrame(rows, columns=["Candidate", "Score", "Value", "Supported"])


def _who(code: str, name: str) -> str:
    return code if code == name else f"{name} ({code})"


def _upper(high: float | None) -> float:
    return float("inf") if high is None else high


def reward_frame(reward: Reward) -> pd.DataFrame:
    """Two rows a stratum: suspected and others, with the share selected and the counts."""
    rows = []
    for stratum in reward.strata:
        for kind, selected, people in (
            (_SUSPECTED, stratum.selected_inflated, stratum.inflated),
            (_OTHER, stratum.selected_other, stratum.other),
        ):
            if people:
                rows.append(
                    {
                        "stratum": stratum.label,
                        "kind": kind,
                        "share": selected / people,
                        "counts": f"{selected:,} of {people:,}",
                    }
                )
    return pd.DataFrame(rows, columns=["stratum", "kind", "share", "counts"])


def _chart(frame: pd.DataFrame) -> Any:
    strata = list(dict.fromkeys(frame["stratum"]))
    kinds = [kind for kind in _KINDS if kind in set(frame["kind"])]
    at = [_KINDS.index(kind) for kind in kinds]
    legend = alt.Legend(orient="top", title=None)
    base = alt.Chart(frame).encode(
        x=alt.X(
            "share:Q",
            title="Share selected",
            scale=alt.Scale(domain=[0, 1.3]),
            axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
        ),
        y=alt.Y("stratum:N", title=None, sort=strata, axis=alt.Axis(labelLimit=130)),
        yOffset=alt.YOffset("kind:N", sort=_KINDS),
        tooltip=[
            alt.Tooltip("stratum:N", title="Evidence"),
            alt.Tooltip("kind:N", title="Who"),
            alt.Tooltip("counts:N", title="Selected"),
        ],
    )
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        color=alt.Color(
            "kind:N",
            legend=legend,
            scale=alt.Scale(domain=kinds, range=[_COLOURS[i] for i in at]),
        ),
        shape=alt.Shape(
            "kind:N",
            legend=legend,
            scale=alt.Scale(domain=kinds, range=[_SHAPES[i] for i in at]),
        ),
    )
    words = base.mark_text(align="left", dx=9).encode(text="counts:N")
    return (points + words).properties(height=height_of(2 * len(strata)))
