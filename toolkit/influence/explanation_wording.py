"""One candidate's decision in words that the candidate can read.

The candidate is named by code and spoken of in the third person, so that the same words can
stand on a page, in an answer to the candidate and in a file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from toolkit.influence.effort_wording import effort_phrase
from toolkit.influence.explanation import Explanation, GateAnswer, NoiseShare, SignalReason, StandIn
from toolkit.influence.stress import Spread
from toolkit.influence.waterfall import Step
from toolkit.influence.wording import in_words, margin_sentence, quantity
from toolkit.intake.cohort import Signal
from toolkit.sentence import listed

#: Intervals and shares are told in so many hundredths.
_HUNDRED = 100


def headline(found: Explanation) -> str:
    """One sentence: the decision, and where in the order it came about."""
    outcome = "was taken forward" if found.selected else "was not taken forward"
    what = f"Candidate {found.candidate_id} {outcome}"
    if found.rank is None:
        lacking = [one.label for one in found.stand_ins if one.value is None]
        if any(not one.met for one in found.gates):
            count = sum(not one.met for one in found.gates)
            why = "a condition" if count == 1 else f"{in_words(count)} conditions"
            return f"{what}: {why} of the screen {'is' if count == 1 else 'are'} not met."
        return f"{what}: there is no value for {listed(lacking)}."
    places = "one place" if found.places == 1 else f"{found.places:,} places"
    return f"{what}: rank {found.rank:,} of {found.eligible:,}, with {places}."


def circumstances(found: Explanation) -> list[str]:
    """Sentences: conditions not met, values that stood in for missing ones, a lot drawn."""
    said = [gate_sentence(found, one) for one in found.gates if not one.met]
    said += [stand_in_sentence(one) for one in found.stand_ins]
    if found.tied_at_cut:
        said.append(
            "Tied at the cut: alike with others in everything that the screen looks at. A lot "
            "decided."
        )
    return said


def gate_sentence(found: Explanation, answer: GateAnswer) -> str:
    """A condition, and the value that met it or did not."""
    condition = str(answer.gate).replace(answer.gate.signal, answer.label, 1)
    verb = "is met" if answer.met else "is not met"
    reason = next(one for one in found.signals if one.signal == answer.gate.signal)
    if reason.value is None:
        return f"The condition {condition} {verb}."
    value = quantity(reason.value, reason.decimals)
    return f"The condition {condition} {verb}: the value is {value}."


def stand_in_sentence(stand_in: StandIn) -> str:
    """What the screen did about a missing value.

    Examples
    --------
    >>> stand_in_sentence(StandIn("klout", "Klout", 48.0, 0, "median"))
    'No value for Klout: 48, the middle value of the others, stands in.'
    """
    if stand_in.value is None:
        if stand_in.how == "reject":
            return f"No value for {stand_in.label}, which this screen rejects."
        return f"No value for {stand_in.label}, and nobody else has one."
    which = "middle" if stand_in.how == "median" else "least favourable"
    value = quantity(stand_in.value, stand_in.decimals)
    return f"No value for {stand_in.label}: {value}, the {which} value of the others, stands in."


def score_sentences(found: Explanation) -> list[str]:
    """Sentences: what taking out each score, and all of them, would do to this decision."""
    if not found.scores:
        return ["The screen uses no score: evidence and facts decide alone."]
    other = "would not be taken forward" if found.selected else "would be taken forward"
    deciding = [one.label for one in found.deciding if one.role == "score"]
    all_flip = found.selected_without_scores != found.selected
    if not deciding:
        if all_flip:
            return [
                "No single score decided this, but without all scores together this candidate "
                f"{other}."
            ]
        return ["No score decided this: without any one of them, and without all, it is the same."]
    if len(deciding) == 1:
        said = [f"{deciding[0]} decided this: without it this candidate {other}."]
    else:
        said = [f"Without any one of {listed(deciding)} this candidate {other}."]
    if len(found.scores) > 1:
        said.append(
            f"Without all scores together, too, this candidate {other}."
            if all_flip
            else "Without all scores together the decision would be the same as it is."
        )
    return said


def other_sentences(found: Explanation) -> list[str]:
    """Sentences: signals that are no scores, without any one of which it would be the other."""
    deciding = [one.label for one in found.deciding if one.role != "score"]
    if not deciding:
        return []
    other = "would not be taken forward" if found.selected else "would be taken forward"
    one_of = deciding[0] if len(deciding) == 1 else f"any one of {listed(deciding)}"
    return [f"Without {one_of} this candidate {other}."]


def part_sentences(found: Explanation) -> list[str]:
    """Sentences: from the chance that everyone starts with to the decision."""
    if found.attribution is None:
        return []
    start, *parts, _ = found.steps
    places = "one place" if found.places == 1 else f"{found.places:,} places"
    people = "one candidate" if found.candidates == 1 else f"{found.candidates:,} candidates"
    said = [f"With {places} for {people}, everyone starts with {of_a_place(start.end)} of a place."]
    moving = [step for step in parts if step.kind in ("for", "against")]
    for way, verb in (("for", "for a place"), ("against", "against it")):
        named = [f"{step.label} ({part_of(step)})" for step in moving if step.kind == way]
        if named:
            speak = "speaks" if len(named) == 1 else "speak"
            said.append(f"{listed(named)} {speak} {verb}.")
    if any(step.kind == "lot" for step in parts):
        said.append("No signal of the screen tells any two candidates apart: a lot decided.")
    elif not moving:
        said.append("No signal changes anything about that.")
    if found.attribution == "estimated":
        said.append("The parts are estimated from random orders; a standard error stands by each.")
    return said


def part_of(step: Step) -> str:
    """A part with its sign and, where it was estimated, its standard error.

    Examples
    --------
    >>> part_of(Step("for", "klout", "Klout", 0.3141, 0.2, 0.5141, 0.012))
    '+31.4 %, standard error 1.2 %'
    """
    sign = "+" if step.kind == "for" else ""
    figure = f"{sign}{of_a_place(0.0 if step.kind == 'neither' else step.part)}"
    if step.standard_error is None:
        return figure
    return f"{figure}, standard error {of_a_place(step.standard_error)}"


def of_a_place(share: float) -> str:
    """A share of a place in percent, to one decimal.

    Examples
    --------
    >>> of_a_place(-0.0831)
    '−8.3 %'
    """
    return f"{quantity(_HUNDRED * share, 1)} %"


def margin_sentences(found: Explanation) -> list[str]:
    """One sentence a signal: what it would take to flip this decision by it."""
    return [reason_margin(found, reason) for reason in found.signals]


def reason_margin(found: Explanation, reason: SignalReason) -> str:
    """What it would take to flip the decision by one signal alone."""
    about = Signal(reason.signal, reason.label, reason.role, decimals=reason.decimals)
    value = math.nan if reason.value is None else reason.value
    change = math.nan if reason.margin is None else reason.margin
    said = margin_sentence(about, value, change, found.selected)
    # What so many followers were sold for stands on the pages: it is no word to a candidate.
    return said if reason.effort is None else f"{said} That is {effort_phrase(reason.effort)}."


def noise_sentence(noise: NoiseShare) -> str:
    """How often the candidate would be taken forward if the scores were measured again."""
    draws = "one draw" if noise.draws == 1 else f"{noise.draws:,} draws"
    close = ": too close to call" if noise.too_close_to_call else ""
    return (
        "With every score measured again, this candidate would be taken forward in "
        f"{percent(noise.selected_share)} of {draws} (95 % interval "
        f"{percent_range(noise.low, noise.high)}){close}."
    )


def spread_sentences(spreads: Mapping[str, Spread], labels: Mapping[str, str]) -> list[str]:
    """What was assumed about each score's noise."""
    return [
        f"Noise of {labels.get(score, score)}: standard deviation "
        f"{quantity(spread.standard_deviation, 2)}, {spread.source}."
        for score, spread in spreads.items()
    ]


