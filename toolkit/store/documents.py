"""Portfolio documents: the file and its text for recruiters, a blinded copy for reviewers.

The blinded copy is made here, of the very text that is kept, so that the two always belong
together. Reviewers see it once a recruiter has read it: no rule knows every nickname.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from toolkit.errors import Conflict, NotAllowed, StoreError, UnknownName
from toolkit.intake.documents.document import Document, document_from_dict
from toolkit.intake.documents.limits import MOST_BYTES
from toolkit.intake.documents.read_document import read_document
from toolkit.review.blinding.blind import Removal, blind_document
from toolkit.store.candidates import candidate_in, require_present
from toolkit.store.database import Database
from toolkit.store.event_log import canonical, now, record
from toolkit.store.requisitions import require_open
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import ASSIGNMENTS, CANDIDATES, DOCUMENTS
from toolkit.store.written import as_key, new_key, title

#: Documents of one candidate, and bytes of all their files.
MOST_DOCUMENTS, MOST_TOGETHER = 20, 3 * MOST_BYTES
LONGEST_NAME = 200


@dataclass(frozen=True)
class KeptDocument:
    """A document as recruiters see it.

    Parameters
    ----------
    key, candidate : str
        Keys.
    document : Document
        What was read from the file.
    blinded : Document
        What reviewers see.
    removed : tuple of Removal
        What the blinded copy lacks, with the words.
    shown : bool
        Whether reviewers see it.
    version : int
        Grows with each change; a change names the version that it was made from.
    made_at : str
    """

    key: str
    candidate: str
    document: Document
    blinded: Document
    removed: tuple[Removal, ...]
    shown: bool
    version: int
    made_at: str


@dataclass(frozen=True)
class BlindedCopy:
    """A document as a reviewer sees it.

    Parameters
    ----------
    key : str
    document : Document
        The blinded copy, and nothing else.
    removed : mapping of str to int
        How many of each kind were taken out.
    """

    key: str
    document: Document
    removed: dict[str, int]


def keep_document(
    database: Database,
    by: Person,
    candidate: str,
    name: str,
    data: bytes,
    *,
    names: Sequence[str] = (),
    pronouns: bool = False,
    key: str | None = None,
) -> KeptDocument:
    """Read a file, make its blinded copy, and keep both; the same file again changes nothing.

    Parameters
    ----------
    candidate : str
        Key.
    name : str
        Of the file.
    data : bytes
    names : sequence of str
        Other names of the candidate that have to go: former ones, nicknames.
    pronouns : bool
        Whether English pronouns are made neutral in the blinded copy.
    key : str, optional
        Made by whoever asks, so that asking again keeps nothing twice.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such candidate.
    UnreadableFile
        If the file cannot be read.
    StoreError
        If the requisition is closed, the candidate was erased, or too much is kept already.
    """
    require(by, Action.CHANGE_CANDIDATES)
    key = new_key() if key is None else as_key(key)
    name = title(name, "file")[-LONGEST_NAME:]
    with database.reading() as connection:
        known = require_present(connection, candidate).name
    # Reading takes its time: not while others wait to write.
    document = read_document(data, name)
    own = [one for one in (known, *names) if one]
    blinded = blind_document(document, own, pronouns=pronouns)
    with database.writing() as connection:
        subject = require_present(connection, candidate)
        require_open(connection, subject.requisition)
        same = (DOCUMENTS.c.candidate_id == candidate) & (DOCUMENTS.c.sha256 == document.sha256)
        found = _row(connection, (DOCUMENTS.c.id == key) | same)
        if found is not None:
            return _kept(found)
        _check_room(connection, candidate, len(data))
        connection.execute(
            insert(DOCUMENTS).values(
                id=key,
                candidate_id=candidate,
                name=name,
                file=data,
                sha256=document.sha256,
                content=canonical(document.to_dict()),
                blinded=canonical(blinded.document.to_dict()),
                removed=canonical({"removed": [vars(one) for one in blinded.removals]}),
                shown=False,
                version=1,
                person_id=by.id,
                made_at=now(),
            )
        )
        detail = {"candidate": candidate, "sha256": document.sha256, "pronouns": pronouns}
        record(connection, by.id, "document kept", f"document {key}", detail)
        kept = _row(connection, DOCUMENTS.c.id == key)
        assert kept is not None
        return _kept(kept)


def documents(database: Database, by: Person, candidate: str) -> tuple[KeptDocument, ...]:
    """A candidate's documents in the order in which they came, without the files.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.SEE_CANDIDATES)
    with database.reading() as connection:
        candidate_in(connection, candidate)
        rows = connection.execute(
            _all()
            .where(DOCUMENTS.c.candidate_id == candidate)
            .order_by(DOCUMENTS.c.made_at, DOCUMENTS.c.id)
        )
        return tuple(map(_kept, rows))


