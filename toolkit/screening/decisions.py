"""Deciding: the pure function that every analysis of this product asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Bools, Floats, Ints
from toolkit.intake.cohort import Cohort
from toolkit.intake.fixed_column import FixedColumn
from toolkit.screening import kernels
from toolkit.screening.cut import take_places
from toolkit.screening.frozen import FrozenScreen, freeze
from toolkit.screening.lottery import Lottery
from toolkit.screening.order import best_first
from toolkit.screening.screen import Screen


@dataclass(frozen=True, eq=False)
class Decisions:
    """Who is selected by a frozen screen, with rank and composite, in cohort order.

    Parameters
    ----------
    frozen : FrozenScreen
    lottery : Lottery
        Orders candidates whom the screen cannot tell apart.
    composites : int64 array, shape (n,)
        At the scale ``2 ** frozen.exponent``.
    tie_keys : sequence of int64 arrays
        Half steps of each tie-breaker, missing values replaced.
    passed : bool array, shape (n_gates, n)
    complete : bool array, shape (n,)
        False where the screen rejects the candidate for a missing value.
    eligible : bool array, shape (n,)
        Who passes every gate and is not rejected for a missing value.
    missing : mapping of str to bool array
        For each signal with missing values, who lacks it.
    selected : bool array, shape (n,)
    tied_at_cut : bool array, shape (n,)
        Candidates alike in composite and tie-breakers at the cut, ordered by lot.
    """

    frozen: FrozenScreen
    lottery: Lottery
    composites: Ints
    tie_keys: Sequence[Ints]
    passed: Bools
    complete: Bools
    eligible: Bools
    missing: Mapping[str, Bools]
    selected: Bools
    tied_at_cut: Bools

    @property
    def screen(self) -> Screen:
        return self.frozen.screen

    @property
    def candidate_ids(self) -> npt.NDArray[np.object_]:
        """Ids in cohort order, as str."""
        return self.lottery.ids

    @property
    def places(self) -> int:
        return self.frozen.places

    @cached_property
    def composite(self) -> Floats:
        """Composite with weights summing to one; NaN where rejected for a missing value."""
        composite = np.ldexp(self.composites.astype(np.float64), -self.frozen.exponent)
        return np.where(self.complete, composite, np.nan)

    @cached_property
    def ranking(self) -> tuple[Ints, Ints, Ints | None]:
        """Rows of the eligible, best first; the rank of each; and who shares one.

        Candidates alike share the first rank of their number. The third array has one number
        from 1 up for each set of candidates who are alike, and 0 for the others; it is None
        where nobody shares a rank.
        """
        rows = np.flatnonzero(self.eligible)
        order, alike = best_first(self.composites, self.tie_keys, rows)
        ranks = np.arange(1, rows.size + 1)
        if alike is not None:
            shares = (alike[1:] == alike[:-1]) & (alike[1:] > 0)
            ranks[1:][shares] = 0
            ranks = np.maximum.accumulate(ranks)
        return order, ranks, alike

    @cached_property
    def rank(self) -> Floats:
        """1 for the best; candidates alike share a rank; NaN where a gate was failed."""
        ranks = np.full(len(self.candidate_ids), np.nan)
        rows, shared, _ = self.ranking
        ranks[rows] = shared
        return ranks

    @property
    def selected_ids(self) -> list[str]:
        return list(self.candidate_ids[self.selected])

    def gates_failed(self, position: int) -> tuple[str, ...]:
        """Signals whose gate the candidate at this position fails."""
        gates = self.screen.gates
        return tuple(
            dict.fromkeys(gates[g].signal for g in np.flatnonzero(~self.passed[:, position]))
        )

    def missing_of(self, position: int) -> tuple[str, ...]:
        """Signals of the screen that the candidate at this position has no value for."""
        return tuple(signal for signal, who in self.missing.items() if who[position])

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``decide``."""
        rank, composite = self.rank, self.composite
        return {
            "screen": self.screen.name,
            "screen_digest": self.screen.digest,
            "candidates": len(self.candidate_ids),
            "places": self.places,
            "selected": int(self.selected.sum()),
            "tied_at_cut": int(self.tied_at_cut.sum()),
            "missing_values": self.screen.missing,
            "decisions": [
                {
                    "candidate_id": candidate_id,
                    "selected": bool(self.selected[i]),
                    "rank": None if np.isnan(rank[i]) else int(rank[i]),
                    "composite": float(composite[i]) if self.complete[i] else None,
                    "gates_failed": list(self.gates_failed(i)),
                    "missing": list(self.missing_of(i)),
                    "tied_at_cut": bool(self.tied_at_cut[i]),
                }
                for i, candidate_id in enumerate(self.candidate_ids)
            ],
        }


def decide(cohort: Cohort, screen: Screen) -> Decisions:
    """Decide who is selected; the same to the last bit for any order of the rows.

    Parameters
    ----------
    cohort : Cohort
        n candidates.
    screen : Screen
        Frozen on this cohort before it decides.

    Returns
    -------
    Decisions

    Raises
    ------
    UnknownName, ScreenError
        If the screen names a signal that the cohort lacks, or a group attribute.
    """
    return decide_frozen(cohort, freeze(cohort, screen))


def decide_frozen(cohort: Cohort, frozen: FrozenScreen) -> Decisions:
    """Decide with a screen that was frozen before, on this cohort or another."""
    columns = {signal: cohort.fixed(signal) for signal in frozen.screen.signals}
    return decide_columns(frozen, columns, Lottery(frozen.screen.name, cohort.ids))


def decide_columns(
    frozen: FrozenScreen, columns: Mapping[str, FixedColumn], lottery: Lottery
) -> Decisions:
    """Decide from integer columns, which may differ from those the screen was frozen on.

    Parameters
    ----------
    frozen : FrozenScreen
    columns : mapping of str to FixedColumn
        At least the screen's signals, with the decimals that the screen was frozen with.
    lottery : Lottery
        Knows the candidates' ids.
    """
    size = lottery.ids.size
    composites = kernels.composites(frozen, columns, size)
    tie_keys = [kernels.filled(frozen, s, columns) for s in frozen.screen.tie_breakers]
    passed = np.array(
        [kernels.passes(frozen, gate, columns) for gate in frozen.gates], dtype=np.bool_
    ).reshape(len(frozen.gates), size)
    return take(
        frozen,
        lottery,
        composites=composites,
        tie_keys=tie_keys,
        passed=passed,
        complete=kernels.complete(frozen, columns, size),
        missing={s: columns[s].missing for s in frozen.screen.signals if columns[s].any_missing},
    )


def take(
    frozen: FrozenScreen,
    lottery: Lottery,
    *,
    composites: Ints,
    tie_keys: Sequence[Ints],
    passed: Bools,
    complete: Bools,
    missing: Mapping[str, Bools],
) -> Decisions:
    """Give the places to the best; the arguments are those of `Decisions`."""
    eligible = passed.all(axis=0) & complete
    selected, tied = take_places(composites, tie_keys, eligible, frozen.places, lottery)
    return Decisions(
        frozen=frozen,
        lottery=lottery,
        composites=composites,
        tie_keys=tie_keys,
        passed=passed,
        complete=complete,
        eligible=eligible,
        missing=missing,
        selected=selected,
        tied_at_cut=tied,
    )
