"""``cloutproof impact``: which groups does a decision select less?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.errors import InputError, UnknownName

if TYPE_CHECKING:
    from toolkit.fairness.result import Impact
    from toolkit.intake.raw_table import RawTable

#: Columns for reading, with their titles.
READING = {
    "group": "group",
    "n": "people",
    "selected": "selected",
    "rate": "rate",
    "impact_ratio": "impact ratio",
    "impact_ratio_low": "from",
    "impact_ratio_high": "to",
    "fisher_p": "Fisher p",
    "p_adjusted": "adjusted",
    "verdict": "verdict",
}


@program.command()
def impact(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table, one row a person.")],
    group: Annotated[
        list[str], typer.Option(metavar="COL", help="Column with a group attribute; repeatable.")
    ],
    selected: Annotated[
        str, typer.Option(metavar="COL", help="Column that says who (or how many) were selected.")
    ],
    selected_value: Annotated[
        str | None, typer.Option(metavar="VALUE", help="The value that means selected.")
    ] = None,
    total: Annotated[
        str | None,
        typer.Option(metavar="COL", help="Column with all people of a row: the file has counts."),
    ] = None,
    stratum: Annotated[
        str | None,
        typer.Option(metavar="COL", help="Column that says where people competed."),
    ] = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Which groups does a decision select less?"""
    from toolkit.cli.decision_column import counts_of, selected_of
    from toolkit.fairness.impact import impact, impact_of_counts

    if total is not None and selected_value is not None:
        raise InputError(
            "--selected-value is for a column of decisions, and --total for a column of counts. "
            "Leave one of them out."
        )
    needed = [*group, selected, *filter(None, (total, stratum))]
    with progress("Reading"):
        table = table_with(file, needed)
    groups, decided = table.frame, table.frame[selected]
    where, rows = f"{table.name}, column '{selected}'", table.rows.tolist()
    if total is None:
        chosen = selected_of(decided, rows, where, selected_value)
        found = impact(groups, chosen, group, stratum=stratum)
    else:
        people = counts_of(groups[total], rows, f"{table.name}, column '{total}'")
        counts = groups.assign(**{selected: counts_of(decided, rows, where), total: people})
        found = impact_of_counts(counts, selected, total, group, stratum=stratum)
    emit(answer_of(found), form, out)


def table_with(file: Path, columns: list[str]) -> RawTable:
    """The one table of a file that has these columns; its others do not matter.

    Raises
    ------
    InputError
        If the file cannot be read or several of its tables have the columns.
    UnknownName
        If none has.
    """
    from toolkit.intake.raw_tables import raw_tables

    tables = raw_tables(file)
    having = [table for table in tables if set(columns) <= set(table.frame.columns)]
    if len(having) == 1:
        return having[0]
    if having:
        names = " and ".join(table.name for table in having)
        raise InputError(
            f"{names} all have these columns. Put the one that is meant into a file of its own."
        )
    closest = max(tables, key=lambda table: len(set(columns) & set(table.frame.columns)))
    missing = next(column for column in columns if column not in closest.frame.columns)
    raise UnknownName("column", missing, closest.frame.columns, closest.name)


def answer_of(found: Impact) -> Answer:
    rows = found.rows()
    whole = Table.of("Groups", rows, list(rows[0]) if rows else ())
    said = [f"{found.selected:,} of {found.candidates:,} people selected."]
    said += [
        group.reading
        for table in found.attributes.values()
        for group in table.groups
        if group.group != table.referent
    ]
    said += [
        f"{table.name}: {table.unknown:,} people of unknown group, counted and bounded."
        for table in found.tables
        if table.unknown
    ]
    reading = [
        Table.of(
            f"{table.name} (compared with {table.referent or 'no group: none is large enough'})",
            [group.to_dict() for group in table.groups],
            READING,
        )
        for table in found.tables
    ]
    return Answer(found.to_dict(), whole, said, reading)