def document_file(database: Database, by: Person, key: str) -> bytes:
    """The file as it came.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.SEE_CANDIDATES)
    with database.reading() as connection:
        file = connection.execute(select(DOCUMENTS.c.file).where(DOCUMENTS.c.id == key)).scalar()
    if file is None:
        raise UnknownName("document", key[:60], ())
    return bytes(file)


def show_document(
    database: Database, by: Person, key: str, version: int, shown: bool = True
) -> KeptDocument:
    """Let reviewers see the blinded copy, or no longer.

    Parameters
    ----------
    version : int
        That the person has read.

    Raises
    ------
    NotAllowed
    UnknownName
    Conflict
        If somebody else has changed it since.
    """
    require(by, Action.CHANGE_CANDIDATES)
    with database.writing() as connection:
        found = _row(connection, DOCUMENTS.c.id == key)
        if found is None:
            raise UnknownName("document", key[:60], ())
        if bool(found.shown) == shown:
            return _kept(found)
        if found.version != version:
            raise Conflict(
                "Somebody has changed this document in the meantime; nothing of yours was kept. "
                "Look at it again."
            )
        connection.execute(
            update(DOCUMENTS).where(DOCUMENTS.c.id == key).values(shown=shown, version=version + 1)
        )
        done = "document shown to reviewers" if shown else "document hidden from reviewers"
        record(connection, by.id, done, f"document {key}", {"candidate": found.candidate_id})
        changed = _row(connection, DOCUMENTS.c.id == key)
        assert changed is not None
        return _kept(changed)


def remove_document(database: Database, by: Person, key: str) -> None:
    """Delete a document; one that is not there, or not any more, is no mistake.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.CHANGE_CANDIDATES)
    with database.writing() as connection:
        found = _row(connection, DOCUMENTS.c.id == key)
        if found is None:
            return
        require_open(connection, candidate_in(connection, found.candidate_id).requisition)
        connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.id == key))
        detail = {"candidate": found.candidate_id, "sha256": found.sha256}
        record(connection, by.id, "document removed", f"document {key}", detail)


def blinded_documents(database: Database, by: Person, candidate: str) -> tuple[BlindedCopy, ...]:
    """The blinded copies that a reviewer may see of a candidate given to them.

    Raises
    ------
    NotAllowed
        If the candidate was not given to this reviewer; in the same words if there is none.
    """
    require(by, Action.RATE)
    with database.reading() as connection:
        given = connection.execute(
            select(ASSIGNMENTS.c.id)
            .join(CANDIDATES, CANDIDATES.c.id == ASSIGNMENTS.c.candidate_id)
            .where(
                ASSIGNMENTS.c.candidate_id == candidate,
                ASSIGNMENTS.c.reviewer_id == by.id,
                ASSIGNMENTS.c.withdrawn_at.is_(None),
                CANDIDATES.c.erased_at.is_(None),
                CANDIDATES.c.withdrawn_at.is_(None),
            )
        ).first()
        if given is None:
            raise NotAllowed("This candidate is not yours to review. Open one from your list.")
        rows = connection.execute(
            select(DOCUMENTS.c.id, DOCUMENTS.c.blinded, DOCUMENTS.c.removed)
            .where(DOCUMENTS.c.candidate_id == candidate, DOCUMENTS.c.shown)
            .order_by(DOCUMENTS.c.made_at, DOCUMENTS.c.id)
        )
        return tuple(
            BlindedCopy(row.id, _document(row.blinded), _counted(_removed(row.removed)))
            for row in rows
        )


def _check_room(connection: Connection, candidate: str, size: int) -> None:
    count, together = connection.execute(
        select(func.count(), func.coalesce(func.sum(func.length(DOCUMENTS.c.file)), 0)).where(
            DOCUMENTS.c.candidate_id == candidate
        )
    ).one()
    if count >= MOST_DOCUMENTS or together + size > MOST_TOGETHER:
        raise StoreError(
            f"A candidate may have {MOST_DOCUMENTS} documents of {MOST_TOGETHER // 2**20} MiB "
            "together. Remove one that nobody needs."
        )


def _row(connection: Connection, wanted: Any) -> Row[tuple[Any, ...]] | None:
    return connection.execute(_all().where(wanted).limit(1)).first()


def _all() -> Any:
    # Files are many times larger than the rest.
    return select(*(column for column in DOCUMENTS.c if column.name != "file"))


def _kept(row: Row[tuple[Any, ...]]) -> KeptDocument:
    return KeptDocument(
        row.id,
        row.candidate_id,
        _document(row.content),
        _document(row.blinded),
        _removed(row.removed),
        bool(row.shown),
        row.version,
        row.made_at,
    )


def _document(text: str) -> Document:
    return document_from_dict(json.loads(text))


def _removed(text: str) -> tuple[Removal, ...]:
    return tuple(Removal(**one) for one in json.loads(text)["removed"])


def _counted(removed: Sequence[Removal]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in removed:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    return counts
