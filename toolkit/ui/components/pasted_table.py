"""A table that is pasted or uploaded for one page alone, and kept nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.errors import InputError
from toolkit.intake.raw_table import RawTable
from toolkit.intake.read_file import read_files
from toolkit.ui.components.upload import FORMATS

PASTED = "pasted.csv"
_HEIGHT = 180


def pasted_table(key: str, label: str, example: str, explanation: str) -> RawTable | None:
    """A field to paste a table into, and one to upload it.

    Parameters
    ----------
    key : str
        Unique on the page.
    label : str
        Of the field.
    example : str
        Shown in the empty field.
    explanation : str
        What the table has to hold.

    Returns
    -------
    RawTable or None
        None while there is nothing.

    Raises
    ------
    InputError
        If what was given is not one table.
    """
    tables = pasted_tables(key, label, example, explanation)
    return only_table(tables) if tables else None


def pasted_tables(key: str, label: str, example: str, explanation: str) -> tuple[RawTable, ...]:
    """The same for a file that may hold several tables, such as the sheets of a workbook.

    Raises
    ------
    InputError
        If what was given is no table.
    """
    text = st.text_area(
        label,
        key=f"{key}-pasted",
        placeholder=example,
        height=_HEIGHT,
        persist_state="session",
        help=explanation,
    )
    uploaded = st.file_uploader("Or upload it as a file", type=FORMATS, key=f"{key}-file")
    if uploaded is not None:
        return read_files([(uploaded.name, uploaded.getvalue())]).tables
    if not text.strip():
        return ()
    return read_files([(PASTED, text.encode("utf-8", "replace"))]).tables


def only_table(tables: Sequence[RawTable]) -> RawTable:
    """The one table that was given.

    Raises
    ------
    InputError
        If there are several.
    """
    if len(tables) > 1:
        names = " and ".join(table.name for table in tables)
        raise InputError(
            f"There are {len(tables)} tables ({names}). Give a file with the one that is meant."
        )
    return tables[0]
