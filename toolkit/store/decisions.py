"""What was decided about each candidate, against which proposal, and why; nothing overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, insert, select

from toolkit.errors import Conflict, UnknownName
from toolkit.store.candidates import require_present
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import CANDIDATES, DECISIONS
from toolkit.store.written import as_key, new_key, prose
from toolkit.store.written import reason as needed_reason

Basis = Literal["screen", "ranking"]


@dataclass(frozen=True)
class Proposal:
    """What a rule would decide about one candidate.

    Parameters
    ----------
    selected : bool
    basis : {"screen", "ranking"}
    sha256 : str
        Digest of the rule: the screen's, or of what the ranking was made with.
    """

    selected: bool
    basis: Basis
    sha256: str


@dataclass(frozen=True)
class KeptDecision:
    """One version of the decision about one candidate.

    Parameters
    ----------
    key : str
    candidate : str
        The candidate's key.
    version : int
        From 1.
    selected : bool
    proposal : Proposal or None
        None where nothing had proposed anything.
    reason : str
    person : str
        Key of who decided.
    made_at : str
    """

    key: str
    candidate: str
    version: int
    selected: bool
    proposal: Proposal | None
    reason: str
    person: str
    made_at: str

    @property
    def is_override(self) -> bool:
        """Whether a person decided otherwise than was proposed."""
        return self.proposal is not None and self.proposal.selected != self.selected

    def to_dict(self) -> dict[str, object]:
        return {**asdict(self), "is_override": self.is_override}


def decide_about(
    database: Database,
    by: Person,
    candidate: str,
    selected: bool,
    version: int,
    *,
    proposal: Proposal | None = None,
    reason: str = "",
    key: str | None = None,
) -> KeptDecision:
    """Decide about a candidate.

    Parameters
    ----------
    candidate : str
        The candidate's key.
    selected : bool
    version : int
        The newest version that the person saw; 0 where nothing was decided.
    proposal : Proposal, optional
    reason : str
        Must be given where the decision differs from the proposal, where there is none, and
        where an earlier decision is turned round.
    key : str, optional
        Made by whoever asks, so that asking again keeps nothing twice.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such candidate.
    Conflict
        If somebody else has decided since.
    StoreError
        If a reason is missing, the requisition is closed, or the candidate was erased.
    """
    require(by, Action.DECIDE)
    key = new_key() if key is None else as_key(key)
    with database.writing() as connection:
        subject = require_present(connection, candidate)
        require_open(connection, subject.requisition)
        newest = _newest(connection, candidate)
        if newest is not None and newest.key == key:
            return newest
        if (newest.version if newest else 0) != version:
            raise Conflict(
                "Somebody has decided about this candidate in the meantime; yours was not kept. "
                "Look at their decision and its reason first."
            )
        words = _reason(selected, proposal, newest, reason)
        _add(connection, by, key, candidate, version + 1, selected, proposal, words)
        found = _newest(connection, candidate)
        assert found is not None
        return found


def decide_as_proposed(
    database: Database, by: Person, requisition: str, proposals: Mapping[str, Proposal]
) -> int:
    """Decide about everybody still undecided as a rule proposes.

    Parameters
    ----------
    proposals : mapping of str to Proposal
        By the candidates' keys; whoever is not among them stays undecided.

    Returns
    -------
    int
        How many were decided about.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition, or a key is of none of its candidates.
    StoreError
        If the requisition is closed.
    """
    require(by, Action.DECIDE)
    with database.writing() as connection:
        require_open(connection, requisition)
        mine = select(CANDIDATES.c.id).where(
            CANDIDATES.c.requisition_id == requisition,
            CANDIDATES.c.withdrawn_at.is_(None),
            CANDIDATES.c.erased_at.is_(None),
        )
        known = set(connection.execute(mine).scalars())
        for key in proposals:
            if key not in known:
                raise UnknownName("candidate", key[:60], ())
        decided = set(
            connection.execute(
                select(DECISIONS.c.candidate_id).where(DECISIONS.c.candidate_id.in_(mine))
            ).scalars()
        )
        open_still = [key for key in proposals if key not in decided]
        for key in open_still:
            _add(connection, by, new_key(), key, 1, proposals[key].selected, proposals[key], "")
        return len(open_still)


def decisions(database: Database, by: Person, requisition: str) -> dict[str, KeptDecision]:
    """What was last decided, by the candidates' keys.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    """
    require(by, Action.SEE_CANDIDATES)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        return newest_decisions(connection, requisition)


