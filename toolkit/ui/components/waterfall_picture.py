"""One candidate's decision or rank, step by step: from where all start to the outcome."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import pandas as pd
import streamlit as st

from toolkit.influence.attribution import Attribution
from toolkit.influence.mid_ranks import percentile_ranks
from toolkit.influence.waterfall import NOTHING, Part, Step, StepKind, waterfall
from toolkit.influence.wording import quantity
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.ui.components.picture import picture
from toolkit.ui.components.signal_names import signal_with_role
from toolkit.ui.plain_text import plain

_COLOURS: dict[StepKind, str] = {
    "start": "#8c979a",
    "for": "#1b8a84",
    "against": "#d5822b",
    "neither": "#8c979a",
    "lot": "#8c979a",
    "decision": "#7a6fb8",
}
_SHAPES: dict[StepKind, str] = {
    "start": "circle",
    "for": "triangle-right",
    "against": "triangle-left",
    "neither": "cross",
    "lot": "square",
    "decision": "diamond",
}
_ROW = 30

SharedOut = Literal["decision", "rank"]
#: What a percentage is a percentage of.
_OF: dict[SharedOut, str] = {"decision": "of a place", "rank": "of the candidates"}
_TITLES: dict[SharedOut, str] = {
    "decision": "Share of a place",
    "rank": "Share of candidates ranked below",
}


def waterfall_picture(
    cohort: Cohort,
    decisions: Decisions,
    shared: Attribution,
    candidate_id: str,
    what: SharedOut = "decision",
) -> None:
    """Draw how the signals lead one candidate from where all start to the outcome, and list it.

    Parameters
    ----------
    cohort : Cohort
        For names.
    decisions : Decisions
        On this cohort.
    shared : Attribution
        Of these decisions or of their ranks.
    candidate_id : str
    what : {"decision", "rank"}
        Which of the two it is.
    """
    frame = waterfall_frame(cohort, decisions, shared, candidate_id, what)
    words = _words(decisions, frame) if what == "decision" else _RANK_WORDS
    estimated = "" if shared.exact else " The parts are estimated from random orders."
    picture(_chart(frame, what), words + estimated)
    st.markdown("\n".join(f"- {line}" for line in waterfall_lines(frame, what)))


def waterfall_frame(
    cohort: Cohort,
    decisions: Decisions,
    shared: Attribution,
    candidate_id: str,
    what: SharedOut = "decision",
) -> pd.DataFrame:
    """One row a step, the largest part first, between the start and the outcome.

    Parameters
    ----------
    cohort : Cohort
        For names.
    decisions : Decisions
    shared : Attribution
    candidate_id : str
    what : {"decision", "rank"}

    Returns
    -------
    DataFrame
        ``step`` (words), ``kind``, ``part`` (what the step adds), ``error`` (its
        standard error, NaN where exact), ``low``, ``high`` and ``to`` (where the bar begins,
        ends and leads).
    """
    row = int(shared.shapley.index.get_indexer(pd.Index([candidate_id]))[0])
    values = shared.shapley.to_numpy()[row]
    errors = None if shared.standard_errors is None else shared.standard_errors.to_numpy()[row]
    parts = [
        Part(
            signal,
            signal_with_role(cohort, signal),
            float(values[column]),
            None if errors is None else float(errors[column]),
        )
        for column, signal in enumerate(map(str, shared.shapley.columns))
    ]
    if what == "rank":
        steps = waterfall(0.5, parts, float(percentile_ranks(decisions)[row]))
    else:
        baseline = decisions.places / len(decisions.candidate_ids)
        steps = waterfall(baseline, parts, bool(decisions.selected[row]))
    return pd.DataFrame([_record(step, what) for step in steps])


def waterfall_lines(frame: pd.DataFrame, what: SharedOut = "decision") -> list[str]:
    """The same steps as a list; uploaded text is made plain."""
    return [
        f"{plain(row['step'])}: "
        + (
            f"{_percent(row['to'])} {_OF[what]}"
            if row["kind"] in ("start", "decision")
            else _part(row["part"], row["error"], what)
        )
        for row in frame.to_dict("records")
    ]


def _record(step: Step, what: SharedOut) -> dict[str, object]:
    decision = "Selected" if step.part else "Not selected"
    names = {
        "start": "What everyone starts with" if what == "decision" else "Where everyone starts",
        "lot": "Drawn by lot",
        "decision": decision if what == "decision" else "Percentile rank",
    }
    return {
        "step": names.get(step.kind, step.label),
        "kind": step.kind,
        "part": step.part,
        "error": float("nan") if step.standard_error is None else step.standard_error,
        "low": step.low,
        "high": step.high,
        "to": step.end,
    }


def _percent(share: float) -> str:
    return f"{quantity(100 * share, 1)} %"


def _signed(part: float) -> str:
    return f"{'+' if part >= NOTHING else ''}{_percent(0.0 if abs(part) < NOTHING else part)}"


def _part(part: float, error: float, what: SharedOut) -> str:
    figure = f"{_signed(part)} {_OF[what]}"
    return figure if pd.isna(error) else f"{figure}, standard error {quantity(100 * error, 1)} %"


_RANK_WORDS = (
    "The percentile rank is the share of candidates who rank below, those level counted by half. "
    "Everyone starts in the middle. Each bar is the part of one signal; arrows to the right lead "
    "up the order, arrows to the left down. The parts add up to the rank. Whoever fails a gate "
    "ranks below all others; lots do not count."
)


def _words(decisions: Decisions, frame: pd.DataFrame) -> str:
    n = len(decisions.candidate_ids)
    places = "one place" if decisions.places == 1 else f"{decisions.places:,} places"
    people = "one candidate" if n == 1 else f"{n:,} candidates"
    return (
        f"With {places} among {people}, everyone starts with "
        f"{_percent(frame['to'].iloc[0])} of a place. Each bar is the part of one signal; arrows "
        "to the right speak for a place, arrows to the left against it. The parts add up to the "
        "decision."
    )


def _chart(frame: pd.DataFrame, what: SharedOut) -> Any:
    kinds = [kind for kind in _COLOURS if kind in set(frame["kind"])]
    shown = frame.assign(
        says=[
            _percent(row["to"]) if row["kind"] in ("start", "decision") else _signed(row["part"])
            for row in frame.to_dict("records")
        ],
    )
    shown["step"] = _told_apart(list(frame["step"]))
    y = alt.Y(
        "step:N",
        title=None,
        sort=list(shown["step"]),
        axis=alt.Axis(labelLimit=150, labelOverlap=False),
    )
    least, most = min(0.0, shown["low"].min()), max(1.0, shown["high"].max())
    # The figures stand to the right of the bars, and need room in a narrow window too.
    room = 0.4 * (most - least)
    x = alt.X(
        "low:Q",
        title=_TITLES[what],
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
        scale=alt.Scale(domain=[least, most + room], nice=False),
    )
    colour = alt.Color(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=kinds, range=[_COLOURS[kind] for kind in kinds]),
    )
    shape = alt.Shape(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=kinds, range=[_SHAPES[kind] for kind in kinds]),
    )
    tip = [alt.Tooltip("step:N", title="Signal"), alt.Tooltip("says:N", title="Part")]
    base = alt.Chart(shown, height=alt.Step(_ROW)).encode(y=y, tooltip=tip)
    bars = base.mark_bar(height=12, opacity=0.75).encode(x=x, x2="high:Q", color=colour)
    ends = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=alt.X("to:Q"), color=colour, shape=shape
    )
    figures = base.mark_text(align="left", dx=10).encode(x=alt.X("high:Q"), text="says:N")
    return bars + ends + figures


def _told_apart(steps: list[str]) -> list[str]:
    """Two signals may have one label, and each needs a row of its own."""
    return [
        step if steps.index(step) == at else f"{step} ({steps[: at + 1].count(step)})"
        for at, step in enumerate(steps)
    ]
