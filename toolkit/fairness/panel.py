"""All figures of count tables: each group against its table's referent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Bools, Ints
from toolkit.fairness.adjust import benjamini_hochberg, holm
from toolkit.fairness.bounds import ratio_bounds, referent_is_certain
from toolkit.fairness.counts import CountTable
from toolkit.fairness.effect_size import cohens_h, phi_coefficient
from toolkit.fairness.exact import fisher_exact
from toolkit.fairness.exact_ratio import exact_ratio_interval
from toolkit.fairness.four_fifths import Floats, below_four_fifths, impact_ratio, rate
from toolkit.fairness.intervals import ratio_interval, wilson
from toolkit.fairness.power import power_at, smallest_detectable_ratio
from toolkit.fairness.referent import Referent, choose_referent
from toolkit.fairness.result import AttributeImpact, GroupImpact
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.shortfall import people_to_four_fifths, shortfall, shortfall_to_referent
from toolkit.fairness.swap import one_person_swap
from toolkit.fairness.verdict import FOUR_FIFTHS, Facts, verdict
from toolkit.fairness.z import log_ratio_z, pooled_z, two_sided_p

#: Figures by field name of `GroupImpact`, one entry a group; None where not defined.
Columns = dict[str, list[Any]]


def attribute_impact(table: CountTable, rules: Rules = DEFAULT_RULES) -> AttributeImpact:
    """Compare every group of a table with its referent.

    Parameters
    ----------
    table : CountTable
    rules : Rules

    Returns
    -------
    AttributeImpact

    Examples
    --------
    >>> from toolkit.fairness.counts import table_from
    >>> panel = attribute_impact(table_from("sex", {"M": (50, 92), "F": (34, 76)}))
    >>> panel.referent, round(panel.group("F").impact_ratio, 2)
    ('M', 0.82)
    """
    return attribute_impacts([table], rules)[0]


def attribute_impacts(
    tables: Sequence[CountTable], rules: Rules = DEFAULT_RULES
) -> list[AttributeImpact]:
    """Compare every group of each table with that table's referent, all tables at once.

    Parameters
    ----------
    tables : sequence of CountTable
    rules : Rules

    Returns
    -------
    list of AttributeImpact
        In the order of `tables`; each the same as `attribute_impact` gives for it alone.
    """
    chosen = [choose_referent(table, rules) for table in tables]
    sizes = [len(table.labels) for table in tables]
    starts = np.concatenate([[0], np.cumsum(sizes)]).tolist()
    columns = _columns(tables, [one.position for one in chosen], starts, rules)
    return [
        _assembled(
            table,
            one,
            {name: column[start : start + size] for name, column in columns.items()},
            rules,
        )
        for table, one, start, size in zip(tables, chosen, starts, sizes, strict=False)
    ]


def _assembled(
    table: CountTable, chosen: Referent, columns: Columns, rules: Rules
) -> AttributeImpact:
    """The figures of one table with the verdicts on them."""
    r = chosen.position
    referent = None if r is None else table.labels[r]
    alone = int(np.count_nonzero(table.n)) < 2
    groups = []
    for i, label in enumerate(table.labels):
        figures = {name: column[i] for name, column in columns.items()}
        exact_low, low = figures["impact_ratio_exact_low"], figures["impact_ratio_low"]
        judged = verdict(
            Facts(
                group=label,
                referent=referent,
                n=figures["n"],
                selected=figures["selected"],
                referent_n=0 if r is None else columns["n"][r],
                referent_selected=0 if r is None else columns["selected"][r],
                ratio=figures["impact_ratio"],
                ratio_low=low,
                ratio_high=figures["impact_ratio_high"],
                surely_above=low if exact_low is None else exact_low,
                below=figures["below_four_fifths"],
                p_adjusted=figures["p_adjusted"],
                smallest_detectable_ratio=figures["smallest_detectable_ratio"],
                alone=alone,
            ),
            rules,
        )
        groups.append(
            GroupImpact(
                group=label,
                **figures,
                included=chosen.excluded[i] is None,
                excluded_because=chosen.excluded[i],
                verdict=judged.phrase,
                reading=judged.reading,
                practical=judged.practical,
                statistical=judged.statistical,
                enough_people=judged.enough_people,
                members=dict(zip(table.attributes, table.members[i], strict=True)),
            )
        )
    allowed = np.array([reason is None for reason in chosen.excluded], dtype=np.bool_)
    return AttributeImpact(
        attributes=table.attributes,
        referent=referent,
        referent_certain=r is not None and referent_is_certain(table, r, allowed),
        unknown=table.unknown_n,
        unknown_selected=table.unknown_selected,
        read_as_unknown=table.read_as_unknown,
        groups=tuple(groups),
    )


def _columns(
    tables: Sequence[CountTable],
    referents: Sequence[int | None],
    starts: Sequence[int],
    rules: Rules,
) -> Columns:
    """Every figure of every group, table after table.

    A table without a referent is compared with a group of nobody, which leaves the figures
    that compare undefined.
    """
    if not tables:
        return {}
    a = np.concatenate([table.selected for table in tables])
    n_a = np.concatenate([table.n for table in tables])
    b, n_b = np.zeros_like(a), np.zeros_like(a)
    others = np.ones(a.size, dtype=np.bool_)
    bound_low, bound_high = np.full(a.size, np.nan), np.full(a.size, np.nan)
    for table, r, start in zip(tables, referents, starts, strict=False):
        own = slice(start, start + len(table.labels))
        if r is None:
            continue
        b[own], n_b[own] = table.selected[r], table.n[r]
        others[start + r] = False
        bound_low[own], bound_high[own] = ratio_bounds(table, r)
    fisher_p, mid_p = _where_others(others, fisher_exact, a, n_a, b, n_b)
    exact_low, exact_high = _where_others(
        others, exact_ratio_interval, a, n_a, b, n_b, rules.confidence
    )
    family = np.where(n_a >= rules.minimum_people, fisher_p, np.nan)
    p_holm, p_bh = np.full(a.size, np.nan), np.full(a.size, np.nan)
    for table, start in zip(tables, starts, strict=False):
        own = slice(start, start + len(table.labels))
        p_holm[own], p_bh[own] = holm(family[own]), benjamini_hochberg(family[own])
    low, high = ratio_interval(a, n_a, b, n_b, rules.confidence)
    rate_low, rate_high = wilson(a, n_a, rules.confidence)
    z, log_z = pooled_z(a, n_a, b, n_b), log_ratio_z(a, n_a, b, n_b)
    swap = one_person_swap(a, n_a, b, n_b)
    of_others = {
        "impact_ratio_low": low,
        "impact_ratio_high": high,
        "impact_ratio_exact_low": exact_low,
        "impact_ratio_exact_high": exact_high,
        "fisher_p": fisher_p,
        "mid_p": mid_p,
        "z": z,
        "z_p": two_sided_p(z),
        "log_ratio_z": log_z,
        "log_ratio_z_p": two_sided_p(log_z),
        "cohens_h": cohens_h(a, n_a, b, n_b),
        "phi": phi_coefficient(a, n_a, b, n_b),
        "p_adjusted": p_holm,
        "p_adjusted_bh": p_bh,
        "shortfall": shortfall(a, n_a, b, n_b),
        "shortfall_to_referent": shortfall_to_referent(a, n_a, b, n_b),
        "one_person_swap": swap.ratio,
        "smallest_detectable_ratio": smallest_detectable_ratio(
            n_a, b, n_b, rules.alpha, rules.power
        ),
        "power_at_four_fifths": power_at(FOUR_FIFTHS, n_a, b, n_b, rules.alpha),
    }
    present = others & (n_a > 0) & (n_b > 0)
    return {
        "n": n_a.tolist(),
        "selected": a.tolist(),
        "rate": _numbers(rate(a, n_a)),
        "rate_low": _numbers(rate_low),
        "rate_high": _numbers(rate_high),
        "impact_ratio": _numbers(impact_ratio(a, n_a, b, n_b)),
        "bound_low": _numbers(bound_low),
        "bound_high": _numbers(bound_high),
        "below_four_fifths": (below_four_fifths(a, n_a, b, n_b) & others).tolist(),
        "people_to_four_fifths": _where(present, people_to_four_fifths(a, n_a, b, n_b)),
        "one_person_swap_clears": _where(present, swap.clears),
        "one_person_swap_reverses": _where(present, swap.reverses),
        **{name: _numbers(np.where(others, column, np.nan)) for name, column in of_others.items()},
    }


def _where_others(
    others: Bools, figures: Callable[..., tuple[Floats, Floats]], *columns: Ints | float
) -> tuple[Floats, Floats]:
    """Two figures of all groups but the referents, whose own would be the costliest."""
    first, second = np.full(others.size, np.nan), np.full(others.size, np.nan)
    of_others = [c[others] if isinstance(c, np.ndarray) else c for c in columns]
    first[others], second[others] = figures(*of_others)
    return first, second


def _numbers(column: Floats) -> list[float | None]:
    """A column as Python floats; None for what is not a finite number."""
    if bool(np.isfinite(column).all()):
        return cast(list[float | None], column.tolist())
    finite = np.isfinite(column).tolist()
    return [v if ok else None for v, ok in zip(column.tolist(), finite, strict=True)]


def _where(present: Bools, column: npt.NDArray[Any]) -> list[Any]:
    """A column as Python values; None where there is no comparison."""
    return [v if ok else None for v, ok in zip(column.tolist(), present.tolist(), strict=True)]
