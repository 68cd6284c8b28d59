"""Which of some tables are published ones, and their figures recomputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.fairness.published_table import is_published, published_columns
from toolkit.fairness.recheck import Recheck, recheck_all
from toolkit.intake.raw_table import RawTable


def recheck_tables(
    tables: Sequence[RawTable], columns: Mapping[str, str | None] | None = None
) -> Recheck:
    """The published tables among some tables, as `recheck_all`.

    Parameters
    ----------
    tables : sequence of RawTable
        Those without a column of groups, or without a figure, are left out.
    columns : mapping of str to str, optional
        As in `recheck`.

    Raises
    ------
    UnknownName, InputError
        As `recheck`, and if none of the tables is one.
    """
    named = dict(columns or {})
    fitting = [one for one in tables if is_published(list(one.frame.columns), named)]
    if not fitting:
        # Says what is missing.
        published_columns(list(tables[0].frame.columns), named)
    names = [one.sheet or one.name if len(fitting) > 1 else one.name for one in fitting]
    return recheck_all(dict(zip(names, (one.frame for one in fitting), strict=True)), named)
