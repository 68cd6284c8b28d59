"""Many reviewers saving ratings at once while their processes are killed: is anything lost?

``python -m scripts.soak`` runs it on SQLite and on PostgreSQL. Each writer is a process of
its own. It notes what it is about to save and, once the store has answered, that it was
saved. Again and again some of them are killed with SIGKILL, wherever they are; others take
their place and send what was not answered again, under its own key. Two writers share each
reviewer, as if one person worked in two windows.

Afterwards every acknowledged rating must be in the store as it was sent, none twice, the
versions of each criterion without a gap, and the log whole.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
from sqlalchemy import insert, select, text

from toolkit.errors import Conflict
from toolkit.review.rubric import LEVELS, portfolio_rubric
from toolkit.store.address import store_address
from toolkit.store.assignments import KeptAssignment, hand_out
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, events, now
from toolkit.store.marks import Mark
from toolkit.store.ratings import save_rating
from toolkit.store.requisitions import make_requisition
from toolkit.store.reviewing import review
from toolkit.store.rights import Person, Role
from toolkit.store.rubrics import keep_rubric
from toolkit.store.tables import ASSIGNMENTS, CANDIDATES, PEOPLE, RATINGS
from toolkit.store.written import new_key

#: Candidates that each reviewer rates over and over.
CANDIDATES_EACH = 3
#: The part of all writers that is killed at a time.
KILLED_AT_ONCE = 0.2

# Children are copies of this process: they need not read the program again to begin.
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Soaked:
    """What came of a run.

    Parameters
    ----------
    acknowledged : int
        Ratings that the store said were saved.
    kept : int
        Rows of ratings in the store: those, and what was saved without the answer arriving.
    killed : int
        Writers that were killed.
    sent_again : int
        Ratings sent a second time because their answer was lost.
    conflicts : int
        Times that a writer was told of another window's rating.
    seconds : float
        How long the writers ran.
    median, slowest_percent, slowest : float
        Milliseconds from sending to the answer: median, 99th percentile and longest.
    faults : tuple of str
        What is wrong, in sentences; empty where nothing is.
    """

    acknowledged: int
    kept: int
    killed: int
    sent_again: int
    conflicts: int
    seconds: float
    median: float
    slowest_percent: float
    slowest: float
    faults: tuple[str, ...]


def soak(address: str, writers: int, seconds: float, kills: int, seed: int = 0) -> Soaked:
    """Let writers save ratings for some seconds, and kill some of them now and then.

    Parameters
    ----------
    address : str
        Of a store without accounts.
    writers : int
        An even number.
    """
    database = Database(store_address(address))
    hands = _prepared(database, writers // 2)
    database.close()
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="cloutproof-soak-") as folder:
        notes = [Path(folder) / f"writer-{number}.jsonl" for number in range(writers)]

        def started(number: int) -> BaseProcess:
            person, own = hands[number // 2]
            process = _FORK.Process(
                target=_write, args=(address, person, own, notes[number], draw.random())
            )
            process.start()
            return process

        running = [started(number) for number in range(writers)]
        while not all(file.exists() for file in notes):
            time.sleep(0.01)
        start = time.monotonic()
        killed = 0
        for kill in range(1, kills + 1):
            # Somewhere in each of as many stretches of time as there are kills.
            _wait_until(start + (kill - draw.random() / 2) * seconds / (kills + 0.5))
            for number in draw.sample(range(writers), max(1, int(writers * KILLED_AT_ONCE))):
                os.kill(running[number].pid or 0, signal.SIGKILL)
                running[number].join()
                running[number] = started(number)
                killed += 1
        _wait_until(start + seconds)
        for process in running:
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
        took = time.monotonic() - start
        said = [line for file in notes for line in _lines(file)]
    return _checked(address, said, killed + writers, took)


def _write(
    address: str, person: Person, own: list[KeptAssignment], notes: Path, seed: float
) -> None:
    """Save ratings until killed; what the one before has sent without an answer goes first."""
    draw = random.Random(seed)
    before = list(_lines(notes))
    answered = {line["key"] for line in before if line["what"] == "saved"}
    given_up = {line["key"] for line in before if line["what"] == "conflict"}
    lost = [
        line
        for line in before
        if line["what"] == "sending" and line["key"] not in answered | given_up
    ]
    database = Database(store_address(address))
    # It tells that the writer is ready, too. Written by the system at once, so that what was
    # noted outlives the process.
    out = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(what: str, rating: dict[str, object], **more: object) -> None:
        os.write(out, (json.dumps({"what": what, **rating, **more}) + "\n").encode())

    def send(rating: dict[str, object]) -> None:
        began = time.perf_counter()
        try:
            save_rating(
                database,
                person,
                str(rating["assignment"]),
                str(rating["criterion"]),
                Mark(int(str(rating["rating"])), note=str(rating["note"])),
                int(str(rating["version"])),
                key=str(rating["key"]),
                seconds=1.0,
            )
        except Conflict:
            note("conflict", rating)
        else:
            note("saved", rating, milliseconds=1000 * (time.perf_counter() - began))

    for rating in lost:
        again = {name: rating[name] for name in rating if name != "what"}
        note("again", again)
        send(again)
    criteria = [criterion.key for criterion in portfolio_rubric().criteria]
    while True:
        one, criterion = draw.choice(own), draw.choice(criteria)
        seen = review(database, person, one.key).marks
        rating = {
            "key": str(uuid.uuid4()),
            "assignment": one.key,
            "criterion": criterion,
            "rating": draw.choice(LEVELS),
            # Never the same twice, so that every rating is another version.
            "note": f"Noted {draw.random()}",
            "version": seen[criterion].version if criterion in seen else 0,
        }
        note("sending", rating)
        send(rating)


def _prepared(database: Database, reviewers: int) -> list[tuple[Person, list[KeptAssignment]]]:
    """A requisition whose reviews are handed out, and each reviewer's own."""
    recruiter = Person(new_key(), "Recruiter", "recruiter", Role.RECRUITER)
    people = [
        Person(new_key(), f"Reviewer {number}", f"reviewer-{number}", Role.REVIEWER)
        for number in range(reviewers)
    ]
    with database.writing() as connection:
        connection.execute(
            insert(PEOPLE),
            [
                {
                    "id": one.id,
                    "name": one.name,
                    "sign_in": one.sign_in,
                    "role": one.role.value,
                    "made_at": now(),
                }
                for one in (recruiter, *people)
            ],
        )
    requisition = make_requisition(database, recruiter, "Soak").key
    keep_rubric(database, recruiter, requisition, portfolio_rubric(), 0)
    found = [new_key() for _ in range(CANDIDATES_EACH)]
    with database.writing() as connection:
        connection.execute(
            insert(CANDIDATES),
            [
                {"id": key, "requisition_id": requisition, "code": f"C-{number}"}
                for number, key in enumerate(found)
            ],
        )
    made = hand_out(database, recruiter, requisition, {one.id: found for one in people})
    return [(person, [one for one in made if one.reviewer == person.id]) for person in people]


