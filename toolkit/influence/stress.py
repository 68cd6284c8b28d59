"""Stress: how the decisions bear rescaling, noise, a bought audience and missing scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.errors import ScreenError, UnknownName
from toolkit.inflation.account_facts import account_facts
from toolkit.influence.campaign import (
    Campaign,
    CampaignOfOne,
    buy_followers,
    buy_followers_for,
    moved_by_followers,
)
from toolkit.influence.noise import Redrawn, gone_missing, measured_again, redraw
from toolkit.influence.removal import Removal, removal
from toolkit.influence.rescale import Rescaled, rescale
from toolkit.intake.cohort import Cohort
from toolkit.intake.fixed_column import LARGEST_HALF_STEP
from toolkit.progress import Progress
from toolkit.scores.catalogue import Catalogue, load_catalogue
from toolkit.scores.score import Rescaling
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.screen import Screen
from toolkit.sentence import Sentence, say

#: Where no source gives a score's noise, this share of its spread in the cohort is assumed.
ASSUMED_NOISE = 0.1
#: Sizes of campaign that are tried where none is asked for.
CAMPAIGNS = (1_000, 10_000, 100_000)
#: Share of candidates whose score goes missing where none is asked for.
ABSENT = 0.2


@dataclass(frozen=True)
class Spread:
    """Measurement noise of one score: its standard deviation, and where that comes from."""

    standard_deviation: float
    source: Sentence

    def to_dict(self) -> dict[str, object]:
        return {"standard_deviation": self.standard_deviation, "source": self.source}


def _flips_with_interval(found: Redrawn) -> dict[str, object]:
    low, high = found.expected_flips_interval
    return {
        "expected_flips": found.expected_flips,
        "expected_flips_low": low,
        "expected_flips_high": high,
        "expected_flips_se": found.expected_flips_se,
    }


@dataclass(frozen=True, eq=False)
class Absence:
    """One score goes missing.

    Parameters
    ----------
    signal : str
    share : float
        Probability with which each candidate's score is missing, independently.
    at_random : Redrawn
    without_profile : Removal or None
        What changes if the score is missing for everyone without a known account; None where
        everyone or nobody has one.
    """

    signal: str
    share: float
    at_random: Redrawn
    without_profile: Removal | None

    def to_dict(self) -> dict[str, object]:
        return {
            "signal": self.signal,
            "share": self.share,
            **_flips_with_interval(self.at_random),
            "without_profile": None
            if self.without_profile is None
            else self.without_profile.to_dict(),
        }


@dataclass(frozen=True, eq=False)
class Stress:
    """How the decisions of one screen bear what happens to its scores.

    Parameters
    ----------
    decisions : Decisions
    rescale : tuple of Rescaled
    noise : Redrawn
    spreads : mapping of str to Spread
        Noise of each score.
    bought_followers : tuple of Campaign
        Each candidate in turn.
    bought_by : tuple of CampaignOfOne
        The same campaigns for the candidates who were asked about.
    absence : tuple of Absence
    """

    decisions: Decisions
    rescale: tuple[Rescaled, ...]
    noise: Redrawn
    spreads: Mapping[str, Spread]
    bought_followers: tuple[Campaign, ...]
    bought_by: tuple[CampaignOfOne, ...]
    absence: tuple[Absence, ...]

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``stress``."""
        noise = self.noise
        return {
            "screen": self.decisions.screen.name,
            "rescale": [one.to_dict() for one in self.rescale],
            "noise": {
                "draws": noise.draws,
                "spreads": {name: spread.to_dict() for name, spread in self.spreads.items()},
                **_flips_with_interval(noise),
                "decisions": [
                    {
                        "candidate_id": candidate_id,
                        "selected": selected,
                        "selected_share": share,
                        "selected_share_low": low,
                        "selected_share_high": high,
                        "standard_error": error,
                        "too_close_to_call": close,
                    }
                    for candidate_id, selected, share, low, high, error, close in zip(
                        self.decisions.candidate_ids,
                        self.decisions.selected.tolist(),
                        noise.selected_share.tolist(),
                        *(end.tolist() for end in noise.interval),
                        noise.standard_error.tolist(),
                        noise.too_close_to_call.tolist(),
                        strict=True,
                    )
                ],
            },
            "bought_followers": [
                one.to_dict()
                | {
                    "candidates": [
                        b.to_dict() for b in self.bought_by if b.followers == one.followers
                    ]
                }
                for one in self.bought_followers
            ],
            "absence": [one.to_dict() for one in self.absence],
        }


