"""Results for tables that come from the session's candidates, or are pasted, each computed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from toolkit.fairness.recheck import Recheck, recheck_all
from toolkit.fairness.statutory_result import Particulars
from toolkit.fairness.statutory_task import StatutoryTask, statutory_of_table
from toolkit.fairness.statutory_task import statutory_of_candidates as of_candidates
from toolkit.intake.raw_table import RawTable
from toolkit.sheets.statutory_page import StatutorySheet
from toolkit.sheets.statutory_sheet import statutory_sheet
from toolkit.ui.results import cohort_of, decisions_of, screen_of
from toolkit.ui.state import Workspace, content_hash


def statutory_of_candidates(
    work: Workspace, task: StatutoryTask, particulars: Particulars
) -> StatutorySheet:
    """The tables for the session's candidates: whom the screen selects, or a score."""
    cohort = cohort_of(work)
    screen = screen_of(work) if task.source == "screen" else None

    def make() -> StatutorySheet:
        if screen is None:
            scores = cohort.signals[task.score].to_numpy(dtype=float)
            found = of_candidates(task, cohort.groups, particulars, scores=scores)
        else:
            selected = decisions_of(work, screen).selected
            found = of_candidates(task, cohort.groups, particulars, selected=selected)
        return statutory_sheet(found, task=task, screen=screen, inputs=cohort.sources)

    return work.keep(
        "statutory",
        work.cohort_key,
        "" if screen is None else screen.digest,
        _asked(task, particulars),
        make=make,
        doing="Counting groups",
    )


def statutory_of_counts(
    work: Workspace, task: StatutoryTask, table: RawTable, particulars: Particulars
) -> StatutorySheet:
    """The tables for a pasted table of counts."""
    return work.keep(
        "statutory",
        _key(table),
        _asked(task, particulars),
        make=lambda: statutory_sheet(statutory_of_table(task, table, particulars), task=task),
        doing="Counting groups",
    )


def _asked(task: StatutoryTask, particulars: Particulars) -> str:
    today = dt.date.today().isoformat()
    return content_hash(asdict(task), particulars.to_dict(), today)


def rechecked(
    work: Workspace, tables: Sequence[RawTable], columns: Mapping[str, str | None]
) -> Recheck:
    """Pasted tables with every figure recomputed."""
    frames = {table.sheet or table.name: table.frame for table in tables}
    return work.keep(
        "recheck",
        *map(_key, tables),
        content_hash(dict(columns), list(frames)),
        make=lambda: recheck_all(frames, columns),
        doing="Recomputing",
    )


def _key(table: RawTable) -> str:
    return content_hash(table.frame.to_csv())
