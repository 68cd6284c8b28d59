"""Who the candidates are, and to whom each row of every table belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from toolkit.errors import InputError, did_you_mean
from toolkit.intake.issue import Issue
from toolkit.intake.problem_cells import LISTED_ONE_BY_ONE, counted, row_list, shown
from toolkit.intake.typed_table import TypedTable

#: Looking for close codes takes long among many.
_SUGGEST_AMONG = 5_000


@dataclass(frozen=True, eq=False)
class Roster:
    """The candidates and the tables whose rows all belong to one of them.

    Parameters
    ----------
    ids : Index of str
        Candidate codes in the order of the upload.
    tables : tuple of TypedTable
        Rows of nobody are gone; every code is one of `ids`.
    issues : tuple of Issue
    """

    ids: pd.Index
    tables: tuple[TypedTable, ...]
    issues: tuple[Issue, ...]


def roster(tables: Sequence[TypedTable]) -> Roster:
    """Find the candidates and match every table to them.

    Tables of candidates say who they are; where there are none, résumés; where there are
    none either, every table with codes. Rows without a code are matched by name.

    Raises
    ------
    InputError
        If there is no candidate, or a table can be matched to nobody.
    """
    places, issues = _listing(tables)
    placed: dict[int, TypedTable] = {}
    names: dict[str, str] = {}
    by_name = any(not table.has_codes or table.kind == "resume" for table in tables)
    for i in places:
        table = tables[i]
        if not table.has_codes and _mostly_known(table, names):
            table, more = _by_name(table, names)
            issues += more
        placed[i] = table
        names = _names(list(placed.values())) if by_name and len(tables) > 1 else {}
    codes = [table.codes for table in placed.values()]
    if not sum(map(len, codes)):
        raise InputError(_nobody(tables))
    ids = pd.Index(pd.unique(pd.concat(codes)), dtype="str", name="candidate_id")
    aliases = _resume_aliases(tables, ids, names)
    for i, table in enumerate(tables):
        if i not in placed:
            placed[i], more = _matched(table, ids, names, aliases)
            issues += more
    return Roster(ids, tuple(placed[i] for i in range(len(tables))), tuple(issues))


def _listing(tables: Sequence[TypedTable]) -> tuple[list[int], list[Issue]]:
    """Which tables say who the candidates are."""
    for kind in ("candidates", "resume"):
        found = [i for i, table in enumerate(tables) if table.kind == kind and len(table.codes)]
        if found:
            return found, []
    found = [i for i, table in enumerate(tables) if table.has_codes and len(table.codes)]
    if not found:
        raise InputError(_nobody(tables))
    note = "No table lists the candidates: everyone who has a row was taken as one."
    return found, [tables[found[0]].place.issue("note", note)]


def _matched(
    table: TypedTable, ids: pd.Index, names: dict[str, str], aliases: dict[tuple[str, str], str]
) -> tuple[TypedTable, list[Issue]]:
    """A table with the rows of known candidates only."""
    issues: list[Issue] = []
    if not table.has_codes and len(table.codes):
        if table.names is None or not names:
            raise InputError(
                f"{_name(table)}: there is no column of candidate codes, so its "
                f"{counted(len(table.codes), 'row')} ({table.kind}) cannot be matched to "
                "candidates. Add a column 'candidate_id', or map one."
            )
        table, issues = _by_name(table, names)
    known = {code: alias for (file, code), alias in aliases.items() if file == table.place.file}
    if known:
        table = replace(table, codes=table.codes.replace(known))
    stranger = (~table.codes.isin(ids)).to_numpy(dtype=np.bool_)
    if stranger.any():
        issues += _strangers(table, stranger, ids)
        table = _only(table, ~stranger)
    return table, issues


def _mostly_known(table: TypedTable, names: dict[str, str]) -> bool:
    """True where a table is about the same people, rather than a further batch of them."""
    if table.names is None or not names:
        return False
    return bool(2 * table.names.isin(list(names)).sum() >= len(table.names))


def _by_name(table: TypedTable, names: dict[str, str]) -> tuple[TypedTable, list[Issue]]:
    """Codes found by the candidates' names; rows of unknown names keep none."""
    assert table.names is not None
    codes = table.names.map(names)
    rows = table.codes.index.to_numpy(dtype=np.int64)
    lost = codes.isna().to_numpy(dtype=np.bool_)
    issues = [
        table.place.issue(
            "note", "There is no column of candidate codes: rows were matched by name."
        )
    ]
    if lost.any():
        issues.append(
            table.place.about_rows(
                "warning",
                f"Names that are not exactly one candidate's: {row_list(rows[lost])}, set aside. "
                "Add a column 'candidate_id' to both tables.",
                rows[lost],
            )
        )
    codes = codes.astype("str")
    table = _only(replace(table, codes=codes), ~lost)
    if table.kind in ("candidates", "groups", "outcomes"):
        again = table.codes.duplicated().to_numpy(dtype=np.bool_)
        if again.any():
            rows = table.codes.index.to_numpy(dtype=np.int64)[again]
            issues.append(
                table.place.about_rows(
                    "warning",
                    f"The same candidate stands in an earlier row: {row_list(rows)}, set aside.",
                    rows,
                )
            )
            table = _only(table, ~again)
    return table, issues


