"""Freezing a screen: every figure that it takes from the cohort, computed once and kept.

A screen says "z-score"; a frozen screen says which mean, which standard deviation, which
median stands in for a missing value. Deciding with a frozen screen needs nothing but one
candidate's values, so it can be repeated in batches, with one value changed (margins), or
with one signal removed (influence), and gives the same answer to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from toolkit.arrays import Ints
from toolkit.intake.cohort import Cohort, Signal
from toolkit.intake.column_figures import Figures
from toolkit.screening.coefficients import CoefficientPlan
from toolkit.screening.gate import Gate
from toolkit.screening.screen import WEIGHT_DECIMALS, Scale, Screen, require_screen_fits


@dataclass(frozen=True)
class PercentileTable:
    """Mid-rank positions of the values that occur.

    Parameters
    ----------
    values : int64 array, ascending
        Distinct values in half steps.
    counts_below : int64 array
        How many present values lie below each of `values`.
    total : int
        How many present values there are.
    """

    values: Ints
    counts_below: Ints
    total: int

    def positions(self, halves: Ints) -> Ints:
        """Twice the mid-rank, ``2 · below + equal``, of any values; 0 to ``2 · total``."""
        below = np.append(self.counts_below, self.total)
        left = np.searchsorted(self.values, halves, side="left")
        right = np.searchsorted(self.values, halves, side="right")
        positions: Ints = below[left] + below[right]
        return positions


@dataclass(frozen=True)
class FrozenSignal:
    """How one signal is read: its grid, and what stands in for a missing value.

    Parameters
    ----------
    decimals : int
        One step is ``10 ** -decimals``; values are held in half steps.
    fill : int
        Half steps that stand where a value is missing.
    fills : bool
        Whether a candidate goes on with the replacement. Where not (the screen rejects, or
        nobody has a value), it only keeps the integers within bounds.
    """

    decimals: int
    fill: int
    fills: bool


@dataclass(frozen=True)
class FrozenWeight:
    """One term of the composite, ``coefficient · (reading − centre)`` in integers.

    Parameters
    ----------
    coefficient : int
    centre : int
    table : PercentileTable or None
        Where the scale is percentile, a value is read as its position in this table.
    """

    coefficient: int
    centre: int
    table: PercentileTable | None = None


@dataclass(frozen=True)
class FrozenGate:
    """A gate in half steps; bounds are inclusive."""

    signal: str
    lowest: int | None = None
    highest: int | None = None
    members: tuple[int, ...] | None = None


@dataclass(frozen=True)
class FrozenScreen:
    """A screen with every figure that it takes from the cohort.

    Parameters
    ----------
    screen : Screen
    places : int
        Among this cohort's candidates.
    signals : mapping of str to FrozenSignal
    weights : mapping of str to FrozenWeight
    gates : tuple of FrozenGate
        In the order of ``screen.gates``.
    exponent : int
        A composite is held as an integer at the scale ``2 ** exponent``.
    offset : int
        Added to every composite, so that it is measured from the scale's origin.
    """

    screen: Screen
    places: int
    signals: Mapping[str, FrozenSignal]
    weights: Mapping[str, FrozenWeight]
    gates: tuple[FrozenGate, ...]
    exponent: int
    offset: int

    def without(self, *signals: str) -> FrozenScreen:
        """The frozen screen with signals removed; the figures of the others stay.

        Dropping terms of the composite orders candidates as renormalising the remaining
        weights would, since that divides every composite by the same positive number.
        """
        screen = self.screen.without(*signals)
        return replace(
            self,
            screen=screen,
            weights={s: w for s, w in self.weights.items() if s not in signals},
            gates=tuple(gate for gate in self.gates if gate.signal not in signals),
        )


def freeze(cohort: Cohort, screen: Screen, headroom: int = 0) -> FrozenScreen:
    """Take from the cohort every figure that the screen needs.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    headroom : int
        Bits to leave free above the composites, where they are to be multiplied.

    Raises
    ------
    UnknownName, ScreenError
        If the screen names a signal that the cohort lacks, or a group attribute.
    """
    require_screen_fits(screen, cohort.about, cohort.groups.columns)
    columns = {signal: cohort.fixed(signal) for signal in screen.signals}
    return freeze_on(columns, cohort.about, len(cohort), screen, headroom)


def freeze_on(
    columns: Mapping[str, Figures],
    about: Mapping[str, Signal],
    candidates: int,
    screen: Screen,
    headroom: int = 0,
) -> FrozenScreen:
    """Freeze a screen on the figures of columns, wherever their rows are.

    Parameters
    ----------
    columns : mapping of str to Figures
        At least those of the screen's signals.
    about : mapping of str to Signal
    candidates : int
        How many rows there are.
    screen : Screen
    headroom : int
        As in `freeze`.
    """
    weights, exponent, offset = _freeze_weights(screen, columns, about, headroom)
    return FrozenScreen(
        screen=screen,
        places=screen.places_among(candidates),
        signals={s: _freeze_signal(screen, s, columns[s]) for s in screen.signals},
        weights=weights,
        gates=tuple(_freeze_gate(gate, columns[gate.signal]) for gate in screen.gates),
        exponent=exponent,
        offset=offset,
    )


def _freeze_signal(screen: Screen, signal: str, column: Figures) -> FrozenSignal:
    if screen.missing == "median":
        fill = column.median
    elif screen.weights.get(signal, 0.0) < 0:
        fill = column.highest
    else:
        fill = column.lowest
    fills = screen.missing != "reject" and fill is not None
    return FrozenSignal(column.decimals, fill or 0, fills)


def _freeze_weights(
    screen: Screen,
    columns: Mapping[str, Figures],
    about: Mapping[str, Signal],
    headroom: int,
) -> tuple[dict[str, FrozenWeight], int, int]:
    scaled = scaling(screen.scale, {s: columns[s] for s in screen.weights}, about)
    coefficients, exponent = scaled.plan(headroom).coefficients(exact_weights(screen))
    offset = sum(
        (coefficients[signal] * (scaled.centres[signal] - scaled.origins[signal]))
        for signal in coefficients
    )
    weights = {
        signal: FrozenWeight(coefficients[signal], scaled.centres[signal], scaled.tables[signal])
        for signal in screen.weights
    }
    return weights, exponent, round(offset)


def exact_weights(screen: Screen) -> dict[str, int]:
    """The weights as whole numbers of their last decimal."""
    unit = 10**WEIGHT_DECIMALS
    return {signal: round(weight * unit) for signal, weight in screen.weights.items()}


@dataclass(frozen=True)
class Scaling:
    """How signals are scaled, whatever their weights; each a mapping by signal.

    Parameters
    ----------
    origins : mapping of str to Fraction
        Where the scaled signal is zero, in half steps or positions.
    squares : mapping of str to Fraction
        The square of its unit.
    centres : mapping of str to int
        The origin, rounded.
    largest : mapping of str to int
        The largest distance of a value from the centre.
    tables : mapping of str to PercentileTable or None
    """

    origins: Mapping[str, Fraction]
    squares: Mapping[str, Fraction]
    centres: Mapping[str, int]
    largest: Mapping[str, int]
    tables: Mapping[str, PercentileTable | None]

    def plan(self, headroom: int = 0) -> CoefficientPlan:
        """From any weights of these signals to integer coefficients."""
        return CoefficientPlan.of(self.squares, self.largest, headroom)


def scaling(scale: Scale, columns: Mapping[str, Figures], about: Mapping[str, Signal]) -> Scaling:
    """Scale these columns.

    Parameters
    ----------
    scale : {"z", "percentile", "range"}
    columns : mapping of str to Figures
    about : mapping of str to Signal
        At least of these columns.
    """
    ends = {s: _origin_and_squared_spread(scale, c, about[s]) for s, c in columns.items()}
    centres = {signal: round(origin) for signal, (origin, _) in ends.items()}
    percentile = scale == "percentile"
    return Scaling(
        origins={signal: origin for signal, (origin, _) in ends.items()},
        squares={signal: square for signal, (_, square) in ends.items()},
        centres=centres,
        largest={s: _largest_distance(scale, c, centres[s]) for s, c in columns.items()},
        tables={s: _percentile_table(c) if percentile else None for s, c in columns.items()},
    )


def _origin_and_squared_spread(
    scale: Scale, column: Figures, about: Signal
) -> tuple[Fraction, Fraction]:
    """Where the scaled signal is zero, and the square of its unit, in half steps."""
    n = column.count
    if n == 0:
        return Fraction(0), Fraction(0)
    if scale == "z":
        return column.mean, column.variance
    if column.lowest == column.highest:
        # Everyone is alike: on any scale the signal tells no two candidates apart.
        return Fraction(column.lowest or 0), Fraction(0)
    if scale == "percentile":
        return Fraction(0), Fraction(2 * n) ** 2
    low = column.half_steps(about.low) if about.low is not None else Fraction(column.lowest or 0)
    high = (
        column.half_steps(about.high) if about.high is not None else Fraction(column.highest or 0)
    )
    return low, (high - low) ** 2


def _largest_distance(scale: Scale, column: Figures, centre: int) -> int:
    if scale == "percentile":
        return 2 * column.count
    ends = (column.lowest, column.highest)
    return max((abs(end - centre) for end in ends if end is not None), default=0)


def _percentile_table(column: Figures) -> PercentileTable:
    values, counts = column.value_counts
    below = np.concatenate(([0], np.cumsum(counts)[:-1])) if counts.size else counts
    return PercentileTable(values, below, column.count)


def _freeze_gate(gate: Gate, column: Figures) -> FrozenGate:
    def ceiling(value: float) -> int:
        return -((-column.half_steps(value)) // 1)

    def floor(value: float) -> int:
        return column.half_steps(value) // 1

    members = None
    if gate.one_of is not None:
        exact = (column.half_steps(value) for value in gate.one_of)
        # A value off the signal's grid can match nobody.
        members = tuple(sorted({int(value) for value in exact if value.denominator == 1}))
    return FrozenGate(
        signal=gate.signal,
        lowest=None if gate.at_least is None else ceiling(gate.at_least),
        highest=None if gate.at_most is None else floor(gate.at_most),
        members=members,
    )
