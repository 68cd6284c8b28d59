"""The candidates of a requisition: their codes and names, as the newest upload has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, or_, select, update

from toolkit.errors import StoreError, UnknownName
from toolkit.intake.cohort import Cohort
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.many_rows import add_rows
from toolkit.store.requisitions import requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import ASSIGNMENTS, CANDIDATES, DECISIONS, DOCUMENTS, SUBMISSIONS
from toolkit.store.written import new_key

#: As much as the tables hold of a code or a name.
LONGEST_CODE = 200
LONGEST_NAME = 10_000
_LISTED = 8


@dataclass(frozen=True)
class Candidate:
    """One applicant to one requisition.

    Parameters
    ----------
    key : str
    requisition : str
    code : str
        By which reviewers know the candidate.
    name : str or None
        As uploaded; None where no name was.
    withdrawn_at : str or None
        When an upload left the candidate out.
    erased_at : str or None
    """

    key: str
    requisition: str
    code: str
    name: str | None
    withdrawn_at: str | None = None
    erased_at: str | None = None

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def candidates(database: Database, by: Person, requisition: str) -> tuple[Candidate, ...]:
    """Everybody who was not erased, by code.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    """
    require(by, Action.SEE_CANDIDATES)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        found = map(_candidate, connection.execute(_of(requisition)))
        # Sorted here, since the databases do not agree on the order of texts.
        return tuple(sorted(found, key=lambda one: one.code))


def candidate(database: Database, by: Person, key: str) -> Candidate:
    """One candidate by key.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.SEE_CANDIDATES)
    with database.reading() as connection:
        return candidate_in(connection, key)


def candidate_called(database: Database, by: Person, requisition: str, code: str) -> Candidate:
    """One candidate by code, for whoever may export what is kept of a candidate.

    Raises
    ------
    NotAllowed
    UnknownName
        Without naming others: whoever asks may not see them.
    """
    require(by, Action.EXPORT_CANDIDATE)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        row = connection.execute(_of(requisition).where(CANDIDATES.c.code == code)).first()
    if row is None:
        raise UnknownName("candidate", code[:LONGEST_CODE], (), "this requisition")
    return _candidate(row)


def candidate_in(connection: Connection, key: str) -> Candidate:
    """One candidate, within a transaction that has checked the right to it.

    Raises
    ------
    UnknownName
        If there is none with this key.
    """
    row = connection.execute(select(CANDIDATES).where(CANDIDATES.c.id == key)).first()
    if row is None:
        raise UnknownName("candidate", key[:60], ())
    return _candidate(row)


def require_present(connection: Connection, key: str) -> Candidate:
    """Stop whoever would write about a candidate who was erased.

    Raises
    ------
    UnknownName
    StoreError
        If the candidate was erased.
    """
    found = candidate_in(connection, key)
    if found.erased_at is not None:
        raise StoreError("This candidate was erased; nothing about them is kept any more.")
    return found


def take_candidates(
    connection: Connection, by: Person, requisition: str, cohort: Cohort, withdrawn: Sequence[str]
) -> None:
    """Bring the table in line with a new upload, in the transaction that keeps it.

    Nobody is deleted. Whoever is not in the upload counts as withdrawn, which has to be said
    of those about whom somebody has worked already.

    Parameters
    ----------
    withdrawn : sequence of str
        Codes of those who may be missing although there are reviews of them or decisions.

    Raises
    ------
    StoreError
        If a candidate with reviews or decisions is missing and not in `withdrawn`, or a code
        or name is too long.
    """
    names = _names(cohort)
    known = {row.code: row for row in connection.execute(_of(requisition))}
    missing = [row for code, row in known.items() if code not in names and not row.withdrawn_at]
    _refuse_silent_loss(connection, [row for row in missing if row.code not in withdrawn])
    for row in missing:
        connection.execute(
            update(CANDIDATES).where(CANDIDATES.c.id == row.id).values(withdrawn_at=now())
        )
        record(connection, by.id, "candidate withdrawn", f"candidate {row.id}")
    changed = [
        row
        for code, row in known.items()
        if code in names and (row.name != names[code] or row.withdrawn_at)
    ]
    for row in changed:
        connection.execute(
            update(CANDIDATES)
            .where(CANDIDATES.c.id == row.id)
            .values(name=names[row.code], withdrawn_at=None)
        )
    new = [
        {
            "id": new_key(),
            "requisition_id": requisition,
            "code": code,
            "name": name,
            "withdrawn_at": None,
            "erased_at": None,
        }
        for code, name in names.items()
        if code not in known
    ]
    add_rows(connection, CANDIDATES, new)


def _refuse_silent_loss(connection: Connection, missing: Sequence[Row[tuple[Any, ...]]]) -> None:
    worked_on = []
    for row in missing:
        attached = [
            exists().where(table.c.candidate_id == row.id)
            for table in (ASSIGNMENTS, DECISIONS, SUBMISSIONS, DOCUMENTS)
        ]
        if connection.execute(select(or_(*attached))).scalar_one():
            worked_on.append(row.code)
    if worked_on:
        listed = ", ".join(repr(code) for code in worked_on[:_LISTED])
        more = f" and {len(worked_on) - _LISTED} more" if len(worked_on) > _LISTED else ""
        count = "1 candidate" if len(worked_on) == 1 else f"{len(worked_on):,} candidates"
        raise StoreError(
            f"{count} whom reviewers have been given, whose work is kept, or about whom it was "
            f"decided would be missing: {listed}{more}. Add them to the files, or confirm that "
            "they have withdrawn."
        )


def _names(cohort: Cohort) -> dict[str, str | None]:
    """Code → name, in the order of the upload."""
    codes = [str(code) for code in cohort.ids]
    if "name" in cohort.candidates.columns:
        names = [name if isinstance(name, str) else None for name in cohort.candidates["name"]]
    else:
        names = [None] * len(codes)
    long = next((code for code in codes if len(code) > LONGEST_CODE), None)
    if long is not None:
        raise StoreError(
            f"The candidate code beginning with '{long[:40]}' has {len(long):,} characters. Use "
            f"codes of {LONGEST_CODE} or fewer, or map another column as the code."
        )
    return {
        # The upload itself keeps it whole.
        code: None if name is None else name[:LONGEST_NAME]
        for code, name in zip(codes, names, strict=True)
    }


def _of(requisition: str) -> Select[Any]:
    return select(CANDIDATES).where(
        CANDIDATES.c.requisition_id == requisition, CANDIDATES.c.erased_at.is_(None)
    )


def _candidate(row: Row[tuple[Any, ...]]) -> Candidate:
    return Candidate(
        row.id, row.requisition_id, row.code, row.name, row.withdrawn_at, row.erased_at
    )
