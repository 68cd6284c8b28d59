"""Choose what is taken out of the screen: all scores, or one signal."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from toolkit.influence.influence import Influence
from toolkit.influence.removal import Removal
from toolkit.influence.wording import headline, signal_sentence
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.ui.components.signal_names import signal_name, signal_with_role

#: Stands for every score together; no signal has an empty name.
_ALL_SCORES = ""


@dataclass(frozen=True)
class Taken:
    """What was taken away, and what that changes.

    Parameters
    ----------
    name : str
        Words for it inside a sentence, for instance ``"Klout"``; uploaded text.
    sentence : str
        What it decided.
    change : Removal
    without : Decisions
        The decisions with it removed.
    """

    name: str
    sentence: str
    change: Removal
    without: Decisions


def removal_picker(cohort: Cohort, influence: Influence) -> Taken | None:
    """Choose all scores or one signal of the screen; scores come first.

    Parameters
    ----------
    cohort : Cohort
        For names.
    influence : Influence
        Of the screen on this cohort.

    Returns
    -------
    Taken or None
        None where the screen uses no signal.
    """
    scores = influence.scores
    others = [name for name in influence.signals if name not in scores]
    choices = [*([_ALL_SCORES] if len(scores) > 1 else []), *scores, *others]
    if not choices:
        return None
    chosen = st.selectbox(
        "Take away",
        choices,
        format_func=lambda name: signal_with_role(cohort, name) if name else "All scores",
        key=f"taken-{influence.screen.digest[:16]}",
        persist_state="session",
        help="The screen decides again without it; the places stay.",
    )
    return taken(cohort, influence, chosen)


def taken(cohort: Cohort, influence: Influence, signal: str) -> Taken:
    """The removal of one signal, or of all scores where the name is empty."""
    if not signal:
        return Taken(
            "the scores",
            headline(influence),
            influence.all_scores_removed,
            influence.without_scores,
        )
    found = influence.signals[signal]
    return Taken(
        signal_name(cohort, signal),
        signal_sentence(influence, found),
        Removal(found.flips, found.gained, found.lost),
        influence.without[signal],
    )
