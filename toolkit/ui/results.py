"""The library's results for the session's candidates and screen, each computed once."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np

from toolkit.arrays import Bools
from toolkit.fairness.alternatives.alternatives import alternatives
from toolkit.fairness.alternatives.result import Alternatives
from toolkit.inflation.follower_rows import has_followers
from toolkit.inflation.followers import Followers, followers
from toolkit.inflation.inflation import Inflation, inflation
from toolkit.influence.attribution import Attribution, attribute
from toolkit.influence.campaign import (
    Campaign,
    CampaignOfOne,
    buy_followers,
    buy_followers_for,
)
from toolkit.influence.explanation import explanation_of
from toolkit.influence.frontier import Frontier, frontier
from toolkit.influence.group_comparison import decisions_compared
from toolkit.influence.influence import Influence, influence
from toolkit.influence.rank_attribution import attribute_ranks
from toolkit.influence.rescale import Rescaled, rescale
from toolkit.influence.score_noise import ScoreNoise, score_noise
from toolkit.influence.stress import ABSENT, Absence, Stress, score_absent, stress
from toolkit.influence.sweep import Sweep, sweep
from toolkit.influence.sweep_pair import By, PairSweep, sweep_pair
from toolkit.influence.worth import Worth, worth
from toolkit.intake.cohort import Cohort
from toolkit.intake.raw_table import RawTable
from toolkit.intake.read_file import read_file
from toolkit.progress import parts
from toolkit.review.agreement import Agreement, agreement
from toolkit.review.ranking import Ranking, rank_candidates
from toolkit.review.ratings import Ratings
from toolkit.review.read_ratings import ratings_in
from toolkit.scores.score import Rescaling
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.evidence_only import evidence_only
from toolkit.screening.screen import Screen
from toolkit.sheets.batch import sheets_zip
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.manifest import Manifest
from toolkit.sheets.preview import first_page
from toolkit.ui.components.alternatives_settings import AlternativesSettings
from toolkit.ui.components.progress import working
from toolkit.ui.components.rubric_picker import rubric_of
from toolkit.ui.components.sheet_archive import archive_progress
from toolkit.ui.components.sheet_settings import SheetSettings
from toolkit.ui.state import Workspace, content_hash
from toolkit.ui.stopping import unless_stopped


def cohort_of(work: Workspace) -> Cohort:
    """The session's candidates, on a page that has checked that there are some."""
    assert work.cohort is not None
    return work.cohort


def screen_of(work: Workspace) -> Screen:
    """The session's screen, on a page that has checked that there is one."""
    assert work.screen is not None
    return work.screen


def agreement_of(work: Workspace, table: RawTable) -> Agreement:
    """How far the reviewers in a table of ratings agree."""
    return work.keep(
        "agreement",
        content_hash(table.name, table.frame.to_csv()),
        make=lambda: agreement(ratings_in(table)),
        doing="Comparing reviewers",
    )


def ranking_of(
    work: Workspace, ratings: Ratings, key: str, wanted: int, weights: Mapping[str, float]
) -> Ranking:
    """Candidates by the total of their ratings, and how sure each place is."""
    return work.keep(
        "ranking",
        key,
        content_hash(wanted, dict(weights)),
        make=lambda: rank_candidates(ratings, wanted, weights),
        doing="Ranking",
    )


def decisions_of(work: Workspace, screen: Screen) -> Decisions:
    """Who this screen selects among the session's candidates."""
    cohort = cohort_of(work)
    return work.keep(
        "decisions",
        work.cohort_key,
        screen.digest,
        make=lambda: decide(cohort, screen),
        doing="Deciding",
    )


def influence_of(work: Workspace, screen: Screen) -> Influence:
    """What each signal of this screen changes among the session's candidates."""
    cohort = cohort_of(work)
    return work.keep(
        "influence",
        work.cohort_key,
        screen.digest,
        make=lambda: influence(cohort, screen),
        doing="Taking each signal away in turn",
    )


def attribution_of(work: Workspace, screen: Screen) -> Attribution:
    """Each signal's share of the decisions, for every candidate and in all."""
    cohort = cohort_of(work)
    decisions = influence_of(work, screen).decisions
    return work.keep_long(
        "attribution",
        work.cohort_key,
        screen.digest,
        make=lambda progress: attribute(cohort, decisions, progress=progress),
        doing="Sharing the decisions out among the signals",
    )


