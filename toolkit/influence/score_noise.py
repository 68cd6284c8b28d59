"""The decisions with the scores measured again, and what is assumed of the measuring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.influence.noise import Redrawn, measured_again, redraw
from toolkit.influence.stress import Spread, noise_spread
from toolkit.intake.cohort import Cohort
from toolkit.progress import Progress
from toolkit.scores.catalogue import Catalogue, load_catalogue
from toolkit.screening.decisions import Decisions


@dataclass(frozen=True, eq=False)
class ScoreNoise:
    """How the decisions come out when every score of the screen is measured again.

    Parameters
    ----------
    again : Redrawn
    spreads : mapping of str to Spread
        Noise that each score was given.
    """

    again: Redrawn
    spreads: Mapping[str, Spread]


def score_noise(
    cohort: Cohort,
    decisions: Decisions,
    *,
    draws: int = 1000,
    seed: int = 0,
    noise: Mapping[str, float] | None = None,
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> ScoreNoise | None:
    """Measure the screen's scores again, many times; None where the screen uses no score.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    draws, seed : int
    noise : mapping of str to float, optional
        Standard deviation of each score's noise; see `toolkit.influence.stress.noise_spread`
        for scores that are not named.
    catalogue : Catalogue, optional
    progress : callable, optional
        Told the share of the draws that are done.
    """
    catalogue = load_catalogue() if catalogue is None else catalogue
    known = set(cohort.scores)
    spreads = {
        score: noise_spread(cohort, score, noise or {}, catalogue)
        for score in decisions.screen.signals
        if score in known
    }
    if not spreads:
        return None
    deviations = {score: spread.standard_deviation for score, spread in spreads.items()}
    changed = measured_again(cohort, deviations)
    again = redraw(cohort, decisions, changed, draws=draws, seed=seed, progress=progress)
    return ScoreNoise(again, spreads)
