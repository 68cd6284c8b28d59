"""The cohorts of a requisition: every upload that was kept, and who its candidates are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, insert, select

from toolkit.intake.cohort import Cohort
from toolkit.store.candidates import take_candidates
from toolkit.store.database import Database
from toolkit.store.event_log import canonical, now, record
from toolkit.store.packed_upload import Upload, packed, unpacked
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import COHORTS
from toolkit.store.versions import following, versions_of
from toolkit.store.written import as_key, new_key

#: Many times larger than the rest of an upload.
_TABLES = "tables"


@dataclass(frozen=True)
class KeptCohort:
    """One upload that was kept.

    Parameters
    ----------
    key : str
    requisition : str
    version : int
        From 1.
    files : mapping of str to str
        Name of each uploaded file → SHA-256 of its bytes.
    sha256 : str
        Of all that is kept of it: tables, column mapping and the user's own scores. Erasing a
        candidate changes it.
    made_at : str
    """

    key: str
    requisition: str
    version: int
    files: Mapping[str, str]
    sha256: str
    made_at: str


def keep_cohort(
    database: Database,
    by: Person,
    requisition: str,
    upload: Upload,
    version: int,
    *,
    withdrawn: Sequence[str] = (),
    key: str | None = None,
) -> KeptCohort:
    """Keep another upload; the newest again where nothing is different.

    Parameters
    ----------
    upload : Upload
    version : int
        The newest version that the person saw; 0 where there was none.
    withdrawn : sequence of str
        Codes of candidates with reviews or decisions who may be missing from the upload.
    key : str, optional
        Made by whoever asks, so that asking again keeps nothing twice.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    Conflict
        If somebody else has kept another upload since.
    StoreError
        If the requisition is closed, or candidates with reviews or decisions would be missing.
    InputError
        If the upload holds no candidates.
    """
    require(by, Action.CHANGE_CANDIDATES)
    key = new_key() if key is None else as_key(key)
    cohort, content = upload.cohort(), packed(upload)
    files = dict(upload.reading.sources)
    digest = hashlib.sha256(content).hexdigest()
    with database.writing() as connection:
        require_open(connection, requisition)
        newest = newest_cohort(connection, requisition)
        if newest is not None and (newest.key == key or newest.sha256 == digest):
            return newest
        number = following(newest, version, "other candidates")
        take_candidates(connection, by, requisition, cohort, withdrawn)
        connection.execute(
            insert(COHORTS).values(
                id=key,
                requisition_id=requisition,
                version=number,
                files=canonical(files),
                sha256=digest,
                tables=content,
                made_at=now(),
            )
        )
        detail = {
            "requisition": requisition,
            "sha256": digest,
            "candidates": len(cohort),
            "version": number,
        }
        record(connection, by.id, "candidates kept", f"cohort {key}", detail)
        found = newest_cohort(connection, requisition)
        assert found is not None
        return found


def cohorts(database: Database, by: Person, requisition: str) -> tuple[KeptCohort, ...]:
    """Every upload that was kept, the newest first; not what is in them.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.SEE_CANDIDATES)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        return tuple(map(_kept, connection.execute(versions_of(COHORTS, requisition, _TABLES))))


def upload_of(database: Database, by: Person, requisition: str) -> tuple[KeptCohort, Upload] | None:
    """The newest upload as it was read, or None where there is none.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.SEE_CANDIDATES)
    return _newest_upload(database, requisition)


def cohort_seen_by(
    database: Database, by: Person, requisition: str
) -> tuple[KeptCohort, str, Cohort] | None:
    """The newest candidates, their name on the pages included, as far as the person may see.

    Whoever decides sees no group membership; whoever sees figures by group sees no names,
    accounts or works.

    Raises
    ------
    NotAllowed
    UnknownName
    InputError
        If every candidate was erased.
    """
    if not by.may(Action.SEE_GROUPS):
        require(by, Action.SEE_CANDIDATES)
    found = _newest_upload(database, requisition)
    if found is None:
        return None
    kept, upload = found
    return kept, upload.name, as_seen_by(by, upload.cohort())


def as_seen_by(by: Person, cohort: Cohort) -> Cohort:
    """The cohort without what the person may not see."""
    if not by.may(Action.SEE_GROUPS):
        cohort = replace(cohort, groups=pd.DataFrame(index=cohort.candidates.index))
    if not by.may(Action.SEE_CANDIDATES):
        cohort = Cohort(
            cohort.candidates[[]],
            cohort.signals,
            cohort.about,
            groups=cohort.groups,
            outcomes=cohort.outcomes,
            sources=cohort.sources,
        )
    return cohort


def newest_cohort(connection: Connection, requisition: str) -> KeptCohort | None:
    """The upload that counts, within a transaction that has checked the right to it."""
    found = connection.execute(versions_of(COHORTS, requisition, _TABLES).limit(1)).first()
    return None if found is None else _kept(found)


def _newest_upload(database: Database, requisition: str) -> tuple[KeptCohort, Upload] | None:
    with database.reading() as connection:
        requisition_in(connection, requisition)
        found = newest_cohort(connection, requisition)
        if found is None:
            return None
        content = connection.execute(
            select(COHORTS.c.tables).where(COHORTS.c.id == found.key)
        ).scalar_one()
    return found, unpacked(content)


def _kept(row: Row[tuple[Any, ...]]) -> KeptCohort:
    return KeptCohort(
        row.id, row.requisition_id, row.version, json.loads(row.files), row.sha256, row.made_at
    )