def noise_of(work: Workspace, screen: Screen) -> ScoreNoise | None:
    """How often each candidate is selected with the scores measured again; None without scores.

    What was said about the noise, on whichever page, holds.
    """
    cohort, catalogue, assumed = cohort_of(work), work.catalogue, work.assumed
    decisions = decisions_of(work, screen)
    return work.keep_long(
        "noise",
        work.cohort_key,
        screen.digest,
        content_hash(dict(assumed.noise), assumed.draws, assumed.seed, work.own_scores),
        make=lambda progress: score_noise(
            cohort,
            decisions,
            noise=assumed.noise,
            draws=assumed.draws,
            seed=assumed.seed,
            catalogue=catalogue,
            progress=progress,
        ),
        doing="Measuring the scores again",
    )


def rank_attribution_of(work: Workspace, screen: Screen) -> Attribution:
    """Each signal's share of the percentile ranks, for every candidate and in all."""
    cohort = cohort_of(work)
    decisions = influence_of(work, screen).decisions
    return work.keep_long(
        "rank-attribution",
        work.cohort_key,
        screen.digest,
        make=lambda progress: attribute_ranks(cohort, decisions, progress=progress),
        doing="Sharing the ranks out among the signals",
    )


def frontier_of(
    work: Workspace, screen: Screen, candidate_id: str, first: str, second: str
) -> Frontier:
    """Every smallest pair of changes of two signals that flips one candidate's decision."""
    cohort = cohort_of(work)
    decisions = influence_of(work, screen).decisions
    return work.keep(
        "frontier",
        work.cohort_key,
        screen.digest,
        content_hash(candidate_id, first, second),
        make=lambda: frontier(cohort, decisions, candidate_id, first, second),
        doing="Moving two signals together",
    )


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


def worth_of(work: Workspace, screen: Screen | None) -> Worth:
    """What the screen's scores are worth, or all scores without a screen."""
    cohort = cohort_of(work)
    return work.keep_long(
        "worth",
        work.cohort_key,
        screen.digest if screen else "",
        make=lambda progress: worth(cohort, screen, progress=progress),
        doing="Measuring scores against results",
    )


def inflation_of(work: Workspace, screen: Screen | None) -> Inflation:
    """Whose score is suspected to be inflated, with reviewers' answers beside it."""
    cohort, rate, criteria = cohort_of(work), work.false_flag_rate, work.criteria
    found = work.keep(
        "inflation",
        work.cohort_key,
        screen.digest if screen else "",
        content_hash(rate, criteria),
        make=lambda: inflation(cohort, screen, false_flag_rate=rate, criteria=criteria),
        doing="Looking at accounts and scores",
    )
    return found.with_dismissals(work.dismissals)


def followers_of(work: Workspace, candidate_id: str) -> tuple[str, Followers] | None:
    """The candidate's sample of followers: brought on the page, or uploaded with the others."""
    if candidate_id in work.samples:
        return work.samples[candidate_id]
    table = cohort_of(work).follower_samples
    own = table[table["candidate_id"].astype(str) == candidate_id]
    if not len(own) or not has_followers(list(own.columns)):
        return None
    return "The uploaded sample", work.keep(
        "followers",
        work.cohort_key,
        candidate_id,
        make=lambda: followers(own.drop(columns="candidate_id")),
        doing="Classifying followers",
    )


def take_followers(work: Workspace, candidate_id: str, name: str, data: bytes) -> None:
    """Classify an uploaded sample of a candidate's followers.

    Raises
    ------
    InputError
        If the file cannot be used; what was there before stays.
    """
    with working("Classifying followers"):
        tables, _ = read_file(data, name)
        fitting = [table for table in tables if has_followers(list(table.frame.columns))]
        table = (fitting or tables)[0]
        found = followers(table.frame, file=table.file, sheet=table.sheet)
    work.samples[candidate_id] = name, found


