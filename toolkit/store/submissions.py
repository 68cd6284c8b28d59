"""What candidates hand in for a task, under which conditions, and whether it is their own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, Select, insert, select

from toolkit.errors import StoreError, UnknownName
from toolkit.store.candidates import require_present
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import CANDIDATES, SUBMISSIONS
from toolkit.store.tasks import task_in
from toolkit.store.versions import following
from toolkit.store.written import as_key, new_key, prose

#: The largest file that is kept, in bytes.
LARGEST = 25 * 1024 * 1024
LONGEST_TEXT = 200_000


class Kind(StrEnum):
    """How a submission was handed in."""

    TEXT = "text"
    LINK = "link"
    FILE = "file"


class Authorship(StrEnum):
    """What came of checking whose work it is."""

    NOT_CHECKED = "not checked"
    CONFIRMED = "confirmed"
    DOUBTED = "doubted"


@dataclass(frozen=True)
class Work:
    """What is handed in, and how it came about.

    Parameters
    ----------
    kind : Kind
    content : str
        The text, the link, or the name of the file.
    file : bytes, optional
        Of a file.
    anonymous : bool
        True once somebody has read it and found nothing in it that says whose it is;
        reviewers are shown it from then on.
    conditions : str
        Under which it was made, where they were not the task's own.
    adjustments : str
        What was granted to this candidate. Reviewers do not see it.
    minutes : float, optional
        How long it took.
    authorship : Authorship
    authorship_note : str
        What the check rests on.
    """

    kind: Kind
    content: str
    file: bytes | None = None
    anonymous: bool = False
    conditions: str = ""
    adjustments: str = ""
    minutes: float | None = None
    authorship: Authorship = Authorship.NOT_CHECKED
    authorship_note: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of what was handed in."""
        content = self.content.encode() if self.file is None else self.file
        return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Submission:
    """One version of a candidate's submission.

    Parameters
    ----------
    key, candidate, task : str
        Keys; the task's is that of the version which it answers.
    version : int
        From 1.
    work : Work
        Its file is left out of lists; `submitted_file` gives it.
    sha256 : str
    made_at : str
    """

    key: str
    candidate: str
    task: str
    version: int
    work: Work
    sha256: str
    made_at: str


def keep_submission(
    database: Database,
    by: Person,
    candidate: str,
    task: str,
    work: Work,
    version: int,
    *,
    key: str | None = None,
) -> Submission:
    """Keep what a candidate handed in, or what was found out about it since.

    Parameters
    ----------
    candidate, task : str
        Keys.
    version : int
        The newest version that the person saw; 0 where there was none.
    key : str, optional
        Made by whoever asks, so that asking again keeps nothing twice.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such candidate, or no such task in their requisition.
    Conflict
        If somebody else has kept another since.
    StoreError
        If the requisition is closed, the candidate was erased, or it cannot be kept.
    """
    require(by, Action.CHANGE_CANDIDATES)
    key = new_key() if key is None else as_key(key)
    work = _checked(work)
    with database.writing() as connection:
        subject = require_present(connection, candidate)
        require_open(connection, subject.requisition)
        if task_in(connection, task).requisition != subject.requisition:
            raise UnknownName("task", task[:60], (), "this requisition")
        newest = _newest(connection, candidate, task)
        if newest is not None and (newest.key == key or _same(newest, work)):
            return newest
        number = following(newest, version, "another submission of this candidate")
        file = work.file
        if file is None and newest is not None and work.kind is Kind.FILE:
            # Only what is known about it has changed.
            file = _file(connection, newest.key)
        if work.kind is Kind.FILE and file is None:
            raise StoreError("The file is empty. Choose the file that was handed in.")
        digest = work.digest if file is None else hashlib.sha256(file).hexdigest()
        connection.execute(
            insert(SUBMISSIONS).values(
                id=key,
                candidate_id=candidate,
                task_id=task,
                version=number,
                kind=work.kind.value,
                content=work.content,
                file=file,
                sha256=digest,
                anonymous=work.anonymous,
                conditions=work.conditions,
                adjustments=work.adjustments,
                minutes=work.minutes,
                authorship=work.authorship.value,
                authorship_note=work.authorship_note,
                person_id=by.id,
                made_at=now(),
            )
        )
        detail = {"candidate": candidate, "sha256": digest, "version": number}
        record(connection, by.id, "submission kept", f"submission {key}", detail)
        kept = _newest(connection, candidate, task)
        assert kept is not None
        return kept


