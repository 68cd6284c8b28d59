"""From files to a `Cohort`: the straight road through this package.

bytes → `Reading` (raw tables of text) → `ColumnMapping` (what each column is) → typed tables
→ `Cohort` and its issues.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.errors import InputError, RefusedInput
from toolkit.intake.assemble import assemble
from toolkit.intake.cohort import Cohort
from toolkit.intake.issue import Issue
from toolkit.intake.mapping import ColumnMapping
from toolkit.intake.raw_table import RawTable
from toolkit.intake.raw_tables import read_sources
from toolkit.intake.read_file import Reading, read_files
from toolkit.intake.recognise import recognise
from toolkit.intake.typed_table import TypedTable, typed_table
from toolkit.scores.catalogue import Catalogue, load_catalogue

#: Roles without which a table has nothing to say about candidates.
_TELLING = ("id", "score", "evidence", "fact", "group", "outcome", "account", "field")


def read_cohort(
    *sources: str | Path,
    mapping: ColumnMapping | None = None,
    catalogue: Catalogue | None = None,
) -> Cohort:
    """Read the candidates of one requisition from files and folders.

    Parameters
    ----------
    sources : str or Path
        CSV, TSV, XLSX, JSON, JSON Lines, Parquet, a ZIP or a folder of these. Several may be
        given: one table of each kind, or several.
    mapping : ColumnMapping, optional
        What a person has set; the rest is recognised.
    catalogue : Catalogue, optional
        The shipped one when left out.

    Returns
    -------
    Cohort
        With every exclusion, repair and warning in ``issues``.

    Raises
    ------
    InputError
        If the files hold no candidates.
    UnreadableFile
        If a file is not the format that it claims to be.
    RefusedInput
        If nothing but secrets was in them.
    MappingError
        If the mapping names what the files do not have.
    """
    return cohort_of(read_sources(*sources), mapping, catalogue)


def read_upload(
    files: Sequence[tuple[str, bytes]],
    mapping: ColumnMapping | None = None,
    catalogue: Catalogue | None = None,
) -> Cohort:
    """Read the candidates of one requisition from uploaded bytes.

    Parameters
    ----------
    files : sequence of (name, bytes)
    mapping, catalogue
        As for `read_cohort`, and so is what is raised.
    """
    return cohort_of(read_files(files), mapping, catalogue)


def cohort_of(
    reading: Reading,
    mapping: ColumnMapping | None = None,
    catalogue: Catalogue | None = None,
) -> Cohort:
    """Understand tables that were read.

    Keep the `Reading` rather than the files where a mapping is corrected step by step: what
    is refused is not in it.

    Parameters
    ----------
    reading : Reading
    mapping, catalogue
        As for `read_cohort`, and so is what is raised.
    """
    catalogue = catalogue or load_catalogue()
    typed, passed = typed_tables_of(reading, mapping, catalogue)
    return assemble(typed, catalogue, (*reading.issues, *passed), reading.sources)


def typed_tables_of(
    reading: Reading, mapping: ColumnMapping | None, catalogue: Catalogue
) -> tuple[list[TypedTable], list[Issue]]:
    """The tables that say something about candidates, with types; and why others are left out.

    Parameters
    ----------
    reading, mapping, catalogue
        As for `cohort_of`, and so is what is raised.
    """
    mapping = recognise(reading.tables, catalogue, mapping)
    tables, passed = _telling(reading.tables, mapping)
    if not any(len(table.frame) for table in tables):
        columns = ", ".join(f"'{name}'" for name in tables[0].frame.columns[:8])
        raise InputError(
            f"{tables[0].name}: there are column names ({columns}) but no rows below them. "
            "Export it again."
        )
    typed = []
    without_codes = 0
    for table in tables:
        roles = {entry.role.name for entry in mapping.of(table.file, table.sheet)}
        needs_codes = mapping.kind(table.file, table.sheet) == "candidates" and "id" not in roles
        prefix = f"{table.sheet or table.file}-" if needs_codes and without_codes else ""
        without_codes += needs_codes
        typed.append(typed_table(table, mapping, catalogue, prefix))
    return typed, passed


def _telling(
    tables: Sequence[RawTable], mapping: ColumnMapping
) -> tuple[list[RawTable], list[Issue]]:
    """Tables that say something about candidates; a sheet of instructions does not.

    Raises
    ------
    RefusedInput
        If beside what was refused nothing is left but codes and names.
    """
    roles = [{entry.role.name for entry in mapping.of(table.file, table.sheet)} for table in tables]
    if any("refused" in found for found in roles) and not any(
        found - {"refused", "id", "name", "ignore"} for found in roles
    ):
        refused = [name for table in tables for name in table.refused]
        raise RefusedInput(
            f"{tables[0].name}: beside {', '.join(map(repr, refused))}, which is never accepted, "
            "it holds nothing about the candidates. Nothing of it was kept. Upload the scores "
            "or ratings without it."
        )
    telling = [bool(found & set(_TELLING)) for found in roles]
    if not any(telling):
        return list(tables), []
    kept = [table for table, tells in zip(tables, telling, strict=True) if tells]
    issues = [
        Issue(
            "warning",
            "No column says anything about a candidate that is known here, so it was not read. "
            "Name or map its columns if it belongs to the data.",
            file=table.file,
            sheet=table.sheet,
        )
        for table, tells in zip(tables, telling, strict=True)
        if not tells
    ]
    return kept, issues
