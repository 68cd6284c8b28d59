"""Ratings that were given, candidate by candidate, with what reviewers wrote beside them."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from toolkit.errors import InputError, did_you_mean
from toolkit.intake.kinds import field_of, is_id_name
from toolkit.intake.number_marks import table_mark
from toolkit.intake.numbers import read_numbers
from toolkit.intake.plain_name import plain_name
from toolkit.intake.problem_cells import shown
from toolkit.intake.raw_table import RawTable
from toolkit.intake.raw_tables import raw_tables
from toolkit.review.ratings import Ratings
from toolkit.review.read_ratings import long_tables
from toolkit.review.rubric import HIGHEST, Rubric

LOWEST = 1
#: A reviewer of this name is the panel: its ratings are those agreed upon.
PANEL = ("agreed", "panel")
_NOTE = ("note", "evidence_note", "what_i_saw", "seen")
_REASON = ("reason", "why", "because", "why_it_changed")


@dataclass(frozen=True)
class Given:
    """A rating on one criterion.

    Parameters
    ----------
    criterion : str
        Its key in the rubric.
    rating : float, optional
        None where there was no basis to judge.
    note : str
        What was seen, and where.
    reason : str
        Why so; of an agreed rating, why it changed.
    """

    criterion: str
    rating: float | None
    note: str = ""
    reason: str = ""


@dataclass(frozen=True)
class GivenReview:
    """What one reviewer gave one candidate.

    Parameters
    ----------
    reviewer : str
        Empty on a blind sheet, where reviewers are numbered.
    ratings : tuple of Given
        In the order of the rubric; empty where the reviewer abstained.
    abstained : str
        Why the reviewer gives no ratings; empty where there are some.
    """

    reviewer: str
    ratings: tuple[Given, ...]
    abstained: str = ""

    def on(self, criterion: str) -> Given | None:
        """What was given on a criterion; None where nothing was."""
        return next((one for one in self.ratings if one.criterion == criterion), None)

    def total(self, rubric: Rubric) -> float | None:
        """Σ weight · rating over the rated criteria, over Σ weight; None without a rating."""
        return total_of(self.ratings, rubric)


@dataclass(frozen=True)
class CandidateReviews:
    """Everything that was given to one candidate.

    Parameters
    ----------
    reviews : tuple of GivenReview
        By reviewers' names.
    agreed : tuple of Given
        What the panel agreed upon; empty where it has not.
    rubric : Rubric, optional
        That was rated by; that of the sheets when left out.
    """

    reviews: tuple[GivenReview, ...]
    agreed: tuple[Given, ...] = ()
    rubric: Rubric | None = None


def total_of(ratings: Sequence[Given], rubric: Rubric) -> float | None:
    """The weighted mean of what was rated; *no basis to judge* is in neither sum."""
    weights = {criterion.key: criterion.weight for criterion in rubric.criteria}
    rated = [(weights[one.criterion], one.rating) for one in ratings if one.rating is not None]
    if not rated:
        return None
    whole = math.fsum(weight for weight, _ in rated)
    return math.fsum(weight * rating for weight, rating in rated) / whole


def read_reviews(
    path: str | Path, rubric: Rubric, known: Sequence[str]
) -> dict[str, CandidateReviews]:
    """Read a table of ratings, one row each, with notes and reasons where it has them.

    Parameters
    ----------
    path : str or Path
        With the columns candidate, criterion, reviewer and rating; note and reason where
        there are any. An empty rating is *no basis to judge*. Rows of a reviewer named
        ``agreed`` are the panel's.
    rubric : Rubric
        Criteria are found by their key or label.
    known : sequence of str
        Codes of the candidates.

    Returns
    -------
    dict of str to CandidateReviews

    Raises
    ------
    InputError
        If the file has no such table, a criterion is not in the rubric, a rating is outside
        1 to 5, a candidate is not known, or somebody rated the same thing twice.
    """
    tables = long_tables(raw_tables(path))
    if len(tables) != 1:
        raise InputError(
            f"{Path(path).name} has no table with the columns candidate, criterion, reviewer and "
            "rating. Give ratings one row each."
        )
    return reviews_in(tables[0], rubric, known)


def reviews_in(
    table: RawTable, rubric: Rubric, known: Sequence[str]
) -> dict[str, CandidateReviews]:
    """The ratings of one table; raises as `read_reviews`."""
    columns = _columns(table)
    keys = _keys(rubric)
    everyone = set(known)
    values = _numbers(table, columns["rating"])
    found: dict[str, dict[str, dict[str, Given]]] = {}
    records = table.frame.to_dict("records")
    for row, record, rating in zip(table.rows.tolist(), records, values, strict=True):
        place = f"{table.name}, row {row}"
        cells = {field: _text(record, name) for field, name in columns.items()}
        candidate, reviewer = cells["candidate"], cells["reviewer"]
        if candidate not in everyone:
            raise InputError(
                f"{place}: there is no candidate '{candidate}'. {did_you_mean(candidate, known)}"
            )
        criterion = _criterion(cells["criterion"], keys, rubric, place)
        own = found.setdefault(candidate, {}).setdefault(reviewer, {})
        if criterion in own:
            raise InputError(
                f"{place}: {reviewer} has rated {candidate} on {criterion} before. Keep one "
                "rating of each."
            )
        if not np.isnan(rating) and not LOWEST <= rating <= HIGHEST:
            raise InputError(
                f"{place}: the rating is {rating:g}. Ratings go from {LOWEST} to {HIGHEST}; leave "
                "the cell empty where there was no basis to judge."
            )
        own[criterion] = Given(
            criterion,
            None if np.isnan(rating) else float(rating),
            cells.get("note", ""),
            cells.get("reason", ""),
        )
    return {candidate: _of_one(given, rubric) for candidate, given in found.items()}


def without_panel(ratings: Ratings) -> Ratings:
    """The ratings without those that the panel agreed upon: nobody's own judgement."""
    panel = [plain_name(name) in PANEL for name in ratings.reviewers]
    own = ~np.array(panel, dtype=np.bool_)[ratings.reviewer]
    return replace(
        ratings,
        candidate=ratings.candidate[own],
        reviewer=ratings.reviewer[own],
        criterion=ratings.criterion[own],
        value=ratings.value[own],
    )


