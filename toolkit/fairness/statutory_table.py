"""One statutory table: rates of all categories, and each over the highest."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Bools, Ints
from toolkit.fairness.counts import CountTable
from toolkit.fairness.four_fifths import below_four_fifths, impact_ratio, rate
from toolkit.fairness.intervals import ratio_interval
from toolkit.fairness.law import Law
from toolkit.fairness.referent import choose_referent
from toolkit.fairness.result import finite_or_none
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.statutory_result import CategoryRow, StatutoryTable
from toolkit.sentence import Sentence, say

#: In `left_out`: every category below the law's share.
ALL_SMALL = "*"
#: Whoever belongs to no group of this size can still be compared: laws ask for every category.
_EVERYBODY = Rules(minimum_people=1, minimum_share=0.0)


def statutory_table(
    law: Law,
    counts: CountTable,
    left_out: Collection[str] = (),
    *,
    name: str,
    title: str,
    job: str | None = None,
) -> StatutoryTable:
    """Rates of all categories, and each over the highest of those that take part.

    Parameters
    ----------
    law : Law
    counts : CountTable
        Of attributes of the law.
    left_out : collection of str
        As in `statutory.statutory`; what may not be left out stays.
    name, title : str
    job : str, optional
    """
    order = np.array(_order(law, counts), dtype=np.intp)
    labels = [counts.labels[i] for i in order]
    members = [counts.members[i] for i in order]
    n, selected = counts.n[order], counts.selected[order]
    total = int(n.sum())
    small = _small(law, n, total)
    why = _why_left_out(law, left_out, labels, n, small)
    taking_part = np.array([reason is None for reason in why], dtype=np.bool_)
    r = _highest(counts, order, taking_part)
    rates = rate(selected, n)
    ratios, low, high, below = _ratios(n, selected, r, taking_part)
    rows = tuple(
        CategoryRow(
            group=label,
            label=" × ".join(
                law.attribute(attribute).label_of(member)
                for attribute, member in zip(counts.attributes, members[i], strict=True)
            ),
            n=int(n[i]),
            selected=int(selected[i]),
            rate=finite_or_none(rates[i]),
            impact_ratio=finite_or_none(ratios[i]),
            impact_ratio_low=finite_or_none(low[i]),
            impact_ratio_high=finite_or_none(high[i]),
            share=int(n[i]) / total if total else None,
            small=bool(small[i]),
            included=bool(taking_part[i]),
            excluded_because=why[i],
            below_four_fifths=bool(below[i])
            if law.limit is not None and np.isfinite(ratios[i])
            else None,
            members=dict(zip(counts.attributes, members[i], strict=True)),
        )
        for i, label in enumerate(labels)
    )
    return StatutoryTable(
        name=name,
        title=title,
        job=job,
        attributes=counts.attributes,
        referent=None if r is None else labels[r],
        n=total,
        selected=int(selected.sum()),
        unknown=counts.unknown_n,
        unknown_selected=counts.unknown_selected,
        rows=rows,
    )


def _order(law: Law, counts: CountTable) -> list[int]:
    """Positions of the categories in the order of the law."""
    places = [
        {category.name: i for i, category in enumerate(law.attribute(name).categories)}
        for name in counts.attributes
    ]
    return sorted(
        range(len(counts.labels)),
        key=lambda i: [at[member] for at, member in zip(places, counts.members[i], strict=True)],
    )


def _small(law: Law, n: Ints, total: int) -> Bools:
    """Which categories are below the share under which the law lets one be left out."""
    if law.small is None:
        return np.zeros(len(n), dtype=np.bool_)
    rules = Rules(minimum_people=1, minimum_share=float(law.small.share))
    return np.array([not rules.meets_share(count, total) for count in n.tolist()], dtype=np.bool_)


def _why_left_out(
    law: Law, left_out: Collection[str], labels: Sequence[str], n: Ints, small: Bools
) -> list[Sentence | None]:
    """For each category, why it takes no part in the ratios; None where it does."""
    reasons: list[Sentence | None] = []
    of_data = law.small is not None and law.small.of == "data"
    for label, count, is_small in zip(labels, n.tolist(), small.tolist(), strict=True):
        if count == 0:
            reasons.append(say("nobody belongs to this category"))
        elif ALL_SMALL in left_out and is_small:
            reasons.append(say("under 2 % of the people in the table"))
        elif label in left_out and (is_small or not of_data):
            reasons.append(say("left out with the reason given"))
        else:
            reasons.append(None)
    return reasons


def _highest(counts: CountTable, order: npt.NDArray[np.intp], taking_part: Bools) -> int | None:
    """Position, in the order of the law, of the category with the highest rate."""
    kept = order[taking_part]
    table = CountTable(
        attributes=counts.attributes,
        labels=tuple(counts.labels[i] for i in kept),
        members=tuple(counts.members[i] for i in kept),
        n=counts.n[kept],
        selected=counts.selected[kept],
        unknown_n=0,
        unknown_selected=0,
        possible_n=np.zeros(len(kept), dtype=np.int64),
        possible_selected=np.zeros(len(kept), dtype=np.int64),
    )
    at = choose_referent(table, _EVERYBODY).position
    return None if at is None else int(np.flatnonzero(taking_part)[at])


def _ratios(
    n: Ints, selected: Ints, r: int | None, taking_part: Bools
) -> tuple[npt.NDArray[np.float64], ...]:
    """Ratio, its interval and whether it is below four-fifths; NaN where there is none."""
    nothing = np.full(len(n), np.nan)
    if r is None:
        return nothing, nothing, nothing, nothing
    b, n_b = np.full_like(selected, selected[r]), np.full_like(n, n[r])
    low, high = ratio_interval(selected, n, b, n_b, DEFAULT_RULES.confidence)
    others = taking_part & (np.arange(len(n)) != r)
    return (
        np.where(taking_part, impact_ratio(selected, n, b, n_b), np.nan),
        np.where(others, low, np.nan),
        np.where(others, high, np.nan),
        (below_four_fifths(selected, n, b, n_b) & others).astype(np.float64),
    )
