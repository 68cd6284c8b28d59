"""The tables that a law asks for: rates by category, and each over the highest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Ints
from toolkit.errors import InputError, UnknownName
from toolkit.fairness.categories import Categorised, categorised, check_own
from toolkit.fairness.cells import JointCounts, Layout, joint_counts
from toolkit.fairness.counts import count_table
from toolkit.fairness.impact import as_decision
from toolkit.fairness.law import Law, RateKind
from toolkit.fairness.people_columns import people_columns
from toolkit.fairness.score_column import as_scores
from toolkit.fairness.scoring_rate import above_median, median_score
from toolkit.fairness.statutory_result import (
    Particulars,
    Statutory,
    StatutoryTable,
)
from toolkit.fairness.statutory_table import ALL_SMALL, statutory_table
from toolkit.sentence import Sentence, say, say_count

INTERSECTION = "intersection"
#: What its table is called.
INTERSECTIONAL = "Intersectional categories"


def statutory(
    groups: pd.DataFrame,
    law: Law,
    columns: Mapping[str, str],
    *,
    selected: npt.ArrayLike | None = None,
    scores: npt.ArrayLike | None = None,
    job: str | None = None,
    categories: Mapping[str, str] | None = None,
    left_out: Collection[str] = (),
    particulars: Particulars | None = None,
) -> Statutory:
    """The tables of a law, from one row a person.

    Parameters
    ----------
    groups : DataFrame, shape (n_people, n_columns)
    law : Law
    columns : mapping of str to str
        The column of each attribute of the law, for instance ``{"sex": "Gender"}``.
    selected : array of bool, shape (n_people,), optional
        Who was selected, for selection rates.
    scores : float array, shape (n_people,), optional
        For scoring rates: the share of a category strictly above the median of everybody.
        Whoever has no score (NaN) was not assessed and is in no table, which is counted.
    job : str, optional
        Column with the job; its tables stand beside those of all together.
    categories : mapping of str to str, optional
        Values of the columns and the category they mean, or ``"unknown"``, where the law's
        file does not know them.
    left_out : collection of str
        Categories that take no part in the ratios, by name; ``"*"`` for all that are small.
        Their number and rate are shown all the same.
    particulars : Particulars, optional
        Dates, and the reason for leaving categories out, which has to be given.

    Returns
    -------
    Statutory

    Raises
    ------
    UnknownName
        If a column or category is not there.
    InputError
        If a value belongs to no category, a category may not be left out, or not exactly one
        of `selected` and `scores` is given.

    Examples
    --------
    >>> from toolkit.fairness.law import law_named
    >>> people = pd.DataFrame({"sex": ["M"] * 92 + ["F"] * 76, "race": ["Asian"] * 168})
    >>> chosen = [1] * 50 + [0] * 42 + [1] * 34 + [0] * 42
    >>> columns = {"sex": "sex", "race_ethnicity": "race"}
    >>> found = statutory(people, law_named("nyc-ll144"), columns, selected=chosen)
    >>> round(found.table("sex").row("Female").impact_ratio, 2)
    0.82
    """
    if (selected is None) == (scores is None):
        raise InputError(
            "Give who was selected, for selection rates, or a score, for scoring rates: one of "
            "the two."
        )
    kind: RateKind = "selection" if scores is None else "scoring"
    median, not_scored = None, 0
    if scores is None:
        chosen = as_decision(selected if selected is not None else (), groups)
    else:
        values = as_scores(scores, len(groups))
        scored = ~np.isnan(values)
        not_scored = int(np.count_nonzero(~scored))
        median, chosen = median_score(values), above_median(values)[scored]
        groups = groups.loc[scored]
    people = np.ones(len(groups), dtype=np.int64)
    return _tabulated(
        _Task(law, kind, columns, job, categories or {}, frozenset(left_out)),
        groups,
        people,
        chosen.astype(np.int64),
        particulars or Particulars(),
        median,
        not_scored,
    )


def statutory_of_counts(
    counts: pd.DataFrame,
    law: Law,
    columns: Mapping[str, str],
    *,
    selected: str = "selected",
    total: str = "total",
    rate: RateKind = "selection",
    job: str | None = None,
    categories: Mapping[str, str] | None = None,
    left_out: Collection[str] = (),
    particulars: Particulars | None = None,
) -> Statutory:
    """The tables of a law from counts alone, so that no person's data is needed.

    Parameters
    ----------
    counts : DataFrame
        One row for each combination of categories. Rows of one combination are added up.
    law, columns, job, categories, left_out, particulars
        As in `statutory`.
    selected, total : str
        Columns with the people selected (or above the median) and with all people of a row.
    rate : {"selection", "scoring"}
        What `selected` counts.

    Returns
    -------
    Statutory
        The same to the last digit as `statutory` gives for the rows behind the counts.

    Raises
    ------
    UnknownName, InputError
        As `statutory`, and if a count is not a whole number of people.
    """
    chosen, n = people_columns(counts, selected, total)
    return _tabulated(
        _Task(law, rate, columns, job, categories or {}, frozenset(left_out)),
        counts,
        n,
        chosen,
        particulars or Particulars(),
    )


@dataclass(frozen=True)
class _Task:
    """What is to be tabulated."""

    law: Law
    rate: RateKind
    columns: Mapping[str, str]
    job: str | None
    categories: Mapping[str, str]
    left_out: frozenset[str]

    @property
    def attributes(self) -> list[str]:
        return [attribute.name for attribute in self.law.attributes]


def _tabulated(
    task: _Task,
    groups: pd.DataFrame,
    n: Ints,
    selected: Ints,
    particulars: Particulars,
    median: float | None = None,
    not_scored: int = 0,
) -> Statutory:
    law = task.law
    if task.rate not in law.rates:
        raise InputError(
            f"There is no {task.rate} rate in {law.short}. Give a column that says who was "
            "selected."
        )
    if task.left_out and not particulars.reason.strip():
        raise InputError(
            "A category may be left out of the ratios only with a reason, which is shown beside "
            "it. Give the reason (on the command line: --reason)."
        )
    read = _categorised(task, groups)
    frame = pd.DataFrame({name: made.column for name, made in read.items()})
    names = list(frame.columns)
    if task.job is not None:
        frame["job"] = groups[task.job]
        names = [*names, "job"]
    joint = joint_counts(frame, names, n, selected)
    tables = _tables(task, joint, None)
    unknown_job = 0
    if task.job is not None:
        for at, job in enumerate(joint.layout.labels[-1]):
            tables += _tables(task, _within(joint, at), job)
        unknown_job = int(joint.n[joint.layout.members[:, -1] < 0].sum())
    _check_left_out(task, tables)
    return Statutory(
        law=law,
        rate=task.rate,
        median=median,
        assessed=int(n.sum()),
        selected=int(selected.sum()),
        not_scored=not_scored,
        tables=tuple(tables),
        particulars=particulars,
        missing=_missing(law, particulars),
        remarks=tuple(_remarks(task, not_scored, unknown_job)),
        read_as={name: made.read_as for name, made in read.items() if made.read_as},
        read_as_unknown={
            name: made.read_as_unknown for name, made in read.items() if made.read_as_unknown
        },
    )


def _categorised(task: _Task, groups: pd.DataFrame) -> dict[str, Categorised]:
    """Each attribute's column in the words of the law."""
    known = [str(column) for column in groups.columns]
    wanted = {name: task.columns.get(name) for name in task.attributes}
    for name, column in wanted.items():
        if column is None:
            title = task.law.attribute(name).title.lower()
            raise InputError(f"Tables by {task.law.short} need {title}. Say which column has them.")
    for column in [*wanted.values(), task.job]:
        if column is not None and column not in known:
            raise UnknownName("column", column, known)
    columns = {name: groups[column] for name, column in wanted.items()}
    check_own(task.law, task.categories, columns)
    return {
        name: categorised(column, task.law.attribute(name), task.law, task.categories)
        for name, column in columns.items()
    }


