"""What every table and column is: recognised by name, then corrected by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePosixPath

import numpy as np
import pandas as pd

from toolkit.errors import MappingError, did_you_mean
from toolkit.intake.column_role import ColumnRole, checked_role, column_role
from toolkit.intake.kinds import field_of, kind_of, named_kind
from toolkit.intake.mapping import ColumnEntry, ColumnMapping, Confidence, TableEntry
from toolkit.intake.number_marks import casts
from toolkit.intake.numbers import read_numbers
from toolkit.intake.plain_name import plain_name
from toolkit.intake.presets import Preset, preset_of
from toolkit.intake.protected import is_group_name, kept_out
from toolkit.intake.raw_table import RawTable
from toolkit.intake.vocabulary import vocabulary
from toolkit.scores.catalogue import Catalogue
from toolkit.scores.folding import folded
from toolkit.scores.score import Score

#: Likeness from which a name is taken for a misspelling of another.
_MISSPELT = 0.8
#: What a repeated column name got behind it.
_AGAIN = re.compile(r" \(\d+\)$")
#: Cells of a column that decide whether it is numeric.
_SAMPLED = 1_000
#: Names that hold a code only where every row has another value.
_WEAK_IDS = frozenset({"no", "nr", "number", "key", "code", "ref", "reference", "uid"})
#: Likes are given or received; only favourites are surely given, as accounts count them.
_LIKES = frozenset({"likes", "like_count", "likes_count"})


@dataclass(frozen=True)
class _Guess:
    """A role and how sure it is."""

    role: ColumnRole
    confidence: Confidence
    why: str
    suggestions: tuple[str, ...] = ()


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
    matched = _matched(tables, mapping) if mapping else {}
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
) -> dict[str, _Guess]:
    """What each column of one table is: chosen by a person, or else a guess."""
    frame = table.frame
    preset = preset_of(frame.columns) if kind == "candidates" else None
    code = _code_column(frame.drop(columns=list(chosen)), preset)
    # One column a task or criterion, in a file that is named for them.
    rated = named_kind(table) in ("tasks", "ratings", "portfolio")
    guesses: dict[str, _Guess] = {}
    for column in frame.columns:
        if column in chosen:
            guesses[column] = _Guess(chosen[column], "set", "")
        elif column == code:
            guesses[column] = _Guess(ColumnRole("id"), *_sure_of_code(column))
        else:
            name = _AGAIN.sub("", column)
            guesses[column] = _guess(frame[column], name, kind, rated, preset, catalogue)
    refused = {
        name: _Guess(ColumnRole("refused"), "certain", "it is never accepted")
        for name in table.refused
    }
    return {**_without_rivals(guesses, table.name), **refused}


def _guess(
    cells: pd.Series,
    column: str,
    kind: str,
    rated: bool,
    preset: Preset | None,
    catalogue: Catalogue,
) -> _Guess:
    """The first rule that applies."""
    plain, names = plain_name(column), vocabulary().columns
    # The last part of a dotted JSON name often says what the value is.
    tail = column.rsplit(".", 1)[-1]
    reason = kept_out(column) or kept_out(tail)
    if reason in ("postcode", "birth", "identity"):
        return _Guess(ColumnRole("ignore"), "certain", f"{reason}: kept out")
    if is_group_name(column):
        return _Guess(ColumnRole("group"), "certain", "its name is that of a group")
    if preset and plain in preset.roles:
        role = column_role(preset.roles[plain])
        return _Guess(role, "certain", f"column of an {preset.name}")
    field = field_of(kind, column)
    if field:
        return _Guess(ColumnRole("field", field), "certain", f"column of a table of {kind}")
    if kind == "groups" and not _is_name(plain):
        return _Guess(ColumnRole("group"), "certain", "column of a table of groups")
    for part, target in (("name", None), ("first_name", "first"), ("last_name", "last")):
        if plain in names[part]:
            return _Guess(ColumnRole("name", target), "certain", "its name says so")
    if reason == "contact":
        return _Guess(ColumnRole("ignore"), "likely", "contact: not needed to screen")
    numeric = is_numeric(cells)
    if kind == "outcomes" and numeric:
        return _Guess(ColumnRole("outcome"), "certain", "column of a table of outcomes")
    return _signal(column, plain, rated, numeric, cells, catalogue)


def _signal(
    column: str, plain: str, rated: bool, numeric: bool, cells: pd.Series, catalogue: Catalogue
) -> _Guess:
    """A score, an account fact, evidence, an outcome, a fact or a text."""
    names = vocabulary().columns
    account, platform = _account_field(plain)
    score = catalogue.recognise(column)
    if score is not None and score.kind != "audit" and (numeric or _has_levels(score, cells)):
        role = ColumnRole("score", score.key, account, platform)
        return _Guess(role, "certain", f"a name of {score.label}")
    if account and not (account in ("followers", "following") and not numeric):
        return _Guess(
            ColumnRole("account", account, None, platform), "certain", "a fact of an account"
        )
    if not numeric:
        if score is not None:
            role = ColumnRole("score", score.key)
            return _Guess(role, "likely", f"a name of {score.label}, but mostly not numbers")
        return _Guess(ColumnRole("text"), "likely", "its cells are texts")
    words = plain.split("_")
    if plain in names["outcome_names"] or set(words) & set(names["outcome_words"]):
        return _Guess(ColumnRole("outcome"), "likely", "its name speaks of a later result")
    if rated or is_evidence_name(column):
        return _Guess(ColumnRole("evidence"), "likely", "its name speaks of work or a task")
    if set(words) & set(names["label_words"]):
        return _Guess(ColumnRole("text"), "likely", "a number that only labels something")
    close = tuple(f"score:{key}" for key in _misspelt(column, catalogue))
    return _Guess(ColumnRole("fact"), "guess", "its cells are numbers", close)


def _misspelt(column: str, catalogue: Catalogue) -> list[str]:
    """Scores of which a column name may be a misspelling, not merely a relative."""
    name = folded(column)
    return [
        key
        for key in catalogue.suggest(column)
        if any(
            SequenceMatcher(None, name, folded(known)).ratio() >= _MISSPELT
            for known in catalogue[key].names
        )
    ]


def is_numeric(cells: pd.Series) -> bool:
    """True where at least half of the filled cells are numbers.

    Examples
    --------
    >>> is_numeric(pd.Series(["1", "2,5", "n/a", "many"])), is_numeric(pd.Series(["a", "1.1.20"]))
    (True, False)
    """
    if casts(cells):
        return bool(cells.notna().any())
    filled = cells.dropna()
    if len(filled) > _SAMPLED:
        filled = filled.iloc[np.linspace(0, len(filled) - 1, _SAMPLED).astype(np.int64)]
    read = read_numbers(filled)
    numbers = int(np.isfinite(read.values).sum())
    said_missing = sum(int(r.cells.sum()) for r in read.readings if r.how == "no value")
    aside = sum(int(cells.sum()) for how, cells in read.faults.items() if how != "text")
    others = len(filled) - numbers - said_missing - aside
    return numbers > 0 and numbers + aside >= others


def is_evidence_name(column: str) -> bool:
    """True where a column name speaks of rated work or a task.

    Examples
    --------
    >>> [is_evidence_name(n) for n in ("portfolio", "Task 2 (SQL)", "Work sample", "klout")]
    [True, True, True, False]
    """
    plain, names = plain_name(column), vocabulary().columns
    words = plain.split("_")
    return plain in names["evidence_names"] or not set(names["evidence_words"]).isdisjoint(words)


def _has_levels(score: Score, cells: pd.Series) -> bool:
    levels = {level.casefold() for level in score.levels}
    return bool(levels) and bool(cells.dropna().str.casefold().isin(levels).any())


def _account_field(plain: str) -> tuple[str | None, str | None]:
    """The account fact that a candidates' column holds, and its platform."""
    fields = vocabulary().accounts
    if plain in _LIKES:
        return None, None
    if plain in fields:
        return fields[plain], None
    if plain == "likes_given":
        return "likes", None
    first, _, rest = plain.partition("_")
    if first in vocabulary().columns["platforms"] and rest in fields and rest not in _LIKES:
        return fields[rest], first
    return None, None


