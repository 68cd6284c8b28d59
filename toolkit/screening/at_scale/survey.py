"""The first look at all rows: the figures to freeze a screen on, groups, faults, a sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats
from toolkit.engine.counting import keys_of
from toolkit.engine.engine import Engine, added
from toolkit.errors import InputError
from toolkit.intake.arrow_numbers import ends_allowed, numbers_of
from toolkit.intake.batch_figures import batch_figures
from toolkit.intake.column_figures import ColumnFigures, figures_of
from toolkit.intake.fixed_column import most_decimals
from toolkit.intake.step_block import BLOCK
from toolkit.progress import Progress
from toolkit.screening.at_scale.columns import MOST_CELLS, SignalColumns
from toolkit.screening.at_scale.forecast import Forecast, forecast
from toolkit.screening.at_scale.plain_look import PlainLook
from toolkit.screening.at_scale.sampled import SampledSteps
from toolkit.screening.at_scale.sorted_rows import SortedRows
from toolkit.screening.screen import Screen

#: Rows of the sample that narrows the search for the cut, about.
SAMPLE = 2**17
#: Rows of the sample that a cut is foretold from, fewest and most; a larger one leaves fewer rows
#: open and takes longer.
FORETELLING, MOST_FORETELLING = 2**18, 2**20
#: Rows of one that says how many decimals there are.
HINTING = 2**10


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
    sorted : SortedRows or None
        What a forecast made of the rows, where there was one that could be followed.
    forecast : Forecast or None
    """

    rows: int
    figures: Mapping[str, ColumnFigures]
    set_aside: Mapping[tuple[str, str], int]
    groups: Mapping[tuple[str | None, ...], int]
    sample: tuple[Mapping[str, Floats], ...] = field(repr=False)
    sorted: SortedRows | None = None
    forecast: Forecast | None = field(default=None, repr=False)

    def __add__(self, other: Survey) -> Survey:
        return Survey(
            self.rows + other.rows,
            {name: own + other.figures[name] for name, own in self.figures.items()},
            Counter(self.set_aside) + Counter(other.set_aside),
            Counter(self.groups) + Counter(other.groups),
            self.sample + other.sample,
            self.sorted + other.sorted if self.sorted and other.sorted else None,
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
    forecast : Forecast or None
        Sorts the rows that have nothing odd.
    """

    columns: SignalColumns
    groups: tuple[str, ...]
    stride: int
    forecast: Forecast | None = None

    def rows_at_once(self, usual: int) -> int:
        """Several times as many as usual: each call costs less, and blocks are formed within."""
        return 4 * usual

    def over(self, batches: Iterator[pa.RecordBatch]) -> Survey | None:
        """The sum of all batches; those that are sorted are not made a survey each."""
        if not self.forecast:
            return added(map(self, batches))
        look = PlainLook(self.columns, self.groups, self.forecast)
        surveys, samples = [], []
        for batch in batches:
            for start in range(0, batch.num_rows, BLOCK):
                piece = batch.slice(start, BLOCK)
                if look.take(piece):
                    samples.append(look.some(*self._some(piece.num_rows)))
                else:
                    surveys.append(self(piece))
        if look.rows:
            sample = dict(zip(self.columns.names, np.concatenate(samples, axis=1), strict=True))
            surveys.append(Survey(look.rows, look.figures, {}, look.people, (sample,), look.sorted))
        return added(iter(surveys))

    def __call__(self, batch: pa.RecordBatch) -> Survey:
        about = self.columns.about
        numbers = {name: numbers_of(batch.column(name), about[name]) for name in about}
        figures = batch_figures(
            numbers,
            {name: signal.decimals for name, signal in about.items()},
            self.columns.rounded,
        )
        start, size = self._some(batch.num_rows)
        # Copies: a view would keep the whole batch.
        sample = {
            name: own.values[start : start + size].astype(np.float64)
            for name, own in numbers.items()
        }
        return Survey(
            batch.num_rows,
            figures,
            {(name, fault): n for name in about for fault, n in numbers[name].set_aside.items()},
            keys_of(batch, self.groups).count().counts,
            (sample,),
        )

    def _some(self, rows: int) -> tuple[int, int]:
        """Where the sample of so many rows begins, and how many it has.

        They stand beside each other: to pick them would take longer than all the rest.
        """
        size = -(-rows // self.stride)
        return rows * 7919 % (rows - size + 1), size


def survey(
    engine: Engine,
    columns: SignalColumns,
    groups: tuple[str, ...] = (),
    progress: Progress | None = None,
    screen: Screen | None = None,
) -> tuple[Survey, SignalColumns]:
    """Look at all rows once; again where the decimals that were foretold are not the column's own.

    Parameters
    ----------
    engine : Engine
    columns : SignalColumns
    groups : tuple of str
    progress : callable, optional
    screen : Screen, optional
        Of exactly these signals: the rows are sorted by a forecast of its cut, if a sample
        allows for one.

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
    hinted = _hinted(columns, engine.some(columns.names, HINTING))
    found, columns = _looked(engine, _within(engine, hinted), groups, screen, progress)
    if any(figures.too_coarse for figures in found.figures.values()):
        # The largest that was spoken of is not there, or has to be set aside.
        found, columns = _looked(engine, hinted, groups, screen)
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
        frozenset(columns.names),
    )
    if not all(figures.settled for figures in found.figures.values()):
        found, _ = _looked(engine, settled, groups, screen)
    return found, settled


