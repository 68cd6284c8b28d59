"""The sentences about a score above what its audience, or the work, supports."""

from __future__ import annotations

from toolkit.inflation.wording import brief, percent
from toolkit.sentence import Sentence, say

NEEDS_AUDIENCE = say("a Klout or Kred score together with the followers of a Twitter account")


def needs_work(candidates: int) -> Sentence:
    return say(
        "a social score beside evidence of work, for at least {candidates} candidates who are not "
        "all alike",
        candidates=candidates,
    )


def above_audience(
    label: str, value: float, expected: float, low: float, high: float, share: float, r2: float
) -> Sentence:
    return say(
        "{label} {value}, where accounts with this audience and activity had {expected} (90 % of "
        "them between {low} and {high}). It is higher than {share} of such accounts. Audience and "
        "activity explain {explained} of the score's variance in the sample of 2013.",
        label=label,
        value=brief(value),
        expected=brief(expected),
        low=brief(low),
        high=brief(high),
        share=percent(share),
        explained=percent(r2),
    )


def within_audience(label: str, value: float, expected: float) -> Sentence:
    return say(
        "{label} {value} is within what this audience and activity support ({expected} expected).",
        label=label,
        value=brief(value),
        expected=brief(expected),
    )


WOULD_CHANGE_AUDIENCE = say(
    "Facts from the date of the score, an audience on other networks that the score counts "
    "too, or a change of the provider's scale since 2013."
)


def above_work(
    label: str, value: float, expected: float, low: float, high: float, share: float, n: int
) -> Sentence:
    return say(
        "{label} {value}, where candidates of this requisition with such evidence have "
        "{expected} (90 % prediction interval {low} to {high}, from {n} candidates). It is higher "
        "than {share} of scores to expect.",
        label=label,
        value=brief(value),
        expected=brief(expected),
        low=brief(low),
        high=brief(high),
        n=str(n),
        share=percent(share),
    )


def within_work(label: str, value: float, expected: float) -> Sentence:
    return say(
        "{label} {value} is within what this evidence of work supports ({expected} expected).",
        label=label,
        value=brief(value),
        expected=brief(expected),
    )


WOULD_CHANGE_WORK = say("Work that is not in the evidence yet, or evidence rated by somebody else.")
