"""Coalitions of a screen's signals, and Shapley's value of what each of them is worth.

The players of the game are the signals. Whatever a coalition S is worth for a candidate,
v(S), Shapley's value of signal i is

    φᵢ = Σ_{S ∌ i} |S|! (k − |S| − 1)! / k!  ·  (v(S ∪ {i}) − v(S))

(Shapley 1953). The values of a candidate add up to v(all) − v(∅). What is shared out this
way is the decision (`toolkit.influence.attribution`) or the percentile rank
(`toolkit.influence.rank_attribution`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.intake.cohort import Cohort
from toolkit.progress import Progress
from toolkit.screening import kernels
from toolkit.screening.decisions import Decisions
from toolkit.screening.frozen import FrozenScreen

#: All coalitions are gone through up to so many signals (4,096 coalitions).
MOST_EXACT = 12
#: Orders of arrival that are drawn beyond that.
PERMUTATIONS = 200
#: What coalitions are worth is held until so many bytes of it are weighed at once.
BLOCK_BYTES = 2**21
#: Matrix products of so many multiplications are too small for several threads, which would
#: spend more on waiting for each other than one spends on the product.
PRODUCT = 2**19


@dataclass(frozen=True, eq=False)
class Player:
    """What one signal brings to a coalition.

    Parameters
    ----------
    term : int64 array, shape (n,), or None
        Its part of the composite.
    met : bool array, shape (n,), or None
        Who passes its gates, where anyone does not.
    tie_rank : int or None
        Its place among the tie-breakers.
    tie_key : int64 array, shape (n,), or None
    """

    term: Ints | None
    met: Bools | None
    tie_rank: int | None
    tie_key: Ints | None

    @property
    def idle(self) -> bool:
        """Whether it cannot tell any two candidates apart."""
        return self.term is None and self.met is None and self.tie_rank is None


class Game:
    """What coalitions look at, changed one player at a time.

    Parameters
    ----------
    players : list of Player
        None of them idle among all candidates.
    n : int
        How many candidates there are.

    Attributes
    ----------
    composites : int64 array, shape (n,)
        Of the present members.
    eligible : bool array, shape (n,)
        Who passes every gate of the present members.
    """

    def __init__(self, players: list[Player], n: int) -> None:
        self.players = players
        self.n = n
        self.leave_all()

    @property
    def members(self) -> frozenset[int]:
        """Who is present, by place among the players."""
        return frozenset(self._members)

    def leave_all(self) -> None:
        """Start from the empty coalition."""
        self._members: set[int] = set()
        self.composites = np.zeros(self.n, dtype=np.int64)
        self._failed = np.zeros(self.n, dtype=np.int64)
        self.eligible: Bools = np.ones(self.n, dtype=np.bool_)

    def toggle(self, index: int) -> None:
        """Let a player join, or leave."""
        player = self.players[index]
        joins = index not in self._members
        if player.term is not None:
            (np.add if joins else np.subtract)(self.composites, player.term, out=self.composites)
        if player.met is not None:
            (np.add if joins else np.subtract)(self._failed, ~player.met, out=self._failed)
            self.eligible = self._failed == 0
        self._members ^= {index}

    @property
    def tie_keys(self) -> list[Ints]:
        """The tie-breakers among the present members, in the screen's order."""
        members = [self.players[index] for index in self._members]
        keys = [(m.tie_rank or 0, m.tie_key) for m in members if m.tie_key is not None]
        return [key for _, key in sorted(keys, key=lambda pair: pair[0])]


#: What the present coalition, which is not empty, is worth for each candidate.
Worth = Callable[[Game], Bools | Ints]


@dataclass(frozen=True, eq=False)
class ShapleyValues:
    """Each signal's value for each candidate.

    Parameters
    ----------
    values : float array, shape (n_signals, n)
    errors : float array or None
        Standard errors, where the values were estimated.
    """

    values: Floats
    errors: Floats | None

    @property
    def exact(self) -> bool:
        """Whether every coalition was gone through."""
        return self.errors is None


