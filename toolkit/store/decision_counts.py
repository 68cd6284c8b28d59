"""How many decisions there are in a requisition, for reports that name nobody."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from toolkit.store.database import Database
from toolkit.store.decisions import newest_decisions
from toolkit.store.requisitions import requisition_in
from toolkit.store.rights import Action, Person, require


@dataclass(frozen=True)
class DecisionCounts:
    """Decisions by people, counted together.

    Parameters
    ----------
    decided : int
        Candidates about whom somebody has decided.
    forward : int
        Those taken forward.
    overrides : int
        Those decided otherwise than was proposed; each has a reason.
    """

    decided: int
    forward: int
    overrides: int

    def to_dict(self) -> dict[str, int]:
        return asdict(self)


def decision_counts(database: Database, by: Person, requisition: str) -> DecisionCounts:
    """Count what was last decided about each candidate.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    """
    require(by, Action.MAKE_REPORTS)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        found = newest_decisions(connection, requisition).values()
    return DecisionCounts(
        len(found), sum(one.selected for one in found), sum(one.is_override for one in found)
    )