def stress(
    cohort: Cohort,
    screen: Screen,
    *,
    draws: int = 1000,
    seed: int = 0,
    noise: Mapping[str, float] | None = None,
    campaigns: Sequence[int] = CAMPAIGNS,
    buyers: Sequence[str] = (),
    absent: float = ABSENT,
    rescalings: Mapping[str, Sequence[Rescaling]] | None = None,
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> Stress:
    """Put the screen's scores under stress.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    draws, seed : int
        Of the noise, and of the scores that go missing.
    noise : mapping of str to float, optional
        Standard deviation of each score's measurement noise, in its own units. Where a score
        is not named, the catalogue's figure is taken; where it has none, a tenth of the
        score's spread in this cohort is assumed, and said so.
    campaigns : sequence of int
        Followers to buy.
    buyers : sequence of str
        Candidates of whom it is told in detail what each campaign does for them; who could buy
        a place is found for everyone.
    absent : float
        Share of candidates whose score goes missing, between 0 and 1.
    rescalings : mapping of str to sequence of Rescaling, optional
        Changes to try beside those of the catalogue, by score.
    catalogue : Catalogue, optional
    progress : callable, optional
        Told the share of the draws that are done.

    Raises
    ------
    ScreenError
        If an argument is out of its range.
    UnknownName
        If `buyers` names nobody, or `rescalings` a score that the screen does not use.
    """
    if draws < 1 or not 0 <= absent <= 1 or any(size < 1 for size in campaigns):
        raise ScreenError(
            "Stress needs at least 1 draw, a share of missing scores from 0 to 1, and campaigns "
            f"of at least 1 follower; found {draws} draws, {absent:g} and {list(campaigns)}."
        )
    catalogue = load_catalogue() if catalogue is None else catalogue
    decisions = decide(cohort, screen)
    scores = [signal for signal in screen.signals if signal in cohort.scores]
    supposed = rescalings or {}
    for name in supposed:
        if name not in scores:
            raise UnknownName("score", name, scores, f"the screen '{screen.name}'")
    for buyer in buyers:
        if buyer not in cohort.candidate_ids:
            raise UnknownName("candidate", buyer, map(str, cohort.candidate_ids))
    spreads = {score: noise_spread(cohort, score, noise or {}, catalogue) for score in scores}
    parts = 1 + len(scores)

    def report(part: int) -> Progress | None:
        if progress is None:
            return None
        return lambda share: progress((part + share) / parts)

    deviations = {name: spread.standard_deviation for name, spread in spreads.items()}
    again = redraw(
        cohort,
        decisions,
        measured_again(cohort, deviations),
        draws=draws,
        seed=seed,
        progress=report(0),
    )
    absence = tuple(
        score_absent(
            cohort,
            decisions,
            score,
            absent,
            draws=draws,
            seed=seed,
            progress=report(1 + index),
        )
        for index, score in enumerate(scores)
    )
    movable = moved_by_followers(screen.signals)
    return Stress(
        decisions=decisions,
        rescale=tuple(
            one
            for score in scores
            for one in rescale(
                cohort,
                decisions,
                score,
                (
                    *(catalogue[score].rescalings if score in catalogue else ()),
                    *supposed.get(score, ()),
                ),
            )
        ),
        noise=again,
        spreads=spreads,
        bought_followers=tuple(
            buy_followers(cohort, decisions, size) for size in (campaigns if movable else ())
        ),
        bought_by=tuple(
            buy_followers_for(cohort, decisions, size, buyer)
            for size in (campaigns if movable else ())
            for buyer in dict.fromkeys(buyers)
        ),
        absence=absence,
    )


def noise_spread(
    cohort: Cohort, score: str, given: Mapping[str, float], catalogue: Catalogue
) -> Spread:
    """A score's measurement noise: as given, else the catalogue's, else assumed.

    Raises
    ------
    ScreenError
        If it is given and no standard deviation that the score could have.
    """
    if score in given:
        most = LARGEST_HALF_STEP / 10 ** cohort.about[score].decimals
        if not 0 <= given[score] <= most:
            raise ScreenError(
                f"The noise of '{score}' is {given[score]:g}. Give a standard deviation in the "
                f"score's own units, from 0 to {most:,.0f}."
            )
        return Spread(float(given[score]), say("as given"))
    known = catalogue[score].noise_sd if score in catalogue else None
    if known is not None:
        return Spread(known, say("catalogue"))
    values = cohort.signals[score].to_numpy(dtype=np.float64)
    present = values[~np.isnan(values)]
    if present.size == 0:
        return Spread(0.0, say("nobody has a value"))
    if present.min() == present.max():
        return Spread(0.0, say("none assumed: all candidates have the same value"))
    deviation = float(present.std())
    return Spread(ASSUMED_NOISE * deviation, say("assumed: a tenth of the spread among candidates"))


def score_absent(
    cohort: Cohort,
    decisions: Decisions,
    score: str,
    share: float,
    *,
    draws: int,
    seed: int,
    progress: Progress | None = None,
) -> Absence:
    """What changes if a score goes missing, at random or with the profile.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    score : str
        A signal of the screen.
    share : float
        Probability with which each candidate's score is missing, from 0 to 1.
    draws, seed : int
    progress : callable, optional
        Told the share of the draws that are done.
    """
    at_random = redraw(
        cohort,
        decisions,
        gone_missing(cohort, score, share),
        draws=draws,
        seed=seed,
        progress=progress,
    )
    has_account = np.zeros(len(cohort), dtype=np.bool_)
    has_account[account_facts(cohort).position] = True
    without_profile = None
    if has_account.any() and not has_account.all():
        values = cohort.signals[score].to_numpy(dtype=np.float64, copy=True)
        values[~has_account] = np.nan
        after = decide(cohort.with_signal(score, values), decisions.screen)
        without_profile = removal(decisions, after)
    return Absence(score, share, at_random, without_profile)
