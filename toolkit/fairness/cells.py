"""The cell of every row, and how many people and how many selected are in each cell.

A row says who someone is and whether they were selected. Which *cell* it falls into (one
combination of all attributes, unknown membership included) does not depend on the decision,
so it is found once; a decision then costs one count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools, Ints
from toolkit.errors import InputError, UnknownName
from toolkit.fairness.membership import Membership, membership, parts

Positions = npt.NDArray[np.integer]

#: Up to so many combinations of groups, all are counted, whether they occur or not.
_COUNTED_AT_ONCE = 2**13
#: Cells are looked up in a table of this size or found by sorting.
LARGEST_LOOKUP = 2**22


@dataclass(frozen=True, eq=False)
class Layout:
    """The cells that occur, without their counts.

    Parameters
    ----------
    attributes : tuple of str
        Group attributes, and the stratum where there is one.
    labels : tuple of tuple of str
        The groups of each attribute, in alphabetical order.
    members : int64 array, shape (n_cells, n_attributes)
        Position of each cell in each attribute's labels; −1 where unknown.
    read_as_unknown : mapping of str to mapping of str to int
        Per attribute, the answers that were taken as unknown membership.
    """

    attributes: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    members: Ints
    read_as_unknown: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class JointCounts:
    """How many people and how many selected in each cell.

    Parameters
    ----------
    layout : Layout
    n, selected : int64 array, shape (n_cells,)
        People, and those of them who were selected.
    """

    layout: Layout
    n: Ints
    selected: Ints


@dataclass(frozen=True, eq=False)
class Cells:
    """The cell of every row, found once and counted for as many decisions as needed.

    Parameters
    ----------
    layout : Layout
    of_row : unsigned integer array, shape (n_rows,)
        Position in ``layout.members``.
    n : int64 array, shape (n_cells,)
        Rows in each cell.
    """

    layout: Layout
    of_row: Positions
    n: Ints

    def count(self, selected: Bools) -> JointCounts:
        """Counts of one decision, given as booleans in the order of the rows."""
        chosen = np.zeros(len(self.n), dtype=np.int64)
        for rows in parts(len(self.of_row)):
            mine = self.of_row[rows][selected[rows]]
            chosen += np.bincount(mine, minlength=len(self.n))
        return JointCounts(self.layout, self.n, chosen)


def assign_cells(groups: pd.DataFrame, attributes: Sequence[str]) -> Cells:
    """Find the cell of every row.

    Parameters
    ----------
    groups : DataFrame, shape (n_rows, n_columns)
        One person a row.
    attributes : sequence of str
        Columns to use.

    Raises
    ------
    UnknownName
        If a column is not there.
    InputError
        If there is no column to use, or one has too many different values.
    """
    read = [membership(groups[name], name) for name in checked(groups, attributes)]
    if _combinations(read) > _COUNTED_AT_ONCE:
        return _cells_by_sorting(read, len(groups))
    n = np.zeros(_combinations(read), dtype=np.int64)
    of_row: Positions = np.empty(len(groups), dtype=np.min_scalar_type(len(n)))
    for rows in parts(len(groups)):
        key = _key(read, rows)
        n += np.bincount(key, minlength=len(n))
        of_row[rows] = key
    occurring = np.flatnonzero(n)
    position = np.zeros(len(n), dtype=of_row.dtype)
    position[occurring] = np.arange(len(occurring))
    for rows in parts(len(groups)):
        of_row[rows] = position[of_row[rows]]
    return Cells(_layout(read, _members_of_keys(read, occurring)), of_row, n[occurring])


def count_decision(groups: pd.DataFrame, attributes: Sequence[str], selected: Bools) -> JointCounts:
    """The joint counts of a single decision; the same as ``assign_cells(...).count(selected)``.

    The rows are gone through once and nothing is kept of them, so that a long table needs
    hardly more memory than it has itself.

    Parameters
    ----------
    groups, attributes
        As in `assign_cells`.
    selected : bool array, shape (n_rows,)

    Raises
    ------
    UnknownName, InputError
        As `assign_cells`.
    """
    read = [membership(groups[name], name) for name in checked(groups, attributes)]
    size = _combinations(read)
    if size > _COUNTED_AT_ONCE:
        return _cells_by_sorting(read, len(groups)).count(selected)
    counts = np.zeros(2 * size, dtype=np.int64)
    for rows in parts(len(groups)):
        key = _key(read, rows)
        key *= 2
        key += selected[rows]
        counts += np.bincount(key, minlength=len(counts))
    chosen = counts[1::2]
    n = counts[::2] + chosen
    occurring = np.flatnonzero(n)
    layout = _layout(read, _members_of_keys(read, occurring))
    return JointCounts(layout, n[occurring], chosen[occurring])


def joint_counts(
    groups: pd.DataFrame, attributes: Sequence[str], n: Ints, selected: Ints
) -> JointCounts:
    """Counts from rows that stand for several people each.

    Parameters
    ----------
    groups : DataFrame, shape (n_rows, n_columns)
    attributes : sequence of str
    n, selected : int64 array, shape (n_rows,)
        People of each row and the selected among them. Rows of the same cell are added.

    Raises
    ------
    UnknownName, InputError
        As `assign_cells`.
    """
    cells = assign_cells(groups, attributes)
    size = len(cells.n)
    return JointCounts(
        cells.layout,
        sum_into(cells.of_row, n, size),
        sum_into(cells.of_row, selected, size),
    )


def checked(groups: pd.DataFrame, attributes: Sequence[str]) -> list[str]:
    """The attributes without repetition, if the table has them all.

    Raises
    ------
    UnknownName
        If a column is not there.
    InputError
        If no column is named, or the table has two columns of one name.
    """
    names = list(dict.fromkeys(attributes))
    if not names:
        raise InputError(
            "There is no group column to compare by. Upload one, for instance 'sex' or "
            "'ethnicity', or name it with --group."
        )
    columns = [str(column) for column in groups.columns]
    for name in names:
        if name not in columns:
            raise UnknownName("group column", name, columns)
        if columns.count(name) > 1:
            raise InputError(
                f"The table has {columns.count(name)} columns named '{name}'. "
                "Rename all but one of them."
            )
    return names


def sum_into(position: Positions, values: Ints, size: int) -> Ints:
    """Add up the values of each position, shape (size,)."""
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, position, values)
    return total


def _combinations(read: Sequence[Membership]) -> int:
    """How many cells there can be, unknown membership included."""
    return prod(len(column.labels) + 1 for column in read)


def _key(read: Sequence[Membership], rows: slice) -> npt.NDArray[np.intp]:
    """A number for each row that says its place in every attribute, unknown being the first."""
    key = read[0].part(rows).astype(np.intp)
    key += 1
    for column in read[1:]:
        key *= len(column.labels) + 1
        key += column.part(rows)
        key += 1
    return key


def _members_of_keys(read: Sequence[Membership], keys: npt.NDArray[np.intp]) -> Ints:
    """The places in every attribute that each number says; −1 where unknown."""
    sizes = tuple(len(column.labels) + 1 for column in read)
    return np.column_stack(np.unravel_index(keys, sizes)).astype(np.int64) - 1


def _cells_by_sorting(read: Sequence[Membership], n_rows: int) -> Cells:
    """Combine the memberships attribute by attribute, keeping only what occurs."""
    of_row: npt.NDArray[np.intp] = np.zeros(n_rows, dtype=np.intp)
    members: Ints = np.empty((1 if n_rows else 0, 0), dtype=np.int64)
    for column in read:
        size = len(column.labels) + 1
        of_row *= size
        of_row += column.codes
        of_row += 1
        occurring, of_row = _compress(of_row, len(members) * size)
        members = np.column_stack([members[occurring // size], occurring % size - 1])
    n = np.bincount(of_row, minlength=len(members)).astype(np.int64, copy=False)
    return Cells(_layout(read, members), of_row, n)


def _layout(read: Sequence[Membership], members: Ints) -> Layout:
    return Layout(
        attributes=tuple(column.attribute for column in read),
        labels=tuple(column.labels for column in read),
        members=members,
        read_as_unknown={column.attribute: column.read_as_unknown for column in read},
    )


def _compress(codes: npt.NDArray[np.intp], size: int) -> tuple[Ints, npt.NDArray[np.intp]]:
    """The codes that occur in ``range(size)``, and each row's position among them."""
    if size > LARGEST_LOOKUP:
        occurring, position = np.unique(codes, return_inverse=True)
        return occurring.astype(np.int64, copy=False), position.reshape(-1)
    occurring = np.flatnonzero(np.bincount(codes, minlength=size))
    if len(occurring) == size:
        return occurring.astype(np.int64, copy=False), codes
    lookup = np.zeros(size, dtype=np.intp)
    lookup[occurring] = np.arange(len(occurring))
    return occurring.astype(np.int64, copy=False), lookup[codes]
