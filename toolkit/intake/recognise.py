"""What every table and column is: recognised by name, then corrected by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from toolkit.errors import MappingError
from toolkit.intake.column_guess import Guess, guessed
from toolkit.intake.column_role import ColumnRole, checked_role
from toolkit.intake.kinds import kind_of, named_kind
from toolkit.intake.mapping import ColumnEntry, ColumnMapping, Confidence, TableEntry
from toolkit.intake.mapping_match import matched_tables
from toolkit.intake.number_marks import casts
from toolkit.intake.plain_name import plain_name
from toolkit.intake.presets import Preset, preset_of
from toolkit.intake.raw_table import RawTable
from toolkit.intake.vocabulary import vocabulary
from toolkit.scores.catalogue import Catalogue

#: What a repeated column name got behind it.
_AGAIN = re.compile(r" \(\d+\)$")
#: Names that hold a code only where every row has another value.
_WEAK_IDS = frozenset({"no", "nr", "number", "key", "code", "ref", "reference", "uid"})


def recognise(
    tables: Sequence[RawTable], catalogue: Catalogue, mapping: ColumnMapping | None = None
) -> ColumnMapping:
    """What each table and column is.

    Parameters
    ----------
    tables : sequence of RawTable
    catalogue : Catalogue
        For the names of scores.
    mapping : ColumnMapping, optional
        What a person has set; it goes before what is recognised.

    Returns
    -------
    ColumnMapping
        With an entry for every column of every table, refused ones included.

    Raises
    ------
    MappingError
        If `mapping` names a table or column that is not there, or a role that the column
        may not have.
    """
    matched = matched_tables(tables, mapping) if mapping else {}
    found: list[TableEntry] = []
    entries: list[ColumnEntry] = []
    for table in tables:
        asked, roles = matched.get((table.file, table.sheet), (None, {}))
        kind, why = kind_of(table)
        chosen = bool(asked and asked.kind and asked.set_by_person)
        if asked and chosen:
            kind, why = asked.kind, asked.why
        found.append(TableEntry(table.file, table.sheet, kind, why, chosen))
        chosen_roles = {
            column: checked_role(entry.role, column, kind, catalogue)
            for column, entry in roles.items()
        }
        guesses = _columns(table, kind, catalogue, chosen_roles)
        entries += [
            ColumnEntry(
                table.file,
                table.sheet,
                column,
                guess.role,
                guess.confidence,
                roles[column].why if column in roles else guess.why,
                guess.suggestions,
            )
            for column, guess in guesses.items()
        ]
    return ColumnMapping(tuple(found), tuple(entries))


def _columns(
    table: RawTable, kind: str, catalogue: Catalogue, chosen: Mapping[str, ColumnRole]
) -> dict[str, Guess]:
    """What each column of one table is: chosen by a person, or else a guess."""
    frame = table.frame
    preset = preset_of(frame.columns) if kind == "candidates" else None
    code = _code_column(frame.drop(columns=list(chosen)), preset)
    # One column a task or criterion, in a file that is named for them.
    rated = named_kind(table) in ("tasks", "ratings", "portfolio")
    guesses: dict[str, Guess] = {}
    for column in frame.columns:
        if column in chosen:
            guesses[column] = Guess(chosen[column], "set", "")
        elif column == code:
            guesses[column] = Guess(ColumnRole("id"), *_sure_of_code(column))
        else:
            name = _AGAIN.sub("", column)
            guesses[column] = guessed(frame[column], name, kind, rated, preset, catalogue)
    refused = {
        name: Guess(ColumnRole("refused"), "certain", "it is never accepted")
        for name in table.refused
    }
    return {**_without_rivals(guesses, table.name), **refused}


def _code_column(frame: pd.DataFrame, preset: Preset | None) -> str | None:
    """The column with the candidates' codes, or None."""
    plain = {column: plain_name(column) for column in frame.columns}
    if preset:
        for column, name in plain.items():
            if preset.roles.get(name) == "id":
                return column
    for alias in vocabulary().columns["id"]:
        for column, name in plain.items():
            if name == alias and (alias not in _WEAK_IDS or _all_differ(frame[column])):
                return column
    first = frame.columns[0] if len(frame.columns) > 1 else None
    # Row names that a statistics program wrote without a column name.
    if first == "column 1" and _all_differ(frame[first]) and not casts(frame[first]):
        return str(first)
    return None


def _all_differ(cells: pd.Series) -> bool:
    return len(cells) > 0 and bool(cells.notna().all()) and cells.is_unique


def _sure_of_code(column: str) -> tuple[Confidence, str]:
    if plain_name(column) in vocabulary().columns["id"]:
        return "certain", "its name is that of a candidate's code"
    return "guess", "row names, each another"


def _without_rivals(guesses: dict[str, Guess], where: str) -> dict[str, Guess]:
    """One column for each code, full name, field and score; the others step back.

    Raises
    ------
    MappingError
        If a person has given two columns what only one can be.
    """
    taken: dict[str, str] = {}
    for column, guess in guesses.items():
        if guess.confidence == "set" and _only_one(guess.role):
            key = _key(guess.role)
            if key in taken:
                raise MappingError(
                    f"{where}: both '{taken[key]}' and '{column}' are mapped to '{key}'. Only "
                    "one column can be that; map the other to something else."
                )
            taken[key] = column
    kept: dict[str, Guess] = {}
    for column, guess in guesses.items():
        key = _key(guess.role)
        if not _only_one(guess.role) or taken.setdefault(key, column) == column:
            kept[column] = guess
            continue
        why = f"'{taken[key]}' was taken for it already"
        back = ColumnRole("text")
        if guess.role.name == "score":
            back = ColumnRole("score", None, guess.role.account, guess.role.platform)
        kept[column] = Guess(back, "guess", why, (key,))
    return kept


def _only_one(role: ColumnRole) -> bool:
    """True where no two columns of a table can have a role."""
    return role.name in ("id", "name", "field") or (role.name == "score" and bool(role.target))


def _key(role: ColumnRole) -> str:
    return str(ColumnRole(role.name, role.target))
