"""Which column of a table is which, for tables that are used on one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from toolkit.ui.plain_text import plain


def column_choice(
    columns: Sequence[str],
    wanted: Mapping[str, str],
    found: Mapping[str, str],
    *,
    key: str,
    needed: Iterable[str] = (),
) -> dict[str, str]:
    """One field for each thing that is wanted, with the column that was found.

    Parameters
    ----------
    columns : sequence of str
        Of the table.
    wanted : mapping of str to str
        What is wanted, and how it is called on the page.
    found : mapping of str to str
        Columns that were recognised.
    key : str
        Unique on the page and for the table.
    needed : iterable of str
        What the page cannot do without.

    Returns
    -------
    dict of str to str
        What was chosen; without those that no column was chosen for.
    """
    chosen: dict[str, str] = {}
    required = set(needed)
    fields = st.columns(min(len(wanted), 4))
    for at, (name, label) in enumerate(wanted.items()):
        present = found.get(name)
        with fields[at % len(fields)]:
            column = st.selectbox(
                label,
                list(columns),
                index=columns.index(present) if present in columns else None,
                format_func=plain,
                placeholder="Choose a column" if name in required else "None",
                key=f"{key}-{name}",
                persist_state="session",
            )
        if column is not None:
            chosen[name] = column
    return chosen
