"""A bought-follower campaign: what it does to the scores, and whose place it buys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Floats
from toolkit.errors import UnknownName
from toolkit.inflation.account_facts import account_facts
from toolkit.inflation.score_relation import score_relations
from toolkit.influence.alone import selected_alone
from toolkit.influence.rivals import standing
from toolkit.intake.cohort import Cohort
from toolkit.intake.fixed_column import FixedColumn
from toolkit.screening.decisions import Decisions, decide_columns
from toolkit.screening.room import with_room

#: The catalogue's key of a plain follower count.
FOLLOWERS = "followers"


@dataclass(frozen=True, eq=False)
class Campaign:
    """So many followers, bought by each candidate in turn.

    Parameters
    ----------
    followers : int
        Bought by one candidate, the others buying none.
    moved : mapping of str to float array, shape (n,)
        For each score that follows the audience, by how much it would rise; NaN where the
        candidate's followers or score are not known.
    buys_a_place : tuple of str
        Candidates who are not selected and would be.
    displaced : str or None
        Who would lose the place; None where a place is free.
    """

    followers: int
    moved: Mapping[str, Floats]
    buys_a_place: tuple[str, ...]
    displaced: str | None

    @property
    def moves_anybody(self) -> bool:
        """Whether any candidate's followers and score are known."""
        return any(not np.isnan(rise).all() for rise in self.moved.values())

    def to_dict(self) -> dict[str, object]:
        return {
            "followers": self.followers,
            "signals": list(self.moved),
            "seats_bought": len(self.buys_a_place),
            "buys_a_place": list(self.buys_a_place),
            "displaced": self.displaced,
        }


def buy_followers(cohort: Cohort, decisions: Decisions, followers: int) -> Campaign:
    """What a campaign of this size buys, for each candidate alone.

    A follower count rises by the campaign. A score with a published relation to the
    audience rises along it, by

        b · (log₁₀(1 + f + d) − log₁₀(1 + f)),

    with f the candidate's followers, d those bought and b the slope on followers alone; what
    else the account does stays as it is. Scores stay within their scale.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    followers : int
        Above 0.
    """
    moved, columns = _after_buying(cohort, decisions, followers)
    roomy = with_room(cohort, decisions, _extremes(columns))
    against = standing(roomy)
    winners = selected_alone(roomy, against, columns) & ~decisions.selected
    rivals = against.rival[winners]
    displaced = str(decisions.candidate_ids[rivals[0]]) if rivals.size and rivals[0] >= 0 else None
    return Campaign(followers, moved, tuple(decisions.candidate_ids[winners]), displaced)


@dataclass(frozen=True)
class CampaignOfOne:
    """What a campaign does for one candidate.

    Parameters
    ----------
    candidate_id : str
    followers : int
        Bought by this candidate, the others buying none.
    moved : mapping of str to (float, float)
        Each score that follows the audience, before and after; empty where the candidate's
        followers or scores are not known.
    rank, rank_after : int or None
        None where a gate is failed.
    selected, selected_after : bool
    displaced : str or None
        Who would lose the place that is won; None where none is, or where a place is free.
    """

    candidate_id: str
    followers: int
    moved: Mapping[str, tuple[float, float]]
    rank: int | None
    rank_after: int | None
    selected: bool
    selected_after: bool
    displaced: str | None

    def to_dict(self) -> dict[str, object]:
        return {
            "candidate_id": self.candidate_id,
            "followers": self.followers,
            "scores": {
                name: {"before": before, "after": after}
                for name, (before, after) in self.moved.items()
            },
            "rank": self.rank,
            "rank_after": self.rank_after,
            "selected": self.selected,
            "selected_after": self.selected_after,
            "displaced": self.displaced,
        }


