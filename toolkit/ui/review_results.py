"""How far reviewers agree and whom they rank first, each computed once."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.intake.raw_table import RawTable
from toolkit.review.agreement import Agreement, agreement
from toolkit.review.ranking import Ranking, rank_candidates
from toolkit.review.ratings import Ratings
from toolkit.review.read_ratings import ratings_in
from toolkit.ui.state import Workspace, content_hash


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