def _looked(
    engine: Engine,
    columns: SignalColumns,
    groups: tuple[str, ...],
    screen: Screen | None,
    progress: Progress | None = None,
) -> tuple[Survey, SignalColumns]:
    """All rows, and the columns with the decimals that they were held with."""
    wanted = list(dict.fromkeys([*columns.names, *groups]))
    foretold = None
    if screen is not None:
        columns, foretold = _foretold(engine, columns, wanted, screen)
    kernel = SurveyKernel(columns, groups, max(engine.count() // SAMPLE, 1), foretold)
    found = engine.add_up(wanted, kernel, progress)
    if found is None:
        raise InputError("There are no rows. Name files that hold some.")
    return replace(found, forecast=foretold), columns


def _foretold(
    engine: Engine, columns: SignalColumns, wanted: list[str], screen: Screen
) -> tuple[SignalColumns, Forecast | None]:
    """What a sample foretells, and the columns with the decimals that it needs."""
    rows = engine.count()
    some = engine.some(wanted, min(max(rows // 2**7, FORETELLING), MOST_FORETELLING))
    if some is None:
        return columns, None
    sample = SampledSteps.of(some, columns)
    if sample is None:
        columns = _hinted(columns, some)
        sample = SampledSteps.of(some, columns)
    return columns, forecast(sample, columns.about, screen, rows) if sample else None


def _hinted(columns: SignalColumns, some: pa.RecordBatch | None) -> SignalColumns:
    """The columns with the decimals that some of their values need, or have room for."""
    if some is None:
        return columns
    about, rounded = {}, set(columns.rounded)
    for name, own in columns.about.items():
        values = numbers_of(some.column(name), own).values.astype(np.float64)
        needs = figures_of(values, at_least=own.decimals, rounded=name in rounded)
        about[name] = replace(own, decimals=needs.decimals)
        if needs.rounded_to is not None:
            rounded.add(name)
    return replace(columns, about=about, rounded=frozenset(rounded))


def _within(engine: Engine, columns: SignalColumns) -> SignalColumns:
    """The columns with no more decimals than fit beside their largest, where that is said."""
    about, rounded = dict(columns.about), set(columns.rounded)
    for name, own in columns.about.items():
        reach = engine.reach(name)
        if reach is None:
            continue
        # What is beyond the scale is set aside.
        most = most_decimals(min(reach, max(map(abs, ends_allowed(own)))))
        if most < own.decimals:
            about[name] = replace(own, decimals=most)
            rounded.add(name)
    return replace(columns, about=about, rounded=frozenset(rounded))
