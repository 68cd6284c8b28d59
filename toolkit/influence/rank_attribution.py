"""Attribution of the rank: each signal's share of where a candidate stands.

The decision is yes or no, and most signals change few of them; the order of all candidates
says more of what a signal does. The worth of a coalition S is the candidate's percentile
rank under the screen restricted to S,

    v(S) = (candidates ranked below + ½ · candidates level, oneself among them) / n,

by composite and tie-breakers. Whoever fails a gate of S (or is rejected for a missing value)
ranks below everyone who does not, level with each other; so that with the gates alone there
are two ranks. Lots do not count: candidates whom S cannot tell apart are level. The empty
coalition tells nobody apart, v(∅) = ½ for everyone, and the values of a candidate
(`toolkit.influence.coalitions`) add up to (percentile rank − ½).
"""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Ints
from toolkit.influence.attribution import Attribution, attribution_of
from toolkit.influence.coalitions import PERMUTATIONS, Game, ShapleyValues, shapley_values
from toolkit.influence.mid_ranks import centred_ranks
from toolkit.intake.cohort import Cohort
from toolkit.progress import Progress
from toolkit.screening.decisions import Decisions
from toolkit.screening.order import best_first


def attribute_ranks(
    cohort: Cohort,
    decisions: Decisions,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
    progress: Progress | None = None,
) -> Attribution:
    """Share the percentile ranks out among the screen's signals.

    Every coalition sorts all candidates, where the decision only looks for the last place:
    it takes some times as long as `toolkit.influence.attribution.attribute`.

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
        In percentile ranks: a candidate's values add up to (percentile rank − ½).
    """
    shared = shapley_values(
        cohort,
        decisions,
        _centred,
        0.0,
        permutations=permutations,
        seed=seed,
        progress=progress,
    )
    # Centred ranks are whole numbers from the best down: v = ½ − centred / 2n.
    unit = 2.0 * max(len(cohort), 1)
    errors = None if shared.errors is None else shared.errors / unit
    return attribution_of(cohort, decisions, ShapleyValues(shared.values / -unit, errors))


def _centred(game: Game) -> Ints:
    """Centred mid-ranks under the present coalition."""
    rows = np.flatnonzero(game.eligible)
    order, alike = best_first(game.composites[rows], [key[rows] for key in game.tie_keys])
    return centred_ranks(game.n, rows[order], alike)
