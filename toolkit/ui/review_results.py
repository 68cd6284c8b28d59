"""How far reviewers agree and whom they rank first, each computed once."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.review.agreement import Agreement, agreement
from toolkit.review.exposure import Exposure, exposure
from toolkit.review.ranking import Ranking, rank_candidates
from toolkit.review.ratings import Ratings
from toolkit.store.exposure import exposed_ratings
from toolkit.store.rating_table import OfficialRatings, official_ratings
from toolkit.ui import team
from toolkit.ui.state import Workspace, content_hash


def official_of() -> OfficialRatings | None:
    """The locked ratings of the requisition that is open; None where none is."""
    person, requisition = team.person(), team.requisition()
    if person is None or requisition is None:
        return None
    return official_ratings(team.store(), person, requisition)


def exposures_of() -> tuple[Exposure, ...]:
    """What seeing each score after locking did to the ratings of the open requisition."""
    person, requisition = team.person(), team.requisition()
    if person is None or requisition is None:
        return ()
    found = exposed_ratings(team.store(), person, requisition)
    names = dict.fromkeys(name for one in found for name in one.scores)
    return tuple(
        exposure(
            [one.candidate for one in found],
            [one.reviewer for one in found],
            [float(one.before) for one in found],
            [float(one.after) for one in found],
            [one.scores.get(name, float("nan")) for one in found],
            name,
        )
        for name in names
    )


def agreement_of(work: Workspace, ratings: Ratings, key: str) -> Agreement:
    """How far the reviewers agree in ratings with this content hash."""
    return work.keep(
        "agreement",
        key,
        make=lambda: agreement(ratings),
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