def percent(share: float) -> str:
    """A share in percent to one decimal, never rounded to none or all of it.

    Examples
    --------
    >>> percent(0.3124), percent(0.0), percent(0.9999)
    ('31.2 %', '0 %', 'over 99.9 %')
    """
    if share in (0.0, 1.0):
        return f"{_HUNDRED * share:.0f} %"
    if share < 0.0005:
        return "under 0.1 %"
    if share > 0.9995:
        return "over 99.9 %"
    return f"{_HUNDRED * share:.1f} %"


def percent_range(low: float, high: float) -> str:
    """An interval of shares.

    Examples
    --------
    >>> percent_range(0.284, 0.342)
    '28.4 % to 34.2 %'
    """
    return f"{percent(low)} to {percent(high)}"


def sentences(found: Explanation) -> Sequence[str]:
    """The whole explanation, one sentence after the other."""
    said = [headline(found), *circumstances(found), *score_sentences(found)]
    said += [*other_sentences(found), *part_sentences(found), *margin_sentences(found)]
    if found.noise is not None:
        said.append(noise_sentence(found.noise))
        labels = {one.signal: one.label for one in found.signals}
        said += spread_sentences(found.noise.spreads, labels)
    if found.inflation is not None:
        said += inflation_sentences(found)
    return said


def inflation_sentences(found: Explanation) -> list[str]:
    """Whether a score of the candidate is suspected to be inflated, with the reasons."""
    evidence = found.inflation
    if evidence is None:
        return []
    if evidence.suspicion is None:
        return ["There are not enough facts to say whether a score is inflated."]
    if not evidence.flagged:
        return ["No score of this candidate is suspected to be inflated on the facts at hand."]
    said = ["Inflation of a score is suspected. Ask for an explanation before concluding."]
    said += evidence.reasons
    said += [f"Against it: {one}" for one in evidence.against]
    said += [f"What would change this: {one}" for one in evidence.would_change]
    return said
