"""Impact ratios of a published table: do they follow from its rates, and from whose?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from toolkit.fairness.printed import Printed
from toolkit.fairness.published_table import Figure, PublishedRow
from toolkit.fairness.ratio_ranges import (
    Ranges,
    agreeing,
    agrees,
    highest_rated,
    over_highest,
    stated_ratio,
)
from toolkit.fairness.recheck_causes import explained
from toolkit.fairness.recheck_remarks import left_out, small_referent
from toolkit.fairness.recheck_values import Fault, Range
from toolkit.sentence import Sentence, say


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
    expected = over_highest(rated, compared, ranges)
    shown = [row for row in compared if row.impact_ratio is not None]
    if shown and len(shown) < len(compared):
        without = over_highest(rated, shown, ranges)
        if agreeing(shown, without) > agreeing(shown, expected):
            compared, expected = shown, without
    highest = highest_rated(compared, ranges)
    found = Ratios(expected=expected, referent=highest.group)
    if not stated:
        return found
    wrong = []
    for row in stated:
        ratio = row.impact_ratio
        assert ratio is not None
        if row.row in expected:
            fits = agrees(row, expected)
            found.tested[row.row, "impact_ratio"] = fits
            if not fits:
                wrong.append(row)
        elif ratio.low > 1:
            found.tested[row.row, "impact_ratio"] = False
            found.faults.append(_above_one(row, ratio))
    if wrong:
        found.faults.extend(explained(wrong, groups, expected, ranges, highest))
    else:
        found.remarks.extend(small_referent(highest, groups, compared, ranges))
    found.remarks.extend(left_out(groups, rated, compared, highest))
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
    top = max(stated, key=lambda row: stated_ratio(row).value)
    ratio = stated_ratio(top)
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
