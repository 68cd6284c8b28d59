"""Rows reduced once to counts: the only thing that every figure of this package works on.

All tables, of one attribute, of an intersection or of strata, are sums over the cells of
`toolkit.fairness.cells`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools, Ints
from toolkit.fairness.cells import JointCounts, Layout, assign_cells, joint_counts, sum_into

_LARGEST_COMPATIBLE = 2**22


@dataclass(frozen=True, eq=False)
class CountTable:
    """Groups × (n, selected) of one attribute or one intersection.

    Parameters
    ----------
    attributes : tuple of str
        One name, or several for an intersection.
    labels : tuple of str
        Name of each group; for an intersection such as ``"F × Asian"``.
    members : tuple of tuple of str
        The group's label in each of `attributes`.
    n, selected : int64 array, shape (n_groups,)
    unknown_n, unknown_selected : int
        People whose membership is not known, and the selected among them.
    possible_n, possible_selected : int64 array, shape (n_groups,)
        Those of the unknown who may belong to the group: all of them for one attribute;
        in an intersection those whose known attributes agree with the group's.
    read_as_unknown : mapping of str to int
        Answers such as "Prefer not to say" and how often they were given.
    """

    attributes: tuple[str, ...]
    labels: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]
    n: Ints
    selected: Ints
    unknown_n: int
    unknown_selected: int
    possible_n: Ints
    possible_selected: Ints
    read_as_unknown: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Grouping:
    """Which cells make up each group of one attribute or intersection.

    Parameters
    ----------
    attributes, labels, members, read_as_unknown
        As in `CountTable`.
    group_of_cell : intp array, shape (n_cells,)
        −1 where the membership is unknown.
    compatible : bool array, shape (n_groups, n_unknown_cells)
        Whether the people of an unknown cell may belong to the group.
    """

    attributes: tuple[str, ...]
    labels: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]
    group_of_cell: npt.NDArray[np.intp]
    compatible: Bools
    read_as_unknown: Mapping[str, int]

    @property
    def membership_matrix(self) -> npt.NDArray[np.float64]:
        """1 where a cell belongs to a group, shape (n_cells, n_groups).

        Whole numbers below 2⁵³ times this matrix are sums without rounding.
        """
        known = np.flatnonzero(self.group_of_cell >= 0)
        matrix = np.zeros((len(self.group_of_cell), len(self.labels)))
        matrix[known, self.group_of_cell[known]] = 1
        return matrix

    def table(self, joint: JointCounts) -> CountTable:
        """Add up the cells of each group."""
        known = self.group_of_cell >= 0
        group = self.group_of_cell[known]
        unknown_n = joint.n[~known]
        unknown_selected = joint.selected[~known]
        return CountTable(
            attributes=self.attributes,
            labels=self.labels,
            members=self.members,
            n=sum_into(group, joint.n[known], len(self.labels)),
            selected=sum_into(group, joint.selected[known], len(self.labels)),
            unknown_n=int(unknown_n.sum()),
            unknown_selected=int(unknown_selected.sum()),
            possible_n=self.compatible @ unknown_n,
            possible_selected=self.compatible @ unknown_selected,
            read_as_unknown=self.read_as_unknown,
        )


def grouping(layout: Layout, attributes: Sequence[str]) -> Grouping:
    """The groups of one attribute, or the observed combinations of several.

    A group of a single attribute that nobody belongs to is kept (a declared category, a row
    of zeros in a table of counts). Of the combinations only those that occur are listed.

    Parameters
    ----------
    layout : Layout
    attributes : sequence of str
        Among ``layout.attributes``.
    """
    columns = [layout.attributes.index(name) for name in attributes]
    labels = [layout.labels[column] for column in columns]
    members = layout.members[:, columns]
    known = (members >= 0).all(axis=1)
    group_of_cell = np.full(len(members), -1, dtype=np.intp)
    if len(columns) == 1:
        combinations = np.arange(len(labels[0]), dtype=np.int64)[:, None]
        group_of_cell[known] = members[known, 0]
    else:
        combinations, position = np.unique(members[known], axis=0, return_inverse=True)
        group_of_cell[known] = position.reshape(-1)
    named = tuple(
        tuple(labels[j][code] for j, code in enumerate(row)) for row in combinations.tolist()
    )
    words: dict[str, int] = {}
    for name in attributes:
        for word, count in layout.read_as_unknown.get(name, {}).items():
            words[word] = words.get(word, 0) + count
    return Grouping(
        attributes=tuple(attributes),
        labels=tuple(" × ".join(row) for row in named),
        members=named,
        group_of_cell=group_of_cell,
        compatible=_compatible(combinations, members[~known]),
        read_as_unknown=words,
    )


def count_table(joint: JointCounts, *attributes: str) -> CountTable:
    """The count table of one attribute, or of the intersection of several."""
    return grouping(joint.layout, attributes).table(joint)


def count_groups(
    groups: pd.DataFrame, selected: Bools, attributes: Sequence[str] | None = None
) -> dict[str, CountTable]:
    """Reduce rows to a count table for each attribute.

    Parameters
    ----------
    groups : DataFrame, shape (n_rows, n_columns)
    selected : bool array, shape (n_rows,)
    attributes : sequence of str, optional
        All columns when left out.

    Raises
    ------
    UnknownName, InputError
        As `assign_cells`.

    Examples
    --------
    >>> sex = count_groups(pd.DataFrame({"sex": list("MFFM")}), np.array([1, 1, 0, 0], bool))["sex"]
    >>> sex.labels, sex.n.tolist(), sex.selected.tolist()
    (('F', 'M'), [2, 2], [1, 1])
    """
    names = list(groups.columns) if attributes is None else list(attributes)
    joint = assign_cells(groups, names).count(selected)
    return {name: count_table(joint, name) for name in joint.layout.attributes}


def table_from(attribute: str, counts: Mapping[str, tuple[int, int]]) -> CountTable:
    """A count table typed in by hand, as ``{group: (selected, n)}``.

    Examples
    --------
    >>> table_from("race", {"W": (16, 25), "B": (3, 8)}).n.tolist()
    [8, 25]
    """
    labels = sorted(counts)
    frame = pd.DataFrame({attribute: pd.Categorical(labels, categories=labels)})
    selected = np.array([counts[label][0] for label in labels], dtype=np.int64)
    n = np.array([counts[label][1] for label in labels], dtype=np.int64)
    return count_table(joint_counts(frame, [attribute], n, selected), attribute)


def _compatible(combinations: Ints, unknown: Ints) -> Bools:
    """Whether the people of each unknown cell may belong to each group."""
    result = np.empty((len(combinations), len(unknown)), dtype=np.bool_)
    step = max(1, _LARGEST_COMPATIBLE // max(1, combinations.size))
    for start in range(0, len(unknown), step):
        part = unknown[None, start : start + step, :]
        agrees = (part < 0) | (part == combinations[:, None, :])
        result[:, start : start + step] = agrees.all(axis=2)
    return result
