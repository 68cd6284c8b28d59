"""The mapping step: what each column was taken for, and how to correct it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from toolkit.intake.kinds import KINDS
from toolkit.intake.mapping import ColumnEntry, ColumnMapping, TableEntry
from toolkit.intake.raw_table import RawTable
from toolkit.scores.catalogue import Catalogue
from toolkit.ui.components.role_words import kind_in_words, role_in_words, roles_of
from toolkit.ui.components.table import table
from toolkit.ui.plain_text import plain

#: Columns in doubt that are asked about one by one; the others wait in the list.
ASKED_AT_ONCE = 6
_SURE = {"certain": "Sure", "likely": "Likely", "guess": "A guess", "set": "Set by you"}
#: What such columns hold is not shown, not even for instance.
_NOT_SHOWN = {"group", "refused", "ignore"}


def column_mapping(
    mapping: ColumnMapping, tables: Sequence[RawTable], catalogue: Catalogue, revision: int
) -> ColumnMapping:
    """Show what was recognised and let the person correct it.

    Parameters
    ----------
    mapping : ColumnMapping
        At present.
    tables : sequence of RawTable
        As read, for examples of what the columns hold.
    catalogue : Catalogue
        Scores that a column can be.
    revision : int
        See `toolkit.ui`.

    Returns
    -------
    ColumnMapping
        `mapping` itself where nothing was changed on this run.

    Raises
    ------
    MappingError
        If a column cannot be what the person chose.
    """
    st.markdown(_summary(mapping))
    for entry in _in_doubt(mapping)[:ASKED_AT_ONCE]:
        answer = _ask(entry, catalogue, revision)
        if answer is not None:
            return mapping.with_role(entry.file, entry.sheet, entry.column, answer)
    if not mapping.tables:
        return mapping
    number = _choose_table(mapping, revision)
    one = mapping.tables[number]
    raw = next((t for t in tables if (t.file, t.sheet) == one.place), None)
    return _one_table(mapping, one, raw, catalogue, f"{revision}-{number}")


def _summary(mapping: ColumnMapping) -> str:
    doubtful = len(_in_doubt(mapping))
    columns = "column" if len(mapping.entries) == 1 else "columns"
    tables = "table" if len(mapping.tables) == 1 else "tables"
    start = f"{len(mapping.entries)} {columns} in {len(mapping.tables)} {tables} were read."
    if not doubtful:
        return f"{start} Each was recognised by its name or by what it holds."
    return f"{start} Have a look at {'one' if doubtful == 1 else doubtful} of them:"


def _choose_table(mapping: ColumnMapping, revision: int) -> int:
    """Position of the table to look at; the candidates' own comes first."""
    if len(mapping.tables) == 1:
        return 0
    kinds = [one.kind for one in mapping.tables]
    names = [f"{one.name} ({len(mapping.of(*one.place))} columns)" for one in mapping.tables]
    return st.selectbox(
        "Table",
        range(len(names)),
        index=kinds.index("candidates") if "candidates" in kinds else 0,
        format_func=names.__getitem__,
        key=f"table-{revision}",
    )


def _in_doubt(mapping: ColumnMapping) -> list[ColumnEntry]:
    """Guesses for which there is something better to suggest."""
    return [one for one in mapping.entries if one.confidence == "guess" and one.suggestions]


def _ask(entry: ColumnEntry, catalogue: Catalogue, revision: int) -> str | None:
    with st.container(border=True, key=f"ask-{revision}-{_key(entry)}"):
        taken = role_in_words(str(entry.role), catalogue)
        st.markdown(
            f"**{plain(entry.column)}** was taken as “{plain(taken)}” ({plain(entry.why)}). "
            "Did you mean:"
        )
        with st.container(horizontal=True):
            for suggestion in entry.suggestions:
                words = plain(role_in_words(suggestion, catalogue))
                if st.button(words, key=f"suggest-{revision}-{_key(entry)}-{suggestion}"):
                    return suggestion
            if st.button("No, leave it", key=f"leave-{revision}-{_key(entry)}", type="tertiary"):
                return str(entry.role)
    return None


def _one_table(
    mapping: ColumnMapping,
    one: TableEntry,
    raw: RawTable | None,
    catalogue: Catalogue,
    key: str,
) -> ColumnMapping:
    entries = mapping.of(*one.place)
    kind = st.selectbox(
        "This table holds",
        list(KINDS),
        index=list(KINDS).index(one.kind),
        format_func=kind_in_words,
        key=f"kind-{key}",
        help=plain(one.why),
    )
    if kind != one.kind:
        return mapping.with_kind(*one.place, kind)
    table(
        _frame(entries, raw, catalogue),
        key=f"columns-{key}",
        file_name="columns.csv",
        says="Columns with what each was taken for, and why",
    )
    return _correct(mapping, one, entries, catalogue, key)


def _correct(
    mapping: ColumnMapping,
    one: TableEntry,
    entries: Sequence[ColumnEntry],
    catalogue: Catalogue,
    key: str,
) -> ColumnMapping:
    """One column at a time: choose it, choose what it is, press the button."""
    open_to_change = {entry.column: entry for entry in entries if entry.role.name != "refused"}
    if not open_to_change:
        return mapping
    left, right = st.columns(2)
    column = left.selectbox("Correct a column", list(open_to_change), key=f"column-{key}")
    entry = open_to_change[column]
    present = str(entry.role)
    roles = list(dict.fromkeys([present, *entry.suggestions, *roles_of(one.kind, catalogue)]))
    role = right.selectbox(
        "It is",
        roles,
        format_func=lambda text: role_in_words(text, catalogue),
        key=f"role-{key}-{column}",
        help="Type to search, for instance the name of a score.",
    )
    pressed = st.button("Take it as that", key=f"take-{key}", disabled=role == present)
    return mapping.with_role(*one.place, column, role) if pressed else mapping


def _frame(
    entries: Sequence[ColumnEntry], raw: RawTable | None, catalogue: Catalogue
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Column": [entry.column for entry in entries],
            "Taken as": [role_in_words(str(entry.role), catalogue) for entry in entries],
            "For instance": [_example(entry, raw) for entry in entries],
            "How sure": [_SURE[entry.confidence] for entry in entries],
            "Why": [entry.why for entry in entries],
        }
    )


def _example(entry: ColumnEntry, raw: RawTable | None) -> str:
    if raw is None or entry.role.name in _NOT_SHOWN or entry.column not in raw.frame:
        return ""
    filled = raw.frame[entry.column].dropna()
    return str(filled.iloc[0])[:40] if len(filled) else "(empty)"


def _key(entry: ColumnEntry) -> str:
    return f"{entry.file}-{entry.sheet or ''}-{entry.column}"
