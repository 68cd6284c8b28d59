"""One candidate: the decision, and what each signal has to do with it."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from toolkit.influence.effort_wording import effort_sentence
from toolkit.influence.explain import explanation_of
from toolkit.influence.explanation_wording import circumstances, other_sentences, score_sentences
from toolkit.influence.influence import Influence
from toolkit.influence.wording import margin_sentence, quantity
from toolkit.intake.cohort import Cohort
from toolkit.ui.components.signal_names import signal_name, signal_with_role
from toolkit.ui.plain_text import plain

SELECTED, NOT_SELECTED = "Selected", "Not selected"
_DASH = "–"


def candidate_card(cohort: Cohort, influence: Influence, candidate_id: str) -> None:
    """Decision, rank, composite, what ruled the candidate out, and every signal in words.

    Parameters
    ----------
    cohort : Cohort
        The candidate is one of them.
    influence : Influence
        Of the screen on this cohort.
    candidate_id : str
    """
    decisions = influence.decisions
    row = _row(cohort, candidate_id)
    rank, composite = decisions.rank[row], decisions.composite[row]
    ruled_out = math.isnan(rank)
    with st.container(horizontal=True, key="candidate-figures"):
        st.metric("Decision", SELECTED if decisions.selected[row] else NOT_SELECTED)
        st.metric(
            "Rank", _DASH if ruled_out else f"{rank:,.0f} of {int(decisions.eligible.sum()):,}"
        )
        st.metric("Composite", _DASH if math.isnan(composite) else quantity(composite, 3))
    told = explanation_of(cohort, influence, candidate_id)
    for note in (*circumstances(told), *score_sentences(told), *other_sentences(told)):
        st.markdown(plain(note))
    if influence.signals:
        with st.container(key="candidate-signals"):
            st.table(card_frame(cohort, influence, candidate_id), hide_index=True)
        effort_list(cohort, influence, row)


def flipped_first(influence: Influence) -> list[str]:
    """Every candidate's id, those first whose decision changes without all scores or a signal."""
    selected = influence.decisions.selected
    flips = influence.without_scores.selected != selected
    for without in influence.without.values():
        flips = flips | (without.selected != selected)
    ids = influence.decisions.candidate_ids
    return [str(one) for one in [*ids[flips], *ids[~flips]]]


def card_frame(cohort: Cohort, influence: Influence, candidate_id: str) -> pd.DataFrame:
    """One row a signal, in words; uploaded text is made plain.

    Parameters
    ----------
    cohort : Cohort
    influence : Influence
        Of a screen on this cohort.
    candidate_id : str

    Returns
    -------
    DataFrame
        ``Signal``, ``Value``, ``Decision without it``, ``What would change the decision``.
    """
    row = _row(cohort, candidate_id)
    selected = bool(influence.decisions.selected[row])
    rows = []
    for name in influence.signals:
        about = cohort.about[name]
        value = float(cohort.signals[name].iloc[row])
        change = float(influence.margins[name].iloc[row])
        without = bool(influence.without[name].selected[row])
        rows.append(
            {
                "Signal": plain(signal_with_role(cohort, name)),
                "Value": _DASH if math.isnan(value) else plain(quantity(value, about.decimals)),
                "Decision without it": (
                    "the same" if without == selected else f"**{_decision(without)}**"
                ),
                "What would change the decision": plain(
                    margin_sentence(about, value, change, selected)
                    + _beyond_everyone(cohort, name, round(value + change, about.decimals))
                ),
            }
        )
    return pd.DataFrame(rows)


def effort_lines(cohort: Cohort, influence: Influence, row: int) -> list[str]:
    """For each score whose effort is known, what its margin would take; made plain."""
    found = {name: efforts.at(row) for name, efforts in influence.efforts.items()}
    return [
        f"**{plain(signal_name(cohort, name))}:** {plain(effort_sentence(one))}"
        for name, one in found.items()
        if one is not None
    ]


def effort_list(cohort: Cohort, influence: Influence, row: int) -> None:
    """What the margins of one candidate would take, where the catalogue knows it."""
    lines = effort_lines(cohort, influence, row)
    if lines:
        st.markdown("What the change would take\n\n" + "\n".join(f"- {line}" for line in lines))
        st.caption(
            "How scores follow audiences is taken from a sample of 2013. The range is that of the "
            "relation; single accounts stray from it. This describes how much or how little "
            "decides here, and is no advice to do it."
        )


def _beyond_everyone(cohort: Cohort, signal: str, wanted: float) -> str:
    """Said of a value that nobody has: a signal without a known scale allows any."""
    column = cohort.signals[signal]
    if wanted > column.max():
        return " Nobody here has as much."
    return " Nobody here has as little." if wanted < column.min() else ""


def _row(cohort: Cohort, candidate_id: str) -> int:
    return int(cohort.candidate_ids.get_indexer(pd.Index([candidate_id]))[0])


def _decision(selected: bool) -> str:
    return (SELECTED if selected else NOT_SELECTED).lower()
