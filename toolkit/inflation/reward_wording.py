"""The sentences of the reward test: whether a suspicion pays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.fairness.verdict import p_value
from toolkit.inflation.wording import whole
from toolkit.sentence import Sentence, figure, in_a_row, listed, say, say_count

LESS_CERTAIN = say("higher than these numbers can tell")
NO_UPPER_LIMIT = say("no upper limit")


def reward_sentence(
    odds_ratio: float, low: float, high: float, p: float, counts: Sequence[int], strata: int
) -> Sentence:
    """The reward test in words; `counts` are selected and all, inflated then others."""
    selected_inflated, inflated, selected_other, other = map(whole, counts)
    counted_out = say(
        "{selected_suspected} of {suspected} candidates with a suspicion are selected, "
        "{selected_others} of {others} of the others.",
        selected_suspected=selected_inflated,
        suspected=inflated,
        selected_others=selected_other,
        others=other,
    )
    if np.isinf(odds_ratio):
        odds = LESS_CERTAIN
    else:
        odds = say("{odds} times those of another", odds=_odds(odds_ratio))
    told = {"odds": odds, "low": _odds(low), "high": _upper(high), "p": p_value(p, 0.05)}
    if strata > 1:
        compared = say(
            "With the same evidence, the odds of a suspected candidate are {odds} (95 % interval "
            "{low} to {high}, {p}).",
            **told,
        )
    else:
        compared = say(
            "Whatever their evidence, the odds of a suspected candidate are {odds} (95 % interval "
            "{low} to {high}, {p}).",
            **told,
        )
    if low > 1.0:
        verdict = say("The screen selects suspected candidates more often than chance explains.")
    elif high < 1.0:
        verdict = say("The screen selects suspected candidates less often than chance explains.")
    else:
        verdict = say("Such a difference can be chance.")
    return in_a_row([counted_out, compared, verdict])


def penalised_sentence(odds_ratio: float, low: float, high: float, p: float) -> Sentence:
    """The penalised test in words, for strata that are too thin for the exact one alone."""
    return say(
        "The strata are thin, so a penalised logistic regression (Firth) on the evidence itself is "
        "given beside it: an odds ratio of {odds} (95 % interval {low} to {high}, {p}).",
        odds=_odds(odds_ratio),
        low=_odds(low),
        high=_upper(high),
        p=p_value(p, 0.05),
    )


def deflated_sentence(lowered: int, out: Sequence[str], displaced: Sequence[str]) -> Sentence:
    """What lowering the flagged scores would change, in words."""
    if not lowered:
        return say(
            "No flagged candidate has a score of this screen that lies above what audience and "
            "work support, so lowering the scores changes nobody's place."
        )
    scores = say_count("{n} score", "{n} scores", lowered, n=whole(lowered))
    if not out and not displaced:
        return say(
            "With {scores} lowered to what audience and work support, the same people would be "
            "selected.",
            scores=scores,
        )
    return say(
        "With {scores} lowered to what audience and work support, {losing} would lose the place, "
        "and {gaining} would have one.",
        scores=scores,
        losing=listed(out) if out else say("nobody"),
        gaining=listed(displaced) if displaced else say("nobody"),
    )


def without_sentence(label: str, odds_ratio: float | None, low: float, high: float) -> Sentence:
    """The reward test without a score, in words."""
    if odds_ratio is None:
        return say("Without {label}: nothing to compare.", label=label)
    return say(
        "Without {label}: {odds} (95 % interval {low} to {high}).",
        label=label,
        odds=LESS_CERTAIN if np.isinf(odds_ratio) else _odds(odds_ratio),
        low=_odds(low),
        high=_upper(high),
    )


def no_reward(selected: int, inflated: int, other: int) -> Sentence:
    """Why there is no odds ratio."""
    if inflated + other == 0:
        return say("No candidate could be assessed, so nothing can be compared.")
    if inflated == 0:
        return say(
            "No candidate carries a suspicion, so there is nobody to compare with the others."
        )
    if other == 0:
        return say("Every candidate carries a suspicion, so there is nobody to compare them with.")
    if selected == 0:
        return say("Nobody is selected, so the screen rewards nothing.")
    if selected == inflated + other:
        return say("Everybody is selected, so the screen rewards nothing.")
    return say(
        "In no stratum of evidence are there candidates with and without a suspicion of whom "
        "some, not all, are selected: like cannot be compared with like."
    )


def _upper(high: float) -> Sentence:
    return NO_UPPER_LIMIT if np.isinf(high) else _odds(high)


def _odds(ratio: float) -> Sentence:
    """Two digits, or as many as show on which side of 1 an odds ratio lies."""
    if ratio >= 10:
        return whole(ratio)
    for digits in range(2, 8):
        text = f"{ratio:.{digits}g}"
        if (float(text) > 1.0, float(text) < 1.0) == (ratio > 1.0, ratio < 1.0):
            break
    return figure(text)
