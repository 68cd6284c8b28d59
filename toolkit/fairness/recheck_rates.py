"""Counts and rates of a published table: do they belong together?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from toolkit.fairness.printed import Printed
from toolkit.fairness.published_table import Figure, PublishedRow
from toolkit.fairness.recheck_values import Cause, Fault, Range
from toolkit.sentence import Sentence, figure, listed, say

_ONE = Fraction(1)


def people(figure: Printed | None) -> int | None:
    """A count of people; None where it is not stated or not whole."""
    if figure is None or figure.value.denominator != 1:
        return None
    return int(figure.value)


def check_counts(rows: Sequence[PublishedRow]) -> list[Fault]:
    """Counts that are no counts, or do not fit each other."""
    faults = []
    columns: tuple[Figure, ...] = ("n", "selected")
    for row in rows:
        for column in columns:
            figure = row.figure(column)
            if figure is not None and people(figure) is None:
                faults.append(
                    Fault(
                        row,
                        column,
                        "",
                        "not whole people",
                        say("{printed} is not a whole number of people.", printed=figure.text),
                    )
                )
        n, selected = people(row.n), people(row.selected)
        if n is not None and selected is not None and selected > n:
            faults.append(
                Fault(
                    row,
                    "selected",
                    "",
                    "more selected than people",
                    say("{selected} are selected of {n}.", selected=selected, n=n),
                )
            )
    for row in rows:
        if row.kind == "total":
            faults += [f for column in columns if (f := _wrong_sum(row, rows, column)) is not None]
    return faults


def _wrong_sum(total: PublishedRow, rows: Sequence[PublishedRow], column: Figure) -> Fault | None:
    stated = people(total.figure(column))
    groups = [people(row.figure(column)) for row in rows if row.kind == "group"]
    unknown = [people(row.figure(column)) for row in rows if row.kind == "unknown"]
    if stated is None or not groups or None in groups:
        return None
    known = sum(count for count in groups if count is not None)
    others = sum(count for count in unknown if count is not None)
    if stated in (known, known + others):
        return None
    recomputed = (
        say("{known}, or {all} with unknown", known=known, all=known + others)
        if others
        else figure(f"{known:,}")
    )
    return Fault(
        total,
        column,
        recomputed,
        "total is not the sum",
        say(
            "The groups add up to {sum}. People of unknown group may be in the total alone; then "
            "their number is missing from the table.",
            sum=recomputed,
        ),
    )


def rate_range(row: PublishedRow) -> Range | None:
    """The rates that a row leaves open: exact from counts, else as printed.

    With n people and a printed rate, only rates of whole people are left.
    """
    n, selected = people(row.n), people(row.selected)
    if n and selected is not None and selected <= n:
        exact = Fraction(selected, n)
        return Range(exact, exact)
    if row.rate is None or row.rate.low > 1:
        return None
    low, high = max(row.rate.low, Fraction(0)), min(row.rate.high, _ONE)
    if n and selected is None:
        counts = _counts(row.rate, n)
        cut = _cut_off_count(row.rate, n)
        if counts is None and cut is not None:
            counts = (cut, cut)
        if counts is not None:
            return Range(Fraction(counts[0], n), Fraction(counts[1], n))
    return Range(low, high)


def check_rate(row: PublishedRow, rows: Sequence[PublishedRow]) -> Fault | None:
    """Whether the printed rate follows from the counts, and if not, what may have happened.

    Parameters
    ----------
    row : PublishedRow
        With a rate and at least one count.
    rows : sequence of PublishedRow
        The whole table.
    """
    rate = row.rate
    assert rate is not None
    n, selected = people(row.n), people(row.selected)
    if n == 0:
        why = say("A group of nobody has no rate.")
        return Fault(row, "rate", "", "nobody in the group", why)
    if n is not None and selected is not None and selected <= n:
        exact = Fraction(selected, n)
        if rate.agrees(exact):
            return None
        cause, because = _why_rate(row, rate, exact, rows)
        why = say(
            "{selected} of {n}: {exact}; {why}",
            selected=selected,
            n=n,
            exact=rate.like(exact),
            why=because,
        )
        return Fault(row, "rate", rate.like(exact), cause, why)
    if n is not None and selected is None:
        return _without_selected(row, rate, n)
    # Without the people, some number of them has to give the rate.
    if n is None and selected and not _any_size(selected, rate):
        return Fault(
            row,
            "rate",
            "",
            "no count gives this rate",
            say(
                "No number of people has {selected} selected at {printed}.",
                selected=selected,
                printed=rate.text,
            ),
        )
    return _above_one(row, rate)


def _any_size(selected: int, rate: Printed) -> bool:
    """Whether this many selected can be the printed rate of some number of people."""
    if rate.low <= 0:
        return rate.high > 0
    return ceil(selected / rate.high) <= floor(selected / rate.low)


def _without_selected(row: PublishedRow, rate: Printed, n: int) -> Fault | None:
    """A rate that some whole number of the n people has to give."""
    if _counts(rate, n) is not None:
        return _above_one(row, rate)
    cut = _cut_off_count(rate, n)
    if cut is not None:
        exact = rate.like(Fraction(cut, n))
        return Fault(
            row,
            "rate",
            exact,
            "cut off, not rounded",
            say(
                "{selected} of {n} is {exact}: the further digits were cut off instead of rounded.",
                selected=cut,
                n=n,
                exact=exact,
            ),
        )
    above = _above_one(row, rate)
    if above is not None:
        return above
    near = min(max(round(rate.value * n), 0), n)
    beside = sorted(
        {max(near - 1, 0), near, min(near + 1, n)}, key=lambda a: abs(a - rate.value * n)
    )
    closest = sorted(beside[:2])
    options = listed(
        [
            say("{selected} of {n} is {exact}", selected=a, n=n, exact=rate.like(Fraction(a, n)))
            for a in closest
        ]
    )
    return Fault(
        row,
        "rate",
        rate.like(Fraction(beside[0], n)),
        "no count gives this rate",
        say(
            "No whole number of {n} people is {printed}: {options}.",
            n=n,
            printed=rate.text,
            options=options,
        ),
    )


def _above_one(row: PublishedRow, rate: Printed) -> Fault | None:
    if rate.low <= 1:
        return None
    why = say("A rate of {printed} is more than everybody.", printed=rate.text)
    return Fault(row, "rate", "", "above 1", why)


def _counts(rate: Printed, n: int) -> tuple[int, int] | None:
    """The fewest and the most of n people that give the printed rate."""
    low, high = max(ceil(rate.low * n), 0), min(floor(rate.high * n), n)
    return (low, high) if low <= high else None


def _cut_off_count(rate: Printed, n: int) -> int | None:
    """A number of people whose rate is the printed one with its digits cut off."""
    count = ceil(rate.value * n)
    return count if 0 <= count <= n and rate.cut_off(Fraction(count, n)) else None


def _why_rate(
    row: PublishedRow, rate: Printed, exact: Fraction, rows: Sequence[PublishedRow]
) -> tuple[Cause, Sentence]:
    """What may have happened, told behind the rate as it should be."""
    groups = [other for other in rows if other.kind == "group"]
    all_selected = [people(other.selected) for other in groups]
    if rate.cut_off(exact):
        return "cut off, not rounded", say("the further digits were cut off, not rounded.")
    for factor in (100, Fraction(1, 100)):
        if _times(rate, Fraction(factor)).agrees(exact):
            return (
                "percent and fraction mixed",
                say(
                    "the printed {printed} agrees if percent and fractions were mixed.",
                    printed=rate.text,
                ),
            )
    if rate.agrees(1 - exact):
        return "rate of those not selected", say("the printed rate is of those not selected.")
    if None not in all_selected and (total := sum(filter(None, all_selected))):
        chosen = people(row.selected)
        if chosen is not None and rate.agrees(Fraction(chosen, total)):
            return (
                "share of all selected",
                say(
                    "the printed figure is the group's share of all {total} selected.", total=total
                ),
            )
    for other in groups:
        span = rate_range(other) if other is not row else None
        if span is not None and span.exact and rate.agrees(span.low):
            return (
                "rate of another row",
                say("the printed rate is that of {group}.", group=other.group),
            )
    if abs(rate.value - exact) <= rate.step:
        return "last digit", say("the last digit is off by one.")
    n, selected = people(row.n) or 1, people(row.selected) or 0
    nearby = [(selected + d, n) for d in (-1, 1)] + [(selected, n + d) for d in (-1, 1)]
    if any(m > 0 and 0 <= a <= m and rate.agrees(Fraction(a, m)) for a, m in nearby):
        return "one person more or less", say("it agrees with one person more or less.")
    return "unexplained", say("no usual cause gives the printed {printed}.", printed=rate.text)


def _times(rate: Printed, factor: Fraction) -> Printed:
    return Printed(rate.text, rate.value * factor, rate.step * factor, rate.percent)