def _is_name(plain: str) -> bool:
    names = vocabulary().columns
    return any(plain in names[part] for part in ("name", "first_name", "last_name"))


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


def _without_rivals(guesses: dict[str, _Guess], where: str) -> dict[str, _Guess]:
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
    kept: dict[str, _Guess] = {}
    for column, guess in guesses.items():
        key = _key(guess.role)
        if not _only_one(guess.role) or taken.setdefault(key, column) == column:
            kept[column] = guess
            continue
        why = f"'{taken[key]}' was taken for it already"
        back = ColumnRole("text")
        if guess.role.name == "score":
            back = ColumnRole("score", None, guess.role.account, guess.role.platform)
        kept[column] = _Guess(back, "guess", why, (key,))
    return kept


def _only_one(role: ColumnRole) -> bool:
    """True where no two columns of a table can have a role."""
    return role.name in ("id", "name", "field") or (role.name == "score" and bool(role.target))


def _key(role: ColumnRole) -> str:
    return str(ColumnRole(role.name, role.target))


_Asked = tuple[TableEntry | None, Mapping[str, ColumnEntry]]


def _matched(
    tables: Sequence[RawTable], mapping: ColumnMapping
) -> dict[tuple[str, str | None], _Asked]:
    """For each table, what the mapping says of it.

    A mapping of one table fits an upload of one table under whatever name, so that it can be
    used again for next month's export.
    """
    asked = mapping.corrections
    matched: dict[tuple[str, str | None], _Asked] = {}
    for entry in asked.tables:
        table = _table_for(entry, tables, only=len(mapping.tables) == 1)
        roles = {e.column: e for e in asked.of(*entry.place)}
        known = [*table.frame.columns, *table.refused]
        for column, column_entry in roles.items():
            if column not in known and column_entry.role.name not in ("ignore", "refused"):
                raise MappingError(
                    f"The mapping names the column '{column}', which {table.name} does not "
                    f"have. {did_you_mean(column, known)}"
                )
        roles = {
            column: e
            for column, e in roles.items()
            if column in table.frame.columns and e.role.name != "refused"
        }
        matched[table.file, table.sheet] = (entry, roles)
    return matched


def _table_for(entry: TableEntry, tables: Sequence[RawTable], only: bool) -> RawTable:
    for table in tables:
        if (table.file, table.sheet) == entry.place:
            return table
    if only and len(tables) == 1:
        return tables[0]
    name = PurePosixPath(entry.file).name
    same = [
        table
        for table in tables
        if table.sheet == entry.sheet and PurePosixPath(table.file).name == name
    ]
    if len(same) == 1:
        return same[0]
    raise MappingError(
        f"The mapping names the table {entry.name}, which was not uploaded. "
        f"{did_you_mean(entry.name, [table.name for table in tables])}"
    )
