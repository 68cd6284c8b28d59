"""Who did what, in a chain that shows where it was cut.

Each event carries the hash of the one before, so that changing, removing or inserting one
breaks the chain from there on. Removing events at the end leaves a whole, shorter chain;
that shows against a head noted elsewhere, on a printed sheet for instance. An event never
carries personal data: only keys, codes of things and hashes, so that erasing a candidate
leaves the log whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from toolkit.store.tables import EVENTS

#: What the first event names as the one before.
START = "0" * 64


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    Parameters
    ----------
    seq : int
        From 1 without gaps.
    at : str
        ISO 8601, UTC.
    actor : str
        Key of the person, or ``"program"``.
    action : str
        For instance ``"rating saved"``.
    subject : str
        What it happened to: a kind and a key, for instance ``"assignment 6f…"``.
    detail : str
        Canonical JSON of what else is worth knowing.
    previous : str
        Hash of the event before, or `START`.
    hash : str
        SHA-256 of all the rest.
    """

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: str
    previous: str
    hash: str

    def expected_hash(self) -> str:
        """The hash that the event ought to carry."""
        content = asdict(self)
        del content["hash"]
        return hashlib.sha256(canonical(content).encode()).hexdigest()


@dataclass(frozen=True)
class LogCheck:
    """What checking the log found.

    Parameters
    ----------
    events : int
        How many were read.
    head : str
        Hash of the last one.
    fault_at : int or None
        Number of the first event that does not follow from the one before.
    fault : str or None
        What is wrong there, as a sentence.
    """

    events: int
    head: str
    fault_at: int | None = None
    fault: str | None = None

    @property
    def ok(self) -> bool:
        return self.fault is None

    def to_dict(self) -> dict[str, object]:
        return {"ok": self.ok, **asdict(self)}


def canonical(content: Mapping[str, object]) -> str:
    """JSON with one way of writing: keys sorted, no spaces, NaN refused.

    Examples
    --------
    >>> canonical({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def now() -> str:
    """The time as the store keeps it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def record(
    connection: Connection,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, object] | None = None,
    at: str | None = None,
) -> Event:
    """Add an event, in the transaction of what it tells.

    Parameters
    ----------
    connection : Connection
        In a transaction of `toolkit.store.database.Database.writing`, which lets one writer
        in at a time.
    """
    last = connection.execute(
        select(EVENTS.c.seq, EVENTS.c.hash).order_by(EVENTS.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, START)
    unsigned = Event(
        seq, at or now(), actor, action, subject, canonical(detail or {}), previous, ""
    )
    event = Event(**{**asdict(unsigned), "hash": unsigned.expected_hash()})
    connection.execute(insert(EVENTS).values(**asdict(event)))
    return event


def events(connection: Connection) -> Iterator[Event]:
    """All events in order, read a part at a time."""
    # An option of the statement: one of the connection would hold for later writes, too.
    rows = connection.execute(
        select(EVENTS).order_by(EVENTS.c.seq).execution_options(yield_per=1000)
    )
    for row in rows:
        yield Event(**row._mapping)


def check_log(connection: Connection, head: str | None = None) -> LogCheck:
    """Follow the chain from its start.

    Parameters
    ----------
    head : str, optional
        A hash noted earlier, which must still be in the chain.
    """
    previous, count, seen = START, 0, head is None
    for event in events(connection):
        fault = _fault(event, count + 1, previous)
        if fault:
            return LogCheck(count, previous, event.seq, fault)
        previous, count = event.hash, count + 1
        seen = seen or event.hash == head
    if not seen:
        return LogCheck(
            count,
            previous,
            count + 1,
            "The head noted earlier is not in the log: events at its end are missing.",
        )
    return LogCheck(count, previous)


def _fault(event: Event, seq: int, previous: str) -> str | None:
    if event.seq != seq:
        return f"Event {seq} is missing."
    if event.previous != previous:
        return "It does not name the event before it."
    if event.hash != event.expected_hash():
        return "Its content is not what its hash was made of."
    return None
