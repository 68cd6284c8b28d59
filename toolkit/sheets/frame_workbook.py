"""Any table of the product as a workbook: typed columns, notes, and how to read it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from toolkit.sheets.workbook import SheetTable, columns_of, workbook

READING = (
    "Numbers are unrounded; how many digits are shown is a matter of the cell.",
    "An empty cell is a figure that is not known or not defined, never 0.",
)


def frame_workbook(
    frame: pd.DataFrame, name: str, *, says: str = "", notes: Mapping[str, str] | None = None
) -> bytes:
    """A frame as an XLSX workbook, without its index.

    Parameters
    ----------
    frame : DataFrame
    name : str
        Of the table: ``what-each-score-changes`` becomes *What each score changes*.
    says : str
        What the table holds.
    notes : mapping of str to str, optional
        What a column means, by its name.

    Returns
    -------
    bytes
        The same for the same frame.

    Raises
    ------
    SheetError
        If the frame has more rows than a sheet can hold.

    Examples
    --------
    >>> frame_workbook(pd.DataFrame({"Candidate": ["A-017"], "Rank": [9]}), "decisions")[:2]
    b'PK'
    """
    title = name.replace("-", " ").replace("_", " ").strip().capitalize()
    columns = columns_of(frame, notes=notes)
    rows = [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
    table = SheetTable(title, columns, rows, about=[says] if says else [])
    return workbook([table], title=title, reading=READING)
