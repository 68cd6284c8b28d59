"""The tables that a law asks for: rates by category, and each over the highest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.errors import InputError, UnknownName
from toolkit.fairness.categories import Categorised, categorised, check_own
from toolkit.fairness.counts import (
    Bools,
    CountTable,
    Ints,
    JointCounts,
    Layout,
    count_table,
    joint_counts,
)
from toolkit.fairness.four_fifths import below_four_fifths, impact_ratio, rate
from toolkit.fairness.impact import as_decision
from toolkit.fairness.intervals import ratio_interval
from toolkit.fairness.law import Law, RateKind
from toolkit.fairness.people_columns import people_columns
from toolkit.fairness.referent import choose_referent
from toolkit.fairness.result import finite_or_none
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.scoring_rate import above_median, median_score
from toolkit.fairness.statutory_result import (
    CategoryRow,
    Particulars,
    Statutory,
    StatutoryTable,
)

INTERSECTION = "intersection"
#: In `left_out`: every category below the law's share.
ALL_SMALL = "*"
#: Whoever belongs to no group of this size can still be compared: laws ask for every category.
_EVERYBODY = Rules(minimum_people=1, minimum_share=0.0)


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
        values = as_scores(scores, groups)
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
    tables = [
        _table(task, count_table(joint, attribute.name), attribute.name, attribute.title, job)
        for attribute in task.law.attributes
    ]
    if task.law.intersection:
        table = count_table(joint, *task.attributes)
        tables.append(_table(task, table, INTERSECTION, "Intersectional categories", job))
    return tables


def _table(
    task: _Task, counts: CountTable, name: str, title: str, job: str | None
) -> StatutoryTable:
    """Rates of all categories, and each over the highest of those that take part."""
    order = np.array(_order(task.law, counts), dtype=np.intp)
    labels = [counts.labels[i] for i in order]
    members = [counts.members[i] for i in order]
    n, selected = counts.n[order], counts.selected[order]
    total = int(n.sum())
    small = _small(task.law, n, total)
    why = _why_left_out(task, labels, n, small)
    taking_part = np.array([reason is None for reason in why], dtype=np.bool_)
    r = _highest(counts, order, taking_part)
    rates = rate(selected, n)
    ratios, low, high, below = _ratios(n, selected, r, taking_part)
    rows = tuple(
        CategoryRow(
            group=label,
            label=" × ".join(
                task.law.attribute(attribute).label_of(member)
                for attribute, member in zip(counts.attributes, members[i], strict=True)
            ),
            n=int(n[i]),
            selected=int(selected[i]),
            rate=finite_or_none(rates[i]),
            impact_ratio=finite_or_none(ratios[i]),
            impact_ratio_low=finite_or_none(low[i]),
            impact_ratio_high=finite_or_none(high[i]),
            share=int(n[i]) / total if total else None,
            small=bool(small[i]),
            included=bool(taking_part[i]),
            excluded_because=why[i],
            below_four_fifths=bool(below[i])
            if task.law.limit is not None and np.isfinite(ratios[i])
            else None,
            members=dict(zip(counts.attributes, members[i], strict=True)),
        )
        for i, label in enumerate(labels)
    )
    return StatutoryTable(
        name=name,
        title=title,
        job=job,
        attributes=counts.attributes,
        referent=None if r is None else labels[r],
        n=total,
        selected=int(selected.sum()),
        unknown=counts.unknown_n,
        unknown_selected=counts.unknown_selected,
        rows=rows,
    )


def _order(law: Law, counts: CountTable) -> list[int]:
    """Positions of the categories in the order of the law."""
    places = [
        {category.name: i for i, category in enumerate(law.attribute(name).categories)}
        for name in counts.attributes
    ]
    return sorted(
        range(len(counts.labels)),
        key=lambda i: [at[member] for at, member in zip(places, counts.members[i], strict=True)],
    )


def _small(law: Law, n: Ints, total: int) -> Bools:
    """Which categories are below the share under which the law lets one be left out."""
    if law.small is None:
        return np.zeros(len(n), dtype=np.bool_)
    rules = Rules(minimum_people=1, minimum_share=float(law.small.share))
    return np.array([not rules.meets_share(count, total) for count in n.tolist()], dtype=np.bool_)


def _why_left_out(task: _Task, labels: Sequence[str], n: Ints, small: Bools) -> list[str | None]:
    """For each category, why it takes no part in the ratios; None where it does."""
    reasons: list[str | None] = []
    of_data = task.law.small is not None and task.law.small.of == "data"
    for label, count, is_small in zip(labels, n.tolist(), small.tolist(), strict=True):
        if count == 0:
            reasons.append("nobody belongs to this category")
        elif ALL_SMALL in task.left_out and is_small:
            reasons.append("under 2 % of the people in the table")
        elif label in task.left_out and (is_small or not of_data):
            reasons.append("left out with the reason given")
        else:
            reasons.append(None)
    return reasons


def _highest(counts: CountTable, order: npt.NDArray[np.intp], taking_part: Bools) -> int | None:
    """Position, in the order of the law, of the category with the highest rate."""
    kept = order[taking_part]
    table = CountTable(
        attributes=counts.attributes,
        labels=tuple(counts.labels[i] for i in kept),
        members=tuple(counts.members[i] for i in kept),
        n=counts.n[kept],
        selected=counts.selected[kept],
        unknown_n=0,
        unknown_selected=0,
        possible_n=np.zeros(len(kept), dtype=np.int64),
        possible_selected=np.zeros(len(kept), dtype=np.int64),
    )
    at = choose_referent(table, _EVERYBODY).position
    return None if at is None else int(np.flatnonzero(taking_part)[at])


def _ratios(
    n: Ints, selected: Ints, r: int | None, taking_part: Bools
) -> tuple[npt.NDArray[np.float64], ...]:
    """Ratio, its interval and whether it is below four-fifths; NaN where there is none."""
    nothing = np.full(len(n), np.nan)
    if r is None:
        return nothing, nothing, nothing, nothing
    b, n_b = np.full_like(selected, selected[r]), np.full_like(n, n[r])
    low, high = ratio_interval(selected, n, b, n_b, DEFAULT_RULES.confidence)
    others = taking_part & (np.arange(len(n)) != r)
    return (
        np.where(taking_part, impact_ratio(selected, n, b, n_b), np.nan),
        np.where(others, low, np.nan),
        np.where(others, high, np.nan),
        (below_four_fifths(selected, n, b, n_b) & others).astype(np.float64),
    )


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


def as_scores(scores: npt.ArrayLike, groups: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Scores as floats, in the order of the group table; NaN where there is none.

    Raises
    ------
    InputError
        If they are not numbers, or not as many as there are rows.
    """
    try:
        values = np.asarray(scores, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError("The scores are not numbers. Choose a column with numbers.") from None
    if values.shape != (len(groups),):
        raise InputError(
            f"There are {values.size:,} scores for {len(groups):,} rows. There must be one a row."
        )
    if np.isinf(values).any():
        raise InputError("A score is infinite. Correct the value, or leave it empty.")
    return values


def _missing(law: Law, particulars: Particulars) -> tuple[str, ...]:
    missing = [wanted.label for wanted in law.dates if wanted.name not in particulars.dates]
    if not particulars.data_source.strip():
        missing.append("Source and explanation of the data")
    return tuple(missing)


def _remarks(task: _Task, not_scored: int, unknown_job: int) -> list[str]:
    remarks = []
    if not_scored:
        who = "1 person has" if not_scored == 1 else f"{not_scored:,} people have"
        remarks.append(f"{who} no score: not assessed, and in no table.")
    if task.law.by_job and task.job is None:
        remarks.append(
            f"By {task.law.short} tables are kept for each job. These are for all together: name "
            "the column with the job if there are several."
        )
    if unknown_job:
        who = "1 person" if unknown_job == 1 else f"{unknown_job:,} people"
        remarks.append(f"The job of {who} is not known: in the tables of all jobs alone.")
    return remarks
