"""How many people a group of a published table has, of all that the table has."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.fairness.printed import Printed
from toolkit.fairness.published_table import PublishedRow
from toolkit.fairness.recheck_rates import people
from toolkit.fairness.rules import DEFAULT_RULES
from toolkit.sentence import NOTHING, Sentence, figure, say, say_count


def too_small(row: PublishedRow, groups: Sequence[PublishedRow]) -> bool:
    """Under 2 % of the people in the table, or fewer than a referent needs."""
    n = people(row.n)
    if n is None:
        return False
    total = people_of_table(groups)
    under = total is not None and not DEFAULT_RULES.meets_share(n, total)
    return under or n < DEFAULT_RULES.minimum_people


def size_in_table(row: PublishedRow, groups: Sequence[PublishedRow]) -> Sentence:
    """So many people, and their share of the table where it is known."""
    n, total = people(row.n), people_of_table(groups)
    if n is None:
        return NOTHING
    count = say_count("{n} person", "{n} people", n, n=n)
    if not total:
        return count
    share = figure(f"{100 * n / total:.2g}")
    return say("{people} ({share} % of the table)", people=count, share=share)


def people_of_table(groups: Sequence[PublishedRow]) -> int | None:
    return people_of_all([row.n for row in groups])


def people_of_all(figures: Sequence[Printed | None]) -> int | None:
    """The people of all rows; None where a row does not state them."""
    counts = [count for figure in figures if (count := people(figure)) is not None]
    return sum(counts) if len(counts) == len(figures) else None
