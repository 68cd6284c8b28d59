"""The column that says whom a row is about, for whoever writes rows out."""

from __future__ import annotations

from toolkit.errors import InputError


def required_codes(id_column: str | None, written: str, asked: str) -> str:
    """The column of codes, without which rows are not written.

    Parameters
    ----------
    id_column : str or None
    written : str
        What was to be written, such as ``"decisions"``.
    asked : str
        What nobody could tell then, such as ``"whose they are"``.

    Raises
    ------
    InputError
        If there is none.
    """
    if id_column is None:
        raise InputError(
            f"The rows have no column 'candidate_id', so {written} cannot be written: nobody "
            f"could tell {asked}. Name the column of codes with --id."
        )
    return id_column
