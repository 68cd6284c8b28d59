"""What is newest in a requisition, asked for often and answered quickly."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.store.cohorts import KeptCohort, newest_cohort
from toolkit.store.database import Database
from toolkit.store.requisitions import Requisition, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.screens import KeptScreen, newest_screen


@dataclass(frozen=True)
class Present:
    """A requisition as it is now.

    Parameters
    ----------
    requisition : Requisition
    cohort : KeptCohort or None
        The newest upload; an erasure changes its hash.
    screen : KeptScreen or None
        The newest screen.
    """

    requisition: Requisition
    cohort: KeptCohort | None
    screen: KeptScreen | None


def present(database: Database, by: Person, requisition: str) -> Present:
    """How a requisition stands now, in one look.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    """
    require(by, Action.SEE_REQUISITION)
    with database.reading() as connection:
        return Present(
            requisition_in(connection, requisition),
            newest_cohort(connection, requisition),
            newest_screen(connection, requisition),
        )
