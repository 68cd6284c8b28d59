"""The two sides of a sweep's map in words, whatever is swept over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats
from toolkit.influence.sweep import Sweep
from toolkit.influence.sweep_figures import SweepFigures
from toolkit.influence.sweep_pair import PairSweep
from toolkit.influence.wording import dial_in_words, quantity

NO_CUTOFF = "none"


@dataclass(frozen=True)
class Side:
    """One side of the map.

    Parameters
    ----------
    title : str
        Title of the axis.
    names : tuple of str
        Each position on the axis; all different.
    heads : tuple of str
        Each position at the head of a table.
    settings : tuple of str
        Each position in a sentence: "with …".
    """

    title: str
    names: tuple[str, ...]
    heads: tuple[str, ...]
    settings: tuple[str, ...]

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
    weights = found.weights.tolist()
    rows = Side(
        f"Weight of {label}, in percent",
        tuple(map(str, weights)),
        tuple(f"{weight} %" for weight in weights),
        tuple(f"a weight of {weight} %" for weight in weights),
    )
    return SweepGrid(
        rows=rows,
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
    return Side(
        f"Weight of {label}, in percent",
        tuple(f"{percent:g}" for percent in percents.tolist()),
        tuple(f"{percent:g} %" for percent in percents.tolist()),
        tuple(dial_in_words("weights", label, percent) for percent in percents.tolist()),
    )


def _cutoffs(label: str, cutoffs: Floats, decimals: int, named: bool = False) -> Side:
    names = tuple(cutoff_name(cutoff, decimals) for cutoff in cutoffs.tolist())
    on = f" on {label}" if named else ""
    return Side(
        f"Cut-off on {label}",
        names,
        tuple("No cut-off" if name == NO_CUTOFF else f"At least {name}" for name in names),
        tuple(
            f"no cut-off{on}" if name == NO_CUTOFF else f"a cut-off of {name}{on}" for name in names
        ),
    )


def cutoff_name(cutoff: float, decimals: int) -> str:
    """A cut-off as a label, at the score's decimals or its own."""
    if np.isinf(cutoff):
        return NO_CUTOFF
    rounded = round(cutoff, decimals) == cutoff
    return quantity(cutoff, decimals) if rounded else f"{cutoff:,.12g}"
