"""Who is taken forward with a score and without it: two columns, and lines between them."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from toolkit.arrays import Bools
from toolkit.influence.wording import in_words
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.ui.components.candidate_picker import candidate_label
from toolkit.ui.components.picture import picture

#: With more places than this, those who stay are only counted.
STAYERS_DRAWN_AT_MOST = 24
#: Candidates drawn each way; the lists below the picture hold all of them.
MOVERS_DRAWN_AT_MOST = 15

STAYS, OUT, IN = "stays", "drops out", "moves in"
_COLOURS = {STAYS: "#8c979a", OUT: "#d5822b", IN: "#1b8a84"}
_SHAPES = {STAYS: "circle", OUT: "square", IN: "triangle-up"}
_ROW = 24
#: Below this, head, row and cut of a single place run into each other.
_LEAST_HEIGHT = 170

Rows = np.ndarray[tuple[int], np.dtype[np.intp]]


def movers_picture(cohort: Cohort, present: Decisions, other: Decisions, name: str) -> None:
    """Draw who drops out and who moves in when something is taken out of the screen.

    Parameters
    ----------
    cohort : Cohort
        For names.
    present : Decisions
        Of the screen as it is.
    other : Decisions
        Without what was taken away.
    name : str
        What was taken away.
    """
    frame, cut = movers_frame(cohort, present, other)
    if frame.empty:
        return
    picture(_chart(frame, cut, name), in_plain_words(present, other, name))


def movers_frame(
    cohort: Cohort, present: Decisions, other: Decisions
) -> tuple[pd.DataFrame, float]:
    """The points of the picture.

    Parameters
    ----------
    cohort : Cohort
        For names.
    present, other : Decisions
        On this cohort, with and without what was taken away.

    Returns
    -------
    (DataFrame, float)
        Two rows a candidate: ``candidate``, ``label``, ``change``, ``side`` (0 with, 1
        without) and ``slot``, counted from the top; and the slot at which the cut is drawn.
    """
    before, after = present.selected, other.selected
    stays = _first(present, before & after, STAYERS_DRAWN_AT_MOST + 1)
    if stays.size > STAYERS_DRAWN_AT_MOST:
        stays = stays[:0]
    leaves = _first(present, before & ~after, MOVERS_DRAWN_AT_MOST)
    enters = _first(other, ~before & after, MOVERS_DRAWN_AT_MOST)
    left, right = np.append(stays, leaves), np.append(stays, enters)
    cut = max(left.size, right.size) + 1.0
    slots = {
        0: _slots(left, enters, present, cut),
        1: _slots(right, leaves, other, cut),
    }
    change = {int(row): STAYS for row in stays}
    change |= {int(row): OUT for row in leaves} | {int(row): IN for row in enters}
    ids = present.candidate_ids
    rows = [
        {
            "candidate": str(ids[row]),
            "label": candidate_label(cohort, str(ids[row])),
            "change": kind,
            "side": side,
            "slot": slots[side][row],
        }
        for row, kind in change.items()
        for side in (0, 1)
    ]
    return pd.DataFrame(rows, columns=["candidate", "label", "change", "side", "slot"]), cut


def in_plain_words(present: Decisions, other: Decisions, name: str) -> str:
    """What the picture shows, for those who cannot see it."""
    both = int(np.count_nonzero(present.selected & other.selected))
    out = int(np.count_nonzero(present.selected & ~other.selected))
    into = int(np.count_nonzero(~present.selected & other.selected))
    if not out and not into:
        same = "the same candidate is" if both == 1 else f"the same {both:,} candidates are"
        return f"Without {name} {same} taken forward."
    said = (
        f"On the left the screen as it is, on the right without {name}. Of those above the cut, "
        f"{_people(out)} drop{_s(out)} below it and {in_words(both) if both else 'none'} "
        f"stay{_s(both)}; {_people(into)} move{_s(into)} in."
    )
    said += _lots(other)
    drawn = []
    if both > STAYERS_DRAWN_AT_MOST:
        drawn.append("those who stay are not drawn")
    if max(out, into) > MOVERS_DRAWN_AT_MOST:
        drawn.append(f"the first {MOVERS_DRAWN_AT_MOST} each way are drawn")
    return f"{said} Of so many, {' and '.join(drawn)}." if drawn else said


def _lots(other: Decisions) -> str:
    """What is left to the lot without the signal: a flip there is luck, not merit."""
    tied = int(np.count_nonzero(other.tied_at_cut))
    if not tied:
        return ""
    return f" On the right {in_words(tied)} are alike at the cut, and a lot orders them."


def _s(count: int) -> str:
    return "s" if count == 1 else ""


def _people(count: int) -> str:
    return f"{in_words(count)} candidate{'' if count == 1 else 's'}"


def _first(decisions: Decisions, who: Bools, most: int) -> Rows:
    """The best placed of some candidates, best first; those alike in order of their codes."""
    rows = np.flatnonzero(who)
    codes = np.array([str(decisions.candidate_ids[row]) for row in rows], dtype=object)
    return rows[np.lexsort((codes, decisions.rank[rows]))][:most]


def _slots(above: Rows, below: Rows, order: Decisions, cut: float) -> dict[int, float]:
    """Slots of one column: those taken forward from 1, the others below the cut."""
    size = len(order.candidate_ids)
    top = _first(order, np.isin(np.arange(size), above), size)
    under = _first(order, np.isin(np.arange(size), below), size)
    slots = {int(row): float(place) for place, row in enumerate(top, 1)}
    return slots | {int(row): cut + place for place, row in enumerate(under, 1)}


def _chart(frame: pd.DataFrame, cut: float, name: str) -> alt.LayerChart | alt.FacetChart:
    lowest = max(float(frame["slot"].max()), cut) + 0.6
    x = alt.X("side:Q", axis=None, scale=alt.Scale(domain=[-0.62, 1.62], nice=False))
    y = alt.Y("slot:Q", axis=None, scale=alt.Scale(domain=[-0.9, lowest], reverse=True))
    kinds = [kind for kind in _COLOURS if kind in set(frame["change"])]
    colour = alt.Color(
        "change:N",
        title=None,
        scale=alt.Scale(domain=kinds, range=[_COLOURS[kind] for kind in kinds]),
        legend=alt.Legend(orient="bottom", symbolSize=110),
    )
    shape = alt.Shape(
        "change:N", scale=alt.Scale(domain=kinds, range=[_SHAPES[kind] for kind in kinds])
    )
    tip = [alt.Tooltip("label:N", title="Candidate"), alt.Tooltip("change:N", title="Without it")]
    base = alt.Chart(frame).encode(x=x, y=y, tooltip=tip)
    stays = alt.datum.change == STAYS
    lines = base.mark_line().encode(
        color=colour,
        detail="candidate:N",
        strokeWidth=alt.condition(stays, alt.value(1), alt.value(2.5)),
        opacity=alt.condition(stays, alt.value(0.55), alt.value(1)),
    )
    points = base.mark_point(filled=True, size=90, opacity=1).encode(color=colour, shape=shape)
    room = alt.ExprRef("0.26 * width")
    left = base.transform_filter("datum.side == 0").mark_text(align="right", dx=-10, limit=room)
    right = base.transform_filter("datum.side == 1").mark_text(align="left", dx=10, limit=room)
    return alt.layer(
        _cut_line(cut, x, y),
        _heads(name, x, y),
        lines,
        points,
        left.encode(text="label:N"),
        right.encode(text="label:N"),
    ).properties(height=max(int(_ROW * (lowest + 0.9)) + 40, _LEAST_HEIGHT))


def _cut_line(cut: float, x: alt.X, y: alt.Y) -> alt.LayerChart | alt.FacetChart:
    left_end = alt.Chart(pd.DataFrame({"slot": [cut], "side": [-0.62]}))
    rule = left_end.mark_rule(strokeDash=[6, 4], color="#8c979a").encode(y=y)
    words = left_end.mark_text(align="left", fontStyle="italic", text="the cut", dy=-7)
    return alt.layer(rule, words.encode(x=x, y=y))


def _heads(name: str, x: alt.X, y: alt.Y) -> Any:
    heads = pd.DataFrame(
        {"side": [0, 1], "slot": [-0.3, -0.3], "head": ["as it is", f"without {name}"]}
    )
    room = alt.ExprRef("0.45 * width")
    return (
        alt.Chart(heads)
        .mark_text(fontWeight="bold", fontSize=13, limit=room)
        .encode(x=x, y=y, text="head:N")
    )