def shapley_values(
    cohort: Cohort,
    decisions: Decisions,
    worth: Worth,
    empty: float,
    *,
    permutations: int,
    seed: int,
    progress: Progress | None = None,
) -> ShapleyValues:
    """Share out among the screen's signals what their coalitions are worth.

    Up to 12 signals that tell candidates apart, every coalition is gone through; beyond,
    the values are the mean over random orders of arrival.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    worth : callable
        Whole numbers below 2²³, so that their weighted sums are exact in floating point.
    empty : float
        What the empty coalition is worth, for everyone.
    permutations, seed : int
        Orders of arrival to draw, at least 2, and the seed of the draws.
    progress : callable, optional
        Told the share of the work that is done.
    """
    frozen = decisions.frozen
    columns = {signal: cohort.fixed(signal) for signal in frozen.screen.signals}
    players = [player_of(frozen, columns, signal) for signal in frozen.screen.signals]
    live = [index for index, player in enumerate(players) if not player.idle]
    values = np.zeros((len(players), len(cohort)))
    if len(live) <= MOST_EXACT:
        if live and len(cohort):
            game = Game([players[index] for index in live], len(cohort))
            sums = sums_over_coalitions(game, worth, progress)
            # The empty coalition counts against every player alike.
            values[live] = sums / math.factorial(len(live)) - empty / len(live)
        return ShapleyValues(values, None)
    errors = np.zeros_like(values)
    if len(cohort):
        game = Game([players[index] for index in live], len(cohort))
        values[live], errors[live] = _over_random_orders(
            game, worth, empty, permutations, seed, progress
        )
    return ShapleyValues(values, errors)


def player_of(frozen: FrozenScreen, columns: kernels.Columns, signal: str) -> Player:
    """What one signal brings to coalitions of a frozen screen's signals.

    Parameters
    ----------
    frozen : FrozenScreen
    columns : mapping of str to FixedColumn
        The signal's at least.
    signal : str
    """
    halves = kernels.filled(frozen, signal, columns)
    weight = frozen.weights.get(signal)
    tells_apart = bool(halves.size) and bool((halves != halves[0]).any())
    met: Bools | None = None
    for gate in frozen.gates:
        if gate.signal == signal:
            passed = kernels.passes(frozen, gate, columns)
            met = passed if met is None else met & passed
    if frozen.screen.missing == "reject" and columns[signal].any_missing:
        present = ~columns[signal].missing
        met = present if met is None else met & present
    names = frozen.screen.tie_breakers
    breaks_ties = signal in names and tells_apart
    return Player(
        term=kernels.term(weight, halves) if weight and weight.coefficient else None,
        met=None if met is None or met.all() else met,
        tie_rank=names.index(signal) if breaks_ties else None,
        tie_key=halves if breaks_ties else None,
    )


def sums_over_coalitions(game: Game, worth: Worth, progress: Progress | None = None) -> Floats:
    """Shapley values times k!, whole numbers, without what the empty coalition is worth.

    Of each player and candidate, shape (k, n). They are one matrix product: (signals ×
    coalitions) weights times the stacked worths. All weights are integers and their sums stay
    below 2⁵³, so that even floating point adds them up exactly.
    """
    k = len(game.players)
    factorial = [math.factorial(size) for size in range(k + 1)]
    rows = max(BLOCK_BYTES // (8 * game.n), 1)
    sums = np.zeros((k, game.n))
    block = np.empty((min(rows, 2**k - 1), game.n))
    weights = np.empty((k, block.shape[0]))
    width = max(PRODUCT // weights.size, 1)
    filled = 0
    for step, (index, members) in enumerate(_gray_code(k), start=1):
        game.toggle(index)
        size = members.bit_count()
        for player in range(k):
            inside = members >> player & 1
            weights[player, filled] = (
                factorial[size - 1] * factorial[k - size]
                if inside
                else -factorial[size] * factorial[k - size - 1]
            )
        block[filled] = worth(game)
        filled += 1
        if filled == block.shape[0] or step == 2**k - 1:
            for start in range(0, game.n, width):
                part = slice(start, start + width)
                sums[:, part] += weights[:, :filled] @ block[:filled, part]
            filled = 0
            if progress is not None:
                progress(step / (2**k - 1))
    return sums


def _gray_code(k: int) -> Iterator[tuple[int, int]]:
    """Every coalition but the empty one: who joins or leaves, and the members as bits."""
    members = 0
    for step in range(1, 2**k):
        index = (step & -step).bit_length() - 1
        members ^= 1 << index
        yield index, members


def _over_random_orders(
    game: Game,
    worth: Worth,
    empty: float,
    permutations: int,
    seed: int,
    progress: Progress | None,
) -> tuple[Floats, Floats]:
    """Mean marginal contribution over random orders of arrival, and its standard error."""
    draw = np.random.default_rng(seed)
    k = len(game.players)
    total, squares = np.zeros((k, game.n)), np.zeros((k, game.n))
    for done in range(1, permutations + 1):
        game.leave_all()
        before: Floats = np.full(game.n, empty)
        for index in draw.permutation(k).tolist():
            game.toggle(index)
            after = worth(game).astype(np.float64)
            total[index] += after - before
            squares[index] += (after - before) ** 2
            before = after
        if progress is not None:
            progress(done / permutations)
    mean = total / permutations
    variance = np.maximum(squares / permutations - mean**2, 0) / max(permutations - 1, 1)
    return mean, np.sqrt(variance)
