"""Files → who is reviewed, by whom, and who must not meet whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import InputError
from toolkit.intake.kinds import field_of, is_id_name
from toolkit.intake.problem_cells import row_list
from toolkit.intake.raw_table import RawTable
from toolkit.intake.raw_tables import raw_tables


@dataclass(frozen=True)
class Design:
    """Candidates, and what a file says of their reviewers.

    Parameters
    ----------
    candidates : tuple of str
        Codes, each once, in the order of the file.
    reviewers : tuple of str
        Empty where the file names none.
    pairs : tuple of (str, str)
        Candidate and reviewer, each pair once.
    """

    candidates: tuple[str, ...]
    reviewers: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def read_design(*sources: str | Path) -> Design:
    """Read candidates from any table with their codes, with their reviewers where it has some.

    A table of ratings, or of reviews handed out before, has a column for the reviewer; in any
    other, each row is a candidate.

    Raises
    ------
    InputError
        If there are several tables, no column of codes, or a code is missing.
    """
    tables = raw_tables(*sources)
    if len(tables) > 1:
        names = " and ".join(table.name for table in tables)
        raise InputError(f"{names} may all be meant. Put the candidates into a file of their own.")
    return design_in(tables[0])


def design_in(table: RawTable) -> Design:
    """The design that one table tells of.

    Raises
    ------
    InputError
        As `read_design`.
    """
    candidates = _filled(table, _candidate_column(table))
    named = [name for name in table.frame.columns if field_of("ratings", name) == "reviewer"]
    if not named:
        return Design(tuple(dict.fromkeys(candidates)), (), ())
    reviewers = _filled(table, named[0])
    pairs = tuple(dict.fromkeys(zip(candidates, reviewers, strict=True)))
    return Design(tuple(dict.fromkeys(candidates)), tuple(dict.fromkeys(reviewers)), pairs)


def read_pairs(path: str | Path) -> tuple[tuple[str, str], ...]:
    """Pairs of candidate and reviewer: conflicts of interest, or reviews handed out before.

    Raises
    ------
    InputError
        If the file does not have a column for each.
    """
    found = read_design(path)
    if not found.reviewers:
        raise InputError(
            f"{Path(path).name} has no column with reviewers. Give it the columns 'candidate' and "
            "'reviewer', one row a pair."
        )
    return found.pairs


def _candidate_column(table: RawTable) -> str:
    columns: Sequence[str] = [str(name) for name in table.frame.columns]
    named = [name for name in columns if is_id_name(name)]
    if not named:
        raise InputError(
            f"{table.name} has no column with the candidates' codes. Name it 'candidate_id'. Its "
            f"columns: {', '.join(columns)}."
        )
    return named[0]


def _filled(table: RawTable, column: str) -> list[str]:
    cells = table.frame[column]
    absent = cells.isna().to_numpy()
    if absent.any():
        raise InputError(
            f"{table.name}, column '{column}': {row_list(table.rows[absent])} empty. Fill it in, "
            "or take the row out."
        )
    return [str(cell) for cell in cells]
