"""A published table recomputed: which of its figures do not follow from the others?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from toolkit.fairness.published_table import (
    FIGURES,
    Figure,
    PublishedRow,
    RowKind,
    published_columns,
    published_rows,
)
from toolkit.fairness.recheck_rates import check_counts, check_rate, rate_range
from toolkit.fairness.recheck_ratios import check_ratios
from toolkit.fairness.recheck_values import Cause, Fault, Range
from toolkit.sentence import Sentence, say


@dataclass(frozen=True)
class Disagreement:
    """One printed figure that does not follow from the others.

    Parameters
    ----------
    table, group : str
    row : int
        As a spreadsheet numbers it.
    column : {"n", "selected", "rate", "impact_ratio"}
    printed : str
    recomputed : Sentence or str
        To the printed precision; empty where nothing follows.
    cause : str
        One of `Cause`.
    explanation : Sentence
    """

    table: str
    group: str
    row: int
    column: Figure
    printed: str
    recomputed: Sentence | str
    cause: Cause
    explanation: Sentence

    def to_dict(self) -> dict[str, object]:
        return dict(self.__dict__)


@dataclass(frozen=True)
class RecheckedRow:
    """One row of the table with its figures recomputed.

    Parameters
    ----------
    table, group : str
    row : int
    kind : {"group", "total", "unknown"}
    printed : mapping of str to str
        The figures as they stand, by column; only those stated.
    rate, rate_low, rate_high : float or None
        Recomputed: exact from counts (then all three are equal), or what the printed figures
        leave open.
    impact_ratio, impact_ratio_low, impact_ratio_high : float or None
        Over the highest rate of the groups compared.
    agrees : mapping of str to bool
        For each column that could be recomputed.
    """

    table: str
    group: str
    row: int
    kind: RowKind
    printed: Mapping[str, str]
    rate: float | None
    rate_low: float | None
    rate_high: float | None
    impact_ratio: float | None
    impact_ratio_low: float | None
    impact_ratio_high: float | None
    agrees: Mapping[str, bool]

    def to_dict(self) -> dict[str, object]:
        return {**self.__dict__, "printed": dict(self.printed), "agrees": dict(self.agrees)}


@dataclass(frozen=True)
class Recheck:
    """What came of recomputing a published table.

    Parameters
    ----------
    rows : tuple of RecheckedRow
        In the order of the table.
    disagreements : tuple of Disagreement
        In the same order.
    remarks : tuple of str
        What is not wrong in arithmetic, but has to be known.
    checked : int
        Figures that could be recomputed.
    not_checked : int
        Figures from which nothing else follows, such as counts alone.
    referents : mapping of str to str
        By table, the group with the highest rate among those compared.
    """

    rows: tuple[RecheckedRow, ...]
    disagreements: tuple[Disagreement, ...]
    remarks: tuple[Sentence, ...]
    checked: int
    not_checked: int
    referents: Mapping[str, str] = field(default_factory=dict)

    @property
    def agrees(self) -> bool:
        """Every figure that could be recomputed follows from the others."""
        return not self.disagreements

    def to_dict(self) -> dict[str, object]:
        return {
            "agrees": self.agrees,
            "checked": self.checked,
            "not_checked": self.not_checked,
            "disagreements": [one.to_dict() for one in self.disagreements],
            "remarks": list(self.remarks),
            "referents": dict(self.referents),
            "rows": [row.to_dict() for row in self.rows],
        }


def recheck(
    table: pd.DataFrame,
    columns: Mapping[str, str | None] | None = None,
    where: str = "The table",
) -> Recheck:
    """Recompute every figure of a published table to its printed precision.

    Counts are taken as exact and everything else as printed: 0.82 stands for anything from
    0.815 to 0.825. A figure disagrees if no value that the others allow is printed like that.

    Parameters
    ----------
    table : DataFrame
        One row a group, cells as they are printed: ``group``, and of ``n``, ``selected``,
        ``rate`` and ``impact_ratio`` those that are stated. Other usual names are known. With
        a column ``table`` each table has its own referent.
    columns : mapping of str to str, optional
        Columns by ``group``, ``n``, ``selected``, ``rate``, ``impact_ratio``, ``table``, where
        their names do not say it.
    where : str
        Name of the table, for messages.

    Returns
    -------
    Recheck

    Raises
    ------
    UnknownName
        If a column is not there.
    InputError
        If a cell holds something that is not a figure, or there is nothing to recompute.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "group": ["Male", "Female"],
    ...         "n": ["92", "76"],
    ...         "rate": ["54.3%", "44.7%"],
    ...         "impact_ratio": ["1.00", "0.83"],
    ...     }
    ... )
    >>> found = recheck(table)
    >>> [(one.group, one.column, one.recomputed) for one in found.disagreements]
    [('Female', 'impact_ratio', '0.82')]
    """
    found = published_columns([str(column) for column in table.columns], columns)
    rows = published_rows(_as_text(table), found, where)
    tables: dict[str, list[PublishedRow]] = {}
    for row in rows:
        tables.setdefault(row.table, []).append(row)
    results = [_checked(name, own) for name, own in tables.items()]
    checked = [row for result in results for row in result.rows]
    checked.sort(key=lambda row: row.row)
    faults = [fault for result in results for fault in result.faults]
    stated = sum(len(row.printed) for row in checked)
    tested = sum(len(row.agrees) for row in checked)
    return Recheck(
        rows=tuple(checked),
        disagreements=tuple(
            sorted(map(_disagreement, faults), key=lambda one: (one.row, FIGURES.index(one.column)))
        ),
        remarks=tuple(remark for result in results for remark in result.remarks),
        checked=tested,
        not_checked=stated - tested,
        referents={result.name: result.referent for result in results if result.referent},
    )


def recheck_all(
    tables: Mapping[str, pd.DataFrame], columns: Mapping[str, str | None] | None = None
) -> Recheck:
    """Several published tables, for instance the sheets of a workbook, each on its own.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name, which becomes the name of the table in the result where there are several.
    columns : mapping of str to str, optional
        As in `recheck`.

    Raises
    ------
    UnknownName, InputError
        As `recheck`.
    """
    found = {name: recheck(table, columns, name) for name, table in tables.items()}
    if len(found) == 1:
        return next(iter(found.values()))

    def named(name: str, table: str) -> str:
        return f"{name} · {table}" if table else name

    return Recheck(
        rows=tuple(
            replace(row, table=named(name, row.table))
            for name, one in found.items()
            for row in one.rows
        ),
        disagreements=tuple(
            replace(wrong, table=named(name, wrong.table))
            for name, one in found.items()
            for wrong in one.disagreements
        ),
        remarks=tuple(
            say("{table}: {remark}", table=name, remark=remark)
            for name, one in found.items()
            for remark in one.remarks
        ),
        checked=sum(one.checked for one in found.values()),
        not_checked=sum(one.not_checked for one in found.values()),
        referents={
            named(name, table): referent
            for name, one in found.items()
            for table, referent in one.referents.items()
        },
    )


@dataclass(frozen=True)
class _Checked:
    name: str
    rows: list[RecheckedRow]
    faults: list[Fault]
    remarks: list[Sentence]
    referent: str


def _checked(name: str, rows: Sequence[PublishedRow]) -> _Checked:
    """One table."""
    faults = check_counts(rows)
    broken = {(fault.row.row, fault.column) for fault in faults}
    tested: dict[tuple[int, Figure], bool] = dict.fromkeys(broken, False)
    for row in rows:
        if row.rate is None or (row.n is None and row.selected is None):
            continue
        fault = check_rate(row, rows)
        tested[row.row, "rate"] = fault is None
        if fault is not None:
            faults.append(fault)
    ranges = {row.row: rate_range(row) for row in rows}
    ratios = check_ratios(rows, ranges)
    faults += ratios.faults
    tested |= ratios.tested
    said = [
        say("{table}: {remark}", table=name, remark=remark) if name else remark
        for remark in ratios.remarks
    ]
    return _Checked(
        name=name,
        rows=[_row(row, ranges[row.row], ratios.expected.get(row.row), tested) for row in rows],
        faults=faults,
        remarks=said,
        referent=ratios.referent,
    )


def _row(
    row: PublishedRow,
    rate: Range | None,
    ratio: Range | None,
    tested: Mapping[tuple[int, Figure], bool],
) -> RecheckedRow:
    stated: dict[str, str] = {
        name: figure.text for name in FIGURES if (figure := row.figure(name)) is not None
    }
    return RecheckedRow(
        table=row.table,
        group=row.group,
        row=row.row,
        kind=row.kind,
        printed=stated,
        rate=_middle(rate),
        rate_low=None if rate is None else float(rate.low),
        rate_high=None if rate is None else float(rate.high),
        impact_ratio=_middle(ratio),
        impact_ratio_low=None if ratio is None else float(ratio.low),
        impact_ratio_high=None if ratio is None else float(ratio.high),
        agrees={name: tested[row.row, name] for name in FIGURES if (row.row, name) in tested},
    )


def _middle(span: Range | None) -> float | None:
    return None if span is None else float((span.low + span.high) / 2)


def _disagreement(fault: Fault) -> Disagreement:
    figure = fault.row.figure(fault.column)
    return Disagreement(
        table=fault.row.table,
        group=fault.row.group,
        row=fault.row.row,
        column=fault.column,
        printed="" if figure is None else figure.text,
        recomputed=fault.recomputed,
        cause=fault.cause,
        explanation=fault.explanation,
    )


def _as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Cells as they are printed; a number that is typed as one with all its digits."""
    frame = table.copy()
    frame.columns = pd.Index([str(column) for column in table.columns])
    return frame.map(_cell)


def _cell(value: object) -> object:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
