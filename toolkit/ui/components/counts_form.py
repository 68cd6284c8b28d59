"""A table of counts, pasted or uploaded: figures by group without any person's data."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.cli.group_question import GroupQuestion
from toolkit.errors import InputError
from toolkit.fairness.bootstrap import RESAMPLES
from toolkit.intake.raw_table import RawTable
from toolkit.intake.read_file import read_files
from toolkit.ui.components.pasted_table import only_table
from toolkit.ui.components.upload import FORMATS

_SELECTED = ("selected", "hired", "admitted", "passed", "offers", "offered", "promoted")
_TOTAL = ("total", "applied", "applicants", "candidates", "people", "n", "took", "all")
_EXAMPLE = "sex,selected,total\nwomen,34,76\nmen,50,92\n"
_NONE = ""


def counts_upload() -> RawTable | None:
    """Fields for a table of counts.

    Returns
    -------
    RawTable or None
        The table, on the run in which a button was pressed.

    Raises
    ------
    InputError
        If what was given is no table.
    """
    pasted, uploaded = st.columns(2)
    text = pasted.text_area(
        "Paste counts",
        key="counts-pasted",
        placeholder=_EXAMPLE,
        height=160,
        help="One row for each group or combination of groups, with column names above.",
    )
    use_text = pasted.button("Use the pasted counts", key="counts-use-pasted")
    file = uploaded.file_uploader("Or a file with counts", type=FORMATS, key="counts-file")
    use_file = file is not None and uploaded.button("Use the file", key="counts-use-file")
    # Both are drawn before either is read, so that neither fades while the other is used.
    if use_text:
        if not text.strip():
            raise InputError("Nothing was pasted. Copy a table with its column names.")
        return only_table(read_files((("pasted counts.csv", text.encode()),)).tables)
    if file is not None and use_file:
        return only_table(read_files(((file.name, file.getvalue()),)).tables)
    return None


def counts_question(table: RawTable, key: str) -> GroupQuestion | None:
    """What the columns of a table of counts are.

    Parameters
    ----------
    table : RawTable
    key : str
        Of the table, so that another one starts with guesses of its own.

    Returns
    -------
    GroupQuestion or None
        None while something is missing, which is said.
    """
    names = [str(name) for name in table.frame.columns]
    numeric = [name for name in names if _is_numeric(table.frame[name])]
    if len(numeric) < 1:
        st.error("No column holds counts. Give the selected and all people of each row as numbers.")
        return None
    words = [name for name in names if name not in numeric] or names
    left, right = st.columns(2)
    total = left.selectbox(
        "All people of a row",
        numeric,
        index=_guess(numeric, _TOTAL, len(numeric) - 1),
        key=f"counts-total-{key}",
        persist_state="session",
    )
    rest = [name for name in numeric if name != total]
    selected = right.selectbox(
        "Selected people of a row",
        [*rest, _NONE],
        index=_guess(rest, _SELECTED, 0) if rest else 0,
        format_func=lambda name: name or "none: compare a score",
        key=f"counts-selected-{key}",
        persist_state="session",
    )
    groups = st.multiselect(
        "Group columns",
        [name for name in names if name not in (total, selected)],
        default=words[:2],
        key=f"counts-groups-{key}",
        persist_state="session",
    )
    free = [name for name in names if name not in (total, selected, *groups)]
    left, right = st.columns(2)
    stratum = left.selectbox(
        "Compared within",
        [_NONE, *free],
        format_func=lambda name: name or "nothing: all together",
        key=f"counts-stratum-{key}",
        persist_state="session",
        help="Where people competed with each other: opening, department, year.",
    )
    score = right.selectbox(
        "Score of a row's people",
        [_NONE, *(name for name in free if name in numeric and name != stratum)],
        format_func=lambda name: name or "none",
        key=f"counts-score-{key}",
        persist_state="session",
        help="Where a row says how many people of a group have this score.",
    )
    if not groups:
        st.markdown("Choose at least one group column.")
        return None
    if not selected and not score:
        st.markdown("Say how many of each row were selected, or which score they have.")
        return None
    return GroupQuestion(
        groups=tuple(groups),
        selected=selected or None,
        total=total,
        stratum=stratum or None,
        score=score or None,
        resamples=RESAMPLES,
    )


def _is_numeric(column: pd.Series) -> bool:
    texts = column.dropna().astype(str).str.strip()
    return bool(len(texts)) and bool(pd.to_numeric(texts, errors="coerce").notna().all())


def _guess(names: list[str], known: tuple[str, ...], otherwise: int) -> int:
    for i, name in enumerate(names):
        if name.strip().casefold() in known:
            return i
    return otherwise
