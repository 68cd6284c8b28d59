"""Attribution: each signal's share of the decisions, by Shapley's value.

The players are the screen's signals. The worth of a coalition S is the decision of the
screen restricted to S, with gates, tie-breakers and lots, and the top places found anew;
the worth of the empty coalition is places / n for everyone. The values of a candidate
(`toolkit.influence.coalitions`) add up to (selected − places / n).

A signal that cannot tell any two candidates apart (no gate, no tie-break, and no weight or
the same value for everyone) adds nothing to any coalition, and a coalition of such signals
is worth as much as the empty one: drawing lots is not something that a signal does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats
from toolkit.influence.coalitions import PERMUTATIONS, Game, ShapleyValues, shapley_values
from toolkit.intake.cohort import Cohort
from toolkit.progress import Progress
from toolkit.screening.cut import take_places
from toolkit.screening.decisions import Decisions


@dataclass(frozen=True, eq=False)
class Attribution:
    """Each signal's part in each decision.

    Parameters
    ----------
    shapley : DataFrame of float64, shape (n, n_signals), index ``candidate_id``
        φᵢ for each candidate; a row adds up to (selected − places / n), or for percentile
        ranks to (percentile rank − ½).
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
    n = len(cohort)

    def selected(game: Game) -> Bools:
        """Who is selected by the present coalition."""
        chosen, _ = take_places(
            game.composites, game.tie_keys, game.eligible, decisions.places, decisions.lottery
        )
        return chosen

    shared = shapley_values(
        cohort,
        decisions,
        selected,
        decisions.places / n if n else 0.0,
        permutations=permutations,
        seed=seed,
        progress=progress,
    )
    return attribution_of(cohort, decisions, shared)


def attribution_of(cohort: Cohort, decisions: Decisions, shared: ShapleyValues) -> Attribution:
    """Shapley values by candidate and signal, and each signal's share of them all."""
    signals = list(decisions.screen.signals)
    weight = np.abs(shared.values).sum(axis=1)
    whole = float(weight.sum())

    def by_candidate(values: Floats) -> pd.DataFrame:
        return pd.DataFrame(values.T, index=cohort.candidate_ids, columns=signals)

    return Attribution(
        shapley=by_candidate(shared.values),
        shares={
            signal: float(weight[index]) / whole if whole else None
            for index, signal in enumerate(signals)
        },
        exact=shared.exact,
        standard_errors=None if shared.errors is None else by_candidate(shared.errors),
    )
