"""Three reviewers, a rubric of two criteria, and reviews handed out to them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert

from tests.store.team import keys, opening, team
from toolkit.review.rubric import Criterion, Rubric
from toolkit.store.assignments import KeptAssignment, hand_out
from toolkit.store.database import Database
from toolkit.store.event_log import now
from toolkit.store.finishing import lock
from toolkit.store.marks import Mark
from toolkit.store.ratings import save_rating
from toolkit.store.reviewing import review
from toolkit.store.rights import Person, Role
from toolkit.store.rubrics import KeptRubric, keep_rubric
from toolkit.store.tables import PEOPLE
from toolkit.store.written import new_key


def criterion(key: str, label: str, weight: float = 1.0, **settings: bool) -> Criterion:
    anchors = (f"{label}: poor", f"{label}: sound", f"{label}: excellent")
    return Criterion(key, label, f"How good the {key} is.", "The job.", weight, anchors, **settings)


#: The plan weighs three times as much as the text.
RUBRIC = Rubric("Two things", "1", (criterion("plan", "Plan", 3.0), criterion("text", "Text")))


@dataclass(frozen=True)
class Panelists:
    """A requisition of four candidates, and who works on it.

    Parameters
    ----------
    recruiter, administrator, auditor : Person
    ada, bea, cleo : Person
        Reviewers.
    requisition : str
    candidates : dict of str to str
        Code → key.
    rubric : KeptRubric
    """

    recruiter: Person
    administrator: Person
    auditor: Person
    ada: Person
    bea: Person
    cleo: Person
    requisition: str
    candidates: dict[str, str]
    rubric: KeptRubric

    @property
    def reviewers(self) -> tuple[Person, ...]:
        return self.ada, self.bea, self.cleo


def add_person(
    database: Database, name: str, role: Role = Role.REVIEWER, sign_in: str = ""
) -> Person:
    """Another account."""
    made = Person(new_key(), name, sign_in or f"{name.casefold()}@example.org", role)
    with database.writing() as connection:
        connection.execute(
            insert(PEOPLE).values(
                id=made.id, name=made.name, sign_in=made.sign_in, role=role.value, made_at=now()
            )
        )
    return made


def panelists(database: Database) -> Panelists:
    """Four candidates with scores, a rubric, three reviewers; nothing handed out yet."""
    people = team(database)
    ada, bea, cleo = (add_person(database, name) for name in ("Ada", "Bea", "Cleo"))
    requisition = opening(database, people.recruiter).key
    rubric = keep_rubric(database, people.recruiter, requisition, RUBRIC, 0)
    found = keys(database, people.recruiter, requisition)
    return Panelists(
        people.recruiter,
        people.administrator,
        people.auditor,
        ada,
        bea,
        cleo,
        requisition,
        found,
        rubric,
    )


def handed(database: Database, of: Panelists, *codes: str) -> dict[tuple[str, str], KeptAssignment]:
    """Hand these candidates, or all, to every reviewer; by the reviewer's name and the code."""
    wanted = [of.candidates[code] for code in codes or of.candidates]
    made = hand_out(
        database, of.recruiter, of.requisition, {one.id: wanted for one in of.reviewers}
    )
    names = {one.id: one.name for one in of.reviewers}
    codes_of = {key: code for code, key in of.candidates.items()}
    return {(names[one.reviewer], codes_of[one.candidate]): one for one in made}


def rated(
    database: Database, by: Person, assignment: KeptAssignment, plan: int | None, text: int | None
) -> KeptAssignment:
    """Rate both criteria and lock; None for no basis to judge."""
    for name, value in (("plan", plan), ("text", text)):
        mark = Mark(value, value is None, "Seen in the work.", 2)
        save_rating(database, by, assignment.key, name, mark, 0)
    version = review(database, by, assignment.key).assignment.version
    return lock(database, by, assignment.key, version)
