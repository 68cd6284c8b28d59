"""Erasing one candidate: whatever says who it was goes, and the log stays whole.

Ratings and decisions stay as numbers without a person, so that the reviewers' agreement and
the requisition's counts remain what they were.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from toolkit.errors import StoreError
from toolkit.intake.candidate_rows import without_candidate
from toolkit.store.candidates import Candidate, candidate_in
from toolkit.store.database import Database
from toolkit.store.event_log import canonical, now, record
from toolkit.store.packed_upload import Upload, packed, unpacked
from toolkit.store.personal import apply_rules
from toolkit.store.requisitions import requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import CANDIDATES, COHORTS


@dataclass(frozen=True)
class Erasure:
    """What an erasure did.

    Parameters
    ----------
    candidate : str
        The candidate's key, which stays.
    at : str
    rows : mapping of str to int
        Table → rows deleted or emptied; ``"cohorts"`` counts versions of uploads.
    """

    candidate: str
    at: str
    rows: dict[str, int]

    def to_dict(self) -> dict[str, object]:
        return {"candidate": self.candidate, "at": self.at, "rows": dict(self.rows)}


def erase_candidate(database: Database, by: Person, key: str) -> Erasure:
    """Erase a candidate; who was erased already stays so.

    Backups made before still hold the candidate.

    Parameters
    ----------
    key : str
        The candidate's key.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such candidate.
    StoreError
        While the requisition is under a legal hold.
    """
    require(by, Action.ERASE_CANDIDATE)
    with database.writing() as connection:
        subject = candidate_in(connection, key)
        if subject.erased_at is not None:
            return Erasure(key, subject.erased_at, {})
        if requisition_in(connection, subject.requisition).legal_hold:
            raise StoreError(
                "The requisition is under a legal hold, so nobody of it may be erased. Take the "
                "hold off first, if the dispute is over."
            )
        at = now()
        uploads = _rewrite_uploads(connection, subject)
        rows = apply_rules(connection, key)
        if uploads:
            rows["cohorts"] = uploads
        connection.execute(
            update(CANDIDATES)
            .where(CANDIDATES.c.id == key)
            .values(code=f"erased-{key}", name=None, erased_at=at)
        )
        detail = {"requisition": subject.requisition, "rows": rows}
        record(connection, by.id, "candidate erased", f"candidate {key}", detail)
    database.scrub()
    return Erasure(key, at, rows)


def _rewrite_uploads(connection: Connection, subject: Candidate) -> int:
    """Take the candidate's rows out of every version; the number of versions that had some."""
    done = 0
    versions = select(COHORTS.c.id).where(COHORTS.c.requisition_id == subject.requisition)
    for key in connection.execute(versions).scalars().all():
        content = connection.execute(
            select(COHORTS.c.tables).where(COHORTS.c.id == key)
        ).scalar_one()
        upload = unpacked(content)
        reading, mapping = without_candidate(
            upload.reading, upload.mapping, upload.catalogue(), subject.code
        )
        if reading is upload.reading:
            continue
        left = Upload(
            _without_name(upload, set(reading.sources)), reading, mapping, upload.own_scores
        )
        rest = packed(left)
        connection.execute(
            update(COHORTS)
            .where(COHORTS.c.id == key)
            .values(
                tables=rest,
                files=canonical(dict(reading.sources)),
                sha256=hashlib.sha256(rest).hexdigest(),
            )
        )
        done += 1
    return done


def _without_name(upload: Upload, files: set[str]) -> str:
    """The upload's name, unless it is that of a file that went with the candidate."""
    gone = upload.reading.sources.keys() - files
    return "Candidates" if any(name in upload.name for name in gone) else upload.name
