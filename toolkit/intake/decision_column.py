"""A column that says who was selected, or how many were."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.errors import InputError

YES = frozenset({"1", "1.0", "true", "yes"})
NO = frozenset({"0", "0.0", "false", "no"})


def selected_of(
    column: pd.Series, rows: Sequence[int], where: str, selected_value: str | None = None
) -> npt.NDArray[np.bool_]:
    """Who was selected.

    Parameters
    ----------
    column : Series of str, length n
        Cells as text; NaN where empty.
    rows : sequence of int, length n
        Row numbers as a spreadsheet shows them.
    where : str
        File and column, for messages.
    selected_value : str, optional
        The one of two values that means selected. Without it the cells have to be 0 and 1,
        true and false, or yes and no, in any case.

    Returns
    -------
    bool array, shape (n,)

    Raises
    ------
    InputError
        If a cell is empty, or the values are not two that can be told apart.

    Examples
    --------
    >>> selected_of(pd.Series(["Yes", "no"]), [2, 3], "a.csv, column 'hired'")
    array([ True, False])
    """
    _require_filled(column, rows, where)
    texts = column.astype(str).str.strip()
    found = texts.value_counts(sort=False)
    if selected_value is None:
        folded = texts.str.casefold()
        strange = found[[value.casefold() not in YES | NO for value in found.index]]
        if len(strange):
            raise InputError(
                f"{where}: {_listed(found)}. Expected 0 and 1, true and false, or yes and no. "
                "Say which value means selected with --selected-value."
            )
        return folded.isin(YES).to_numpy(dtype=np.bool_)
    if len(found) > 2:
        raise InputError(
            f"{where}: {_listed(found)}. A decision has two values. Write the others as one of "
            "the two, or leave those rows out."
        )
    if selected_value not in found.index:
        raise InputError(f"{where}: nobody has '{selected_value}'; found {_listed(found)}.")
    return (texts == selected_value).to_numpy(dtype=np.bool_)


def counts_of(column: pd.Series, rows: Sequence[int], where: str) -> npt.NDArray[np.int64]:
    """How many people each row stands for.

    Raises
    ------
    InputError
        If a cell is empty or is not a whole number from 0.

    Examples
    --------
    >>> counts_of(pd.Series(["12", "3.0"]), [2, 3], "a.csv, column 'hired'")
    array([12,  3])
    """
    _require_filled(column, rows, where)
    numbers = pd.to_numeric(column.astype(str).str.strip(), errors="coerce").to_numpy(np.float64)
    with np.errstate(invalid="ignore"):
        wrong = ~((numbers >= 0) & (numbers == np.floor(numbers)) & (numbers < 2**53))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise InputError(
            f"{where}, row {rows[at]}: '{column.iloc[at]}' is not a number of people. "
            "Write a whole number from 0."
        )
    return numbers.astype(np.int64)


def _require_filled(column: pd.Series, rows: Sequence[int], where: str) -> None:
    empty = column.isna() | (column.astype(str).str.strip() == "")
    if empty.any():
        at = np.flatnonzero(empty.to_numpy())
        raise InputError(
            f"{where}, row {rows[int(at[0])]}: the cell is empty, and {len(at) - 1:,} more of "
            f"the {len(column):,}. Fill in what was decided, or leave those rows out."
            if len(at) > 1
            else f"{where}, row {rows[int(at[0])]}: the cell is empty. Fill in what was decided, "
            "or leave the row out."
        )


def _listed(found: pd.Series) -> str:
    shown = ", ".join(f"'{value}' ({count:,})" for value, count in found.iloc[:6].items())
    return shown + (f" and {len(found) - 6:,} more values" if len(found) > 6 else "")
