"""The library's results for the session's candidates and screen, each computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from toolkit.arrays import Bools
from toolkit.fairness.alternatives.alternatives import alternatives
from toolkit.fairness.alternatives.result import Alternatives
from toolkit.inflation.follower_rows import has_followers
from toolkit.inflation.followers import Followers, followers
from toolkit.inflation.inflation import Inflation, inflation
from toolkit.influence.attribution import Attribution, attribute
from toolkit.influence.frontier import Frontier, frontier
from toolkit.influence.group_comparison import decisions_compared
from toolkit.influence.influence import Influence, influence
from toolkit.influence.rank_attribution import attribute_ranks
from toolkit.influence.score_noise import ScoreNoise, score_noise
from toolkit.influence.worth import worth
from toolkit.influence.worth_result import Worth
from toolkit.intake.cohort import Cohort
from toolkit.intake.read_file import read_file
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.evidence_only import evidence_only
from toolkit.screening.screen import Screen
from toolkit.ui.components.alternatives_settings import AlternativesSettings
from toolkit.ui.components.progress import working
from toolkit.ui.state import Workspace, content_hash


def cohort_of(work: Workspace) -> Cohort:
    """The session's candidates, on a page that has checked that there are some."""
    assert work.cohort is not None
    return work.cohort


def screen_of(work: Workspace) -> Screen:
    """The session's screen, on a page that has checked that there is one."""
    assert work.screen is not None
    return work.screen


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
    samples = {who: sample for who, (_, sample) in work.samples.items()}
    brought = [[who, sample.to_dict(with_rows=False)] for who, sample in sorted(samples.items())]
    found = work.keep(
        "inflation",
        work.cohort_key,
        screen.digest if screen else "",
        content_hash(rate, criteria, brought),
        make=lambda: inflation(
            cohort, screen, false_flag_rate=rate, criteria=criteria, samples=samples
        ),
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