def decisions_compared_of(work: Workspace, screen: Screen) -> dict[str, Bools]:
    """Who is selected by this screen, without each score, and by evidence only."""
    evidence = evidence_only(cohort_of(work), screen)
    by_evidence = None if evidence is None else decisions_of(work, evidence)
    return decisions_compared(influence_of(work, screen), by_evidence)


def alternatives_of(
    work: Workspace, screen: Screen, attributes: Sequence[str], settings: AlternativesSettings
) -> Alternatives:
    """Screens of other weights, as valid as this one, that select groups more alike."""
    cohort = cohort_of(work)
    return work.keep_long(
        "alternatives",
        work.cohort_key,
        screen.digest,
        content_hash(list(attributes), asdict(settings)),
        make=lambda progress: alternatives(
            cohort,
            screen,
            attributes,
            settings.outcome,
            signals=settings.signals,
            vary_gates=settings.vary_gates,
            screens=settings.screens,
            seed=settings.seed,
            progress=progress,
        ),
        doing="Deciding with other weights",
    )


def sheet_of(
    work: Workspace, screen: Screen, candidate_id: str, settings: SheetSettings
) -> CandidateSheet:
    """What stands on one candidate's sheet, without what the user stopped."""
    cohort, found = cohort_of(work), influence_of(work, screen)
    shared: Attribution | None = None
    noise: ScoreNoise | None = None
    with unless_stopped():
        shared = attribution_of(work, screen)
    with unless_stopped():
        noise = noise_of(work, screen)
    return candidate_sheet(
        cohort,
        found,
        candidate_id,
        inflation=inflation_of(work, screen),
        explanation=explanation_of(cohort, found, candidate_id, attribution=shared, noise=noise),
        rubric=rubric_of(work.own_rubric),
        requisition=settings.requisition,
        date=settings.date,
        blind=settings.blind,
    )


def page_one_of(work: Workspace, sheet: CandidateSheet, settings: SheetSettings) -> bytes:
    """Page one of a sheet as a picture."""
    return work.keep(
        "page-one",
        sheet.digest,
        settings.paper,
        make=lambda: first_page(sheet, settings.paper),
        doing="Drawing page one",
    )


def make_archive(
    work: Workspace,
    screen: Screen,
    candidates: Sequence[str],
    settings: SheetSettings,
) -> None:
    """Make a ZIP of sheets, unless the user stops it; the one made before is forgotten."""
    target = io.BytesIO()
    wanted = _archive_key(work, screen, candidates, settings)
    shared, noise = attribution_of(work, screen), noise_of(work, screen)
    work.stopped.discard(_ARCHIVE)
    with archive_progress(len(candidates), lambda: work.stopped.add(_ARCHIVE)) as progress:
        manifest = sheets_zip(
            cohort_of(work),
            screen,
            target,
            candidates=candidates,
            rubric=rubric_of(work.own_rubric),
            requisition=settings.requisition,
            date=settings.date,
            blind=settings.blind,
            paper=settings.paper,
            influence=influence_of(work, screen),
            inflation=inflation_of(work, screen),
            attribution=shared,
            noise=noise,
            progress=progress,
        )
    work.kept[_ARCHIVE] = (wanted, manifest, target.getvalue())


def archive_stopped(work: Workspace) -> bool:
    """Whether the user stopped the last ZIP before it was made; told once."""
    told = _ARCHIVE in work.stopped
    work.stopped.discard(_ARCHIVE)
    return told


def archive_of(
    work: Workspace, screen: Screen, candidates: Sequence[str], settings: SheetSettings
) -> tuple[Manifest, bytes] | None:
    """The ZIP that was made, where it is of these candidates with these settings."""
    made = work.kept.get(_ARCHIVE)
    if not isinstance(made, tuple):
        return None
    key, manifest, archive = made
    return (manifest, archive) if key == _archive_key(work, screen, candidates, settings) else None


_ARCHIVE = ("archive",)


def _archive_key(
    work: Workspace, screen: Screen, candidates: Sequence[str], settings: SheetSettings
) -> str:
    answers = [repr(answer) for answer in (work.false_flag_rate, *work.dismissals.values())]
    chosen = [work.cohort_key, screen.digest, list(candidates), repr(settings), work.own_rubric]
    chosen += [answers, repr(work.assumed)]
    return content_hash(*chosen)
