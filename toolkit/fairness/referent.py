"""Which group the others are compared with, and why some groups cannot be it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from toolkit.fairness.counts import CountTable
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.sentence import Sentence, figure, say, say_count


@dataclass(frozen=True)
class Referent:
    """The referent of one table.

    Parameters
    ----------
    position : int or None
        Position in the table's labels; None where no group is large enough.
    excluded : tuple of (Sentence or None)
        For each group, why it cannot be the referent; None where it can.
    """

    position: int | None
    excluded: tuple[Sentence | None, ...]


def choose_referent(table: CountTable, rules: Rules = DEFAULT_RULES) -> Referent:
    """The group with the highest selection rate among those that are large enough.

    Large enough are at least ``rules.minimum_people`` people and ``rules.minimum_share`` of
    the people with known membership: three people who were all selected must not become the
    denominator of everybody's ratio. Rates are compared as fractions. Of groups with the same
    rate the largest is taken, since it gives the surest comparison, and of equally large ones
    the first by alphabet.

    Parameters
    ----------
    table : CountTable
    rules : Rules

    Returns
    -------
    Referent
    """
    n = table.n.tolist()
    selected = table.selected.tolist()
    total = sum(n)
    excluded = tuple(_why_excluded(count, total, rules) for count in n)
    allowed = [i for i, reason in enumerate(excluded) if reason is None]
    best = max(allowed, key=lambda i: (Fraction(selected[i], n[i]), n[i], -i), default=None)
    return Referent(best, excluded)


def _why_excluded(n: int, total: int, rules: Rules) -> Sentence | None:
    if n == 0:
        return say("nobody belongs to this group")
    if n < rules.minimum_people:
        return say_count(
            "{n} person, fewer than the {needed} that a referent needs",
            "{n} people, fewer than the {needed} that a referent needs",
            n,
            n=str(n),
            needed=str(rules.minimum_people),
        )
    if not rules.meets_share(n, total):
        return say(
            "{share} % of the people with known membership, less than the {needed} % that a "
            "referent needs",
            share=figure(f"{100 * n / total:.3g}"),
            needed=figure(f"{100 * rules.minimum_share:g}"),
        )
    return None
