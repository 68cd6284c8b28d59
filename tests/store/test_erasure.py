from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from tests.store.team import FOUR, SCREEN, Team, keys, opening, team, upload
from toolkit.errors import NotAllowed, StoreError, UnknownName
from toolkit.store import candidates, cohorts, decisions, dismissals, requisitions
from toolkit.store.candidate_export import export_candidate
from toolkit.store.database import Database
from toolkit.store.erasure import erase_candidate
from toolkit.store.event_log import check_log, now
from toolkit.store.issued_sheets import issue_sheet, issued_sheets
from toolkit.store.tables import ASSIGNMENTS, METADATA, RATINGS, RUBRICS
from toolkit.store.written import new_key

#: Whatever of the four leads to Di.
PERSONAL = ("Di Nightly", "nightly", "DI-PERSONAL")


@pytest.fixture
def staff(database: Database) -> Team:
    return team(database)


@pytest.fixture
def requisition(database: Database, staff: Team) -> str:
    """A requisition in which something personal about Di is kept in every kind of row."""
    by = staff.recruiter
    made = opening(database, by)
    cohorts.keep_cohort(database, by, made.key, upload(FOUR.replace("40", "41")), 1)
    di = keys(database, by, made.key)["di"]
    dismissals.dismiss(database, by, di, ["bought_followers"], "DI-PERSONAL award")
    proposal = decisions.Proposal(True, "screen", SCREEN.digest)
    decisions.decide_about(database, by, di, False, 0, proposal=proposal, reason="DI-PERSONAL move")
    issue_sheet(database, by, made.key, "candidate", "a" * 64, candidate=di)
    rubric, assignment = new_key(), new_key()
    with database.writing() as connection:
        connection.execute(
            insert(RUBRICS).values(
                id=rubric,
                requisition_id=made.key,
                version=1,
                content="",
                sha256="b" * 64,
                made_at=now(),
            )
        )
        connection.execute(
            insert(ASSIGNMENTS).values(
                id=assignment,
                requisition_id=made.key,
                candidate_id=di,
                reviewer_id=staff.reviewer.id,
                rubric_id=rubric,
                position=1,
            )
        )
        connection.execute(
            insert(RATINGS).values(
                id=new_key(),
                assignment_id=assignment,
                criterion="style",
                version=1,
                rating=4,
                note="DI-PERSONAL style",
                stage="own",
                made_at=now(),
            )
        )
    return made.key


def everything(database: Database) -> str:
    """All rows of all tables as text, uploads unpacked."""
    parts: list[str] = []
    with database.reading() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)):
                parts += [str(value) for value in row if not isinstance(value, bytes)]
                if table.name == "cohorts":
                    found = cohorts.unpacked(row.tables)
                    parts += [one.frame.to_csv() for one in found.reading.tables]
                    parts += [found.mapping.to_toml(), found.name]
    return "\n".join(parts)


def test_nothing_of_the_erased_is_left_and_the_log_holds(
    database: Database, staff: Team, requisition: str
) -> None:
    di = keys(database, staff.recruiter, requisition)["di"]
    assert all(word in everything(database) for word in ("Di Nightly", "DI-PERSONAL"))
    done = erase_candidate(database, staff.administrator, di)
    assert done.rows == {"cohorts": 2, "dismissals": 1, "decisions": 1, "ratings": 1}
    left = everything(database)
    assert not any(word in left for word in PERSONAL)
    assert "Cy Young" in left
    with database.reading() as connection:
        assert check_log(connection).ok
        # The marks stay, so that the reviewers' agreement is what it was.
        marks = connection.execute(select(RATINGS.c.rating, RATINGS.c.note)).all()
    assert marks == [(4, "Erased.")]
    assert set(keys(database, staff.recruiter, requisition)) == {"ann", "bo", "cy"}
    _, _, cohort = cohorts.cohort_seen_by(database, staff.recruiter, requisition) or pytest.fail(
        "none"
    )
    assert list(cohort.ids) == ["ann", "bo", "cy"]
    assert [one.sha256 for one in issued_sheets(database, staff.recruiter, requisition)] == [
        "a" * 64
    ]
    # Once more is no fault, and nobody can write about the erased.
    assert erase_candidate(database, staff.administrator, di).rows == {}
    with pytest.raises(StoreError, match="was erased"):
        decisions.decide_about(database, staff.recruiter, di, True, 1, reason="back")


