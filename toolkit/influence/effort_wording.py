"""What a change would take, in plain words: never as advice, always with its range."""

from __future__ import annotations

import math

from toolkit.influence.effort import Effort, Money
from toolkit.sentence import Sentence, figure, say

#: Who would have to lose more than this share of an audience would lose nearly all of it;
#: two digits of the number could come out above what there is.
NEARLY_ALL = 0.95


def about(number: float) -> str:
    """A number to two digits, as an estimate is told.

    Examples
    --------
    >>> about(2_312), about(48.35), about(0.778), about(7), about(0)
    ('2,300', '48', '0.78', '7', '0')
    """
    if number == 0:
        return "0"
    decimals = 1 - math.floor(math.log10(abs(number)))
    rounded = round(number, decimals)
    if float(rounded).is_integer():
        return f"{rounded:,.0f}"
    return f"{rounded:,.{max(decimals, 0)}f}"


def effort_phrase(effort: Effort) -> Sentence:
    """What it would take, as a part of a sentence.

    Examples
    --------
    >>> effort_phrase(Effort("klout", 5.0, "followers", 2312, 1402, 3980, "own audience",
    ...                      1100.0, None))
    'about 2,300 more followers (1,400 to 4,000)'
    >>> effort_phrase(Effort("klout", -5.0, "followers", -610, None, -590, "own audience",
    ...                      1100.0, None))
    'about 610 fewer followers (590 or more)'
    >>> effort_phrase(Effort("klout", -30.0, "followers", -31850, None, -31790, "own audience",
    ...                      31877.0, None))
    'the loss of nearly all followers'
    """
    more, unit = effort.amount > 0, effort.unit
    if effort.basis == "count":
        amount = figure(f"{abs(effort.amount):,}")
        if more:
            return say("{amount} more {unit}", amount=amount, unit=unit)
        return say("{amount} fewer {unit}", amount=amount, unit=unit)
    if effort.audience is not None and -effort.amount > NEARLY_ALL * effort.audience:
        return say("the loss of nearly all {unit}", unit=unit)
    told: dict[str, object] = {
        "amount": figure(about(abs(effort.amount))),
        "unit": unit,
        "span": _span(*((effort.low, effort.high) if more else (effort.high, effort.low))),
    }
    if more:
        return say("about {amount} more {unit} ({span})", **told)
    return say("about {amount} fewer {unit} ({span})", **told)


def _span(low: float | None, high: float | None) -> Sentence:
    near, far = (None if end is None else figure(about(abs(end))) for end in (low, high))
    if far is None:
        return say("{low} or more", low=near or "0")
    if near is None:
        return say("up to {high}", high=far)
    return near if near == far else say("{low} to {high}", low=near, high=far)


def effort_sentence(effort: Effort) -> str:
    """What it would take, from which audience, and what so much was sold for.

    Examples
    --------
    >>> effort_sentence(Effort("klout", 5.0, "followers", 2312, 1402, 3980, "own audience",
    ...                        1100.0, None))
    'It would take about 2,300 more followers (1,400 to 4,000); the account has 1,100.'
    >>> effort_sentence(Effort("klout", 5.0, "followers", 2312, 1402, 3980, "own audience",
    ...                        1100.0, None, (40.2, 69.1)))[-53:]
    ' Of accounts of that size, 95 % scored from 40 to 69.'
    """
    text = f"It would take {effort_phrase(effort)}"
    if effort.audience is None:
        text += "."
    elif effort.basis == "own audience":
        text += f"; the account has {effort.audience:,.0f}."
    else:
        text += (
            f". The candidate's own audience is not known; about {about(effort.audience)} "
            f"{effort.unit} are usual for this score."
        )
    if effort.usual_scores is not None:
        low, high = effort.usual_scores
        text += f" Of accounts of that size, 95 % scored from {low:,.0f} to {high:,.0f}."
    return text if effort.money is None else f"{text} {_money_sentence(effort.money)}"


def _money_sentence(money: Money) -> str:
    price = money.price
    if money.high is None:
        span = f"{about(money.low)} {price.currency} or more"
    elif about(money.low) == about(money.high):
        span = f"{about(money.low)} {price.currency}"
    else:
        span = f"{about(money.low)} to {about(money.high)} {price.currency}"
    source = "" if price.source is None else f" ({price.source.title})"
    return f"At {price}, so many were on sale for {span}{source}."
