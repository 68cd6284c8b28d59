"""A column of numbers, for commands that take one column as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.arrays import Floats
    from toolkit.intake.raw_table import RawTable


def numbers_of(table: RawTable, column: str) -> Floats:
    """The numbers of one column.

    Parameters
    ----------
    table : RawTable
    column : str

    Returns
    -------
    float array, shape (n_rows,)
        NaN where the cell is empty or says that there is no value.

    Raises
    ------
    InputError
        If a cell holds something that is not a number.
    """
    from toolkit.intake.numbers import read_numbers

    read = read_numbers(table.frame[column], table.decimal, table.typed)
    faults = np.zeros(len(table.frame), dtype=np.bool_)
    for cells in read.faults.values():
        faults |= cells
    if faults.any():
        at = int(np.flatnonzero(faults)[0])
        more = int(faults.sum()) - 1
        others = f", and {more:,} more like it" if more else ""
        raise InputError(
            f"{table.name}, row {table.rows[at]}, column '{column}': "
            f"'{table.frame[column].iloc[at]}' is not a number{others}. Correct the cell, or "
            "leave it empty."
        )
    return read.values
