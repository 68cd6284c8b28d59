"""Impact ratios of a published table: do they follow from its rates, and from whose?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from toolkit.fairness.printed import Printed
from toolkit.fairness.published_table import Figure, PublishedRow
from toolkit.fairness.recheck_rates import people
from toolkit.fairness.recheck_values import Cause, Fault, Range
from toolkit.fairness.rules import DEFAULT_RULES
from toolkit.sentence import NOTHING, Sentence, begun, figure, in_a_row, say, say_count

_ONE = Range(Fraction(1), Fraction(1))
#: Groups that are tried as the referent; beyond them only the largest.
_MOST_TRIED = 60

Ranges = Mapping[int, Range | None]


@dataclass(frozen=True)
class Ratios:
    """What came of one table's ratios.

    Parameters
    ----------
    faults : list of Fault
    tested : dict of (int, str) to bool
        By row and column, whether the figure agrees.
    expected : dict of int to Range
        Ratios over the highest rate, by row.
    remarks : list of str
    referent : str
        The group with the highest rate among those compared; empty where there is none.
    """

    faults: list[Fault] = field(default_factory=list)
    tested: dict[tuple[int, Figure], bool] = field(default_factory=dict)
    expected: dict[int, Range] = field(default_factory=dict)
    remarks: list[Sentence] = field(default_factory=list)
    referent: str = ""


def check_ratios(rows: Sequence[PublishedRow], ranges: Ranges) -> Ratios:
    """Recompute the ratios of one table.

    The referent is the group with the highest rate; groups without a stated ratio are taken to
    be left out if the others agree better without them.

    Parameters
    ----------
    rows : sequence of PublishedRow
    ranges : mapping of int to Range
        Rates by row, from `rate_range`.
    """
    groups = [row for row in rows if row.kind == "group"]
    rated = [row for row in groups if ranges[row.row] is not None]
    stated = [row for row in groups if row.impact_ratio is not None]
    if not rated:
        return _without_rates(stated)
    compared = [row for row in rated if row.included] or rated
    expected = _over_highest(rated, compared, ranges)
    shown = [row for row in compared if row.impact_ratio is not None]
    if shown and len(shown) < len(compared):
        without = _over_highest(rated, shown, ranges)
        if _agreeing(shown, without) > _agreeing(shown, expected):
            compared, expected = shown, without
    highest = _highest(compared, ranges)
    found = Ratios(expected=expected, referent=highest.group)
    if not stated:
        return found
    wrong = []
    for row in stated:
        ratio = row.impact_ratio
        assert ratio is not None
        if row.row in expected:
            agrees = _agrees(row, expected)
            found.tested[row.row, "impact_ratio"] = agrees
            if not agrees:
                wrong.append(row)
        elif ratio.low > 1:
            found.tested[row.row, "impact_ratio"] = False
            found.faults.append(_above_one(row, ratio))
    if wrong:
        found.faults.extend(_explained(wrong, groups, expected, ranges, highest))
    else:
        found.remarks.extend(_small_referent(highest, groups, compared, ranges))
    found.remarks.extend(_left_out(groups, rated, compared, highest))
    return found


def _without_rates(stated: Sequence[PublishedRow]) -> Ratios:
    """Ratios alone: none is above 1, and the highest is 1."""
    found = Ratios()
    if not stated:
        return found
    for row in stated:
        ratio = row.impact_ratio
        assert ratio is not None
        if ratio.low > 1:
            found.tested[row.row, "impact_ratio"] = False
            found.faults.append(_above_one(row, ratio))
    top = max(stated, key=lambda row: _figure(row).value)
    ratio = _figure(top)
    if ratio.high < 1:
        found.tested[top.row, "impact_ratio"] = False
        found.faults.append(
            Fault(
                top,
                "impact_ratio",
                ratio.like(Fraction(1)),
                "no group has 1",
                say(
                    "The group with the highest rate has a ratio of 1, and no group has it. The "
                    "referent may be left out of the table."
                ),
            )
        )
    elif ratio.agrees(Fraction(1)):
        found.tested[top.row, "impact_ratio"] = True
    return found


def _over_highest(
    rated: Sequence[PublishedRow], compared: Sequence[PublishedRow], ranges: Ranges
) -> dict[int, Range]:
    """The ratios that the rates leave open, over the highest of those compared."""
    spans = {row.row: _span(row, ranges) for row in rated}
    inside = {row.row for row in compared}
    low = max(spans[row].low for row in inside)
    high = max(spans[row].high for row in inside)
    may_be_highest = {row for row in inside if spans[row].high >= low}
    expected = {}
    for row, span in spans.items():
        if low <= 0:
            continue
        if may_be_highest == {row}:
            expected[row] = _ONE
            continue
        top = span.high / low
        expected[row] = Range(span.low / high, min(top, Fraction(1)) if row in inside else top)
    return expected


def _over(
    rated: Sequence[PublishedRow], by: Range, itself: int, ranges: Ranges
) -> dict[int, Range]:
    """The ratios over one rate."""
    if by.low <= 0:
        return {}
    spans = {row.row: _span(row, ranges) for row in rated}
    return {
        row: _ONE if row == itself else Range(span.low / by.high, span.high / by.low)
        for row, span in spans.items()
    }


def _explained(
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
        ratio = _figure(row)
        recomputed = _shown(ratio, expected[row.row])
        if other is not None and _agrees(row, other.ratios):
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
    tried = [_Other(row, _over(rated, _span(row, ranges), row.row, ranges)) for row in by_size]
    n, chosen = _sum([row.n for row in rated]), _sum([row.selected for row in rated])
    if n and chosen is not None:
        overall = Fraction(chosen, n)
        tried.append(_Other(None, _over(rated, Range(overall, overall), -1, ranges)))
    best = max(tried, key=lambda other: _agreeing(shown, other.ratios), default=None)
    if best is None or _agreeing(shown, best.ratios) <= _agreeing(shown, expected):
        return None
    # One row that happens to fit shows nothing about the others.
    return best if _agreeing(shown, best.ratios) > 1 or len(shown) == 1 else None


def _of_referent(
    other: _Other,
    row: PublishedRow,
    groups: Sequence[PublishedRow],
    highest: PublishedRow,
    ranges: Ranges,
) -> tuple[Cause, Sentence]:
    cause, why = _referent_cause(other, groups, highest, ranges)
    if _figure(row).low > 1:
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
    if _too_small(highest, groups):
        large = [g for g in groups if ranges[g.row] is not None and not _too_small(g, groups)]
        if large and _highest(large, ranges) is other.row:
            return (
                "referent under 2 %",
                say(
                    "the printed ratio is over the rate of {group}. {highest} has a higher rate, "
                    "but only {size}, and was left out as the referent.",
                    group=name,
                    highest=top,
                    size=_size(highest, groups),
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
    by, own = _span(highest, ranges), _span(row, ranges)
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


def _above_one(row: PublishedRow, ratio: Printed) -> Fault:
    return Fault(
        row,
        "impact_ratio",
        "",
        "ratio above 1",
        say(
            "A ratio of {printed} is above 1: the referent does not have the highest rate, or this "
            "group was left out of the comparison.",
            printed=ratio.text,
        ),
    )


def _small_referent(
    highest: PublishedRow,
    groups: Sequence[PublishedRow],
    compared: Sequence[PublishedRow],
    ranges: Ranges,
) -> list[Sentence]:
    """A remark where few people are the divisor of everybody's ratio."""
    if not _too_small(highest, groups) or len(compared) < 2:
        return []
    large = [row for row in compared if not _too_small(row, groups)]
    said = say(
        "The referent, {group}, has only {size}, and every ratio rests on them.",
        group=highest.group,
        size=_size(highest, groups),
    )
    if large:
        next_one = _highest(large, ranges)
        ratios = _over(large, _span(next_one, ranges), next_one.row, ranges)
        others = [row for row in large if row is not next_one and row.row in ratios]
        middles = [ratios[row.row].low + ratios[row.row].high for row in others[:8]]
        if others:
            over = say(
                "Over {group} the ratios would be: {ratios}.",
                group=next_one.group,
                ratios=in_a_row(
                    [
                        in_a_row([row.group, figure(f"{float(middle / 2):.2f}")])
                        for row, middle in zip(others, middles, strict=False)
                    ],
                    ", ",
                ),
            )
            said = in_a_row([said, over])
    return [said]