def newest_decisions(connection: Connection, requisition: str) -> dict[str, KeptDecision]:
    """The same as `decisions`, within a transaction that has checked the right to it."""
    newest = (
        select(DECISIONS.c.candidate_id, func.max(DECISIONS.c.version).label("version"))
        .group_by(DECISIONS.c.candidate_id)
        .subquery()
    )
    rows = connection.execute(
        select(DECISIONS)
        .join(
            newest,
            (DECISIONS.c.candidate_id == newest.c.candidate_id)
            & (DECISIONS.c.version == newest.c.version),
        )
        .join(CANDIDATES, DECISIONS.c.candidate_id == CANDIDATES.c.id)
        .where(CANDIDATES.c.requisition_id == requisition, CANDIDATES.c.erased_at.is_(None))
    )
    return {row.candidate_id: _kept(row) for row in rows}


def decisions_about(database: Database, by: Person, candidate: str) -> tuple[KeptDecision, ...]:
    """Every decision about one candidate, the newest first.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.SEE_CANDIDATES)
    with database.reading() as connection:
        require_present(connection, candidate)
        return tuple(map(_kept, connection.execute(_about(candidate))))


def _add(
    connection: Connection,
    by: Person,
    key: str,
    candidate: str,
    version: int,
    selected: bool,
    proposal: Proposal | None,
    reason: str,
) -> None:
    connection.execute(
        insert(DECISIONS).values(
            id=key,
            candidate_id=candidate,
            version=version,
            selected=selected,
            proposed=None if proposal is None else proposal.selected,
            basis=None if proposal is None else proposal.basis,
            basis_sha256=None if proposal is None else proposal.sha256,
            reason=reason,
            person_id=by.id,
            made_at=now(),
        )
    )
    override = proposal is not None and proposal.selected != selected
    detail = {"candidate": candidate, "override": override, "version": version}
    record(connection, by.id, "decided", f"decision {key}", detail)


def _reason(
    selected: bool, proposal: Proposal | None, newest: KeptDecision | None, given: str
) -> str:
    if newest is not None and newest.selected != selected:
        return needed_reason(
            given, "This turns an earlier decision round. Write down what has changed."
        )
    if proposal is None:
        return needed_reason(
            given, "Nothing has proposed this decision. Write down what it rests on."
        )
    if proposal.selected != selected:
        return needed_reason(
            given,
            f"The {proposal.basis} proposes otherwise. Write down why you decide differently.",
        )
    return prose(given, "reason")


def _newest(connection: Connection, candidate: str) -> KeptDecision | None:
    found = connection.execute(_about(candidate).limit(1)).first()
    return None if found is None else _kept(found)


def _about(candidate: str) -> Select[Any]:
    return (
        select(DECISIONS)
        .where(DECISIONS.c.candidate_id == candidate)
        .order_by(DECISIONS.c.version.desc())
    )


def _kept(row: Row[tuple[Any, ...]]) -> KeptDecision:
    proposal = None
    if row.proposed is not None:
        proposal = Proposal(bool(row.proposed), row.basis, row.basis_sha256)
    return KeptDecision(
        row.id,
        row.candidate_id,
        row.version,
        bool(row.selected),
        proposal,
        row.reason,
        row.person_id,
        row.made_at,
    )