def _within(joint: JointCounts, job: int) -> JointCounts:
    """The cells of one job."""
    here = joint.layout.members[:, -1] == job
    layout = Layout(joint.layout.attributes, joint.layout.labels, joint.layout.members[here])
    return JointCounts(layout, joint.n[here], joint.selected[here])


def _tables(task: _Task, joint: JointCounts, job: str | None) -> list[StatutoryTable]:
    law, out = task.law, task.left_out
    tables = [
        statutory_table(
            law, count_table(joint, one.name), out, name=one.name, title=one.title, job=job
        )
        for one in law.attributes
    ]
    if law.intersection:
        counts = count_table(joint, *task.attributes)
        title = INTERSECTIONAL
        tables.append(statutory_table(law, counts, out, name=INTERSECTION, title=title, job=job))
    return tables


def _check_left_out(task: _Task, tables: Sequence[StatutoryTable]) -> None:
    """Refuse to leave out what is not there, or may not be left out.

    Raises
    ------
    UnknownName, InputError
    """
    for name in sorted(task.left_out - {ALL_SMALL}):
        found = [(table, row) for table in tables for row in table.rows if row.group == name]
        if not found:
            known = [row.group for table in tables for row in table.rows]
            raise UnknownName("category", name, dict.fromkeys(known), "the tables, to leave out")
        if all(row.included for _, row in found):
            table, row = found[0]
            raise InputError(
                f"'{name}' makes up {100 * (row.share or 0):.3g} % of the {table.n:,} people in "
                f"the table '{table.title}'. Only a category under 2 % may be left out "
                f"({task.law.small.cite if task.law.small else task.law.name})."
            )


def _missing(law: Law, particulars: Particulars) -> tuple[str, ...]:
    missing = [wanted.label for wanted in law.dates if wanted.name not in particulars.dates]
    if not particulars.data_source.strip():
        missing.append("Source and explanation of the data")
    return tuple(missing)


def _remarks(task: _Task, not_scored: int, unknown_job: int) -> list[Sentence]:
    remarks = []
    if not_scored:
        remarks.append(
            say_count(
                "{n} person has no score: not assessed, and in no table.",
                "{n} people have no score: not assessed, and in no table.",
                not_scored,
                n=not_scored,
            )
        )
    if task.law.by_job and task.job is None:
        remarks.append(
            say(
                "By {law} tables are kept for each job. These are for all together: name the "
                "column with the job if there are several.",
                law=task.law.short,
            )
        )
    if unknown_job:
        remarks.append(
            say_count(
                "The job of {n} person is not known: in the tables of all jobs alone.",
                "The job of {n} people is not known: in the tables of all jobs alone.",
                unknown_job,
                n=unknown_job,
            )
        )
    return remarks
