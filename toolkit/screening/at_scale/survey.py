"""The first look at all rows: the figures to freeze a screen on, groups, faults, a sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats
from toolkit.engine.counting import CountCombinations
from toolkit.engine.engine import Engine
from toolkit.errors import InputError
from toolkit.intake.arrow_numbers import numbers_of
from toolkit.intake.column_figures import ColumnFigures, figures_of
from toolkit.progress import Progress
from toolkit.screening.at_scale.columns import MOST_CELLS, SignalColumns

#: Rows of the sample that narrows the search for the cut, about.
SAMPLE = 2**17


@dataclass(frozen=True, eq=False)
class Survey:
    """What all rows have in common.

    Parameters
    ----------
    rows : int
    figures : mapping of str to ColumnFigures
        By signal.
    set_aside : mapping of (str, str) to int
        Values that no such signal can have: by signal and by what is wrong with them.
    groups : mapping of tuple of (str or None) to int
        How often each combination of groups occurs.
    sample : tuple of mapping of str to array
        Some of the rows; which ones changes no result.
    """

    rows: int
    figures: Mapping[str, ColumnFigures]
    set_aside: Mapping[tuple[str, str], int]
    groups: Mapping[tuple[str | None, ...], int]
    sample: tuple[Mapping[str, Floats], ...] = field(repr=False)

    def __add__(self, other: Survey) -> Survey:
        return Survey(
            self.rows + other.rows,
            {name: own + other.figures[name] for name, own in self.figures.items()},
            Counter(self.set_aside) + Counter(other.set_aside),
            Counter(self.groups) + Counter(other.groups),
            self.sample + other.sample,
        )

    def sampled(self, name: str) -> Floats:
        """One signal's values in the sample, NaN where missing."""
        return np.concatenate([part[name] for part in self.sample])


@dataclass(frozen=True)
class SurveyKernel:
    """Looks at the signals and groups of a batch.

    Parameters
    ----------
    columns : SignalColumns
    groups : tuple of str
    stride : int
        One row in so many goes into the sample.
    settled : bool
        Whether the decimals of the signals are known; otherwise those that they have are
        needed at least.
    """

    columns: SignalColumns
    groups: tuple[str, ...]
    stride: int
    settled: bool = False

    def __call__(self, batch: pa.RecordBatch) -> Survey:
        figures: dict[str, ColumnFigures] = {}
        set_aside: dict[tuple[str, str], int] = {}
        sample: dict[str, Floats] = {}
        # Not the same row of every batch: rows may come in a pattern.
        first = batch.num_rows * 7919 % self.stride
        for name, signal in self.columns.about.items():
            numbers = numbers_of(batch.column(name), signal)
            figures[name] = (
                figures_of(numbers.values, signal.decimals)
                if self.settled
                else figures_of(numbers.values, at_least=signal.decimals)
            )
            set_aside |= {(name, fault): n for fault, n in numbers.set_aside.items()}
            sample[name] = numbers.values[first :: self.stride].astype(np.float64)
        return Survey(
            batch.num_rows,
            figures,
            set_aside,
            CountCombinations(self.groups)(batch).counts,
            (sample,),
        )


def survey(
    engine: Engine,
    columns: SignalColumns,
    groups: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> tuple[Survey, SignalColumns]:
    """Look at all rows once; twice where a column needs fewer decimals than a part of it.

    Returns
    -------
    Survey
    SignalColumns
        The same columns, with their decimals.

    Raises
    ------
    InputError
        If there are no rows, or a group column has too many values.
    """
    wanted = list(dict.fromkeys([*columns.names, *groups]))
    columns = _hinted(columns, engine.some(wanted, 1024))
    kernel = SurveyKernel(columns, groups, max(engine.count() // SAMPLE, 1))
    found = engine.add_up(wanted, kernel, progress)
    if found is None:
        raise InputError("There are no rows. Name files that hold some.")
    if len(found.groups) > MOST_CELLS:
        raise InputError(
            f"{' and '.join(groups)} have {len(found.groups):,} different values together: they "
            "are codes rather than groups. Name columns with fewer values."
        )
    settled = SignalColumns(
        {
            name: replace(signal, decimals=found.figures[name].settled_decimals)
            for name, signal in columns.about.items()
        },
        frozenset(columns.names) - {name for name, _ in found.set_aside},
    )
    if not all(figures.settled for figures in found.figures.values()):
        again = replace(kernel, columns=settled, settled=True)
        found = engine.add_up(wanted, again, progress)
        assert found is not None
    return found, settled


def _hinted(columns: SignalColumns, first: pa.RecordBatch | None) -> SignalColumns:
    """The columns with the decimals that their first values need."""
    if first is None:
        return columns
    return SignalColumns(
        {
            name: replace(
                signal,
                decimals=figures_of(numbers_of(first.column(name), signal).values).decimals,
            )
            for name, signal in columns.about.items()
        }
    )
