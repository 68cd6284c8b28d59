"""Why a printed ratio disagrees with its rates: whose rate it is over, or how it was rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from toolkit.fairness.printed import Printed
from toolkit.fairness.published_table import PublishedRow
from toolkit.fairness.ratio_ranges import (
    Ranges,
    agreeing,
    agrees,
    highest_rated,
    over_one,
    rate_of,
    stated_ratio,
)
from toolkit.fairness.recheck_rates import people
from toolkit.fairness.recheck_values import Cause, Fault, Range
from toolkit.fairness.table_sizes import people_of_all, size_in_table, too_small
from toolkit.sentence import Sentence, begun, in_a_row, say

#: Groups that are tried as the referent; beyond them only the largest.
_MOST_TRIED = 60


def explained(
    wrong: Sequence[PublishedRow],
    groups: Sequence[PublishedRow],
    expected: Mapping[int, Range],
    ranges: Ranges,
    highest: PublishedRow,
) -> list[Fault]:
    """Why the ratios disagree: another referent for all, or something of each row's own."""
    rated = [row for row in groups if ranges[row.row] is not None]
    shown = [row for row in rated if row.impact_ratio is not None]
    other = _other_referent(shown, rated, expected, ranges)
    faults = []
    for row in wrong:
        ratio = stated_ratio(row)
        recomputed = _shown(ratio, expected[row.row])
        if other is not None and agrees(row, other.ratios):
            cause, why = _of_referent(other, row, groups, highest, ranges)
        else:
            cause, why = _of_row(row, ratio, expected[row.row], highest, ranges)
            if cause == "unexplained" and other is not None and other.row is not None:
                own = other.ratios.get(row.row, expected[row.row])
                cause, why = _of_row(row, ratio, own, other.row, ranges)
                why = say("over the rate of {group}, {why}", group=other.row.group, why=why)
        faults.append(Fault(row, "impact_ratio", recomputed, cause, begun(why)))
    return faults


@dataclass(frozen=True)
class _Other:
    """Ratios over another rate than the highest; `row` is None for the overall rate."""

    row: PublishedRow | None
    ratios: Mapping[int, Range]


def _other_referent(
    shown: Sequence[PublishedRow],
    rated: Sequence[PublishedRow],
    expected: Mapping[int, Range],
    ranges: Ranges,
) -> _Other | None:
    """The rate over which more of the stated ratios agree than over the highest."""
    by_size = sorted(rated, key=lambda row: -(people(row.n) or 0))[:_MOST_TRIED]
    tried = [_Other(row, over_one(rated, rate_of(row, ranges), row.row, ranges)) for row in by_size]
    n, chosen = (
        people_of_all([row.n for row in rated]),
        people_of_all([row.selected for row in rated]),
    )
    if n and chosen is not None:
        overall = Fraction(chosen, n)
        tried.append(_Other(None, over_one(rated, Range(overall, overall), -1, ranges)))
    best = max(tried, key=lambda other: agreeing(shown, other.ratios), default=None)
    if best is None or agreeing(shown, best.ratios) <= agreeing(shown, expected):
        return None
    # One row that happens to fit shows nothing about the others.
    return best if agreeing(shown, best.ratios) > 1 or len(shown) == 1 else None


def _of_referent(
    other: _Other,
    row: PublishedRow,
    groups: Sequence[PublishedRow],
    highest: PublishedRow,
    ranges: Ranges,
) -> tuple[Cause, Sentence]:
    cause, why = _referent_cause(other, groups, highest, ranges)
    if stated_ratio(row).low > 1:
        why = in_a_row([why, say("A ratio above 1 shows it.")])
    return cause, why


def _referent_cause(
    other: _Other, groups: Sequence[PublishedRow], highest: PublishedRow, ranges: Ranges
) -> tuple[Cause, Sentence]:
    if other.row is None:
        return (
            "divided by the overall rate",
            say("the printed ratio agrees with the rate of everybody as the divisor."),
        )
    name, top = other.row.group, highest.group
    if too_small(highest, groups):
        large = [g for g in groups if ranges[g.row] is not None and not too_small(g, groups)]
        if large and highest_rated(large, ranges) is other.row:
            return (
                "referent under 2 %",
                say(
                    "the printed ratio is over the rate of {group}. {highest} has a higher rate, "
                    "but only {size}, and was left out as the referent.",
                    group=name,
                    highest=top,
                    size=size_in_table(highest, groups),
                ),
            )
    return (
        "referent is not the highest",
        say(
            "the printed ratio is over the rate of {group}, but {highest} has the highest.",
            group=name,
            highest=top,
        ),
    )


def _of_row(
    row: PublishedRow,
    ratio: Printed,
    expected: Range,
    highest: PublishedRow,
    ranges: Ranges,
) -> tuple[Cause, Sentence]:
    middle = (expected.low + expected.high) / 2
    by, own = rate_of(highest, ranges), rate_of(row, ranges)
    if row.rate is not None and highest.rate is not None and highest.rate.value:
        rounded = row.rate.value / highest.rate.value
        if ratio.agrees(rounded):
            return (
                "rounded before dividing",
                say(
                    "the printed ratio is {rate} over {highest}; the rates were rounded before "
                    "they were divided.",
                    rate=row.rate.text,
                    highest=highest.rate.text,
                ),
            )
    if ratio.cut_off(middle):
        return "cut off, not rounded", say("the further digits were cut off, not rounded.")
    for factor in (Fraction(100), Fraction(1, 100)):
        times = Printed(ratio.text, ratio.value * factor, ratio.step * factor)
        if times.agrees(expected.low, expected.high):
            return (
                "percent and fraction mixed",
                say(
                    "the printed {printed} agrees if percent and fractions were mixed.",
                    printed=ratio.text,
                ),
            )
    if expected.low > 0 and ratio.agrees(1 / expected.high, 1 / expected.low):
        return (
            "upside down",
            say("the highest rate was divided by that of {group}.", group=row.group),
        )
    if ratio.agrees(by.low - own.high, by.high - own.low):
        return (
            "a difference, not a ratio",
            say("the printed figure is the difference of the rates."),
        )
    if ratio.low > 1:
        return "ratio above 1", say("no ratio to the highest rate is above 1.")
    if abs(ratio.value - middle) <= ratio.step:
        return "last digit", say("the last digit is off by one.")
    return "unexplained", say("no usual cause gives the printed {printed}.", printed=ratio.text)


def _shown(ratio: Printed, expected: Range) -> Sentence | str:
    low, high = ratio.like(expected.low), ratio.like(expected.high)
    return low if low == high else say("{low} to {high}", low=low, high=high)
