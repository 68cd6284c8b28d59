"""One table, understood: its rows have codes, its columns have types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.errors import MappingError
from toolkit.intake.candidate_codes import given_codes, with_codes
from toolkit.intake.cohort import Signal
from toolkit.intake.column_notes import column_notes
from toolkit.intake.column_role import ColumnRole
from toolkit.intake.issue import Issue
from toolkit.intake.kinds import KINDS
from toolkit.intake.mapping import ColumnEntry, ColumnMapping
from toolkit.intake.number_marks import table_mark
from toolkit.intake.odd_rows import without_totals, without_units
from toolkit.intake.problem_cells import row_list
from toolkit.intake.raw_table import RawTable
from toolkit.intake.repeated_rows import Keyed, first_of_each
from toolkit.intake.typed_column import Place
from toolkit.intake.typed_columns import TypedColumns
from toolkit.scores.catalogue import Catalogue


@dataclass(frozen=True, eq=False)
class TypedTable:
    """A table with candidate codes and typed columns; every frame has the same index.

    Parameters
    ----------
    kind : str
    place : Place
        File and sheet.
    codes : Series of str, index of spreadsheet rows
        The candidates' codes; NaN where the table has none and is matched by name.
    has_codes : bool
        False where the codes were made of row numbers, or are to be found by name.
    names : Series of str or None
        Candidates' names.
    signals : DataFrame of float64
    about : mapping of str to Signal
        What is known of each column of `signals`; decimals are found later.
    columns : mapping of str to str
        Signal → the column it stood in.
    texts, groups, outcomes : DataFrame
    accounts : tuple of (str or None, DataFrame)
        Platform, and account facts that stand among the candidates' own columns.
    fields : DataFrame
        The columns of a long table.
    issues : tuple of Issue
    """

    kind: str
    place: Place
    codes: pd.Series
    has_codes: bool
    names: pd.Series | None
    signals: pd.DataFrame
    about: Mapping[str, Signal]
    columns: Mapping[str, str]
    texts: pd.DataFrame
    groups: pd.DataFrame
    outcomes: pd.DataFrame
    accounts: tuple[tuple[str | None, pd.DataFrame], ...]
    fields: pd.DataFrame
    issues: tuple[Issue, ...]


def typed_table(
    table: RawTable, mapping: ColumnMapping, catalogue: Catalogue, prefix: str = ""
) -> TypedTable:
    """Give a table's rows codes and its columns types.

    Parameters
    ----------
    table : RawTable
    mapping : ColumnMapping
        With an entry for every column of the table.
    catalogue : Catalogue
    prefix : str
        Before codes made of row numbers, where several tables need them.
    """
    kind = mapping.kind(table.file, table.sheet)
    entries = mapping.of(table.file, table.sheet)
    _require_fields(kind, entries, table.name)
    roles = {entry.column: entry.role for entry in entries}
    mark = table_mark(table.frame, table.decimal)
    place = Place(table.file, table.sheet, None, mark, table.typed)
    frame, totals = without_totals(table.frame, place)
    frame, units = without_units(frame, roles, place)
    keyed, has_codes = _keyed(frame, kind, roles, place, prefix)
    issues = [*table.issues, *column_notes(entries, place), *totals, *units, *keyed.issues]
    scores = frozenset(r.target for r in roles.values() if r.name == "score" and r.target)
    columns = TypedColumns(issues=issues, reserved=scores)
    for column in frame.columns:
        columns.take(keyed.frame[column], column, roles[column], kind, place, catalogue)
    index = keyed.frame.index
    columns.check(index, place)
    several = KINDS[kind].fields and not (has_codes and keyed.codes.is_unique)
    if several:
        columns.issues += columns.leave_behind(kind, place)
    return TypedTable(
        kind=kind,
        place=place,
        codes=keyed.codes,
        has_codes=has_codes,
        names=_full_names(columns.part("name", index)),
        signals=columns.part("signal", index),
        about=columns.about,
        columns=columns.columns,
        texts=columns.part("text", index),
        groups=columns.part("group", index),
        outcomes=columns.part("outcome", index),
        accounts=tuple(
            (role.partition("@")[2] or None, columns.part(role, index))
            for role in columns.platforms()
        ),
        fields=columns.part("field", index),
        issues=tuple(columns.issues),
    )


def _keyed(
    frame: pd.DataFrame,
    kind: str,
    roles: Mapping[str, ColumnRole],
    place: Place,
    prefix: str,
) -> tuple[Keyed, bool]:
    """Rows with codes, without repetitions, and whether the codes are the file's own."""
    code = next((column for column in frame.columns if roles[column].name == "id"), None)
    if code is None:
        if kind in ("candidates", "resume"):
            codes, issues = with_codes(frame, None, place, prefix)
            return Keyed(frame, codes, tuple(issues)), False
        return Keyed(frame, pd.Series(np.nan, frame.index, dtype="str"), ()), False
    at = place.at(code)
    if kind in ("candidates", "resume"):
        codes, issues = with_codes(frame, frame[code], at, prefix)
    else:
        codes, issues = given_codes(frame[code], at)
        nobody = codes.isna().to_numpy(dtype=np.bool_)
        if nobody.any():
            rows = frame.index.to_numpy(dtype=np.int64)[nobody]
            issues.append(
                at.about_rows(
                    "warning",
                    f"Without a candidate's code a row belongs to nobody: {row_list(rows)}, set "
                    "aside. Fill in the cells.",
                    rows,
                )
            )
            frame, codes = frame.loc[~nobody], codes.loc[~nobody]
    judged = {role.target for role in roles.values() if role.name == "field"}
    if kind == "followers" or (kind == "ratings" and "reviewer" not in judged):
        # Two followers may well look the same, and two reviewers judge alike.
        return Keyed(frame, codes, tuple(issues)), True
    private = [c for c in frame.columns if roles[c].name in ("group", "ignore")]
    keyed = first_of_each(frame, codes, _key(kind, roles), at, private)
    return Keyed(keyed.frame, keyed.codes, (*issues, *keyed.issues)), True


def _require_fields(kind: str, entries: Sequence[ColumnEntry], where: str) -> None:
    """Make sure that a long table has the columns that make it one.

    Raises
    ------
    MappingError
    """
    found = {entry.role.target for entry in entries if entry.role.name == "field"}
    missing = [name for name in KINDS[kind].required if name not in found]
    if missing:
        raise MappingError(
            f"{where}: a table of {kind} needs a column for {' and '.join(map(repr, missing))}. "
            f"Map one as 'field:{missing[0]}', or set the table to another kind."
        )


def _key(kind: str, roles: Mapping[str, ColumnRole]) -> list[str] | None:
    """The columns that, with the code, must not repeat."""
    fields = KINDS[kind].key
    if fields is None:
        return None
    return [
        column for column, role in roles.items() if role.name == "field" and role.target in fields
    ]


def _full_names(parts: pd.DataFrame) -> pd.Series | None:
    if not len(parts.columns):
        return None
    empty = pd.Series("", parts.index, dtype="str")
    first = parts["first"].fillna("") if "first" in parts else empty
    last = parts["last"].fillna("") if "last" in parts else empty
    joined = (first + " " + last).str.strip()
    joined = joined.mask(joined == "")
    return parts["full"].fillna(joined) if "full" in parts else joined
