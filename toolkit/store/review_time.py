"""The time that a reviewer spends on a review."""

from __future__ import annotations

import math

from sqlalchemy import Connection, update

from toolkit.store.assignments import KeptAssignment, own_assignment
from toolkit.store.database import Database
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import ASSIGNMENTS

#: Nobody looks at one thing for longer without having gone elsewhere.
LONGEST_LOOK = 4 * 3600.0


def add_time(database: Database, by: Person, assignment: str, seconds: float) -> None:
    """Add to the time spent on an open review; a locked one keeps the time that it has.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.RATE)
    with database.writing() as connection:
        own = own_assignment(connection, by, assignment)
        if own.is_open:
            spend_time(connection, own, seconds)


def spend_time(
    connection: Connection, own: KeptAssignment, seconds: float, *, changed: bool = False
) -> None:
    """Add to the time spent; where the review was `changed`, it has a new version.

    What no clock can have measured counts as nothing, and a look is as long as `LONGEST_LOOK`
    at most.
    """
    spent = min(max(seconds, 0.0), LONGEST_LOOK) if math.isfinite(seconds) else 0.0
    if spent or changed:
        connection.execute(
            update(ASSIGNMENTS)
            .where(ASSIGNMENTS.c.id == own.key)
            .values(
                seconds=ASSIGNMENTS.c.seconds + spent,
                version=ASSIGNMENTS.c.version + int(changed),
            )
        )
