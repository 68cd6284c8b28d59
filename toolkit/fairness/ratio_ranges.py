"""What the rates of a published table leave open for its ratios.

A printed rate stands for every rate that rounds to it, and so a ratio of two rates is a range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from toolkit.fairness.printed import Printed
from toolkit.fairness.published_table import PublishedRow
from toolkit.fairness.recheck_rates import people
from toolkit.fairness.recheck_values import Range

ONE = Range(Fraction(1), Fraction(1))
#: Rates by row; None where a row has none.
Ranges = Mapping[int, Range | None]


def over_highest(
    rated: Sequence[PublishedRow], compared: Sequence[PublishedRow], ranges: Ranges
) -> dict[int, Range]:
    """The ratios that the rates leave open, over the highest of those compared."""
    spans = {row.row: rate_of(row, ranges) for row in rated}
    inside = {row.row for row in compared}
    low = max(spans[row].low for row in inside)
    high = max(spans[row].high for row in inside)
    may_be_highest = {row for row in inside if spans[row].high >= low}
    expected = {}
    for row, span in spans.items():
        if low <= 0:
            continue
        if may_be_highest == {row}:
            expected[row] = ONE
            continue
        top = span.high / low
        expected[row] = Range(span.low / high, min(top, Fraction(1)) if row in inside else top)
    return expected


def over_one(
    rated: Sequence[PublishedRow], by: Range, itself: int, ranges: Ranges
) -> dict[int, Range]:
    """The ratios over one rate, which is that of the row `itself`."""
    if by.low <= 0:
        return {}
    spans = {row.row: rate_of(row, ranges) for row in rated}
    return {
        row: ONE if row == itself else Range(span.low / by.high, span.high / by.low)
        for row, span in spans.items()
    }


def highest_rated(rows: Sequence[PublishedRow], ranges: Ranges) -> PublishedRow:
    """The row with the highest rate; of equal ones the one with most people."""

    def order(row: PublishedRow) -> tuple[Fraction, bool, int]:
        span = rate_of(row, ranges)
        one = row.impact_ratio is not None and row.impact_ratio.agrees(Fraction(1))
        return span.low + span.high, one, people(row.n) or 0

    return max(rows, key=order)


def agreeing(rows: Sequence[PublishedRow], expected: Mapping[int, Range]) -> int:
    return sum(agrees(row, expected) for row in rows)


def agrees(row: PublishedRow, expected: Mapping[int, Range]) -> bool:
    span = expected.get(row.row)
    return span is not None and stated_ratio(row).agrees(span.low, span.high)


def stated_ratio(row: PublishedRow) -> Printed:
    assert row.impact_ratio is not None
    return row.impact_ratio


def rate_of(row: PublishedRow, ranges: Ranges) -> Range:
    span = ranges[row.row]
    assert span is not None
    return span
