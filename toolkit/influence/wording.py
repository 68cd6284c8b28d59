"""Influence in plain sentences, the same on the page, the command line and the sheet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.influence.influence import Influence, SignalInfluence
from toolkit.intake.cohort import Signal

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905


def in_words(count: int) -> str:
    """A count as running text writes it.

    Examples
    --------
    >>> in_words(7), in_words(40), in_words(0)
    ('seven', '40', 'no')
    """
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def quantity(value: float, decimals: int) -> str:
    """A value or change at the signal's own precision, with thousands separated.

    Examples
    --------
    >>> quantity(2300.0, 0), quantity(0.25, 2), quantity(-3.0, 1)
    ('2,300', '0.25', '−3.0')
    """
    return f"{value:,.{decimals}f}".replace("-", "−")


def joined(parts: Sequence[str]) -> str:
    """Names as running text lists them.

    Examples
    --------
    >>> joined(["Klout", "Kred", "stars"])
    'Klout, Kred and stars'
    """
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def headline(influence: Influence) -> str:
    """One sentence: what all scores of the screen together decided."""
    scores = [influence.signals[name] for name in influence.scores]
    if not scores:
        return (
            f"The screen '{influence.screen.name}' uses no score: evidence and facts decide alone."
        )
    if len(scores) == 1:
        return signal_sentence(influence, scores[0])
    removed = influence.all_scores_removed
    labels = joined([score.label for score in scores])
    return _sentence(f"{labels} together", "them", removed.gained, removed.lost, influence)


def signal_sentence(influence: Influence, signal: SignalInfluence) -> str:
    """One sentence: what one signal decided."""
    return _sentence(signal.label, "it", signal.gained, signal.lost, influence)


def _sentence(
    subject: str, it: str, gained: Sequence[str], lost: Sequence[str], influence: Influence
) -> str:
    places = int(np.count_nonzero(influence.decisions.selected))
    if not gained and not lost:
        return (
            f"{subject} decided none of {places:,} places: without {it} the same people go forward."
        )
    if len(gained) == len(lost):
        who = "this candidate" if len(gained) == 1 else f"these {in_words(len(gained))}"
        other = "this one" if len(gained) == 1 else f"these {in_words(len(gained))}"
        return (
            f"{subject} decided {len(gained):,} of {places:,} places: without {it} {who} would "
            f"not be taken forward, and {other} would."
        )
    changes = []
    if gained:
        changes.append(f"{in_words(len(gained))} now taken forward would not be")
    if lost:
        changes.append(f"{in_words(len(lost))} now left out would be taken forward")
    people = "candidate" if len(gained) + len(lost) == 1 else "candidates"
    return (
        f"{subject} changed the decision on {len(gained) + len(lost):,} {people}: "
        f"without {it} {' and '.join(changes)}."
    )


def margin_sentence(about: Signal, value: float, change: float, selected: bool) -> str:
    """What it would take to flip one candidate's decision by one signal.

    Parameters
    ----------
    about : Signal
    value : float
        The candidate's value; NaN where missing.
    change : float
        The margin; NaN where no admissible value flips the decision.
    selected : bool
        The decision as it is.

    Examples
    --------
    >>> margin_sentence(Signal("klout", "Klout", "score"), 45.0, 5.0, False)
    'Klout 5 higher (50 instead of 45) would win a place.'
    """
    outcome = "would cost the place" if selected else "would win a place"
    if np.isnan(value):
        return f"{about.label}: no value to change."
    if np.isnan(change):
        return f"{about.label}: no admissible value {outcome}."
    way = "higher" if change > 0 else "lower"
    return (
        f"{about.label} {quantity(abs(change), about.decimals)} {way} "
        f"({quantity(value + change, about.decimals)} instead of "
        f"{quantity(value, about.decimals)}) {outcome}."
    )
