"""Which requisitions a person may open."""

from __future__ import annotations

from sqlalchemy import select

from toolkit.errors import NotAllowed
from toolkit.store.database import Database
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import ASSIGNMENTS, REQUISITIONS


def check_may_open(database: Database, by: Person, requisition: str) -> None:
    """Stop whoever may not open a requisition.

    A reviewer may open those in which they have reviews, others every one that there is.

    Raises
    ------
    NotAllowed
        In the same words whether there is no such requisition or it is not theirs.
    """
    found = select(REQUISITIONS.c.id).where(REQUISITIONS.c.id == requisition)
    if not by.may(Action.SEE_REQUISITION):
        require(by, Action.RATE)
        found = found.join(ASSIGNMENTS, ASSIGNMENTS.c.requisition_id == REQUISITIONS.c.id).where(
            ASSIGNMENTS.c.reviewer_id == by.id
        )
    with database.reading() as connection:
        if connection.execute(found).first() is None:
            raise NotAllowed(
                "The requisition in this address is not open to you, or is not there any more. "
                "Go to another page from the navigation."
            )
