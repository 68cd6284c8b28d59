"""Columns that count people: how many there are in each row, and how many were selected."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.arrays import Ints
from toolkit.errors import InputError, UnknownName


def people_columns(counts: pd.DataFrame, selected: str, total: str) -> tuple[Ints, Ints]:
    """The selected people and all people of each row.

    Parameters
    ----------
    counts : DataFrame
        One row for each combination of groups.
    selected, total : str
        Columns with the selected people and all people (selected and not) of each row.

    Returns
    -------
    selected, n : int64 array, shape (n_rows,)

    Raises
    ------
    UnknownName
        If a column is not there.
    InputError
        If a count is not a whole number of people, or more are selected than there are.

    Examples
    --------
    >>> chosen, n = people_columns(pd.DataFrame({"hired": [3], "all": [7]}), "hired", "all")
    >>> chosen.tolist(), n.tolist()
    ([3], [7])
    """
    n, chosen = people_column(counts, total), people_column(counts, selected)
    over = np.flatnonzero(chosen > n)
    if over.size:
        i = int(over[0])
        raise InputError(
            f"Row {i + 1} of the counts: {chosen[i]:,} selected of {n[i]:,}. Column '{selected}' "
            f"must not exceed column '{total}', which counts everybody, selected or not."
        )
    return chosen, n


def people_column(counts: pd.DataFrame, name: str) -> Ints:
    """The people of each row, from one column of counts.

    Raises
    ------
    UnknownName
        If the column is not there.
    InputError
        If a count is not a whole number of people.
    """
    names = list(counts.columns.astype(str))
    if name not in names:
        raise UnknownName("count column", name, names)
    return _whole(counts[name], name)


def _whole(column: pd.Series, name: str) -> Ints:
    """A column of counts as integers."""
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = np.flatnonzero(
        ~(np.isfinite(numbers) & (numbers >= 0) & (np.floor(numbers) == numbers))
    )
    if wrong.size:
        i = int(wrong[0])
        more = f", and {wrong.size - 1:,} more like it" if wrong.size > 1 else ""
        raise InputError(
            f"Row {i + 1} of the counts, column '{name}': {column.iloc[i]!r} is not a whole "
            f"number of people{more}. Write 0 where there are none."
        )
    return numbers.astype(np.int64)