def _left_out(
    groups: Sequence[PublishedRow],
    rated: Sequence[PublishedRow],
    compared: Sequence[PublishedRow],
    highest: PublishedRow,
) -> list[Sentence]:
    """Groups with a rate and without a ratio, in a table that has ratios."""
    remarks = []
    for row in rated:
        if row.impact_ratio is not None:
            continue
        if row is highest and row in compared:
            remarks.append(
                say("{group} has no ratio and was taken for the referent.", group=row.group)
            )
            continue
        size = _size(row, groups)
        if not size:
            remarks.append(say("{group} has no ratio.", group=row.group))
            continue
        said = say("{group}, with {size}, has no ratio.", group=row.group, size=size)
        if not _too_small(row, groups):
            said = in_a_row([said, say("It is not under 2 %.")])
        remarks.append(said)
    return remarks


def _too_small(row: PublishedRow, groups: Sequence[PublishedRow]) -> bool:
    """Under 2 % of the people in the table, or fewer than a referent needs."""
    n = people(row.n)
    if n is None:
        return False
    total = _total(groups)
    under = total is not None and not DEFAULT_RULES.meets_share(n, total)
    return under or n < DEFAULT_RULES.minimum_people


def _size(row: PublishedRow, groups: Sequence[PublishedRow]) -> Sentence:
    n, total = people(row.n), _total(groups)
    if n is None:
        return NOTHING
    count = say_count("{n} person", "{n} people", n, n=n)
    if not total:
        return count
    share = figure(f"{100 * n / total:.2g}")
    return say("{people} ({share} % of the table)", people=count, share=share)


