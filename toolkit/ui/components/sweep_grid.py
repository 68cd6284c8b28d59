"""The two sides of a sweep's map in words, whatever is swept over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from toolkit.arrays import Bools, Floats
from toolkit.influence.sweep import Sweep
from toolkit.influence.sweep_figures import SweepFigures
from toolkit.influence.sweep_pair import PairSweep
from toolkit.influence.wording import dial_in_words, quantity

NO_CUTOFF = "none"
#: Weights are named in steps of so many percent, and about so many cut-offs.
_TENTH = 10
#: Steps are of about the same size where the largest is at most so many times the middle one.
_ALIKE = 3.0


@dataclass(frozen=True)
class Side:
    """One side of the map.

    Parameters
    ----------
    title : str
    unit : str
        Follows the title on the axis.
    names : tuple of str
        Each position on the axis; all different.
    heads : tuple of str
        Each position at the head of a table.
    settings : tuple of str
        Each position in a sentence: "with …".
    ticks : tuple of int
        Positions that are named on the axis, about ten of them, the first among them.
    even : bool
        Whether steps along the side are of about the same size.
    """

    title: str
    unit: str
    names: tuple[str, ...]
    heads: tuple[str, ...]
    settings: tuple[str, ...]
    ticks: tuple[int, ...]
    even: bool = True

    @property
    def within(self) -> str:
        """The title within a sentence."""
        return self.title[:1].lower() + self.title[1:]


@dataclass(frozen=True, eq=False)
class SweepGrid:
    """Every screen of a sweep as cells of a map.

    Parameters
    ----------
    rows, columns : Side
        Rows go upwards.
    figures : SweepFigures or Sweep
        Arrays of shape (n_rows, n_columns).
    possible : bool array, shape (n_rows, n_columns)
    current : tuple of int or None
        The screen in use.
    records : callable
        Every screen with all figures, for the download.
    """

    rows: Side
    columns: Side
    figures: SweepFigures | Sweep
    possible: Bools
    current: tuple[int, int] | None
    records: Callable[[], list[dict[str, object]]]


def grid_of_one(label: str, found: Sweep, decimals: int) -> SweepGrid:
    """Weights of one score upwards, cut-offs on it to the right."""
    settings = tuple(f"a weight of {weight} %" for weight in found.weights.tolist())
    return SweepGrid(
        rows=replace(_weights(label, found.weights.astype(np.float64)), settings=settings),
        columns=_cutoffs(label, found.cutoffs, decimals),
        figures=found,
        possible=np.ones(found.flips.shape, dtype=np.bool_),
        current=found.current,
        records=found.records,
    )


def grid_of_two(labels: Sequence[str], found: PairSweep, decimals: Sequence[int]) -> SweepGrid:
    """The first of two scores upwards, the second to the right."""
    rows, columns = (
        _weights(label, values) if found.by == "weights" else _cutoffs(label, values, places, True)
        for label, values, places in zip(labels, (found.first, found.second), decimals, strict=True)
    )
    return SweepGrid(
        rows=rows,
        columns=columns,
        figures=found.figures,
        possible=found.possible,
        current=found.current,
        records=found.records,
    )


def _weights(label: str, percents: Floats) -> Side:
    values = percents.tolist()
    return Side(
        title=f"Weight of {label}",
        unit=", in percent",
        names=tuple(f"{percent:g}" for percent in values),
        heads=tuple(f"{percent:g} %" for percent in values),
        settings=tuple(dial_in_words("weights", label, percent) for percent in values),
        ticks=tuple(np.flatnonzero(percents % _TENTH == 0).tolist()),
    )


def _cutoffs(label: str, cutoffs: Floats, decimals: int, named: bool = False) -> Side:
    names = tuple(cutoff_name(cutoff, decimals) for cutoff in cutoffs.tolist())
    on = f" on {label}" if named else ""
    ticks = np.linspace(0, cutoffs.size - 1, min(_TENTH + 1, cutoffs.size))
    steps = np.diff(cutoffs[np.isfinite(cutoffs)])
    return Side(
        title=f"Cut-off on {label}",
        unit="",
        names=names,
        heads=tuple("No cut-off" if name == NO_CUTOFF else f"At least {name}" for name in names),
        settings=tuple(
            f"no cut-off{on}" if name == NO_CUTOFF else f"a cut-off of {name}{on}" for name in names
        ),
        ticks=tuple(np.rint(ticks).astype(np.int64).tolist()),
        even=steps.size == 0 or bool(steps.max() <= _ALIKE * np.median(steps)),
    )


def cutoff_name(cutoff: float, decimals: int) -> str:
    """A cut-off as a label, at the score's decimals or its own."""
    if np.isinf(cutoff):
        return NO_CUTOFF
    rounded = round(cutoff, decimals) == cutoff
    return quantity(cutoff, decimals) if rounded else f"{cutoff:,.12g}"
