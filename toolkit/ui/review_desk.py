"""What a reviewer's session knows of the marks on the page, so that two windows cannot clash.

A mark is saved as soon as it differs from the one that this page last saw, under the version
that it saw; the store refuses it if another window was quicker. Nothing lives here that the
store does not hold: a reload begins from what is kept.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import asdict, dataclass, field

from toolkit.errors import Conflict
from toolkit.store.database import Database
from toolkit.store.event_log import canonical
from toolkit.store.marks import Mark
from toolkit.store.ratings import KeptRating, save_rating
from toolkit.store.review_time import add_time
from toolkit.store.rights import Person

#: Seconds without anything happening after which somebody is taken to have gone elsewhere.
IDLE = 300.0


@dataclass
class Seen:
    """The mark that a page shows.

    Parameters
    ----------
    version : int
        0 where none was kept.
    mark : Mark
    revision : int
        Grows when the mark is replaced from outside, so that the widgets start again.
    is_stale : bool
        Whether something else is kept by now.
    """

    version: int
    mark: Mark
    revision: int = 0
    is_stale: bool = False


@dataclass
class ReviewDesk:
    """One session's desk.

    Parameters
    ----------
    seen : dict of (str, str) to Seen
        By assignment and criterion.
    told : dict of (str, str) to str
        What was refused, said once beside the criterion.
    assignment : str
        The review on the desk; empty for none.
    since : float
        When something last happened on it, on the clock that never goes back.
    spent : float
        Seconds that the store does not know of yet.
    """

    seen: dict[tuple[str, str], Seen] = field(default_factory=dict)
    told: dict[tuple[str, str], str] = field(default_factory=dict)
    assignment: str = ""
    since: float = 0.0
    spent: float = 0.0

    def look_at(self, database: Database, by: Person, assignment: str) -> None:
        """Count the time on a review; that on the one before is kept."""
        now = time.monotonic()
        if self.assignment == assignment:
            self.spent += min(now - self.since, IDLE)
        else:
            self.leave(database, by)
            self.assignment = assignment
        self.since = now

    def leave(self, database: Database, by: Person) -> None:
        """Keep the time that was spent on the review on the desk, and take it off."""
        if self.assignment and self.spent >= 1:
            add_time(database, by, self.assignment, self.spent)
        self.assignment, self.spent = "", 0.0

    def shown(self, assignment: str, criterion: str, kept: KeptRating | None) -> Seen:
        """The mark to be shown: as this page saw it, or as it is kept where that is stale."""
        mark, version = (kept.mark, kept.version) if kept else (Mark(), 0)
        found = self.seen.setdefault((assignment, criterion), Seen(version, mark))
        if found.is_stale:
            found = Seen(version, mark, found.revision + 1)
            self.seen[assignment, criterion] = found
        return found

    def is_behind(self, assignment: str, criterion: str, kept: KeptRating | None) -> bool:
        """Whether another window has kept another mark; it is shown on the next run then."""
        seen = self.seen[assignment, criterion]
        seen.is_stale = kept is not None and kept.version > seen.version
        return seen.is_stale

    def save(
        self, database: Database, by: Person, assignment: str, criterion: str, mark: Mark
    ) -> bool:
        """Save a mark that is not the one this page saw.

        Returns
        -------
        bool
            False if another window was quicker: its mark is shown then, and what was refused
            is told.

        Raises
        ------
        StoreError
            If it cannot be kept for another reason.
        """
        seen = self.seen[assignment, criterion]
        content = canonical({"over": seen.version, "on": criterion, **asdict(mark)})
        try:
            kept = save_rating(
                database,
                by,
                assignment,
                criterion,
                mark,
                seen.version,
                # The same mark over the same version is the same write, however often it is sent.
                key=str(uuid.uuid5(uuid.UUID(assignment), content)),
                seconds=self.spent,
            )
        except Conflict as error:
            self.told[assignment, criterion] = f"{error} You had: {_words(mark)}."
            seen.is_stale = True
            return False
        self.spent = 0.0
        self.seen[assignment, criterion] = Seen(kept.version, mark, seen.revision)
        return True


def _words(mark: Mark) -> str:
    rating = "no basis to judge" if mark.no_basis else mark.rating or "no rating"
    return f"{rating}, “{mark.note}”" if mark.note else str(rating)