def _total(groups: Sequence[PublishedRow]) -> int | None:
    return _sum([row.n for row in groups])


def _sum(figures: Sequence[Printed | None]) -> int | None:
    """The people of all rows; None where a row does not state them."""
    counts = [count for figure in figures if (count := people(figure)) is not None]
    return sum(counts) if len(counts) == len(figures) else None


def _highest(rows: Sequence[PublishedRow], ranges: Ranges) -> PublishedRow:
    """The row with the highest rate; of equal ones the one with most people."""

    def order(row: PublishedRow) -> tuple[Fraction, bool, int]:
        span = _span(row, ranges)
        one = row.impact_ratio is not None and row.impact_ratio.agrees(Fraction(1))
        return span.low + span.high, one, people(row.n) or 0

    return max(rows, key=order)


def _agreeing(rows: Sequence[PublishedRow], expected: Mapping[int, Range]) -> int:
    return sum(_agrees(row, expected) for row in rows)


def _agrees(row: PublishedRow, expected: Mapping[int, Range]) -> bool:
    span = expected.get(row.row)
    return span is not None and _figure(row).agrees(span.low, span.high)


def _shown(ratio: Printed, expected: Range) -> Sentence | str:
    low, high = ratio.like(expected.low), ratio.like(expected.high)
    return low if low == high else say("{low} to {high}", low=low, high=high)


def _figure(row: PublishedRow) -> Printed:
    assert row.impact_ratio is not None
    return row.impact_ratio


def _span(row: PublishedRow, ranges: Ranges) -> Range:
    span = ranges[row.row]
    assert span is not None
    return span
