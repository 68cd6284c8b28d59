"""What is said of a published table whose ratios agree: small referents, groups left out."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.fairness.published_table import PublishedRow
from toolkit.fairness.ratio_ranges import Ranges, highest_rated, over_one, rate_of
from toolkit.fairness.table_sizes import size_in_table, too_small
from toolkit.sentence import Sentence, figure, in_a_row, say


def small_referent(
    highest: PublishedRow,
    groups: Sequence[PublishedRow],
    compared: Sequence[PublishedRow],
    ranges: Ranges,
) -> list[Sentence]:
    """A remark where few people are the divisor of everybody's ratio."""
    if not too_small(highest, groups) or len(compared) < 2:
        return []
    large = [row for row in compared if not too_small(row, groups)]
    said = say(
        "The referent, {group}, has only {size}, and every ratio rests on them.",
        group=highest.group,
        size=size_in_table(highest, groups),
    )
    if large:
        next_one = highest_rated(large, ranges)
        ratios = over_one(large, rate_of(next_one, ranges), next_one.row, ranges)
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


def left_out(
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
        size = size_in_table(row, groups)
        if not size:
            remarks.append(say("{group} has no ratio.", group=row.group))
            continue
        said = say("{group}, with {size}, has no ratio.", group=row.group, size=size)
        if not too_small(row, groups):
            said = in_a_row([said, say("It is not under 2 %.")])
        remarks.append(said)
    return remarks
