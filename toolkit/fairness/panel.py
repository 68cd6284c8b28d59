"""All figures of one count table: each group against the referent."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from toolkit.fairness.adjust import benjamini_hochberg, holm
from toolkit.fairness.bounds import ratio_bounds, referent_is_certain
from toolkit.fairness.counts import Bools, CountTable, Ints
from toolkit.fairness.effect_size import cohens_h, phi_coefficient
from toolkit.fairness.exact import fisher_exact
from toolkit.fairness.four_fifths import Floats, below_four_fifths, impact_ratio, rate
from toolkit.fairness.intervals import ratio_interval, wilson
from toolkit.fairness.power import power_at, smallest_detectable_ratio
from toolkit.fairness.referent import choose_referent
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
    chosen = choose_referent(table, rules)
    r = chosen.position
    columns = _of_every_group(table, rules)
    if r is not None:
        columns |= _of_comparisons(table, r, rules)
    referent = None if r is None else table.labels[r]
    alone = int(np.count_nonzero(table.n)) < 2
    groups = []
    for i, label in enumerate(table.labels):
        figures = {name: column[i] for name, column in columns.items()}
        judged = verdict(
            Facts(
                group=label,
                referent=referent,
                n=figures["n"],
                selected=figures["selected"],
                referent_n=0 if r is None else columns["n"][r],
                referent_selected=0 if r is None else columns["selected"][r],
                ratio=figures.get("impact_ratio"),
                ratio_low=figures.get("impact_ratio_low"),
                ratio_high=figures.get("impact_ratio_high"),
                below=figures.get("below_four_fifths", False),
                p_adjusted=figures.get("p_adjusted"),
                smallest_detectable_ratio=figures.get("smallest_detectable_ratio"),
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


def _of_every_group(table: CountTable, rules: Rules) -> Columns:
    """The figures that need no referent."""
    low, high = wilson(table.selected, table.n, rules.confidence)
    return {
        "n": table.n.tolist(),
        "selected": table.selected.tolist(),
        "rate": _numbers(rate(table.selected, table.n)),
        "rate_low": _numbers(low),
        "rate_high": _numbers(high),
    }


def _of_comparisons(table: CountTable, referent: int, rules: Rules) -> Columns:
    """The figures against the referent, whose own entries stay empty but for its ratio."""
    a, n_a = table.selected, table.n
    b, n_b = np.full_like(a, a[referent]), np.full_like(n_a, n_a[referent])
    others = np.arange(len(a)) != referent
    fisher_p, mid_p = _exact(a, n_a, b, n_b, others)
    family = np.where(n_a >= rules.minimum_people, fisher_p, np.nan)
    low, high = ratio_interval(a, n_a, b, n_b, rules.confidence)
    bound_low, bound_high = ratio_bounds(table, referent)
    z, log_z = pooled_z(a, n_a, b, n_b), log_ratio_z(a, n_a, b, n_b)
    swap = one_person_swap(a, n_a, b, n_b)
    of_others = {
        "impact_ratio_low": low,
        "impact_ratio_high": high,
        "fisher_p": fisher_p,
        "mid_p": mid_p,
        "z": z,
        "z_p": two_sided_p(z),
        "log_ratio_z": log_z,
        "log_ratio_z_p": two_sided_p(log_z),
        "cohens_h": cohens_h(a, n_a, b, n_b),
        "phi": phi_coefficient(a, n_a, b, n_b),
        "p_adjusted": holm(family),
        "p_adjusted_bh": benjamini_hochberg(family),
        "shortfall": shortfall(a, n_a, b, n_b),
        "shortfall_to_referent": shortfall_to_referent(a, n_a, b, n_b),
        "one_person_swap": swap.ratio,
        "smallest_detectable_ratio": smallest_detectable_ratio(
            n_a, b, n_b, rules.alpha, rules.power
        ),
        "power_at_four_fifths": power_at(FOUR_FIFTHS, n_a, b, n_b, rules.alpha),
    }
    present = others & (n_a > 0)
    return {
        "impact_ratio": _numbers(impact_ratio(a, n_a, b, n_b)),
        "bound_low": _numbers(bound_low),
        "bound_high": _numbers(bound_high),
        "below_four_fifths": (below_four_fifths(a, n_a, b, n_b) & others).tolist(),
        "people_to_four_fifths": _where(present, people_to_four_fifths(a, n_a, b, n_b)),
        "one_person_swap_clears": _where(present, swap.clears),
        "one_person_swap_reverses": _where(present, swap.reverses),
        **{name: _numbers(np.where(others, column, np.nan)) for name, column in of_others.items()},
    }


def _exact(a: Ints, n_a: Ints, b: Ints, n_b: Ints, others: Bools) -> tuple[Floats, Floats]:
    """Exact tests of all groups but the referent, whose own table would be the costliest."""
    fisher_p, mid_p = np.full(len(a), np.nan), np.full(len(a), np.nan)
    fisher_p[others], mid_p[others] = fisher_exact(a[others], n_a[others], b[others], n_b[others])
    return fisher_p, mid_p


def _numbers(column: Floats) -> list[float | None]:
    """A column as Python floats; None for what is not a finite number."""
    finite = np.isfinite(column).tolist()
    return [v if ok else None for v, ok in zip(column.tolist(), finite, strict=True)]


def _where(present: Bools, column: npt.NDArray[Any]) -> list[Any]:
    """A column as Python values; None where there is no comparison."""
    return [v if ok else None for v, ok in zip(column.tolist(), present.tolist(), strict=True)]
