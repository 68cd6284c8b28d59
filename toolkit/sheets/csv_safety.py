"""Text that no spreadsheet takes for a formula when it opens a CSV file.

A CSV file has no types: a cell that begins like a formula is run, whoever wrote it. An
apostrophe in front turns it into text, and spreadsheets show the rest as it was. Workbooks
need none of this: there a cell says that it is text (`toolkit.sheets.workbook`).
"""

from __future__ import annotations

#: Beginnings that some spreadsheet evaluates; the wide forms in East Asian settings.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def disarmed(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would run it.

    Examples
    --------
    >>> disarmed("=HYPERLINK(A1)"), disarmed("C-017")
    ("'=HYPERLINK(A1)", 'C-017')
    """
    return "'" + text if text.startswith(STARTS_A_FORMULA) else text
