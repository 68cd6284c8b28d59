"""Which rows of an upload are about one candidate, and the upload without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from toolkit.arrays import Bools
from toolkit.intake.candidate_codes import given_codes
from toolkit.intake.issue import Issue
from toolkit.intake.mapping import ColumnEntry, ColumnMapping
from toolkit.intake.number_marks import table_mark
from toolkit.intake.raw_table import RawTable
from toolkit.intake.read import typed_tables_of
from toolkit.intake.read_file import Reading
from toolkit.intake.roster import roster
from toolkit.intake.typed_column import Place
from toolkit.intake.typed_table import TypedTable
from toolkit.scores.catalogue import Catalogue

ERASED = "Something was noticed here about a candidate who was erased since."
#: Shorter names and codes stand in words that are about something else.
_TELLING_LENGTH = 3


def candidate_rows(
    reading: Reading, mapping: ColumnMapping, catalogue: Catalogue, code: str
) -> tuple[Bools, ...]:
    """The rows about one candidate, those that reading has set aside included.

    A row is the candidate's where it was matched to them, where it bears their code, and, in
    a table without codes, where a cell is their code or their whole name.

    Parameters
    ----------
    reading : Reading
    mapping : ColumnMapping
        As the tables were understood with.
    catalogue : Catalogue
    code : str

    Returns
    -------
    tuple of bool array, one a table, shape (n_rows,)
        All False where the upload does not know the code.
    """
    if not reading.tables:
        return ()
    typed, _ = typed_tables_of(reading, mapping, catalogue)
    found = roster(typed)
    if code not in found.ids:
        return tuple(np.zeros(len(table.frame), dtype=np.bool_) for table in reading.tables)
    known = {(table.place.file, table.place.sheet): table for table in found.tables}
    called = {code.casefold(), *_names(found.tables, code)}
    return tuple(
        _rows(table, known.get((table.file, table.sheet)), mapping, code, called)
        for table in reading.tables
    )


def without_candidate(
    reading: Reading, mapping: ColumnMapping, catalogue: Catalogue, code: str
) -> tuple[Reading, ColumnMapping]:
    """The upload without any row about one candidate.

    What the tables and columns were taken for, and which mark stands before decimals, is
    settled first: what is left must not be understood in another way. A table of nobody else,
    a résumé for instance, goes as a whole, and so does its file's name. Notes about the rows
    that go no longer say what was in them.

    Parameters
    ----------
    reading, mapping, catalogue, code
        As for `candidate_rows`.
    """
    rows = candidate_rows(reading, mapping, catalogue, code)
    if not any(found.any() for found in rows):
        return reading, mapping
    typed, _ = typed_tables_of(reading, mapping, catalogue)
    called = {code.casefold(), *_names(roster(typed).tables, code)}
    kept: list[RawTable] = []
    for table, gone in zip(reading.tables, rows, strict=True):
        if gone.all():
            continue
        kept.append(
            replace(
                table,
                frame=table.frame.loc[~gone],
                decimal=table_mark(table.frame, table.decimal),
                issues=_silenced(table.issues, set(table.rows[gone].tolist()), called),
            )
        )
    files = {table.file for table in kept}
    dropped = {table.file for table in reading.tables} - files
    sources = {name: digest for name, digest in reading.sources.items() if name not in dropped}
    left = Reading(tuple(kept), _silenced(reading.issues, set(), called), sources)
    return left, _settled(mapping, {(table.file, table.sheet) for table in kept})


def _rows(
    table: RawTable,
    typed: TypedTable | None,
    mapping: ColumnMapping,
    code: str,
    called: set[str],
) -> Bools:
    frame = table.frame
    found = np.zeros(len(frame), dtype=np.bool_)
    if typed is not None:
        own = typed.codes.index[(typed.codes == code).to_numpy(dtype=np.bool_)]
        found |= frame.index.isin(own)
    column = next((e.column for e in mapping.of(table.file, table.sheet) if _is_code(e)), None)
    if column is not None and column in frame.columns:
        codes, _ = given_codes(frame[column], Place(table.file, table.sheet, column))
        found |= (codes == code).fillna(False).to_numpy(dtype=np.bool_)
        return found
    for name in frame.columns:
        found |= frame[name].str.casefold().isin(called).to_numpy(dtype=np.bool_)
    return found


def _is_code(entry: ColumnEntry) -> bool:
    return entry.role.name == "id"


def _names(tables: Sequence[TypedTable], code: str) -> set[str]:
    """What the candidate is called, in small letters."""
    found: set[str] = set()
    for table in tables:
        if table.names is not None:
            own = table.names[(table.codes == code).to_numpy(dtype=np.bool_)].dropna()
            found |= set(own.str.casefold())
    return found


def _silenced(issues: Sequence[Issue], gone: set[int], called: set[str]) -> tuple[Issue, ...]:
    telling = [name for name in called if len(name) >= _TELLING_LENGTH]

    def tells(issue: Issue) -> bool:
        rows = {*issue.rows, *([] if issue.row is None else [issue.row])}
        said = f"{issue.file or ''} {issue.message}".casefold()
        return not rows.isdisjoint(gone) or any(name in said for name in telling)

    return tuple(Issue("note", ERASED) if tells(issue) else issue for issue in issues)


def _settled(mapping: ColumnMapping, places: set[tuple[str, str | None]]) -> ColumnMapping:
    """The mapping of these tables, in which nothing is left to be recognised."""
    tables = tuple(
        replace(table, set_by_person=True) for table in mapping.tables if table.place in places
    )
    entries = tuple(
        entry if entry.role.name == "refused" else replace(entry, confidence="set")
        for entry in mapping.entries
        if entry.place in places
    )
    return ColumnMapping(tables, entries)