def _resume_aliases(
    tables: Sequence[TypedTable], ids: pd.Index, names: dict[str, str]
) -> dict[tuple[str, str], str]:
    """Résumés are filed under a code or, more often, a name: (file, code) → candidate."""
    aliases: dict[tuple[str, str], str] = {}
    for table in tables:
        if table.kind != "resume" or table.names is None:
            continue
        for code, name in zip(table.codes, table.names, strict=True):
            candidate = names.get(code) or names.get(name)
            if code not in ids and candidate:
                aliases[table.place.file, code] = candidate
    return aliases


def _names(tables: Sequence[TypedTable]) -> dict[str, str]:
    """Names that exactly one candidate has → code."""
    parts = [
        pd.DataFrame({"name": table.names, "code": table.codes}).dropna()
        for table in tables
        if table.names is not None
    ]
    if not parts:
        return {}
    known = pd.concat(parts).drop_duplicates()
    known = known[~known["name"].duplicated(keep=False)]
    return dict(zip(known["name"], known["code"], strict=True))


def _strangers(table: TypedTable, stranger: np.ndarray, ids: pd.Index) -> list[Issue]:
    rows = table.codes.index.to_numpy(dtype=np.int64)[stranger]
    codes = table.codes[stranger]
    if len(rows) > LISTED_ONE_BY_ONE:
        return [
            table.place.about_rows(
                "warning",
                f"{len(rows):,} rows are about somebody who is not among the candidates "
                f"({shown(codes.iloc[0])}, ...): {row_list(rows)}, set aside.",
                rows,
            )
        ]
    known = ids.tolist() if len(ids) <= _SUGGEST_AMONG else []
    return [
        table.place.issue(
            "warning",
            f"{shown(code)} is not among the candidates; the row was set aside. "
            f"{did_you_mean(code, known) if known else 'Correct the code.'}",
            int(row),
        )
        for row, code in zip(rows, codes, strict=True)
    ]


def _only(table: TypedTable, keep: np.ndarray) -> TypedTable:
    if keep.all():
        return table
    return replace(
        table,
        codes=table.codes[keep],
        names=None if table.names is None else table.names[keep],
        signals=table.signals[keep],
        texts=table.texts[keep],
        groups=table.groups[keep],
        outcomes=table.outcomes[keep],
        accounts=tuple((platform, frame[keep]) for platform, frame in table.accounts),
        fields=table.fields[keep],
    )


def _name(table: TypedTable) -> str:
    place = table.place
    return f"{place.file}, sheet '{place.sheet}'" if place.sheet else place.file


def _nobody(tables: Sequence[TypedTable]) -> str:
    named = tables[0]
    if not sum(len(table.codes) for table in tables):
        return f"{_name(named)}: no row is left that is about a candidate. Export it again."
    return (
        f"{_name(named)}: there is no column of candidate codes, so its rows ({named.kind}) "
        "belong to nobody. Add a column 'candidate_id', or map one."
    )