def test_no_copy_stays_in_the_files_of_sqlite(tmp_path: Path) -> None:
    from toolkit.store.address import store_address

    database = Database(store_address(str(tmp_path / "store.db")))
    staff = team(database)
    made = requisitions.make_requisition(database, staff.recruiter, "Writer")
    cohorts.keep_cohort(database, staff.recruiter, made.key, upload(), 0)
    files = list(tmp_path.iterdir())
    assert any(b"Di Nightly" in path.read_bytes() for path in files)
    erase_candidate(database, staff.administrator, keys(database, staff.recruiter, made.key)["di"])
    assert not any(b"Di Nightly" in path.read_bytes() for path in tmp_path.iterdir())
    database.close()


def test_a_legal_hold_stops_it(database: Database, staff: Team, requisition: str) -> None:
    di = keys(database, staff.recruiter, requisition)["di"]
    requisitions.hold(database, staff.recruiter, requisition, 1, on=True)
    with pytest.raises(StoreError, match="legal hold"):
        erase_candidate(database, staff.administrator, di)
    assert "Di Nightly" in everything(database)
    requisitions.hold(database, staff.recruiter, requisition, 2, on=False)
    # A closed requisition is no reason to keep somebody.
    requisitions.close_requisition(database, staff.recruiter, requisition, 3)
    assert erase_candidate(database, staff.administrator, di).rows


def test_who_may_erase(database: Database, staff: Team, requisition: str) -> None:
    di = keys(database, staff.recruiter, requisition)["di"]
    for person in (staff.recruiter, staff.reviewer, staff.auditor):
        with pytest.raises(NotAllowed):
            erase_candidate(database, person, di)
    with pytest.raises(UnknownName, match="no candidate"):
        erase_candidate(database, staff.administrator, new_key())


def test_everybody_can_be_erased(database: Database, staff: Team) -> None:
    made = opening(database, staff.recruiter)
    for key in keys(database, staff.recruiter, made.key).values():
        erase_candidate(database, staff.administrator, key)
    assert candidates.candidates(database, staff.recruiter, made.key) == ()
    with pytest.raises(Exception, match="Every candidate of these files was erased"):
        cohorts.cohort_seen_by(database, staff.recruiter, made.key)
    # Whoever applies again is a new candidate.
    cohorts.keep_cohort(database, staff.recruiter, made.key, upload(), 1)
    assert len(candidates.candidates(database, staff.recruiter, made.key)) == 4


def test_the_same_file_again_brings_the_erased_back(database: Database, staff: Team) -> None:
    made = opening(database, staff.recruiter)
    erase_candidate(database, staff.administrator, keys(database, staff.recruiter, made.key)["di"])
    again = cohorts.keep_cohort(database, staff.recruiter, made.key, upload(), 1)
    assert again.version == 2
    assert "di" in keys(database, staff.recruiter, made.key)


def test_an_export_holds_all_that_is_kept(
    database: Database, staff: Team, requisition: str
) -> None:
    di = keys(database, staff.recruiter, requisition)["di"]
    whole = export_candidate(database, staff.administrator, di)
    text = json.dumps(whole, allow_nan=False)
    assert whole["candidate"]["name"] == "Di Nightly"
    assert [one["version"] for one in whole["uploads"]] == [1, 2]
    assert whole["uploads"][0]["tables"][0]["rows"] == [
        {
            "row": 5,
            "candidate_id": "di",
            "name": "Di Nightly",
            "klout": "30",
            "portfolio": "1",
            "sex": "M",
        }
    ]
    assert set(whole["kept"]) == {"assignments", "ratings", "dismissals", "decisions", "sheets"}
    assert "decided" in {event["action"] for event in whole["events"]}
    assert not any(other in text for other in ("Ann Arbor", "Bo Diddley", "Cy Young"))
    with database.reading() as connection:
        assert check_log(connection).ok


def test_whoever_decides_sees_no_groups_in_an_export(
    database: Database, staff: Team, requisition: str
) -> None:
    di = keys(database, staff.recruiter, requisition)["di"]
    told = export_candidate(database, staff.recruiter, di)
    assert told["withheld_columns"] == ["sex"]
    assert "sex" not in told["uploads"][0]["tables"][0]["rows"][0]
    for person in (staff.reviewer, staff.auditor):
        with pytest.raises(NotAllowed):
            export_candidate(database, person, di)


def test_an_export_of_the_erased_is_empty(
    database: Database, staff: Team, requisition: str
) -> None:
    di = keys(database, staff.recruiter, requisition)["di"]
    erase_candidate(database, staff.administrator, di)
    told = json.dumps(export_candidate(database, staff.administrator, di))
    assert not any(word in told for word in PERSONAL)