def submissions(database: Database, by: Person, requisition: str) -> tuple[Submission, ...]:
    """The newest submission of each candidate for each task, without the files.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.SEE_CANDIDATES)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        rows = connection.execute(
            _all().where(
                CANDIDATES.c.requisition_id == requisition, CANDIDATES.c.erased_at.is_(None)
            )
        )
        newest: dict[tuple[str, str], Submission] = {}
        for row in rows:
            newest.setdefault((row.candidate_id, row.task_id), _kept(row))
        return tuple(newest.values())


def submitted_file(database: Database, by: Person, key: str) -> bytes:
    """The file of a submission.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such submission, or it is no file.
    """
    require(by, Action.SEE_CANDIDATES)
    with database.reading() as connection:
        file = _file(connection, key)
    if file is None:
        raise UnknownName("file", key[:60], ())
    return file


def submissions_of(connection: Connection, candidate: str) -> tuple[Submission, ...]:
    """A candidate's newest, within a transaction that has checked the right to it."""
    newest: dict[str, Submission] = {}
    for row in connection.execute(_all().where(SUBMISSIONS.c.candidate_id == candidate)):
        newest.setdefault(row.task_id, _kept(row))
    return tuple(newest.values())


def file_in(connection: Connection, key: str) -> bytes | None:
    """A submission's file, within a transaction that has checked the right to it."""
    return _file(connection, key)


def _checked(work: Work) -> Work:
    kind = Kind(work.kind)
    content = prose(work.content, "submission", LONGEST_TEXT)
    if not content:
        raise StoreError("The submission is empty. Paste the text, give the link or choose a file.")
    if kind is Kind.LINK:
        parts = urlsplit(content)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.username:
            raise StoreError("That is not a link. Give one that begins with https://.")
    if work.file is not None and len(work.file) > LARGEST:
        raise StoreError(
            f"The file has {len(work.file) / 1024**2:,.0f} MB; {LARGEST // 1024**2} MB can be "
            "kept. Make it smaller, or give a link to it."
        )
    return Work(
        kind,
        content,
        work.file if kind is Kind.FILE else None,
        bool(work.anonymous),
        prose(work.conditions, "text"),
        prose(work.adjustments, "text"),
        work.minutes,
        Authorship(work.authorship),
        prose(work.authorship_note, "note"),
    )


def _same(newest: Submission, work: Work) -> bool:
    if work.file is not None and newest.sha256 != work.digest:
        return False
    return newest.work == Work(**{**vars(work), "file": None})


def _newest(connection: Connection, candidate: str, task: str) -> Submission | None:
    row = connection.execute(
        _all()
        .where(SUBMISSIONS.c.candidate_id == candidate, SUBMISSIONS.c.task_id == task)
        .limit(1)
    ).first()
    return None if row is None else _kept(row)


def _file(connection: Connection, key: str) -> bytes | None:
    file = connection.execute(select(SUBMISSIONS.c.file).where(SUBMISSIONS.c.id == key)).scalar()
    return None if file is None else bytes(file)


def _all() -> Select[Any]:
    # Files are many times larger than the rest.
    columns = [column for column in SUBMISSIONS.c if column.name != "file"]
    return (
        select(*columns)
        .join(CANDIDATES, CANDIDATES.c.id == SUBMISSIONS.c.candidate_id)
        .order_by(CANDIDATES.c.code, SUBMISSIONS.c.task_id, SUBMISSIONS.c.version.desc())
    )


def _kept(row: Row[tuple[Any, ...]]) -> Submission:
    work = Work(
        Kind(row.kind),
        row.content,
        None,
        bool(row.anonymous),
        row.conditions,
        row.adjustments,
        row.minutes,
        Authorship(row.authorship),
        row.authorship_note,
    )
    return Submission(
        row.id, row.candidate_id, row.task_id, row.version, work, row.sha256, row.made_at
    )
