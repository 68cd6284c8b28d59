"""A reviewer's mark on one criterion, and which marks can be given."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.errors import StoreError
from toolkit.review.rubric import LEVELS, Rubric
from toolkit.store.written import prose

#: How sure a reviewer is of a rating.
CONFIDENCES = {1: "low", 2: "medium", 3: "high"}


@dataclass(frozen=True)
class Mark:
    """What a reviewer says on one criterion.

    Parameters
    ----------
    rating : int or None
        From 1 to 5.
    no_basis : bool
        True where the work gives no basis to judge; there is no rating then.
    note : str
        What in the work the rating rests on, or why there is no basis.
    confidence : int or None
        A key of `CONFIDENCES`.
    """

    rating: int | None = None
    no_basis: bool = False
    note: str = ""
    confidence: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was decided yet; a note may be there."""
        return self.rating is None and not self.no_basis


def checked_mark(rubric: Rubric, criterion: str, mark: Mark) -> Mark:
    """The mark with a tidy note.

    Raises
    ------
    UnknownName
        If the rubric has no such criterion.
    StoreError
        If it is not one that can be given on this criterion.
    """
    on = rubric.criterion(criterion)
    if mark.rating is not None and mark.rating not in LEVELS:
        raise StoreError(
            f"{mark.rating} is not a rating. Give one from {LEVELS[0]} to {LEVELS[-1]}."
        )
    if mark.no_basis and mark.rating is not None:
        raise StoreError("Give a rating, or say that there is no basis to judge: not both.")
    if mark.no_basis and not on.no_basis_allowed:
        raise StoreError(f"On '{on.label}' every piece of work gives a basis to judge. Rate it.")
    if mark.confidence is not None and mark.confidence not in CONFIDENCES:
        raise StoreError("Say how sure you are: low, medium or high.")
    return Mark(
        None if mark.rating is None else int(mark.rating),
        mark.no_basis,
        prose(mark.note, "note"),
        mark.confidence,
    )
