"""What the figures of one comparison say, in plain words.

Three questions are kept apart: is the difference large enough to matter (*practical*, below
four-fifths), is it unlikely to be chance (*statistical*, an adjusted exact test), and were
there enough people to tell (*enough people*).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from toolkit.fairness.rules import Rules

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
    reading : str
        A sentence with the figures behind the phrase.
    practical : bool or None
        Below four-fifths. None where there is no comparison.
    statistical : bool or None
        Selected at a lower rate, and unlikely to be chance. None where it was not tested.
    enough_people : bool or None
        A group at four-fifths of the referent's rate would probably be noticed.
    """

    phrase: Phrase
    reading: str
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
        return Verdict("no comparison", f"Nobody belongs to {facts.group}.")
    if facts.referent is None:
        return Verdict(
            "too small to say",
            f"No group has the {rules.minimum_people} people and "
            f"{100 * rules.minimum_share:g} % share that a referent needs, so "
            f"{facts.group} ({counted(facts.selected, facts.n)}) is compared with nobody.",
        )
    if facts.ratio is None:
        return Verdict(
            "no comparison",
            f"Nobody of {facts.referent} was selected, so there is no rate to compare with.",
        )
    return _of_comparison(facts, facts.ratio, rules)


def _of_referent(facts: Facts) -> Verdict:
    if facts.alone:
        return Verdict("no comparison", f"There is no other group to compare {facts.group} with.")
    if facts.selected == 0:
        return Verdict("no comparison", "Nobody was selected, so there is no rate to compare with.")
    return Verdict(
        "referent",
        f"The others are compared with {facts.group}: {counted(facts.selected, facts.n)} selected.",
    )


def _of_comparison(facts: Facts, ratio: float, rules: Rules) -> Verdict:
    interval = ""
    if facts.ratio_low is not None and facts.ratio_high is not None:
        interval = f" ({ratio_in_words(facts.ratio_low)} to {ratio_in_words(facts.ratio_high)})"
    compared = (
        f"{facts.group}: {counted(facts.selected, facts.n)} selected, against "
        f"{counted(facts.referent_selected, facts.referent_n)} of {facts.referent}; "
        f"impact ratio {ratio_in_words(ratio)}{interval}"
    )
    p = facts.p_adjusted
    if p is None:
        return Verdict(
            "too small to say",
            f"{compared}. With fewer than {rules.minimum_people} people no conclusion is drawn.",
            practical=facts.below,
            enough_people=False,
        )
    detectable = facts.smallest_detectable_ratio
    enough = detectable is not None and detectable >= FOUR_FIFTHS
    sure_above = facts.surely_above is not None and facts.surely_above >= FOUR_FIFTHS
    statistical = p < rules.alpha and ratio < 1
    chance = f"adjusted p {p_in_words(p, rules.alpha)}"
    phrase: Phrase
    if ratio > 1:
        phrase = "selected more often than the referent"
        said = f"{facts.group} is kept out of the referent, for the reason given"
    elif facts.below and statistical:
        phrase = "adverse impact indicated"
        said = f"below four-fifths, and more than chance explains ({chance})"
    elif statistical:
        phrase = "above four-fifths, but beyond chance"
        said = f"not below four-fifths, yet more than chance explains ({chance})"
    elif facts.below and enough:
        phrase = "below four-fifths, consistent with chance"
        said = f"below four-fifths, and consistent with chance ({chance})"
    elif not facts.below and (enough or sure_above):
        phrase = "no adverse impact indicated at these numbers"
        said = f"not below four-fifths, and consistent with chance ({chance})"
    else:
        phrase = "too small to say"
        side = "below four-fifths" if facts.below else "not below four-fifths"
        said = f"{side}, and consistent with chance ({chance})"
    if not statistical and ratio <= 1:
        said = f"{said}. {_noticed(detectable)}"
    return Verdict(
        phrase,
        f"{compared}: {said}.",
        practical=facts.below,
        statistical=statistical,
        enough_people=enough,
    )


def _noticed(detectable: float | None) -> str:
    """What these numbers could have shown."""
    if detectable is None:
        return "With these numbers not even a rate of zero would probably have been noticed"
    return (
        f"With these numbers a ratio of about {ratio_in_words(detectable)} or less would probably "
        "have been noticed, a higher one not"
    )


def counted(selected: int, n: int) -> str:
    """Selected people of all, with the percentage where ten people or more carry one.

    Examples
    --------
    >>> counted(34, 76), counted(3, 7)
    ('34 of 76 (44.7 %)', '3 of 7')
    """
    people = f"{selected:,} of {n:,}"
    return f"{people} ({percent(selected / n)})" if n >= 10 else people


def percent(rate: float) -> str:
    """A rate in words.

    Examples
    --------
    >>> percent(0.4474), percent(1.0)
    ('44.7 %', '100 %')
    """
    text = f"{100 * rate:.1f}"
    return f"{text.removesuffix('.0')} %"


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
    if p < 0.001:
        return "below 0.001"
    return _same_side(p, alpha, 3)


def _same_side(value: float, limit: float, decimals: int) -> str:
    """The value rounded, without rounding it over the limit."""
    for places in range(decimals, 12):
        text = f"{value:.{places}f}"
        if (float(text) < limit) == (value < limit):
            return text
    return repr(value)
