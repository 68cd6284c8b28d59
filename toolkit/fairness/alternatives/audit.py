"""What an audit of screens reads of the candidates: their groups, and what validity is.

Group membership is read here alone. It judges screens after they have decided, and never
enters one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import TooFewData
from toolkit.fairness.alternatives.contest import Arena
from toolkit.fairness.alternatives.measure import Measure
from toolkit.fairness.cells import assign_cells
from toolkit.fairness.counts import CountTable, count_table, grouping
from toolkit.fairness.rules import Rules
from toolkit.fairness.smallest_ratio import may_be_referent, smallest_ratio

#: Groups are sifted once, among all candidates; within a part of them every group counts.
_ANY_SIZE = Rules(minimum_people=1, minimum_share=0.0)


@dataclass(frozen=True, eq=False)
class Audit:
    """Candidates as the audit sees them, in the order of the arena.

    Parameters
    ----------
    attributes : tuple of str
        Those with at least two groups that are large enough to be compared.
    left_out : mapping of str to str
        The others, with the reason.
    code : int64 array, shape (n,)
        Twice the combination of groups, plus 1 for those whom the present screen selects.
    groups : int64 array, shape (n_codes, n_groups)
        1 where a code belongs to a group that is compared.
    spans : tuple of slice
        The columns of `groups` of each attribute.
    criterion : float array, shape (n,)
        NaN where not known.
    correlates : bool
        Whether validity is a correlation, or a mean over those selected.
    """

    attributes: tuple[str, ...]
    left_out: Mapping[str, str]
    code: Ints
    groups: Ints
    spans: tuple[slice, ...]
    criterion: Floats
    correlates: bool

    @classmethod
    def of(
        cls,
        arena: Arena,
        attributes: Sequence[str],
        measure: Measure,
        selected: Bools,
        rules: Rules,
    ) -> Audit:
        """Read the groups.

        Parameters
        ----------
        arena : Arena
        attributes : sequence of str
        measure : Measure
        selected : bool array, shape (n,)
            In the cohort's order: the present screen's decision.
        rules : Rules

        Raises
        ------
        UnknownName, InputError
            As `assign_cells`.
        TooFewData
            If no attribute has two groups that are large enough.
        """
        cells = assign_cells(arena.cohort.groups, attributes)
        joint = cells.count(selected)
        columns: list[Ints] = []
        spans: list[slice] = []
        left_out: dict[str, str] = {}
        for name in cells.layout.attributes:
            table = count_table(joint, name)
            allowed = np.flatnonzero(may_be_referent(table.n, rules))
            if allowed.size < 2:
                left_out[name] = _too_small(name, table, rules)
                continue
            group_of_cell = grouping(cells.layout, [name]).group_of_cell
            spans.append(slice(len(columns), len(columns) + allowed.size))
            columns += [(group_of_cell == group).astype(np.int64) for group in allowed]
        if not spans:
            raise TooFewData(" ".join(left_out.values()))
        return cls(
            attributes=tuple(name for name in cells.layout.attributes if name not in left_out),
            left_out=left_out,
            code=(2 * cells.of_row + selected)[arena.order].astype(np.int64),
            groups=np.repeat(np.column_stack(columns), 2, axis=0),
            spans=tuple(spans),
            criterion=measure.values[arena.order],
            correlates=measure.correlates,
        )

    def people(self, inside: Bools | slice = slice(None)) -> Ints:
        """How many of some candidates have each code."""
        return np.bincount(self.code[inside], minlength=len(self.groups)).astype(np.int64)

    @property
    def smallest_group(self) -> int:
        """People of the smallest group that is compared."""
        return int((self.people() @ self.groups).min())

    def smallest_ratios(self, selected: Ints, people: Ints) -> Floats:
        """The smallest impact ratio over the groups of all attributes.

        Parameters
        ----------
        selected : int64 array, shape (n_screens, n_codes)
        people : int64 array, shape (n_codes,)

        Returns
        -------
        float array, shape (n_screens,)
            NaN where nobody of the groups is selected.
        """
        chosen, size = selected @ self.groups, people @ self.groups
        smallest = np.full(len(selected), np.nan)
        for span in self.spans:
            np.fmin(smallest, smallest_ratio(chosen[:, span], size[span], _ANY_SIZE), out=smallest)
        return smallest

    def flips(self, selected: Ints, people: Ints) -> Ints:
        """Candidates whose decision is not the present screen's; arguments as above."""
        now = int(people[1::2].sum())
        changed: Ints = now + selected.sum(axis=1) - 2 * selected[:, 1::2].sum(axis=1)
        return changed


def _too_small(name: str, table: CountTable, rules: Rules) -> str:
    sizes = ", ".join(
        f"{label} {n:,}" for label, n in zip(table.labels, table.n.tolist(), strict=True)
    )
    return (
        f"'{name}' has fewer than two groups of at least {rules.minimum_people} people and "
        f"{100 * rules.minimum_share:g} % of those whose group is known, so no impact ratio can "
        f"be formed ({sizes or 'nobody'})."
    )