def weights_of(ratings: Ratings, rubric: Rubric) -> dict[str, float]:
    """The rubric's weight of each criterion that was rated, by its name in the ratings.

    Raises
    ------
    InputError
        If a criterion is not in the rubric.
    """
    weights = {criterion.key: criterion.weight for criterion in rubric.criteria}
    keys = _keys(rubric)
    return {
        name: weights[_criterion(name, keys, rubric, "The ratings")] for name in ratings.criteria
    }


def _keys(rubric: Rubric) -> dict[str, str]:
    """Every name of a criterion, as a plain name, to its key."""
    return {
        plain_name(name): criterion.key
        for criterion in rubric.criteria
        for name in (criterion.key, criterion.label)
    }


def _of_one(given: Mapping[str, Mapping[str, Given]], rubric: Rubric) -> CandidateReviews:
    order = [criterion.key for criterion in rubric.criteria]

    def sorted_by_rubric(ratings: Mapping[str, Given]) -> tuple[Given, ...]:
        return tuple(ratings[key] for key in order if key in ratings)

    panel = {name for name in given if plain_name(name) in PANEL}
    agreed = [sorted_by_rubric(given[name]) for name in sorted(panel)]
    return CandidateReviews(
        reviews=tuple(
            GivenReview(name, sorted_by_rubric(given[name]))
            for name in sorted(given)
            if name not in panel
        ),
        agreed=agreed[0] if agreed else (),
    )


def _columns(table: RawTable) -> dict[str, str]:
    """The table's columns by what they hold.

    Raises
    ------
    InputError
        If one that is needed is missing.
    """
    found: dict[str, str] = {}
    for name in map(str, table.frame.columns):
        plain = plain_name(name)
        field = "candidate" if is_id_name(name) else field_of("ratings", name)
        if field is None and plain in _NOTE:
            field = "note"
        if field is None and plain in _REASON:
            field = "reason"
        if field is not None:
            found.setdefault(field, name)
    for wanted in ("candidate", "criterion", "reviewer", "rating"):
        if wanted not in found:
            raise InputError(
                f"{table.name} has no column '{wanted}'. Its columns: "
                f"{', '.join(map(str, table.frame.columns))}."
            )
    return found


def _criterion(name: str, keys: Mapping[str, str], rubric: Rubric, place: str) -> str:
    key = keys.get(plain_name(name))
    if key is None:
        criteria = ", ".join(criterion.key for criterion in rubric.criteria)
        raise InputError(
            f"{place}: {shown(name)} is no criterion of the rubric '{rubric.name}' ({criteria}). "
            "Give the rubric that was rated by."
        )
    return key


def _numbers(table: RawTable, column: str) -> list[float]:
    """Ratings as numbers, NaN where there is none; raises InputError where one is a word."""
    cells = table.frame[column]
    read = read_numbers(cells, table_mark(table.frame, table.decimal), table.typed)
    for how, where in read.faults.items():
        if where.any():
            at = int(np.flatnonzero(where)[0])
            raise InputError(
                f"{table.name}, row {table.rows[at]}, column '{column}': {shown(cells.iloc[at])} "
                f"({how}). Give ratings as numbers, and leave the cell empty where there was no "
                "basis to judge."
            )
    values: list[float] = np.asarray(read.values, dtype=np.float64).tolist()
    return values


def _text(record: Mapping[Hashable, object], column: str) -> str:
    value = record[column]
    return "" if value is None or value != value else str(value).strip()
