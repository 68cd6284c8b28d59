"""Tables as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import pandas as pd

from toolkit.sheets.csv_safety import disarmed


def csv_bytes(frame: pd.DataFrame) -> bytes:
    r"""The frame as UTF-8 CSV, without its index.

    Numbers are written in full precision. Text that a spreadsheet would take for a formula
    gets an apostrophe in front, which spreadsheets show as plain text.

    Examples
    --------
    >>> csv_bytes(pd.DataFrame({"name": ["=1+1"], "score": [0.1]})).decode("utf-8-sig")
    "name,score\n'=1+1,0.1\n"
    """
    safe = frame.copy()
    safe.columns = pd.Index([_harmless(column) for column in frame.columns])
    for position, (_, column) in enumerate(frame.items()):
        if not pd.api.types.is_numeric_dtype(column.dtype):
            safe.isetitem(position, column.map(_harmless, na_action="ignore").to_numpy())
    # The byte order mark tells spreadsheets that this is UTF-8.
    return safe.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _harmless(value: object) -> object:
    return disarmed(value) if isinstance(value, str) else value
