"""A team of one person a role, and the requisition of four that can be done by hand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert

from toolkit.intake.read_file import read_files
from toolkit.intake.recognise import recognise
from toolkit.scores.catalogue import load_catalogue
from toolkit.screening.screen import Screen
from toolkit.store import cohorts
from toolkit.store.candidates import candidates
from toolkit.store.database import Database
from toolkit.store.event_log import now
from toolkit.store.packed_upload import Upload
from toolkit.store.requisitions import Requisition, make_requisition
from toolkit.store.rights import Person, Role
from toolkit.store.tables import PEOPLE
from toolkit.store.written import new_key

FOUR = (
    "candidate_id,name,klout,portfolio,sex\n"
    "ann,Ann Arbor,60,2,F\nbo,Bo Diddley,55,3,M\ncy,Cy Young,40,5,F\ndi,Di Nightly,30,1,M\n"
)
SCREEN = Screen(name="Klout 50", places=2, weights={"portfolio": 1.0}, gates=())


@dataclass(frozen=True)
class Team:
    """One person a role."""

    administrator: Person
    recruiter: Person
    reviewer: Person
    auditor: Person


def team(database: Database) -> Team:
    """Four accounts in an empty store, without the passwords that take long to hash."""
    made = {
        role: Person(new_key(), role.value.title(), f"{role}@example.org", role) for role in Role
    }
    with database.writing() as connection:
        rows = [
            {
                "id": person.id,
                "name": person.name,
                "sign_in": person.sign_in,
                "role": person.role.value,
                "made_at": now(),
            }
            for person in made.values()
        ]
        connection.execute(insert(PEOPLE), rows)
    return Team(**{role.value: person for role, person in made.items()})


def upload(text: str = FOUR, name: str = "four.csv") -> Upload:
    """An upload of one table."""
    reading = read_files([(name, text.encode())])
    return Upload(name, reading, recognise(reading.tables, load_catalogue()))


def opening(database: Database, by: Person, content: Upload | None = None) -> Requisition:
    """A requisition with candidates."""
    made = make_requisition(database, by, "Social media manager", "Runs our channels.")
    cohorts.keep_cohort(database, by, made.key, content or upload(), 0)
    return made


def keys(database: Database, by: Person, requisition: str) -> dict[str, str]:
    """Code → key of each candidate."""
    return {one.code: one.key for one in candidates(database, by, requisition)}