def _checked(address: str, said: list[dict[str, object]], killed: int, took: float) -> Soaked:
    saved = {str(line["key"]): line for line in said if line["what"] == "saved"}
    sent = {str(line["key"]) for line in said if line["what"] == "sending"}
    database = Database(store_address(address))
    faults = []
    with database.reading() as connection:
        rows = {row.id: row for row in connection.execute(select(RATINGS))}
        counted = {row.id: row.version for row in connection.execute(select(ASSIGNMENTS))}
        log = check_log(connection)
        told = [
            json.loads(event.detail)["rating"]
            for event in events(connection)
            if event.action == "rating saved"
        ]
        if database.sqlite:
            whole = connection.execute(text("PRAGMA integrity_check")).scalar_one()
            faults += [] if whole == "ok" else [f"SQLite says: {whole}"]
    database.close()
    missing = [key for key in saved if key not in rows]
    changed = [key for key, line in saved.items() if key in rows and not _same(line, rows[key])]
    faults += [f"{len(missing)} acknowledged ratings are missing."] if missing else []
    faults += [f"{len(changed)} ratings are not as they were sent."] if changed else []
    faults += ["There is a rating that nobody sent."] if rows.keys() - sent else []
    faults += [] if log.ok else [f"The log is broken: {log.fault}"]
    faults += [] if sorted(told) == sorted(rows) else ["Ratings and their events differ."]
    versions: dict[tuple[str, str], list[int]] = {}
    for row in rows.values():
        versions.setdefault((row.assignment_id, row.criterion), []).append(row.version)
    gaps = [found for found in versions.values() if sorted(found) != [*range(1, len(found) + 1)]]
    faults += [f"{len(gaps)} criteria have a gap or a double in their versions."] if gaps else []
    each = dict.fromkeys(counted, 1)
    for row in rows.values():
        each[row.assignment_id] += 1
    faults += [] if each == counted else ["A review does not count its changes rightly."]
    waits = np.array([float(str(line["milliseconds"])) for line in saved.values()])
    return Soaked(
        acknowledged=len(saved),
        kept=len(rows),
        killed=killed,
        sent_again=sum(line["what"] == "again" for line in said),
        conflicts=sum(line["what"] == "conflict" for line in said),
        seconds=took,
        median=float(np.median(waits)) if len(waits) else float("nan"),
        slowest_percent=float(np.quantile(waits, 0.99)) if len(waits) else float("nan"),
        slowest=float(waits.max(initial=0)),
        faults=tuple(faults),
    )


def _same(line: dict[str, object], row: object) -> bool:
    names = ("assignment_id", "criterion", "rating", "note")
    kept = tuple(getattr(row, name) for name in names)
    return kept == (line["assignment"], line["criterion"], line["rating"], line["note"])


def _lines(file: Path) -> Iterator[dict[str, object]]:
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            # Killed in the middle of a note: nothing was sent, or no answer noted.
            with suppress(json.JSONDecodeError):
                yield json.loads(line)


def _wait_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def main() -> None:
    """Soak both databases and print what came of it."""
    from tests.store.server import made_database, postgres_server

    parser = argparse.ArgumentParser(prog="python -m scripts.soak", description=main.__doc__)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--kills", type=int, default=10)
    given = parser.parse_args()
    run = (given.writers, given.seconds, given.kills)
    with tempfile.TemporaryDirectory(prefix="cloutproof-soak-") as folder:
        _tell("SQLite", soak(str(Path(folder) / "soak.db"), *run))
    with postgres_server("max_connections=200") as server:
        _tell("PostgreSQL", soak(made_database(server), *run))


def _tell(name: str, found: Soaked) -> None:
    print(f"{name}: {'; '.join(found.faults) or 'nothing lost, nothing twice, the log is whole'}")
    print(
        f"  {found.acknowledged:,} ratings acknowledged in {found.seconds:.0f} s "
        f"({found.acknowledged / found.seconds:,.0f} a second), {found.kept:,} kept; "
        f"{found.killed} writers killed, {found.sent_again} ratings sent again, "
        f"{found.conflicts:,} conflicts told"
    )
    print(
        f"  answered after {found.median:,.0f} ms (median), {found.slowest_percent:,.0f} ms "
        f"(99 %), {found.slowest:,.0f} ms at most",
        flush=True,
    )
    if found.faults:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
