"""Influence in plain sentences, the same on the page, the command line and the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from toolkit.influence.campaign import CampaignOfOne
from toolkit.influence.influence import Influence, SignalInfluence
from toolkit.influence.noise import FEWEST_TO_CALL, Redrawn
from toolkit.intake.cohort import Cohort, Signal
from toolkit.scores.rescaling_text import rescaling_in_words

if TYPE_CHECKING:
    from toolkit.influence.stress import Stress
    from toolkit.influence.sweep import Sweep
    from toolkit.influence.sweep_pair import PairSweep

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
        what = (
            "did not decide the only place" if places == 1 else f"decided none of {places:,} places"
        )
        same = "person goes" if places == 1 else "people go"
        return f"{subject} {what}: without {it} the same {same} forward."
    if len(gained) == len(lost):
        who = "this candidate" if len(gained) == 1 else f"these {in_words(len(gained))}"
        other = "this one" if len(gained) == 1 else f"these {in_words(len(gained))}"
        what = "the only place" if places == 1 else f"{len(gained):,} of {places:,} places"
        return (
            f"{subject} decided {what}: without {it} {who} would not be taken forward, and "
            f"{other} would."
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


def stress_headline(found: Stress) -> list[str]:
    """Sentences: what noise, rescaling, bought followers and absence do to the decisions."""
    if not found.spreads:
        return ["The screen uses no score, so there is nothing to put under stress."]
    sentences = [noise_sentence(found.noise)]
    tied = int(np.count_nonzero(found.decisions.tied_at_cut))
    if tied:
        sentences.append(
            f"{in_words(tied).capitalize()} candidates are tied at the cut, so lots decide between "
            "them. They are the same lots in every draw: too close to call says nothing of ties."
        )
    for one in found.rescale:
        gate = "with the threshold moved along" if one.threshold_moved else "as the screen stands"
        date = one.rescaling.date
        change = f"of {date}" if date else f"you suppose ({rescaling_in_words(one.rescaling)})"
        decisions = "decision" if one.change.flips == 1 else "decisions"
        sentences.append(
            f"The change of {one.label} {change} would flip {in_words(one.change.flips)} "
            f"{decisions}, {gate}."
        )
    known = [c for c in found.bought_followers if c.moves_anybody]
    if found.bought_followers and not known:
        sentences.append("No candidate's followers are known, so no campaign can be tried.")
    for campaign in known:
        count = len(campaign.buys_a_place)
        who = "candidate" if count == 1 else "candidates"
        sentences.append(
            f"{campaign.followers:,} bought followers would buy a place for {in_words(count)} "
            f"{who}, each alone."
        )
    return sentences


def noise_sentence(noise: Redrawn) -> str:
    """How many decisions would change if the scores were measured again, and whose are close."""
    low, high = noise.expected_flips_interval
    start = (
        f"Measured again, the scores would change {noise.expected_flips:,.1f} decisions on "
        f"average (95 % interval of {noise.draws:,} draws: {low:,.1f} to {high:,.1f})"
    )
    if noise.draws < FEWEST_TO_CALL:
        return (
            f"{start}; {noise.draws:,} draws are too few to say of any candidate that the "
            f"decision would stay, which takes {FEWEST_TO_CALL}."
        )
    close = int(np.count_nonzero(noise.too_close_to_call))
    people = "candidate is" if close == 1 else "candidates are"
    return f"{start}; {in_words(close)} {people} too close to call."


def campaign_of_one_sentence(found: CampaignOfOne, cohort: Cohort) -> str:
    """What a campaign does for one candidate: scores, rank and place, before and after."""
    who = cohort.name_of(found.candidate_id)
    if not found.moved:
        return f"{who}: no followers or score are known, so nothing can be moved."
    scores = joined(
        [
            f"{cohort.about[name].label} from {quantity(before, cohort.about[name].decimals)} to "
            f"{quantity(after, cohort.about[name].decimals)}"
            for name, (before, after) in found.moved.items()
        ]
    )
    start = f"With {found.followers:,} more followers, {who} goes in {scores}"
    if found.rank is None and found.rank_after is None:
        ranks = "still fails a gate"
    elif found.rank is None:
        ranks = f"passes the gate and stands at rank {found.rank_after:,}"
    elif found.rank_after is None:
        ranks = f"fails a gate, from rank {found.rank:,}"
    elif found.rank == found.rank_after:
        ranks = f"stays at rank {found.rank:,}"
    else:
        ranks = f"moves from rank {found.rank:,} to {found.rank_after:,}"
    if found.selected and found.selected_after:
        end = "selected before and after"
    elif found.selected:
        end = "the place is lost"
    elif not found.selected_after:
        end = "not selected before or after"
    elif found.displaced is None:
        end = "a free place is won"
    else:
        end = f"the place of {cohort.name_of(found.displaced)} is won"
    return f"{start} and {ranks}: {end}."


def sweep_headline(label: str, found: Sweep) -> str:
    """One sentence: how much the decisions depend on a score's weight and cut-off."""
    most = np.unravel_index(int(found.flips.argmax()), found.flips.shape)
    flips = int(found.flips[most])
    if flips == 0:
        return f"No weight of {label} and no cut-off on it changes a decision."
    if flips == found.flips.min():
        return (
            f"All {found.flips.size:,} screens with another weight of {label} or another cut-off "
            f"differ alike from the screen without scores: {flips:,} "
            f"{'decision' if flips == 1 else 'decisions'}."
        )
    cutoff = found.cutoffs[most[1]]
    gate = "no cut-off" if np.isinf(cutoff) else f"a cut-off of {cutoff:,g}"
    return (
        f"Of {found.flips.size:,} screens with another weight of {label} or another cut-off, the "
        f"one with a weight of {found.weights[most[0]]} % and {gate} differs most from the screen "
        f"without scores: {flips:,} {'decision' if flips == 1 else 'decisions'}."
    )


def pair_headline(labels: tuple[str, str], found: PairSweep) -> str:
    """One sentence: how much the decisions depend on the weights of two scores, or cut-offs."""
    first, second = labels
    flips = np.where(found.possible, found.figures.flips, -1)
    most = np.unravel_index(int(flips.argmax()), flips.shape)
    worst, least = int(flips[most]), int(flips[found.possible].min(initial=flips.max()))
    dials = "weights of" if found.by == "weights" else "cut-offs on"
    if worst <= 0:
        return f"No {dials} {first} and {second} change a decision."
    decisions = "decision" if worst == 1 else "decisions"
    screens = f"{int(found.possible.sum()):,} screens with other {dials} {first} and {second}"
    if least == worst:
        return f"All {screens} differ alike from the screen without scores: {worst:,} {decisions}."
    return (
        f"Of {screens}, the one "
        f"with {dial_in_words(found.by, first, float(found.first[most[0]]))} and "
        f"{dial_in_words(found.by, second, float(found.second[most[1]]))} differs most from the "
        f"screen without scores: {worst:,} {decisions}."
    )


def dial_in_words(by: str, label: str, value: float) -> str:
    """One dial's setting, for instance ``"30 % of the weight on Klout"``.

    Examples
    --------
    >>> dial_in_words("weights", "Klout", 30.0), dial_in_words("cutoffs", "Klout", 50.0)
    ('30 % of the weight on Klout', 'a cut-off of 50 on Klout')
    >>> dial_in_words("cutoffs", "Klout", -np.inf)
    'no cut-off on Klout'
    """
    if by == "weights":
        return f"{value:g} % of the weight on {label}"
    return f"no cut-off on {label}" if np.isinf(value) else f"a cut-off of {value:,g} on {label}"
