"""Who is clearly above the cut and who clearly below, before the screen can be frozen.

A screen is frozen on figures of all rows. A sample foretells them about: composites come out as
D(x) = Σ ĉᵢ (xᵢ − gᵢ), with coefficients ĉᵢ that may be off by eᵢ, and the cut lies somewhere
between *low* and *high* on that scale. With any coefficients cᵢ within ĉᵢ ± eᵢ,

    |Σ (cᵢ − ĉᵢ)(xᵢ − gᵢ)|  ≤  Σ eᵢ |xᵢ − gᵢ|  ≤  Σ eᵢ ((xᵢ − rᵢ) + (gᵢ − rᵢ))

where rᵢ is below every value and below gᵢ. The last bound is linear in x, so that one product
of a matrix with the rows tells most of them apart; the middle one is asked of the others. A row
is *above* where D less the bound exceeds high, *below* where D and the bound stay under low, and
*open* otherwise. Open rows are kept. So the look that takes the figures also sorts the rows.

Afterwards the screen is frozen on the exact figures, the cut T is found among the open rows, and
`Forecast.confirms` compares exactly: are the true coefficients within ĉᵢ ± eᵢ, was no value
below rᵢ, and does T lie between low and high? Then every row that was counted above has a
composite above T, every row that was counted below one below T, and the cut is T. Where not,
the rows are looked at again. The sample decides how long it takes, and nothing else.

Sums in floating point are off by little: each adds up at most 3k + 2 terms whose sizes make up
at most 3 S, S = Σ (|ĉᵢ| + eᵢ)(Xᵢ + |rᵢ| + |gᵢ|) with Xᵢ the largest value; whatever the order,
the sum of n terms is off by less than n · 2⁻⁵³ · 1.01 times the sum of their sizes (Higham 2002,
§ 4.2). For up to 64 signals that is below 2⁻⁴³ S, by which T has to keep away from low and high.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from toolkit.arrays import Floats
from toolkit.engine.counting import Marks
from toolkit.intake.cohort import Signal
from toolkit.intake.column_figures import ColumnFigures
from toolkit.intake.step_block import StepBlock
from toolkit.screening import kernels
from toolkit.screening.at_scale.sampled import SampledSteps
from toolkit.screening.at_scale.sides import ABOVE, OPEN, sides
from toolkit.screening.frozen import FrozenScreen, freeze_on
from toolkit.screening.screen import Screen

#: Standard errors of a sample that are allowed for. Too few and rows are looked at again.
_ERRORS = 5.0
#: Ranks of the sample that are allowed for besides.
_RANKS = 10
#: A forecast that leaves a larger share of the rows open is worth nothing.
_MOST_OPEN = 0.2
_LOOKED_AT = 2**16
_MOST_SIGNALS = 64
#: Above every composite: where there are so few places that the sample says nothing of the best.
_NOBODY = 1e300
_ROUNDING = Fraction(1, 2**43)


@dataclass(frozen=True, eq=False)
class Forecast:
    """What a sample foretells of a screen; in steps of each signal's decimals.

    Parameters
    ----------
    frozen : FrozenScreen
        On the sample; its gates do not depend on it.
    names : tuple of str
        Signals, in the order of the columns.
    decimals : tuple of int
    coefficients, errors : float64 array, shape (k,)
        ĉ and e; zero where a signal has no weight.
    lowest, middle : float64 array, shape (k,)
        r and g.
    low, high : float
    """

    frozen: FrozenScreen
    names: tuple[str, ...]
    decimals: tuple[int, ...]
    coefficients: Floats
    errors: Floats
    lowest: Floats
    middle: Floats
    low: float
    high: float

    @cached_property
    def _bounds(self) -> tuple[Floats, float, float]:
        """Rows ĉ − e and ĉ + e, what the first has to exceed, and the second stay under."""
        matrix = np.stack((self.coefficients - self.errors, self.coefficients + self.errors))
        base = float(self.coefficients @ self.middle)
        slack = float(self.errors @ (self.middle - 2 * self.lowest))
        return matrix, self.high + base + slack, self.low + base - slack

    def sort(self, block: StepBlock, side: Marks) -> None:
        """Tell rows apart.

        Parameters
        ----------
        block : StepBlock
            One column a signal, in the order of `names`.
        side : uint8 array, shape (n,)
            Is told of each of the first n rows whether it is `BELOW`, `OPEN` or `ABOVE`.
        """
        matrix, high, low = self._bounds
        bounds = np.matmul(matrix, block.parts(side.size))
        above = (bounds[:, 0] > high).reshape(-1)[: side.size]
        maybe = (bounds[:, 1] >= low).reshape(-1)[: side.size]
        # Whose lower bound exceeds the upper end has an upper bound above the lower end.
        maybe ^= above
        side[:] = above
        side *= ABOVE
        rows = np.flatnonzero(maybe)
        own = np.take(block.steps, rows, axis=1)
        own -= self.middle[:, None]
        composite = self.coefficients @ own
        slack = self.errors @ np.abs(own, out=own)
        side[rows] = sides(composite, slack, self.low, self.high)

    def share_open(self, steps: Floats) -> float:
        """How many of some rows are open, as a share; about one in a few of them is looked at."""
        some = steps[:, :: -(-steps.shape[1] // _LOOKED_AT)] - self.middle[:, None]
        composite, slack = self.coefficients @ some, self.errors @ np.abs(some)
        return float((sides(composite, slack, self.low, self.high) == OPEN).mean())

    def confirms(
        self, frozen: FrozenScreen, figures: Mapping[str, ColumnFigures], last: int
    ) -> bool:
        """Whether rows that were sorted by this forecast stand as the frozen screen has it.

        Parameters
        ----------
        frozen : FrozenScreen
            On all rows.
        figures : mapping of str to ColumnFigures
            Of all rows.
        last : int
            The composite at the cut, T.
        """
        scale = Fraction(2) ** frozen.exponent
        cut = Fraction(last - frozen.offset) / scale
        largest = Fraction(0)
        if frozen.gates != self.frozen.gates:
            return False
        for name, decimals, guessed, error, lowest, middle in zip(
            self.names,
            self.decimals,
            self.coefficients.tolist(),
            self.errors.tolist(),
            self.lowest.tolist(),
            self.middle.tolist(),
            strict=True,
        ):
            own, weight = figures[name], frozen.weights.get(name)
            if own.decimals != decimals or own.missing or own.lowest is None or own.highest is None:
                return False
            if weight is None:
                continue
            true = 2 * weight.coefficient / scale
            if abs(true - Fraction(guessed)) > Fraction(error) or own.lowest < 2 * lowest:
                return False
            cut += weight.centre * weight.coefficient / scale - true * Fraction(middle)
            reach = Fraction(max(-own.lowest, own.highest), 2)
            largest += Fraction(abs(guessed) + error) * (
                reach + abs(Fraction(lowest)) + abs(Fraction(middle))
            )
        margin = largest * _ROUNDING
        return Fraction(self.low) + margin < cut < Fraction(self.high) - margin


def forecast(
    sample: SampledSteps, about: Mapping[str, Signal], screen: Screen, rows: int
) -> Forecast | None:
    """What a sample foretells of a screen; None where it cannot foretell enough.

    Parameters
    ----------
    sample : SampledSteps
        Some of the rows: the screen's signals.
    about : mapping of str to Signal
    screen : Screen
    rows : int
        How many there are in all.
    """
    names, steps = tuple(sample.figures), sample.steps
    m = steps.shape[1]
    if screen.scale == "percentile" or len(names) > _MOST_SIGNALS or m < 2:
        return None
    frozen = freeze_on(sample.figures, about, rows, screen)
    scale = 2.0 ** (1 - frozen.exponent)
    coefficients = np.array(
        [scale * frozen.weights[s].coefficient if s in frozen.weights else 0.0 for s in names]
    )
    eligible = np.ones(m, dtype=np.bool_)
    for gate in frozen.gates:
        eligible &= kernels.passes(frozen, gate, {gate.signal: sample.fixed(gate.signal)})
    share = frozen.places / rows
    spread = _ERRORS * math.sqrt(m * share * (1 - min(share, 1))) + _RANKS
    first, last = math.floor(m * share - spread), math.ceil(m * share + spread)
    composite = coefficients @ steps
    in_the_running = composite[eligible] if frozen.gates else composite
    if last >= in_the_running.size:
        return None
    bottom, top = _ranked(in_the_running, last, max(first, 0))
    near = steps[:, eligible & (composite >= bottom) & (composite <= top)]
    middle = near.mean(axis=1)
    lowest = np.array([_floor(own, about[name]) for name, own in sample.figures.items()])
    lowest = np.minimum(lowest, middle)
    errors = np.abs(coefficients) * _relative_errors(steps, screen)
    # What other coefficients do to the cut itself is small beside what they do to one row.
    beside = 0.1 * float((errors @ np.abs(near - middle[:, None])).mean())
    shift = float(coefficients @ middle)
    low = bottom - shift - beside
    high = top - shift + beside if first >= 0 else _NOBODY
    decimals = tuple(own.decimals for own in sample.figures.values())
    made = Forecast(frozen, names, decimals, coefficients, errors, lowest, middle, low, high)
    return made if low < high and made.share_open(steps) <= _MOST_OPEN else None


def _ranked(values: Floats, *ranks: int) -> list[float]:
    """The values of some ranks, 0 being the largest."""
    places = [values.size - 1 - rank for rank in ranks]
    found: list[float] = np.partition(values, places)[places].tolist()
    return found


def _floor(figures: ColumnFigures, about: Signal) -> float:
    """A value that no row is expected to be below, in steps."""
    assert figures.lowest is not None
    low, centre = figures.lowest / 2, float(figures.mean) / 2
    below = low - 0.5 * (centre - low) - 1
    return below if about.low is None else max(below, about.low * 10.0**figures.decimals)


def _relative_errors(steps: Floats, screen: Screen) -> Floats:
    """How far each coefficient may be off: the standard error of a standard deviation.

    √((κ − 1) / 4m) of the standard deviation, with κ the kurtosis (Kendall & Stuart, § 10.9).
    """
    small = np.full(len(steps), 1e-9)
    if screen.scale != "z":
        return small
    kurtosis = np.array([_kurtosis(own) for own in steps])
    errors: Floats = small + _ERRORS * np.sqrt(np.maximum(kurtosis - 1, 0) / (4 * steps.shape[1]))
    return np.minimum(errors, 0.5)


def _kurtosis(values: Floats) -> float:
    squares = values - values.mean()
    squares *= squares
    variance = float(squares.mean())
    return float(squares @ squares) / squares.size / variance**2 if variance > 0 else 1.0
