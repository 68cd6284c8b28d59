"""What the figures of one comparison say, in plain words.

Three questions are kept apart: is the difference large enough to matter (*practical*, below
four-fifths), is it unlikely to be chance (*statistical*, an adjusted exact test), and were
there enough people to tell (*enough people*).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from toolkit.fairness.rules import Rules
from toolkit.sentence import Sentence, figure, in_a_row, say

Phrase = Literal[
    "referent",
    "adverse impact indicated",
    "below four-fifths, consistent with chance",
    "above four-fifths, but beyond chance",
    "no adverse impact indicated at these numbers",
    "too small to say",
    "selected more often than the referent",
    "no comparison",
]

#: The rule of thumb of one guideline (29 CFR 1607.4 D), no limit set by law.
FOUR_FIFTHS = 0.8
#: Smaller p-values are told as below it.
SMALLEST_P = 0.001


@dataclass(frozen=True)
class Facts:
    """What a verdict on one group rests on.

    Parameters
    ----------
    group, referent : str
        Referent may be None where no group is large enough.
    n, selected, referent_n, referent_selected : int
    ratio, ratio_low, ratio_high : float or None
        Impact ratio and its interval.
    surely_above : float or None
        The lower end of the exact interval where there is one, of the other where not.
    below : bool
        Below four-fifths, compared in integers.
    p_adjusted : float or None
        Holm-adjusted p of Fisher's test; None where the group is too small to be tested.
    smallest_detectable_ratio : float or None
    alone : bool
        No other group has anybody in it.
    """

    group: str
    referent: str | None
    n: int
    selected: int
    referent_n: int
    referent_selected: int
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    surely_above: float | None
    below: bool
    p_adjusted: float | None
    smallest_detectable_ratio: float | None
    alone: bool


@dataclass(frozen=True)
class Verdict:
    """The answers to the three questions, a phrase, and a sentence.

    Parameters
    ----------
    phrase : str
        One of a closed list, see `Phrase`.
    reading : Sentence
        A sentence with the figures behind the phrase.
    practical : bool or None
        Below four-fifths. None where there is no comparison.
    statistical : bool or None
        Selected at a lower rate, and unlikely to be chance. None where it was not tested.
    enough_people : bool or None
        A group at four-fifths of the referent's rate would probably be noticed.
    """

    phrase: Phrase
    reading: Sentence
    practical: bool | None = None
    statistical: bool | None = None
    enough_people: bool | None = None


def verdict(facts: Facts, rules: Rules) -> Verdict:
    """Judge one comparison.

    ============================================  ==================  ================
    Verdict                                       Below four-fifths   Beyond chance
    ============================================  ==================  ================
    adverse impact indicated                      yes                 yes
    below four-fifths, consistent with chance     yes                 no
    above four-fifths, but beyond chance          no                  yes
    no adverse impact indicated at these numbers  no                  no
    ============================================  ==================  ================

    Where the difference is not beyond chance, "too small to say" takes the place of both
    answers unless there are enough people: a true ratio of four-fifths would be noticed with
    the power in the rules, or the interval of the ratio lies above four-fifths anyway. Groups
    under the minimum number of people are always "too small to say".

    Parameters
    ----------
    facts : Facts
    rules : Rules

    Returns
    -------
    Verdict
    """
    if facts.group == facts.referent:
        return _of_referent(facts)
    if facts.n == 0:
        return Verdict("no comparison", say("Nobody belongs to {group}.", group=facts.group))
    if facts.referent is None:
        return Verdict(
            "too small to say",
            say(
                "No group has the {people} people and {share} % share that a referent needs, so "
                "{group} ({counts}) is compared with nobody.",
                people=str(rules.minimum_people),
                share=figure(f"{100 * rules.minimum_share:g}"),
                group=facts.group,
                counts=counted(facts.selected, facts.n),
            ),
        )
    if facts.ratio is None:
        return Verdict(
            "no comparison",
            say(
                "Nobody of {group} was selected, so there is no rate to compare with.",
                group=facts.referent,
            ),
        )
    return _of_comparison(facts, facts.ratio, rules)


def _of_referent(facts: Facts) -> Verdict:
    if facts.alone:
        said = say("There is no other group to compare {group} with.", group=facts.group)
        return Verdict("no comparison", said)
    if facts.selected == 0:
        said = say("Nobody was selected, so there is no rate to compare with.")
        return Verdict("no comparison", said)
    return Verdict(
        "referent",
        say(
            "The others are compared with {group}: {counts} selected.",
            group=facts.group,
            counts=counted(facts.selected, facts.n),
        ),
    )


def _of_comparison(facts: Facts, ratio: float, rules: Rules) -> Verdict:
    compared = _compared(facts, ratio)
    p = facts.p_adjusted
    if p is None:
        return Verdict(
            "too small to say",
            say(
                "{compared}. With fewer than {people} people no conclusion is drawn.",
                compared=compared,
                people=str(rules.minimum_people),
            ),
            practical=facts.below,
            enough_people=False,
        )
    detectable = facts.smallest_detectable_ratio
    enough = detectable is not None and detectable >= FOUR_FIFTHS
    sure_above = facts.surely_above is not None and facts.surely_above >= FOUR_FIFTHS
    statistical = p < rules.alpha and ratio < 1
    chance = (
        say("adjusted p below {number}", number=figure(f"{SMALLEST_P}"))
        if p < SMALLEST_P
        else say("adjusted p {number}", number=figure(p_in_words(p, rules.alpha)))
    )
    by_chance = (
        say("below four-fifths, and consistent with chance ({chance})", chance=chance)
        if facts.below
        else say("not below four-fifths, and consistent with chance ({chance})", chance=chance)
    )
    phrase: Phrase
    if ratio > 1:
        phrase = "selected more often than the referent"
        said = say("{group} is kept out of the referent, for the reason given", group=facts.group)
    elif facts.below and statistical:
        phrase = "adverse impact indicated"
        said = say("below four-fifths, and more than chance explains ({chance})", chance=chance)
    elif statistical:
        phrase = "above four-fifths, but beyond chance"
        said = say("not below four-fifths, yet more than chance explains ({chance})", chance=chance)
    elif facts.below and enough:
        phrase, said = "below four-fifths, consistent with chance", by_chance
    elif not facts.below and (enough or sure_above):
        phrase, said = "no adverse impact indicated at these numbers", by_chance
    else:
        phrase, said = "too small to say", by_chance
    reading = say("{compared}: {judged}.", compared=compared, judged=said)
    if not statistical and ratio <= 1:
        reading = in_a_row([reading, _noticed(detectable)])
    return Verdict(
        phrase,
        reading,
        practical=facts.below,
        statistical=statistical,
        enough_people=enough,
    )


def _compared(facts: Facts, ratio: float) -> Sentence:
    told: dict[str, object] = {
        "group": facts.group,
        "counts": counted(facts.selected, facts.n),
        "other_counts": counted(facts.referent_selected, facts.referent_n),
        "referent": facts.referent,
        "ratio": figure(ratio_in_words(ratio)),
    }
    if facts.ratio_low is None or facts.ratio_high is None:
        return say(
            "{group}: {counts} selected, against {other_counts} of {referent}; impact ratio "
            "{ratio}",
            **told,
        )
    return say(
        "{group}: {counts} selected, against {other_counts} of {referent}; impact ratio {ratio} "
        "({low} to {high})",
        **told,
        low=figure(ratio_in_words(facts.ratio_low)),
        high=figure(ratio_in_words(facts.ratio_high)),
    )


def _noticed(detectable: float | None) -> Sentence:
    """What these numbers could have shown."""
    if detectable is None:
        return say("With these numbers not even a rate of zero would probably have been noticed.")
    return say(
        "With these numbers a ratio of about {ratio} or less would probably have been noticed, a "
        "higher one not.",
        ratio=figure(ratio_in_words(detectable)),
    )


def counted(selected: int, n: int) -> Sentence:
    """Selected people of all, with the percentage where ten people or more carry one.

    Examples
    --------
    >>> counted(34, 76), counted(3, 7)
    ('34 of 76 (44.7 %)', '3 of 7')
    """
    if n < 10:
        return say("{selected} of {n}", selected=selected, n=n)
    share = percent(selected / n)
    return say("{selected} of {n} ({share})", selected=selected, n=n, share=share)


def percent(rate: float) -> Sentence:
    """A rate in words.

    Examples
    --------
    >>> percent(0.4474), percent(1.0)
    ('44.7 %', '100 %')
    """
    return say("{number} %", number=figure(f"{100 * rate:.1f}".removesuffix(".0")))


def ratio_in_words(ratio: float) -> str:
    """A ratio with two decimals, or as many as show on which side of 0.80 it lies.

    Examples
    --------
    >>> ratio_in_words(0.82324), ratio_in_words(0.7999), ratio_in_words(0.8)
    ('0.82', '0.7999', '0.80')
    """
    return _same_side(ratio, FOUR_FIFTHS, 2)


def p_in_words(p: float, alpha: float) -> str:
    """A p-value with three decimals, or as many as show on which side of alpha it lies.

    Examples
    --------
    >>> p_in_words(0.0324, 0.05), p_in_words(0.04998, 0.05), p_in_words(0.0000001, 0.05)
    ('0.032', '0.04998', 'below 0.001')
    """
    if p < SMALLEST_P:
        return f"below {SMALLEST_P}"
    return _same_side(p, alpha, 3)


def p_value(p: float, alpha: float) -> Sentence:
    """The same with its name.

    Examples
    --------
    >>> p_value(0.0324, 0.05), p_value(0.0000001, 0.05)
    ('p = 0.032', 'p below 0.001')
    """
    if p < SMALLEST_P:
        return say("p below {number}", number=figure(f"{SMALLEST_P}"))
    return say("p = {number}", number=figure(_same_side(p, alpha, 3)))


def _same_side(value: float, limit: float, decimals: int) -> str:
    """The value rounded, without rounding it over the limit."""
    for places in range(decimals, 12):
        text = f"{value:.{places}f}"
        if (float(text) < limit) == (value < limit):
            return text
    return repr(value)
