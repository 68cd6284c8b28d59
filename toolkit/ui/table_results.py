"""Results for tables that come from the session's candidates, or are pasted, each computed once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from toolkit.fairness.law import Law
from toolkit.fairness.recheck import Recheck, recheck_all
from toolkit.fairness.statutory import statutory, statutory_of_counts
from toolkit.fairness.statutory_result import Particulars, Statutory
from toolkit.intake.raw_table import RawTable
from toolkit.ui.results import cohort_of, decisions_of, screen_of
from toolkit.ui.state import Workspace, content_hash


@dataclass(frozen=True)
class TableTask:
    """Which statutory tables are wanted.

    Parameters
    ----------
    law : Law
    columns : mapping of str to str
        By attribute of the law.
    categories : mapping of str to str
        What values mean that the law's file does not know.
    left_out : tuple of str
    particulars : Particulars
    job : str, optional
        Column with the job.
    """

    law: Law
    columns: Mapping[str, str]
    categories: Mapping[str, str]
    left_out: tuple[str, ...]
    particulars: Particulars
    job: str | None = None

    @property
    def key(self) -> str:
        """Content hash of all of it."""
        return content_hash(
            self.law.key,
            dict(self.columns),
            dict(self.categories),
            self.left_out,
            self.particulars.to_dict(),
            self.job,
        )


def statutory_of_candidates(work: Workspace, task: TableTask, score: str | None) -> Statutory:
    """The tables for the session's candidates: whom the screen selects, or a score."""
    cohort = cohort_of(work)

    def make() -> Statutory:
        groups, columns = cohort.groups, task.columns
        if score is not None:
            scores = cohort.signals[score].to_numpy(dtype=float)
            return statutory(groups, task.law, columns, scores=scores, **_shared(task))
        selected = decisions_of(work, screen_of(work)).selected
        return statutory(groups, task.law, columns, selected=selected, **_shared(task))

    by = screen_of(work).digest if score is None else f"score {score}"
    return work.keep("statutory", work.cohort_key, by, task.key, make=make, doing="Counting groups")


def statutory_of_table(
    work: Workspace, task: TableTask, table: RawTable, counts: tuple[str, str], scoring: bool
) -> Statutory:
    """The tables for a pasted table of counts; `counts` are selected and all people."""
    selected, total = counts
    return work.keep(
        "statutory",
        _key(table),
        task.key,
        content_hash(counts, scoring),
        make=lambda: statutory_of_counts(
            table.frame,
            task.law,
            task.columns,
            selected=selected,
            total=total,
            rate="scoring" if scoring else "selection",
            **_shared(task),
        ),
        doing="Counting groups",
    )


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


class _Shared(TypedDict):
    job: str | None
    categories: Mapping[str, str]
    left_out: tuple[str, ...]
    particulars: Particulars


def _shared(task: TableTask) -> _Shared:
    return _Shared(
        job=task.job,
        categories=task.categories,
        left_out=task.left_out,
        particulars=task.particulars,
    )


def _key(table: RawTable) -> str:
    return content_hash(table.frame.to_csv())
