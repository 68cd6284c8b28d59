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
from toolkit.sentence import Sentence, figure, listed, say, say_count

if TYPE_CHECKING:
    from toolkit.influence.stress import Stress
    from toolkit.influence.sweep import Sweep
    from toolkit.influence.sweep_pair import PairSweep

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905


def in_words(count: int) -> Sentence:
    """A count as running text writes it.

    Examples
    --------
    >>> in_words(7), in_words(40), in_words(0)
    ('seven', '40', 'no')
    """
    digits = f"{count:,}"
    return figure(_NUMBERS[count] if count < len(_NUMBERS) else digits, digits)


def quantity(value: float, decimals: int) -> str:
    """A value or change at the signal's own precision, with thousands separated.

    Examples
    --------
    >>> quantity(2300.0, 0), quantity(0.25, 2), quantity(-3.0, 1)
    ('2,300', '0.25', '−3.0')
    """
    return f"{value:,.{decimals}f}".replace("-", "−")


def headline(influence: Influence) -> Sentence:
    """One sentence: what all scores of the screen together decided."""
    scores = [influence.signals[name] for name in influence.scores]
    if not scores:
        return say(
            "The screen '{screen}' uses no score: evidence and facts decide alone.",
            screen=influence.screen.name,
        )
    if len(scores) == 1:
        return signal_sentence(influence, scores[0])
    removed = influence.all_scores_removed
    together = say("{labels} together", labels=listed([score.label for score in scores]))
    return _sentence(together, len(scores), removed.gained, removed.lost, influence)


def signal_sentence(influence: Influence, signal: SignalInfluence) -> Sentence:
    """One sentence: what one signal decided."""
    return _sentence(signal.label, 1, signal.gained, signal.lost, influence)


def _sentence(
    subject: str, signals: int, gained: Sequence[str], lost: Sequence[str], influence: Influence
) -> Sentence:
    """`signals` is the number of those that the subject names: of it, or of them."""
    places = int(np.count_nonzero(influence.decisions.selected))
    told: dict[str, object] = {"subject": subject, "places": places, "n": len(gained)}
    if not gained and not lost and places == 1:
        return say_count(
            "{subject} did not decide the only place: without it the same person goes forward.",
            "{subject} did not decide the only place: without them the same person goes forward.",
            signals,
            subject=subject,
        )
    if not gained and not lost:
        return say_count(
            "{subject} decided none of {places} places: without it the same people go forward.",
            "{subject} decided none of {places} places: without them the same people go forward.",
            signals,
            **told,
        )
    if len(gained) == len(lost) == 1 and places == 1:
        return say_count(
            "{subject} decided the only place: without it this candidate would not be taken "
            "forward, and this one would.",
            "{subject} decided the only place: without them this candidate would not be taken "
            "forward, and this one would.",
            signals,
            subject=subject,
        )
    if len(gained) == len(lost) == 1:
        return say_count(
            "{subject} decided 1 of {places} places: without it this candidate would not be taken "
            "forward, and this one would.",
            "{subject} decided 1 of {places} places: without them this candidate would not be "
            "taken forward, and this one would.",
            signals,
            **told,
        )
    if len(gained) == len(lost):
        return say_count(
            "{subject} decided {n} of {places} places: without it these {count} would not be taken "
            "forward, and these {count} would.",
            "{subject} decided {n} of {places} places: without them these {count} would not be "
            "taken forward, and these {count} would.",
            signals,
            **told,
            count=in_words(len(gained)),
        )
    return say_count(
        "{subject} changed the decision on {candidates}: without it {changes}.",
        "{subject} changed the decision on {candidates}: without them {changes}.",
        signals,
        subject=subject,
        candidates=say_count(
            "{n} candidate",
            "{n} candidates",
            len(gained) + len(lost),
            n=len(gained) + len(lost),
        ),
        changes=_changes(len(gained), len(lost)),
    )


def _changes(gained: int, lost: int) -> Sentence:
    changes = []
    if gained:
        changes.append(
            say_count(
                "{count} now taken forward would not be",
                "{count} now taken forward would not be",
                gained,
                count=in_words(gained),
            )
        )
    if lost:
        changes.append(
            say_count(
                "{count} now left out would be taken forward",
                "{count} now left out would be taken forward",
                lost,
                count=in_words(lost),
            )
        )
    return listed(changes)


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
    sentences: list[str] = [noise_sentence(found.noise)]
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


def noise_sentence(noise: Redrawn) -> Sentence:
    """How many decisions would change if the scores were measured again, and whose are close."""
    low, high = noise.expected_flips_interval
    told: dict[str, object] = {
        "flips": figure(f"{noise.expected_flips:,.1f}"),
        "draws": noise.draws,
        "low": figure(f"{low:,.1f}"),
        "high": figure(f"{high:,.1f}"),
    }
    if noise.draws < FEWEST_TO_CALL:
        return say(
            "Measured again, the scores would change {flips} decisions on average (95 % interval "
            "of {draws} draws: {low} to {high}); {draws} draws are too few to say of any candidate "
            "that the decision would stay, which takes {needed}.",
            **told,
            needed=FEWEST_TO_CALL,
        )
    close = int(np.count_nonzero(noise.too_close_to_call))
    return say_count(
        "Measured again, the scores would change {flips} decisions on average (95 % interval of "
        "{draws} draws: {low} to {high}); {close} candidate is too close to call.",
        "Measured again, the scores would change {flips} decisions on average (95 % interval of "
        "{draws} draws: {low} to {high}); {close} candidates are too close to call.",
        close,
        **told,
        close=in_words(close),
    )


def campaign_of_one_sentence(found: CampaignOfOne, cohort: Cohort) -> str:
    """What a campaign does for one candidate: scores, rank and place, before and after."""
    who = cohort.name_of(found.candidate_id)
    if not found.moved:
        return f"{who}: no followers or score are known, so nothing can be moved."
    scores = listed(
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


def sweep_headline(label: str, found: Sweep) -> Sentence:
    """One sentence: how much the decisions depend on a score's weight and cut-off."""
    most = np.unravel_index(int(found.flips.argmax()), found.flips.shape)
    flips = int(found.flips[most])
    if flips == 0:
        return say("No weight of {label} and no cut-off on it changes a decision.", label=label)
    told: dict[str, object] = {
        "screens": int(found.flips.size),
        "label": label,
        "decisions": say_count("{n} decision", "{n} decisions", flips, n=flips),
    }
    if flips == found.flips.min():
        return say(
            "All {screens} screens with another weight of {label} or another cut-off differ alike "
            "from the screen without scores: {decisions}.",
            **told,
        )
    told["weight"] = int(found.weights[most[0]])
    cutoff = found.cutoffs[most[1]]
    if np.isinf(cutoff):
        return say(
            "Of {screens} screens with another weight of {label} or another cut-off, the one with "
            "a weight of {weight} % and no cut-off differs most from the screen without scores: "
            "{decisions}.",
            **told,
        )
    return say(
        "Of {screens} screens with another weight of {label} or another cut-off, the one with a "
        "weight of {weight} % and a cut-off of {cutoff} differs most from the screen without "
        "scores: {decisions}.",
        **told,
        cutoff=figure(f"{cutoff:,g}"),
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