def buy_followers_for(
    cohort: Cohort, decisions: Decisions, followers: int, candidate_id: str
) -> CampaignOfOne:
    """What a campaign of this size does for one candidate, the others buying none.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    followers : int
        Above 0.
    candidate_id : str

    Raises
    ------
    UnknownName
        If there is no such candidate.
    """
    if candidate_id not in cohort.candidate_ids:
        raise UnknownName("candidate", candidate_id, map(str, cohort.candidate_ids))
    row = int(np.flatnonzero(cohort.ids == candidate_id)[0])
    moved, after = _after_buying(cohort, decisions, followers)
    columns = {signal: cohort.fixed(signal) for signal in decisions.screen.signals}
    for signal in moved:
        halves = columns[signal].halves.copy()
        halves[row] = after[signal].halves[row]
        columns[signal] = FixedColumn(halves, columns[signal].missing, columns[signal].decimals)
    roomy = with_room(cohort, decisions, _extremes(columns))
    tried = decide_columns(roomy.frozen, columns, decisions.lottery)
    lost = np.flatnonzero(decisions.selected & ~tried.selected)
    lost = lost[lost != row]
    values = {signal: float(cohort.signals[signal].iloc[row]) for signal in moved}
    return CampaignOfOne(
        candidate_id=candidate_id,
        followers=followers,
        moved={
            signal: (values[signal], values[signal] + float(rise[row]))
            for signal, rise in moved.items()
            if not np.isnan(rise[row])
        },
        rank=_rank(decisions, row),
        rank_after=_rank(tried, row),
        selected=bool(decisions.selected[row]),
        selected_after=bool(tried.selected[row]),
        displaced=str(decisions.candidate_ids[lost[0]]) if lost.size else None,
    )


def _extremes(columns: Mapping[str, FixedColumn]) -> dict[str, tuple[int, int]]:
    return {
        signal: (int(column.halves.min()), int(column.halves.max()))
        for signal, column in columns.items()
        if column.halves.size
    }


def _rank(decisions: Decisions, row: int) -> int | None:
    rank = decisions.rank[row]
    return None if np.isnan(rank) else int(rank)


def _after_buying(
    cohort: Cohort, decisions: Decisions, followers: int
) -> tuple[dict[str, Floats], dict[str, FixedColumn]]:
    """By how much each score rises, and the screen's columns after it, if everyone bought."""
    audience = _audience(cohort)
    columns = {signal: cohort.fixed(signal) for signal in decisions.screen.signals}
    moved: dict[str, Floats] = {}
    for signal in decisions.screen.signals:
        rise = _rise(signal, audience, followers)
        if rise is None:
            continue
        column, about = columns[signal], cohort.signal(signal)
        before = cohort.signals[signal].to_numpy(dtype=np.float64)
        after = np.clip(np.round(before + rise, column.decimals), about.low, about.high)
        moved[signal] = after - before
        steps = np.rint(np.nan_to_num(moved[signal]) * 10**column.decimals).astype(np.int64)
        columns[signal] = FixedColumn(column.halves + 2 * steps, column.missing, column.decimals)
    return moved, columns


def moved_by_followers(screen_signals: tuple[str, ...]) -> tuple[str, ...]:
    """Those of a screen's signals that a bought audience moves."""
    return tuple(s for s in screen_signals if s == FOLLOWERS or s in score_relations())


def _rise(signal: str, audience: Floats, followers: int) -> Floats | None:
    if signal == FOLLOWERS:
        return np.full(audience.shape, float(followers))
    if signal not in score_relations():
        return None
    alone = next(r for r in score_relations()[signal].relations if r.facts == (FOLLOWERS,))
    slope = float(alone.coefficients[1])
    return slope * (np.log10(1 + audience + followers) - np.log10(1 + audience))


def _audience(cohort: Cohort) -> Floats:
    """Followers of each candidate: of the largest account where there are several."""
    facts = account_facts(cohort)
    audience = np.full(len(cohort), -np.inf)
    known = ~np.isnan(facts.followers)
    np.maximum.at(audience, facts.position[known], facts.followers[known])
    return np.where(np.isinf(audience), np.nan, audience)
