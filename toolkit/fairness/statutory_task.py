"""How statutory tables came about: kept with them, so that they can be counted once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypedDict

import numpy.typing as npt
import pandas as pd

from toolkit.fairness.law import Law, RateKind, law_named
from toolkit.fairness.statutory import statutory, statutory_of_counts
from toolkit.fairness.statutory_result import Particulars, Statutory
from toolkit.intake.decision_column import counts_of, selected_of
from toolkit.intake.number_column import numbers_of
from toolkit.intake.raw_table import RawTable

#: One row a person; counts; candidates decided by a screen; candidates with a score.
Source = Literal["people", "counts", "screen", "signal"]


@dataclass(frozen=True)
class StatutoryTask:
    """Which tables are wanted, and where each figure of them stands.

    Parameters
    ----------
    law : str
        Its key.
    source : {"people", "counts", "screen", "signal"}
        What is counted: a table of people, a table of counts, whom a screen selects among
        candidates, or a signal of theirs.
    columns : mapping of str to str
        The column of each attribute of the law.
    selected : str
        Column that says who, or how many, were selected.
    selected_value : str
        The value that means selected, where the column has any two.
    total : str
        Column with all people of a row, in a table of counts.
    score : str
        Column, or signal, with a score.
    rate : {"selection", "scoring"}
        What `selected` counts, in a table of counts.
    job : str
        Column with the job; empty where there is none.
    categories : mapping of str to str
        What values mean that the law's file does not know.
    left_out : tuple of str
        Categories that take no part in the ratios.
    """

    law: str
    source: Source
    columns: Mapping[str, str]
    selected: str = ""
    selected_value: str = ""
    total: str = ""
    score: str = ""
    rate: RateKind = "selection"
    job: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def of_candidates(self) -> bool:
        """Whether candidates are counted, and not a table as it is."""
        return self.source in ("screen", "signal")

    @property
    def needed(self) -> list[str]:
        """The columns that a table must have."""
        named = (self.selected, self.score, self.total, self.job, *self.columns.values())
        return [column for column in named if column]


def statutory_of_table(task: StatutoryTask, table: RawTable, particulars: Particulars) -> Statutory:
    """The tables of a law from a table of people, or of counts.

    Parameters
    ----------
    task : StatutoryTask
    table : RawTable
        With the columns that the task names.
    particulars : Particulars

    Raises
    ------
    UnknownName, InputError
        As `statutory`, and if a cell is not what its column should hold.
    """
    law, frame, rows = law_named(task.law), table.frame, table.rows.tolist()
    if task.source == "counts":
        counted = {
            column: counts_of(frame[column], rows, f"{table.name}, column '{column}'")
            for column in (task.selected, task.total)
        }
        return statutory_of_counts(
            frame.assign(**counted),
            law,
            task.columns,
            selected=task.selected,
            total=task.total,
            rate=task.rate,
            **_shared(task, particulars),
        )
    if task.score:
        return _counted(task, law, frame, particulars, scores=numbers_of(table, task.score))
    where = f"{table.name}, column '{task.selected}'"
    chosen = selected_of(frame[task.selected], rows, where, task.selected_value or None)
    return _counted(task, law, frame, particulars, selected=chosen)


def statutory_of_candidates(
    task: StatutoryTask,
    groups: pd.DataFrame,
    particulars: Particulars,
    *,
    selected: npt.ArrayLike | None = None,
    scores: npt.ArrayLike | None = None,
) -> Statutory:
    """The tables of a law from candidates' groups; parameters and errors as `statutory`."""
    law = law_named(task.law)
    return _counted(task, law, groups, particulars, selected=selected, scores=scores)


class _Shared(TypedDict):
    job: str | None
    categories: Mapping[str, str]
    left_out: tuple[str, ...]
    particulars: Particulars


def _shared(task: StatutoryTask, particulars: Particulars) -> _Shared:
    return _Shared(
        job=task.job or None,
        categories=task.categories,
        left_out=task.left_out,
        particulars=particulars,
    )


def _counted(
    task: StatutoryTask,
    law: Law,
    groups: pd.DataFrame,
    particulars: Particulars,
    *,
    selected: npt.ArrayLike | None = None,
    scores: npt.ArrayLike | None = None,
) -> Statutory:
    shared = _shared(task, particulars)
    return statutory(groups, law, task.columns, selected=selected, scores=scores, **shared)
