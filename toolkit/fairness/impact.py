"""Adverse impact of one decision: selection by group, by intersection and within strata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools
from toolkit.errors import InputError
from toolkit.fairness.bootstrap import SEED, bootstrap
from toolkit.fairness.cells import JointCounts, Layout, count_decision, joint_counts
from toolkit.fairness.counts import Grouping, grouping
from toolkit.fairness.panel import attribute_impacts
from toolkit.fairness.people_columns import people_columns
from toolkit.fairness.result import Impact
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.stratify import attribute_strata


def impact(
    groups: pd.DataFrame,
    selected: npt.ArrayLike,
    attributes: Sequence[str] | None = None,
    *,
    stratum: str | None = None,
    rules: Rules = DEFAULT_RULES,
    resamples: int = 0,
    seed: int = SEED,
) -> Impact:
    """Adverse impact of a decision on people, one row each.

    Parameters
    ----------
    groups : DataFrame, shape (n_candidates, n_columns)
        Group columns, for instance ``cohort.groups``. Missing membership is counted and
        bounded, see docs/methods/adverse-impact.md.
    selected : array of bool, shape (n_candidates,)
        In the order of `groups`; 0 and 1 will do. ``Decisions.selected`` fits.
    attributes : sequence of str, optional
        Group columns to use; all but the stratum when left out.
    stratum : str, optional
        Column that says where people competed with each other (requisition, location, year).
    rules : Rules
        Thresholds.
    resamples, seed : int
        How often to resample, see `bootstrap.bootstrap`; not at all where 0.

    Returns
    -------
    Impact

    Raises
    ------
    UnknownName
        If a column is not there.
    InputError
        If the two do not fit together, `selected` is not a decision, or there is no column.

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["M"] * 40 + ["F"] * 40})
    >>> chosen = np.array([1] * 15 + [0] * 25 + [1] * 12 + [0] * 28)
    >>> women = impact(people, chosen).attributes["sex"].group("F")
    >>> women.below_four_fifths, women.verdict
    (False, 'too small to say')
    """
    chosen = as_decision(selected, groups)
    plan = Plan.of(groups.columns.astype(str), attributes, stratum)
    joint = count_decision(groups, plan.columns, chosen)
    groupings = plan.groupings(joint.layout)
    found = assemble(joint, groupings, stratum, rules)
    return with_resamples(found, joint, groupings, resamples, seed)


def impact_of_counts(
    counts: pd.DataFrame,
    selected: str = "selected",
    total: str = "total",
    attributes: Sequence[str] | None = None,
    *,
    stratum: str | None = None,
    rules: Rules = DEFAULT_RULES,
    resamples: int = 0,
    seed: int = SEED,
) -> Impact:
    """Adverse impact from counts alone, so that no person's data is needed.

    Parameters
    ----------
    counts : DataFrame
        One row for each combination of groups: group columns, `selected` and `total`. Rows of
        the same combination are added up; a row without a group counts as unknown.
    selected, total : str
        Columns with the selected people and all people (selected and not) of each row.
    attributes : sequence of str, optional
        Group columns; all the other columns but the stratum when left out.
    stratum : str, optional
    rules : Rules
    resamples, seed : int
        As in `impact`.

    Returns
    -------
    Impact
        The same to the last digit as `impact` gives for the rows behind the counts.

    Raises
    ------
    UnknownName
        If a column is not there.
    InputError
        If a count is not a whole number of people, or more are selected than there are.

    Examples
    --------
    >>> lieutenant = pd.DataFrame(
    ...     {"race": ["W", "B", "H"], "selected": [25, 6, 3], "total": [43, 19, 15]}
    ... )
    >>> impact_of_counts(lieutenant).attributes["race"].referent
    'W'
    """
    chosen, n = people_columns(counts, selected, total)
    names = list(counts.columns.astype(str))
    plan = Plan.of([name for name in names if name not in (selected, total)], attributes, stratum)
    joint = joint_counts(counts, plan.columns, n, chosen)
    groupings = plan.groupings(joint.layout)
    found = assemble(joint, groupings, stratum, rules)
    return with_resamples(found, joint, groupings, resamples, seed)


def with_resamples(
    found: Impact, joint: JointCounts, groupings: Sequence[Grouping], resamples: int, seed: int
) -> Impact:
    """The result with intervals from resampling, where any were asked for."""
    if not resamples:
        return found
    return replace(found, bootstrap=bootstrap(joint, groupings, resamples, seed, found.rules))


class Plan:
    """Which columns are reduced to counts, and which tables are made of them."""

    def __init__(self, attributes: list[str], stratum: str | None) -> None:
        self.attributes = attributes
        self.columns = attributes if stratum is None else [*attributes, stratum]

    @classmethod
    def of(
        cls,
        columns: Sequence[str] | pd.Index,
        attributes: Sequence[str] | None,
        stratum: str | None,
    ) -> Plan:
        """Take the attributes asked for, or every column but the stratum."""
        if attributes is None:
            return cls([name for name in columns if name != stratum], stratum)
        chosen = list(dict.fromkeys(attributes))
        if stratum in chosen:
            raise InputError(
                f"Column '{stratum}' is asked for as a group and as the stratum. "
                "Choose one of the two."
            )
        return cls(chosen, stratum)

    def groupings(self, layout: Layout) -> list[Grouping]:
        """One grouping for each attribute, and one of all where there are several."""
        single = [grouping(layout, [name]) for name in self.attributes]
        return single if len(single) < 2 else [*single, grouping(layout, self.attributes)]


def assemble(
    joint: JointCounts, groupings: Sequence[Grouping], stratum: str | None, rules: Rules
) -> Impact:
    """The result of one decision from its joint counts; see `assemble_all`."""
    return assemble_all([joint], groupings, stratum, rules)[0]


def assemble_all(
    joints: Sequence[JointCounts],
    groupings: Sequence[Grouping],
    stratum: str | None,
    rules: Rules,
) -> list[Impact]:
    """The results of several decisions on the same people, from their joint counts.

    Parameters
    ----------
    joints : sequence of JointCounts
        One a decision, of one layout.
    groupings : sequence of Grouping
        Single attributes, and the intersection of all.
    stratum : str, optional
    rules : Rules
    """
    tables = [group.table(joint) for joint in joints for group in groupings]
    panels = attribute_impacts(tables, rules)
    results = []
    for i, joint in enumerate(joints):
        own = panels[i * len(groupings) : (i + 1) * len(groupings)]
        single = {panel.name: panel for panel in own if len(panel.attributes) == 1}
        several = [panel for panel in own if len(panel.attributes) > 1]
        strata = (
            {}
            if stratum is None
            else {
                name: attribute_strata(joint, panel, stratum, rules)
                for name, panel in single.items()
            }
        )
        results.append(
            Impact(
                candidates=int(joint.n.sum()),
                selected=int(joint.selected.sum()),
                attributes=single,
                intersection=several[0] if several else None,
                strata=strata,
                rules=rules,
            )
        )
    return results


def as_decision(selected: npt.ArrayLike, groups: pd.DataFrame, name: str = "The decision") -> Bools:
    """A decision as booleans, in the order of the group table.

    Raises
    ------
    InputError
        If it holds anything but yes and no, has another length than the group table, or is a
        Series with another index.
    """
    if isinstance(selected, pd.Series) and not selected.index.equals(groups.index):
        raise InputError(
            f"{name} and the group columns list different candidates, or in a different order. "
            "Put them in the same order first."
        )
    values = np.asarray(selected)
    if values.ndim != 1 or len(values) != len(groups):
        raise InputError(
            f"{name} covers {values.size:,} candidates, the group columns {len(groups):,}. "
            "There must be one decision a row."
        )
    if values.dtype == np.bool_:
        return values
    if values.dtype.kind not in "iuf" or not bool(np.isin(values, (0, 1)).all()):
        raise InputError(
            f"{name} must say selected or not selected for everybody, as true and false or "
            "1 and 0, with nothing left empty."
        )
    decided: Bools = values.astype(np.bool_)
    return decided
