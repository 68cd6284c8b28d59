"""The official ratings of a requisition, as agreement and ranking take them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from toolkit.review.ratings import Ratings, ratings_of
from toolkit.review.rubric import Rubric
from toolkit.store.assignments import assignments_in, present_candidates
from toolkit.store.database import Database
from toolkit.store.event_log import canonical
from toolkit.store.panel import reviewer_names
from toolkit.store.ratings import official_marks
from toolkit.store.requisitions import requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.rubrics import rubric_in


@dataclass(frozen=True, eq=False)
class OfficialRatings:
    """What was given independently and locked.

    Parameters
    ----------
    ratings : Ratings
        Candidates by code, reviewers by name, criteria by label; with the day and time of each.
    rubric : Rubric
        The newest that reviews were handed out by.
    waiting, abstained, taken_away, other_rubric, gone : int
        Reviews that are not among them: not locked yet; abstained from; taken away, by a
        conflict of interest or a recruiter; made by an earlier rubric; of candidates who
        withdrew or were erased.
    """

    ratings: Ratings
    rubric: Rubric
    waiting: int
    abstained: int
    taken_away: int
    other_rubric: int
    gone: int

    @property
    def weights(self) -> dict[str, float]:
        """The rubric's weights under the names of the ratings' criteria, which add up to 1."""
        names = criterion_names(self.rubric)
        return {
            names[key]: share
            for key, share in self.rubric.weights.items()
            if names[key] in self.ratings.criteria
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the ratings and the rubric."""
        found = self.ratings
        rows = zip(
            (found.candidates[one] for one in found.candidate),
            (found.reviewers[one] for one in found.reviewer),
            (found.criteria[one] for one in found.criterion),
            found.value.tolist(),
            strict=True,
        )
        content = {"rubric": self.rubric.digest, "ratings": [list(row) for row in rows]}
        return hashlib.sha256(canonical(content).encode()).hexdigest()


def official_ratings(database: Database, by: Person, requisition: str) -> OfficialRatings | None:
    """The locked ratings of a requisition, by the newest rubric in use.

    Ratings given again after the scores were shown are never among them.

    Returns
    -------
    OfficialRatings or None
        None while no review was handed out.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    """
    require(by, Action.SEE_AGREEMENT)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        handed = assignments_in(connection, requisition)
        if not handed:
            return None
        used = {key: rubric_in(connection, key) for key in {one.rubric for one in handed}}
        newest = max(used.values(), key=lambda one: one.version)
        names = reviewer_names(connection, {one.reviewer for one in handed})
        present = present_candidates(connection, requisition)
        codes = {key: one.code for key, one in present.items()}
        marks = official_marks(connection, requisition)
    gone = [one for one in handed if one.candidate not in codes]
    here = [one for one in handed if one.candidate in codes]
    theirs = [one for one in here if one.withdrawn_at is None]
    locked = [one for one in theirs if one.locked_at is not None]
    rated = [one for one in locked if one.abstained is None]
    official = [one for one in rated if one.rubric == newest.key]
    labels = criterion_names(newest.rubric)
    # By code and name, so that the same ratings make the same table whatever their keys are.
    found = sorted(
        (codes[one.candidate], names[one.reviewer], number, labels[criterion], given[criterion])
        for one, given in ((one, marks.get(one.key, {})) for one in official)
        for number, criterion in enumerate(labels)
        if criterion in given
    )
    return OfficialRatings(
        ratings_of(
            [row[0] for row in found],
            [row[1] for row in found],
            pd.Series([row[4].mark.rating for row in found], dtype=object),
            [row[3] for row in found],
            time=np.array([_days(row[4].made_at) for row in found]),
            time_is="date",
            where="The official ratings",
        ),
        newest.rubric,
        len(theirs) - len(locked),
        len(locked) - len(rated),
        len(here) - len(theirs),
        len(rated) - len(official),
        len(gone),
    )


def criterion_names(rubric: Rubric) -> dict[str, str]:
    """Key → what a criterion is called; its key where two have the same label."""
    labels = [criterion.label for criterion in rubric.criteria]
    return {
        criterion.key: criterion.label if labels.count(criterion.label) == 1 else criterion.key
        for criterion in rubric.criteria
    }


def _days(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp() / 86_400
