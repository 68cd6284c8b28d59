"""Each signal's share of the decisions among many rows, by Shapley's value, from exact sums.

The values are those of `toolkit.influence.attribution`, of which only sums are kept: by group, and
in size over everybody. One look or more finds the cut of every coalition of signals; one more
compares the decisions of all coalitions row by row.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pyarrow as pa

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import InputError
from toolkit.influence.coalitions import (
    MOST_EXACT,
    Game,
    Player,
    player_of,
    sums_over_coalitions,
)
from toolkit.intake.column_figures import ColumnFigures
from toolkit.intake.exact_sums import Wholes, exact_sum, exact_sums_by
from toolkit.intake.fixed_column import FixedColumn
from toolkit.progress import Progress, parts
from toolkit.screening import kernels
from toolkit.screening.at_scale.columns import Cells, SignalColumns
from toolkit.screening.at_scale.contest import Standing
from toolkit.screening.at_scale.cut import Cut
from toolkit.screening.at_scale.select import Ground
from toolkit.screening.frozen import FrozenScreen

#: Coalitions whose cuts are looked for at once.
AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class DecisionsShared:
    """Each signal's part in the decisions.

    Parameters
    ----------
    parts : mapping of str to float array, shape (n_cells,)
        Shapley's value, its mean over each group; the parts of all signals add up to the share
        of the group that is selected, minus places / n.
    shares : mapping of str to float or None
        As in `toolkit.influence.attribution.Attribution`.
    """

    parts: Mapping[str, Floats]
    shares: Mapping[str, float | None]


def shared_decisions(ground: Ground, progress: Progress | None = None) -> DecisionsShared:
    """Share the decisions on all rows out among the screen's signals.

    Parameters
    ----------
    ground : Ground
    progress : callable, optional

    Raises
    ------
    InputError
        If more than 12 signals tell rows apart, or lots have to be drawn and there are no codes.
    """
    frozen, rows, people = ground.frozen, ground.survey.rows, ground.people
    signals = frozen.screen.signals
    live = _live(ground)
    if len(live) > MOST_EXACT:
        raise InputError(
            f"The screen '{frozen.screen.name}' has {len(live)} signals that tell candidates "
            f"apart. Over many rows decisions are shared out among {MOST_EXACT} at most."
        )
    if not live:
        nothing = {signal: np.zeros(people.size) for signal in signals}
        return DecisionsShared(nothing, dict.fromkeys(signals))
    # In an order in which each differs from the one before by one signal, whose term is all that
    # its composites take.
    coalitions = [
        frozenset(at for at in range(len(live)) if (step ^ step >> 1) >> at & 1)
        for step in range(1, 2 ** len(live))
    ]
    # Cuts of everybody: nothing is counted by group.
    everyone = replace(ground, cells=Cells())
    steps = parts(progress, -(-len(coalitions) // AT_ONCE) + 1)
    cuts: dict[frozenset[int], Cut] = {}
    for start in range(0, len(coalitions), AT_ONCE):
        some = coalitions[start : start + AT_ONCE]
        removed = tuple(
            tuple(s for s in signals if s not in {live[at] for at in members}) for members in some
        )
        _, seats = everyone.seats(removed, next(steps))
        cuts |= dict(zip(some, seats.cuts, strict=True))
    kernel = SharesKernel(ground.columns, frozen, live, cuts, ground.cells, ground.id_column, rows)
    columns = dict.fromkeys([*ground.columns.names, *ground.cells.columns])
    if ground.id_column is not None:
        columns[ground.id_column] = None
    found = ground.engine.add_up(list(columns), kernel, next(steps))
    assert found is not None
    return _shared(found, ground, live)


def _shared(found: Shares, ground: Ground, live: Sequence[str]) -> DecisionsShared:
    """Values and shares from the sums."""
    k, rows, people = len(live), ground.survey.rows, ground.people
    empty = Fraction(ground.frozen.places, rows * k)
    parts = {signal: np.zeros(people.size) for signal in ground.frozen.screen.signals}
    shares: dict[str, float | None] = dict.fromkeys(parts, 0.0)
    whole = sum(found.sizes)
    for signal, sums, size in zip(live, found.values, found.sizes, strict=True):
        parts[signal] = np.array(
            [
                float(Fraction(own, math.factorial(k) * n) - empty)
                for own, n in zip(sums.tolist(), people.tolist(), strict=True)
            ]
        )
        shares[signal] = float(Fraction(size, whole)) if whole else None
    return DecisionsShared(parts, shares if whole else dict.fromkeys(parts))


@dataclass(frozen=True, eq=False)
class Shares:
    """Exact sums of the values of some rows.

    Parameters
    ----------
    values : tuple of object array of int, shape (n_cells,)
        Of each live signal: Σ of its values times k!, the empty coalition aside.
    sizes : tuple of int
        Σ of the sizes of its values, times k! and the number of all rows.
    """

    values: tuple[Wholes, ...]
    sizes: tuple[int, ...]

    def __add__(self, other: Shares) -> Shares:
        return Shares(
            tuple(a + b for a, b in zip(self.values, other.values, strict=True)),
            tuple(a + b for a, b in zip(self.sizes, other.sizes, strict=True)),
        )


@dataclass(frozen=True)
class SharesKernel:
    """Decides each row for every coalition of the live signals.

    Parameters
    ----------
    columns : SignalColumns
    frozen : FrozenScreen
    live : tuple of str
        Signals that tell rows apart.
    cuts : mapping of frozenset of int to Cut
        Of each coalition, by places in `live`.
    cells : Cells
    id_column : str or None
    rows : int
        How many there are in all.
    """

    columns: SignalColumns
    frozen: FrozenScreen
    live: tuple[str, ...]
    cuts: Mapping[frozenset[int], Cut]
    cells: Cells
    id_column: str | None
    rows: int

    def __call__(self, batch: pa.RecordBatch) -> Shares:
        fixed = self.columns.fixed(batch)
        cell, n_cells = self.cells.of_rows(batch), len(self.cells)
        ids = None if self.id_column is None else batch.column(self.id_column)
        game = Game([self._player(fixed, signal) for signal in self.live], batch.num_rows)

        def selected(game: Game) -> Bools:
            keys = (game.composites + self.frozen.offset, *game.tie_keys)
            return self.cuts[game.members].selects(Standing(keys, game.eligible), ids)

        values: Ints = sums_over_coalitions(game, selected).astype(np.int64)
        # |s / k! − places / (n k)|, times k! n.
        empty = self.frozen.places * math.factorial(len(self.live) - 1)
        return Shares(
            tuple(exact_sums_by(own, cell, n_cells) for own in values),
            tuple(exact_sum(np.abs(own * self.rows - empty)) for own in values),
        )

    def _player(self, fixed: Mapping[str, FixedColumn], signal: str) -> Player:
        """What a signal brings; its tie-break too where the rows of the batch are alike in it."""
        player = player_of(self.frozen, fixed, signal)
        names = self.frozen.screen.tie_breakers
        if signal not in names or player.tie_key is not None:
            return player
        key = kernels.filled(self.frozen, signal, fixed)
        return replace(player, tie_rank=names.index(signal), tie_key=key)


def _live(ground: Ground) -> tuple[str, ...]:
    """The signals that tell any two rows apart."""
    frozen, figures = ground.frozen, ground.survey.figures
    live, unsure = set(), []
    for signal in frozen.screen.signals:
        weight = frozen.weights.get(signal)
        rejects = frozen.screen.missing == "reject" and figures[signal].missing
        breaks_ties = signal in frozen.screen.tie_breakers and _differs(
            figures[signal], frozen.signals[signal].fill
        )
        if (weight and weight.coefficient) or rejects or breaks_ties:
            live.add(signal)
        elif any(gate.signal == signal for gate in frozen.gates):
            unsure.append(signal)
    if unsure:
        columns = SignalColumns({name: ground.columns.about[name] for name in unsure})
        failed = ground.engine.add_up(unsure, _FailKernel(columns, frozen))
        assert failed is not None
        live |= {name for name, count in zip(unsure, failed.counts, strict=True) if count}
    return tuple(signal for signal in frozen.screen.signals if signal in live)


def _differs(figures: ColumnFigures, fill: int) -> bool:
    """Whether the values of a signal differ, the stand-in for missing ones among them."""
    ends = {end for end in (figures.lowest, figures.highest) if end is not None}
    return len(ends | ({fill} if figures.missing else set())) > 1


@dataclass(frozen=True)
class _Failed:
    counts: tuple[int, ...]

    def __add__(self, other: _Failed) -> _Failed:
        return _Failed(tuple(a + b for a, b in zip(self.counts, other.counts, strict=True)))


@dataclass(frozen=True)
class _FailKernel:
    """Counts who fails the gates of some signals."""

    columns: SignalColumns
    frozen: FrozenScreen

    def __call__(self, batch: pa.RecordBatch) -> _Failed:
        fixed = self.columns.fixed(batch)
        met = {name: np.ones(batch.num_rows, dtype=np.bool_) for name in fixed}
        for gate in self.frozen.gates:
            if gate.signal in met:
                met[gate.signal] &= kernels.passes(self.frozen, gate, fixed)
        return _Failed(tuple(int(np.count_nonzero(~own)) for own in met.values()))
