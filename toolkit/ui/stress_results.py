"""What noise, rescaling, bought followers and other weights would change, each computed once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from toolkit.arrays import Bools
from toolkit.influence.campaign import (
    Campaign,
    CampaignOfOne,
    buy_followers,
    buy_followers_for,
)
from toolkit.influence.rescale import Rescaled, rescale
from toolkit.influence.stress import ABSENT, Absence, Stress, score_absent, stress
from toolkit.influence.sweep import Sweep, sweep
from toolkit.influence.sweep_pair import By, PairSweep, sweep_pair
from toolkit.progress import parts
from toolkit.scores.score import Rescaling
from toolkit.screening.screen import Screen
from toolkit.ui.results import cohort_of, decisions_of, inflation_of
from toolkit.ui.state import Workspace, content_hash


def stress_of(
    work: Workspace, screen: Screen, noise: Mapping[str, float], draws: int, seed: int
) -> Stress:
    """How this screen's decisions bear what happens to its scores."""
    cohort, catalogue = cohort_of(work), work.catalogue
    return work.keep_long(
        "stress",
        work.cohort_key,
        screen.digest,
        content_hash(dict(noise), draws, seed, work.own_scores),
        make=lambda progress: stress(
            cohort,
            screen,
            noise=noise,
            draws=draws,
            seed=seed,
            catalogue=catalogue,
            progress=progress,
        ),
        doing="Drawing the scores again",
    )


def campaign_of(work: Workspace, screen: Screen, followers: int) -> Campaign:
    """What so many bought followers would buy, for each candidate alone."""
    cohort, decisions = cohort_of(work), decisions_of(work, screen)
    return work.keep(
        "campaign",
        work.cohort_key,
        screen.digest,
        str(followers),
        make=lambda: buy_followers(cohort, decisions, followers),
        doing="Buying followers",
    )


def buyer_of(work: Workspace, screen: Screen, followers: int, candidate_id: str) -> CampaignOfOne:
    """What so many bought followers would do for one candidate."""
    cohort, decisions = cohort_of(work), decisions_of(work, screen)
    return work.keep(
        "buyer",
        work.cohort_key,
        screen.digest,
        content_hash(followers, candidate_id),
        make=lambda: buy_followers_for(cohort, decisions, followers, candidate_id),
        doing="Buying followers",
    )


def rescaled_of(
    work: Workspace, screen: Screen, score: str, change: Rescaling
) -> tuple[Rescaled, ...]:
    """What a supposed change of one score would do, with its gates left and moved."""
    cohort, decisions = cohort_of(work), decisions_of(work, screen)
    return work.keep(
        "rescaled",
        work.cohort_key,
        screen.digest,
        content_hash(score, repr(change)),
        make=lambda: tuple(rescale(cohort, decisions, score, [change])),
        doing="Rescaling",
    )


def absence_of(
    work: Workspace, screen: Screen, found: Stress, share: float, seed: int
) -> tuple[Absence, ...]:
    """What changes if this share of each score goes missing."""
    if share == ABSENT:
        return found.absence
    cohort, draws = cohort_of(work), found.noise.draws
    scores = list(found.spreads)
    return work.keep_long(
        "absence",
        work.cohort_key,
        screen.digest,
        content_hash(share, draws, seed),
        make=lambda progress: tuple(
            score_absent(
                cohort,
                found.decisions,
                score,
                share,
                draws=draws,
                seed=seed,
                progress=one,
            )
            for score, one in zip(scores, parts(progress, len(scores)), strict=True)
        ),
        doing="Letting scores go missing",
    )


def sweep_of(work: Workspace, screen: Screen, score: str, attribute: str | None) -> Sweep:
    """What every weight of a score and every cut-off on it would decide."""
    cohort = cohort_of(work)
    suspected = _suspected(work, screen)
    return work.keep_long(
        "sweep",
        work.cohort_key,
        screen.digest,
        content_hash(score, attribute, work.false_flag_rate),
        make=lambda progress: sweep(
            cohort,
            screen,
            score,
            attribute=attribute,
            inflated=suspected,
            progress=progress,
        ),
        doing="Deciding with every weight and cut-off",
    )


def sweep_pair_of(
    work: Workspace, screen: Screen, scores: tuple[str, str], by: By, attribute: str | None
) -> PairSweep:
    """What every pair of weights of two scores, or of cut-offs on them, would decide."""
    cohort = cohort_of(work)
    suspected = _suspected(work, screen)
    return work.keep_long(
        "sweep-pair",
        work.cohort_key,
        screen.digest,
        content_hash(scores, by, attribute, work.false_flag_rate),
        make=lambda progress: sweep_pair(
            cohort,
            screen,
            *scores,
            by=by,
            attribute=attribute,
            inflated=suspected,
            progress=progress,
        ),
        doing="Deciding with every weight and cut-off",
    )


def _suspected(work: Workspace, screen: Screen) -> Bools | None:
    """Whose score is suspected to be inflated; None where nobody's can be judged."""
    found = inflation_of(work, screen)
    # Where no detector had facts about anybody, nobody can be suspected, which is not a share of 0.
    return found.flagged if bool((~np.isnan(found.suspicion)).any()) else None
