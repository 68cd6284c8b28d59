"""The stratified comparisons of each attribute, from the joint counts."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from toolkit.arrays import Ints
from toolkit.fairness.cells import JointCounts
from toolkit.fairness.four_fifths import rate
from toolkit.fairness.result import (
    AttributeImpact,
    AttributeStrata,
    StratifiedComparison,
    StratumCounts,
    finite_or_none,
)
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.strata import Stratified, pooled_ratio, stratified
from toolkit.fairness.verdict import SMALLEST_P, p_in_words, ratio_in_words
from toolkit.sentence import Sentence, figure, in_a_row, say


def attribute_strata(
    joint: JointCounts, panel: AttributeImpact, stratum: str, rules: Rules = DEFAULT_RULES
) -> AttributeStrata:
    """Compare each group of one attribute with its referent within strata.

    Parameters
    ----------
    joint : JointCounts
        With the stratum among its attributes.
    panel : AttributeImpact
        The attribute's pooled figures: its referent is the referent here.
    stratum : str
        Name of the stratum column.
    rules : Rules

    Returns
    -------
    AttributeStrata
        Without comparisons where there is no referent. People of unknown stratum are left
        out and counted.
    """
    names, n, selected, unknown = strata_table(joint, panel.attributes[0], stratum)
    labels = [group.group for group in panel.groups]
    if panel.referent is None:
        return AttributeStrata(stratum, unknown, (), None)
    r = labels.index(panel.referent)
    comparisons = {
        label: _comparison(
            (label, panel.referent),
            names,
            (selected[:, g], n[:, g], selected[:, r], n[:, r]),
            rules,
        )
        for g, label in enumerate(labels)
        if g != r and panel.groups[g].n > 0
    }
    lowest = panel.lowest.group if panel.lowest else next(iter(comparisons), None)
    return AttributeStrata(
        stratum=stratum,
        unknown_stratum=unknown,
        groups=tuple(comparisons.values()),
        main=comparisons[lowest] if lowest is not None else None,
    )


def strata_table(
    joint: JointCounts, attribute: str, stratum: str
) -> tuple[tuple[str, ...], Ints, Ints, int]:
    """Counts by stratum and group.

    Returns
    -------
    strata : tuple of str
    n, selected : int64 array, shape (n_strata, n_groups)
    unknown : int
        People of known group whose stratum is unknown.
    """
    layout = joint.layout
    group_column, stratum_column = (
        layout.attributes.index(attribute),
        layout.attributes.index(stratum),
    )
    names = layout.labels[stratum_column]
    groups, strata = layout.members[:, group_column], layout.members[:, stratum_column]
    shape = (len(names), len(layout.labels[group_column]))
    n, selected = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    known = (groups >= 0) & (strata >= 0)
    np.add.at(n, (strata[known], groups[known]), joint.n[known])
    np.add.at(selected, (strata[known], groups[known]), joint.selected[known])
    unknown = int(joint.n[(groups >= 0) & (strata < 0)].sum())
    return names, n, selected, unknown


def _comparison(
    names: tuple[str, str],
    strata: tuple[str, ...],
    counts: tuple[Ints, Ints, Ints, Ints],
    rules: Rules,
) -> StratifiedComparison:
    group, referent = names
    a, n_a, b, n_b = counts
    figures = stratified(a, n_a, b, n_b, rules.confidence)
    pooled = pooled_ratio(a, n_a, b, n_b)
    numbers = {
        name: finite_or_none(value)
        for name, value in asdict(figures).items()
        if name not in ("reverses", "informative")
    }
    rates = (rate(a, n_a).tolist(), rate(b, n_b).tolist())
    return StratifiedComparison(
        group=group,
        referent=referent,
        **numbers,
        reverses=figures.reverses,
        pooled_ratio=finite_or_none(pooled),
        strata_used=figures.informative,
        strata_left_out=len(strata) - figures.informative,
        reading=_reading(group, referent, figures, pooled, rules),
        strata=tuple(
            StratumCounts(
                stratum=name,
                n=int(n_a[i]),
                selected=int(a[i]),
                rate=finite_or_none(rates[0][i]),
                referent_n=int(n_b[i]),
                referent_selected=int(b[i]),
                referent_rate=finite_or_none(rates[1][i]),
            )
            for i, name in enumerate(strata)
        ),
    )


def _reading(
    group: str, referent: str, figures: Stratified, pooled: float, rules: Rules
) -> Sentence:
    """What the stratified comparison says beside the pooled one."""
    if figures.informative == 0 or np.isnan(figures.risk_ratio) or np.isnan(pooled):
        return say(
            "No stratum has both {group} and {referent} with some selected and some not, so there "
            "is nothing to compare within strata.",
            group=group,
            referent=referent,
        )
    told: dict[str, object] = {
        "group": group,
        "referent": referent,
        "pooled": figure(ratio_in_words(pooled)),
        "within": figure(ratio_in_words(figures.risk_ratio)),
        "p": _p(figures.cmh_p, rules),
    }
    if figures.reverses:
        said = say(
            "Taken together, {group} against {referent} has a ratio of {pooled}, but within strata "
            "the ratio is {within} (Mantel–Haenszel p {p}): the direction turns around. The pooled "
            "figure mixes strata with different rates (Simpson's paradox); read the strata one by "
            "one.",
            **told,
        )
    else:
        said = say(
            "Taken together, {group} against {referent} has a ratio of {pooled}; within strata the "
            "ratio is {within} (Mantel–Haenszel p {p}).",
            **told,
        )
    if not figures.tarone_p < rules.alpha:
        return said
    differ = say(
        "The strata differ among themselves (Breslow–Day–Tarone p {p}), so one common ratio does "
        "not describe them all.",
        p=_p(figures.tarone_p, rules),
    )
    return in_a_row([said, differ])


def _p(p: float, rules: Rules) -> Sentence:
    if p < SMALLEST_P:
        return say("below {number}", number=figure(f"{SMALLEST_P}"))
    return figure(p_in_words(p, rules.alpha))
