"""What people brought to the documents: the rubric, reviewers' ratings and people's decisions.

Of the requisition that is open, out of the team's store; and else what came with the candidates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.errors import InputError
from toolkit.intake.raw_table import RawTable
from toolkit.review.ratings import Ratings
from toolkit.review.read_ratings import long_tables, ratings_in
from toolkit.review.rubric import Rubric
from toolkit.sheets.from_store import TeamReview, team_review
from toolkit.sheets.given_reviews import CandidateReviews, reviews_in, weights_of, without_panel
from toolkit.sheets.person_decision import PersonDecision
from toolkit.ui import team
from toolkit.ui.components.rubric_picker import rubric_of
from toolkit.ui.results import cohort_of
from toolkit.ui.state import Workspace, content_hash


@dataclass(frozen=True, eq=False)
class Brought:
    """What stands on documents and is not computed.

    Parameters
    ----------
    rubric : Rubric
        The requisition's where it has one, else the session's.
    kept : TeamReview, optional
        What the store says of the requisition that is open; None where none is.
    """

    rubric: Rubric
    kept: TeamReview | None = None

    @property
    def rubric_is_kept(self) -> bool:
        """Whether the rubric is the requisition's, which no file replaces."""
        return self.kept is not None and self.kept.rubric is not None

    @property
    def of_store(self) -> bool:
        """Whether reviews were handed out in the store, so that no others count."""
        kept = self.kept
        return kept is not None and bool(kept.reviews or kept.waiting or kept.ratings)

    @property
    def people(self) -> Mapping[str, PersonDecision]:
        """What people decided, by code."""
        return {} if self.kept is None else self.kept.people

    @property
    def digest(self) -> str:
        """Content hash of all of it."""
        return content_hash(self.rubric.digest, "" if self.kept is None else self.kept.digest)


def brought_to(work: Workspace) -> Brought:
    """What people brought to the documents of this session."""
    person, opened = team.person(), work.opened
    if person is None or opened is None:
        return Brought(rubric_of(work.own_rubric))
    kept = team_review(team.store(), person, opened.key)
    return Brought(kept.rubric or rubric_of(work.own_rubric), kept)


def uploaded_table(work: Workspace) -> RawTable | None:
    """The one table of ratings that came with the candidates; None where there is none."""
    tables = long_tables(work.reading.tables) if work.reading is not None else []
    return tables[0] if len(tables) == 1 else None


def reviews_of(work: Workspace, brought: Brought) -> Mapping[str, CandidateReviews]:
    """What reviewers gave each candidate: kept in the store, or brought with the candidates.

    Raises
    ------
    InputError
        If the ratings are of another rubric, or cannot be used.
    """
    if brought.of_store and brought.kept is not None:
        return brought.kept.reviews
    table, rubric = uploaded_table(work), brought.rubric
    if table is None:
        return {}
    return work.keep(
        "reviews",
        work.cohort_key,
        rubric.digest,
        make=lambda: reviews_in(table, rubric, [*cohort_of(work).ids]),
        doing="Reading ratings",
    )


def ratings_of(
    work: Workspace, brought: Brought
) -> tuple[Ratings | None, Mapping[str, float] | None]:
    """The same ratings as one table, and the weights of its criteria where they are known.

    Raises
    ------
    InputError
        If the ratings cannot be used.
    """
    if brought.of_store and brought.kept is not None:
        return brought.kept.ratings, brought.kept.weights
    table = uploaded_table(work)
    if table is None:
        return None, None
    ratings = without_panel(ratings_in(table))
    try:
        return ratings, weights_of(ratings, brought.rubric)
    except InputError:
        # Given by another rubric: all weigh the same.
        return ratings, None
