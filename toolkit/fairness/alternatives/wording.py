"""Alternatives in plain sentences, the same on the page and the command line."""

from __future__ import annotations

from toolkit.fairness.alternatives.result import Alternative, Alternatives
from toolkit.fairness.verdict import percent, ratio_in_words

#: The screen named first keeps so much of the present validity, where one on the front does.
KEEPS = 0.95
#: Ratios that differ by less are the same to a reader.
_SAME = 0.005

STATEMENT = (
    "A higher impact ratio alone makes no screen lawful or valid. These screens show what other "
    "weights would have decided on these candidates; which is used is a decision to be made and "
    "justified by people."
)


def headline(found: Alternatives) -> list[str]:
    """What the search found, the sentence that matters first.

    Parameters
    ----------
    found : Alternatives
    """
    count = len(found.front)
    front = "one is" if count == 1 else f"{count:,} are"
    first = f"Of {found.screens:,} screens tried, {front} on the front"
    best = highlighted(found)
    if best is None:
        ratio = _ratio(found.current.impact_ratio)
        if count == 0:
            return [
                f"Of {found.screens:,} screens tried, none has an impact ratio and a validity that "
                "can be measured."
            ]
        lifts = "it does not lift" if count == 1 else "none of them lifts"
        return [
            f"{first}, and {lifts} the smallest impact ratio above that of the screen as it is, "
            f"{ratio}."
        ]
    who = "it" if count == 1 else "one of them"
    name = "" if best.name is None else f", {best.name},"
    said = [
        f"{first}; {who}{name} {_validity_change(best, found.current)} and lifts the smallest "
        f"impact ratio from {_ratio(found.current.impact_ratio)} to {ratio_with_interval(best)}."
    ]
    if best.held_out is not None and found.current.held_out is not None:
        said.append(held_out_sentence(best, found.current))
    return said


def highlighted(found: Alternatives) -> Alternative | None:
    """The member of the front that is named first.

    The one with the highest impact ratio among those that keep 95 % of the present validity;
    where none of these lifts the ratio, the most valid one that does; None where none does.
    """
    now = found.current
    before = -1.0 if now.impact_ratio is None else now.impact_ratio
    lifting = [one for one in found.front if (one.impact_ratio or 0.0) > before + 1e-12]
    validity = now.validity.value
    keeping = [
        one
        for one in lifting
        if validity is None
        or (one.validity.value or 0.0) >= (KEEPS * validity if validity > 0 else validity)
    ]
    return keeping[-1] if keeping else next(iter(lifting), None)


def held_out_sentence(one: Alternative, current: Alternative) -> str:
    """The same comparison on candidates who had no part in the choice."""
    assert one.held_out is not None
    assert current.held_out is not None
    held, now = one.held_out, current.held_out
    change = _change(held.validity, now.validity)
    from_to = f"from {ratio_in_words(now.impact_ratio)} to {ratio_in_words(held.impact_ratio)}"
    lifts = held.impact_ratio > now.impact_ratio
    moves = "lifts the ratio" if lifts else "does not lift the ratio, which goes"
    return (
        f"Held out, on candidates who had no part in the choice, such a choice {change} and "
        f"{moves} {from_to}: {expect_sentence(one)}"
    )


def expect_sentence(one: Alternative) -> str:
    """How much less to expect than is shown.

    Parameters
    ----------
    one : Alternative
        With held-out figures.
    """
    validity, ratio = one.validity_shrinkage, one.impact_ratio_shrinkage
    if validity is None or ratio is None:
        return "there are no held-out figures."
    parts = []
    for shrinkage, what in ((validity, "validity"), (ratio, "impact ratio")):
        size = f"{abs(shrinkage):.2f}"
        if size == "0.00":
            parts.append(f"no less {what}")
        else:
            parts.append(f"{size} {'less' if shrinkage > 0 else 'more'} {what}")
    return f"expect {parts[0]} and {parts[1]} than is shown."


def changes_sentence(one: Alternative) -> str:
    """How many change places against the screen as it is."""
    gains, loses = len(one.gains_place), len(one.loses_place)
    if not gains and not loses:
        return "The same people are selected as by the screen as it is."
    gain = "1 candidate gains" if gains == 1 else f"{gains:,} candidates gain"
    lose = "1 loses" if loses == 1 else f"{loses:,} lose"
    return f"{gain} a place and {lose} one."


def validity_with_interval(one: Alternative) -> str:
    """Validity with its interval, where it has one."""
    estimate = one.validity
    if estimate.value is None:
        return "–"
    value = _number(estimate.value)
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({_number(estimate.low)} to {_number(estimate.high)})"


def ratio_with_interval(one: Alternative) -> str:
    """The smallest impact ratio with the interval of its group."""
    if one.impact_ratio is None:
        return "–"
    value = ratio_in_words(one.impact_ratio)
    if one.impact_ratio_low is None or one.impact_ratio_high is None:
        return value
    low, high = ratio_in_words(one.impact_ratio_low), ratio_in_words(one.impact_ratio_high)
    return f"{value} ({low} to {high})"


def sentence_case(words: str) -> str:
    """The words with a capital letter first, the others as they are.

    Examples
    --------
    >>> sentence_case("without GitHub stars")
    'Without GitHub stars'
    """
    return words[:1].upper() + words[1:]


def _validity_change(one: Alternative, current: Alternative) -> str:
    if one.validity.value is None or current.validity.value is None:
        return "has a validity that cannot be compared"
    return _change(one.validity.value, current.validity.value)


def _change(new: float, old: float) -> str:
    if old <= 0:
        return f"has a validity of {_number(new)} against {_number(old)}"
    share = new / old
    if abs(share - 1) < _SAME:
        return "keeps the validity"
    if share > 1:
        return f"raises the validity from {_number(old)} to {_number(new)}"
    return f"keeps {percent(max(share, 0.0))} of the validity"


def _ratio(value: float | None) -> str:
    return "none that can be formed" if value is None else ratio_in_words(value)


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
