"""Attribution: each signal's share of the decisions, by Shapley's value.

The players are the screen's signals. The worth of a coalition S is the decision of the
screen restricted to S, with gates, tie-breakers and lots, and the top places found anew;
the worth of the empty coalition is places / n for everyone. Shapley's value of signal i for
one candidate is

    φᵢ = Σ_{S ∌ i} |S|! (k − |S| − 1)! / k!  ·  (v(S ∪ {i}) − v(S))

(Shapley 1953). The values of a candidate add up to (selected − places / n).

A signal that cannot tell any two candidates apart (no gate, no tie-break, and no weight or
the same value for everyone) adds nothing to any coalition, and a coalition of such signals
is worth as much as the empty one: drawing lots is not something that a signal does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.influence.progress import Progress
from toolkit.intake.cohort import Cohort
from toolkit.screening import kernels
from toolkit.screening.cut import take_places
from toolkit.screening.decisions import Decisions

#: All coalitions are gone through up to so many signals (4,096 coalitions).
MOST_EXACT = 12
#: Orders of arrival that are drawn beyond that.
PERMUTATIONS = 200
#: Decisions held at once while they are weighed, in bytes.
BLOCK_BYTES = 2**26


@dataclass(frozen=True, eq=False)
class Attribution:
    """Each signal's part in each decision.

    Parameters
    ----------
    shapley : DataFrame of float64, shape (n, n_signals), index ``candidate_id``
        φᵢ for each candidate; a row adds up to (selected − places / n).
    shares : mapping of str to float or None
        Σ|φᵢ| over candidates, as a share of the sum over all signals; None for every signal
        where all values are 0.
    exact : bool
        Whether every coalition was gone through.
    standard_errors : DataFrame or None
        Of `shapley`, where it was estimated from random orders.
    """

    shapley: pd.DataFrame
    shares: Mapping[str, float | None]
    exact: bool
    standard_errors: pd.DataFrame | None = None


@dataclass(frozen=True, eq=False)
class _Player:
    """What one signal brings to a coalition."""

    term: Ints | None
    met: Bools | None
    tie_rank: int | None
    tie_key: Ints | None

    @property
    def idle(self) -> bool:
        return self.term is None and self.met is None and self.tie_rank is None


def attribute(
    cohort: Cohort,
    decisions: Decisions,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
    progress: Progress | None = None,
) -> Attribution:
    """Share the decisions out among the screen's signals.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    permutations : int
        Orders of arrival to draw where there are more than 12 signals; at least 2.
    seed : int
        Seed of those draws.
    progress : callable, optional
        Told the share of the work that is done.

    Returns
    -------
    Attribution
    """
    signals = list(decisions.screen.signals)
    players = [_player(cohort, decisions, signal) for signal in signals]
    live = [index for index, player in enumerate(players) if not player.idle]
    values = np.zeros((len(signals), len(cohort)))
    errors: Floats | None = None
    exact = len(live) <= MOST_EXACT
    if live and len(cohort):
        game = _Game(decisions, [players[index] for index in live])
        if exact:
            values[live] = _over_all_coalitions(game, progress)
        else:
            errors = np.zeros_like(values)
            values[live], errors[live] = _over_random_orders(game, permutations, seed, progress)
    weight = np.abs(values).sum(axis=1)
    whole = float(weight.sum())
    return Attribution(
        shapley=_by_candidate(values, cohort, signals),
        shares={
            signal: float(weight[index]) / whole if whole else None
            for index, signal in enumerate(signals)
        },
        exact=exact,
        standard_errors=None if errors is None else _by_candidate(errors, cohort, signals),
    )


def _by_candidate(values: Floats, cohort: Cohort, signals: list[str]) -> pd.DataFrame:
    return pd.DataFrame(values.T, index=cohort.candidate_ids, columns=signals)


def _player(cohort: Cohort, decisions: Decisions, signal: str) -> _Player:
    frozen = decisions.frozen
    columns = {signal: cohort.fixed(signal)}
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
    return _Player(
        term=kernels.term(weight, halves) if weight and weight.coefficient else None,
        met=None if met is None or met.all() else met,
        tie_rank=names.index(signal) if breaks_ties else None,
        tie_key=halves if breaks_ties else None,
    )


class _Game:
    """The decisions of coalitions, changed one player at a time."""

    def __init__(self, decisions: Decisions, players: list[_Player]) -> None:
        self.players = players
        self.n = decisions.selected.size
        self.places = decisions.places
        self.lottery = decisions.lottery
        self.leave_all()

    def leave_all(self) -> None:
        """Start from the empty coalition."""
        self._members: set[int] = set()
        self._composites = np.zeros(self.n, dtype=np.int64)
        self._failed = np.zeros(self.n, dtype=np.int64)

    def toggle(self, index: int) -> None:
        """Let a player join, or leave."""
        player = self.players[index]
        joins = index not in self._members
        if player.term is not None:
            (np.add if joins else np.subtract)(self._composites, player.term, out=self._composites)
        if player.met is not None:
            (np.add if joins else np.subtract)(self._failed, ~player.met, out=self._failed)
        self._members ^= {index}

    def decisions(self) -> Bools:
        """Who is selected by the present coalition, which must not be empty."""
        members = [self.players[index] for index in self._members]
        ties = sorted(
            ((m.tie_rank, m.tie_key) for m in members if m.tie_key is not None),
            key=lambda pair: pair[0] or 0,
        )
        selected, _ = take_places(
            self._composites,
            [key for _, key in ties],
            self._failed == 0,
            self.places,
            self.lottery,
        )
        return selected


def _over_all_coalitions(game: _Game, progress: Progress | None) -> Floats:
    """Shapley values in exact integers over k!, for each live signal and candidate.

    The values are one matrix product: (signals × coalitions) weights times the stacked
    decisions. All weights are integers and their sums stay below 2⁵³, so that even floating
    point adds them up exactly.
    """
    k = len(game.players)
    factorial = [math.factorial(size) for size in range(k + 1)]
    rows = max(BLOCK_BYTES // (8 * game.n), 1)
    sums = np.zeros((k, game.n))
    block = np.empty((min(rows, 2**k - 1), game.n))
    weights = np.empty((k, block.shape[0]))
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
        block[filled] = game.decisions()
        filled += 1
        if filled == block.shape[0] or step == 2**k - 1:
            sums += weights[:, :filled] @ block[:filled]
            filled = 0
            if progress is not None:
                progress(step / (2**k - 1))
    # The empty coalition counts against every player alike.
    return sums / factorial[k] - game.places / game.n / k


def _gray_code(k: int) -> Iterator[tuple[int, int]]:
    """Every coalition but the empty one: who joins or leaves, and the members as bits."""
    members = 0
    for step in range(1, 2**k):
        index = (step & -step).bit_length() - 1
        members ^= 1 << index
        yield index, members


def _over_random_orders(
    game: _Game, permutations: int, seed: int, progress: Progress | None
) -> tuple[Floats, Floats]:
    """Mean marginal contribution over random orders of arrival, and its standard error."""
    draw = np.random.default_rng(seed)
    k = len(game.players)
    total, squares = np.zeros((k, game.n)), np.zeros((k, game.n))
    for done in range(1, permutations + 1):
        game.leave_all()
        before: Floats = np.full(game.n, game.places / game.n)
        for index in draw.permutation(k).tolist():
            game.toggle(index)
            after = game.decisions().astype(np.float64)
            total[index] += after - before
            squares[index] += (after - before) ** 2
            before = after
        if progress is not None:
            progress(done / permutations)
    mean = total / permutations
    variance = np.maximum(squares / permutations - mean**2, 0) / max(permutations - 1, 1)
    return mean, np.sqrt(variance)
