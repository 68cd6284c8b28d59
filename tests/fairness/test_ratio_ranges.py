from __future__ import annotations

from fractions import Fraction

from toolkit.fairness.printed import printed
from toolkit.fairness.published_table import PublishedRow
from toolkit.fairness.ratio_ranges import Ranges, agrees, highest_rated, over_highest, over_one
from toolkit.fairness.recheck_values import Range


def row(number: int, ratio: str = "") -> PublishedRow:
    return PublishedRow("", f"group {number}", number, "group", None, None, None, printed(ratio))


def rates(*pairs: tuple[str, str]) -> Ranges:
    return {
        number: Range(Fraction(low), Fraction(high)) for number, (low, high) in enumerate(pairs)
    }


def test_rates_printed_as_40_and_50_percent_leave_a_ratio_of_nearly_four_fifths() -> None:
    rows, ranges = [row(0), row(1)], rates(("0.395", "0.405"), ("0.495", "0.505"))
    found = over_highest(rows, rows, ranges)
    assert found[0] == Range(Fraction("0.395") / Fraction("0.505"), Fraction(405, 495))
    assert found[1] == Range(Fraction(1), Fraction(1))
    assert agrees(row(0, "0.80"), found)
    assert not agrees(row(0, "0.84"), found)


def test_two_that_may_both_be_the_highest_have_a_ratio_of_up_to_one() -> None:
    rows, ranges = [row(0), row(1)], rates(("0.49", "0.51"), ("0.50", "0.52"))
    found = over_highest(rows, rows, ranges)
    assert found[0] == Range(Fraction(49, 52), Fraction(1))
    assert found[1] == Range(Fraction(50, 52), Fraction(1))


def test_over_a_rate_of_nothing_there_is_no_ratio() -> None:
    rows, ranges = [row(0), row(1)], rates(("0", "0"), ("0", "0.1"))
    assert over_highest(rows, rows, ranges) == {}
    assert over_one(rows, Range(Fraction(0), Fraction(0)), 0, ranges) == {}


def test_of_equal_rates_the_one_that_says_so_is_the_highest() -> None:
    rows, ranges = [row(0), row(1, "1.00")], rates(("0.5", "0.5"), ("0.5", "0.5"))
    assert highest_rated(rows, ranges) is rows[1]
