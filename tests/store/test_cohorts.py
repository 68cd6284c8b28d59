from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import insert, select

from tests.store.team import FOUR, Team, keys, opening, team, upload
from toolkit.errors import Conflict, NotAllowed, StoreError, UnknownName
from toolkit.intake.cohort import Cohort
from toolkit.intake.raw_tables import read_sources
from toolkit.intake.recognise import recognise
from toolkit.scores.catalogue import load_catalogue
from toolkit.store import candidates, cohorts, requisitions
from toolkit.store.database import Database
from toolkit.store.event_log import events, now
from toolkit.store.packed_upload import Upload, packed, unpacked
from toolkit.store.tables import COHORTS, DECISIONS
from toolkit.store.written import new_key

SAMPLES = Path(__file__).parents[2] / "sample_data"


@pytest.fixture
def staff(database: Database) -> Team:
    return team(database)


def same(one: Cohort, other: Cohort) -> None:
    """Both cohorts hold the same, to the last issue."""
    for field in fields(Cohort):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if isinstance(a, pd.DataFrame):
            pd.testing.assert_frame_equal(a, b)
        elif not field.name.startswith("_"):
            assert a == b, field.name


def from_folder(name: str) -> Upload:
    reading = read_sources(SAMPLES / name)
    mapping = recognise(reading.tables, load_catalogue())
    return Upload(name, reading, mapping)


def test_what_was_kept_gives_the_same_candidates(database: Database, staff: Team) -> None:
    made = opening(database, staff.recruiter)
    kept, found = cohorts.upload_of(database, staff.recruiter, made.key) or pytest.fail("nothing")
    same(found.cohort(), upload().cohort())
    assert found.mapping == upload().mapping
    assert kept.files == dict(upload().reading.sources)
    register = candidates.candidates(database, staff.recruiter, made.key)
    assert [(one.code, one.name) for one in register] == [
        ("ann", "Ann Arbor"),
        ("bo", "Bo Diddley"),
        ("cy", "Cy Young"),
        ("di", "Di Nightly"),
    ]
    assert candidates.candidate(database, staff.recruiter, register[0].key) == register[0]


@pytest.mark.parametrize("name", ["agency-2011", "engineer-2026"])
def test_samples_with_many_tables_come_back_as_they_were(name: str) -> None:
    given = from_folder(name)
    content = packed(given)
    found = unpacked(content)
    same(found.cohort(), given.cohort())
    assert packed(found) == content


@pytest.mark.parametrize(
    "name",
    [
        "blank-rows.csv",
        "decimal-comma.csv",
        "hidden-sheet.xlsx",
        "two-header-rows.csv",
        "password-column.csv",
        "no-id-column.csv",
        "unnamed-column.csv",
        "utf-16.csv",
    ],
)
def test_odd_files_come_back_as_they_were(name: str) -> None:
    given = from_folder(f"broken/{name}")
    same(unpacked(packed(given)).cohort(), given.cohort())


def test_secrets_are_nowhere_in_what_is_kept() -> None:
    text = (SAMPLES / "broken" / "password-column.csv").read_text(encoding="utf-8")
    content = packed(from_folder("broken/password-column.csv"))
    header, first = (line.split(",") for line in text.splitlines()[:2])
    at = next(i for i, name in enumerate(header) if "assword" in name)
    assert first[at]
    assert first[at].encode() not in content


def test_a_corrected_mapping_and_own_scores_are_kept_too(database: Database, staff: Team) -> None:
    own = "[scores.half]\nparts = {klout = 0.5}\n"
    catalogue = load_catalogue().extended(own)
    reading = upload(FOUR.replace("portfolio", "Shifts")).reading
    mapping = recognise(reading.tables, catalogue).with_role("four.csv", None, "Shifts", "evidence")
    given = Upload("four", reading, recognise(reading.tables, catalogue, mapping), own)
    made = opening(database, staff.recruiter, given)
    _, found = cohorts.upload_of(database, staff.recruiter, made.key) or pytest.fail("nothing")
    assert found.cohort().about["shifts"].role == "evidence"
    assert found.cohort().signals.loc["ann", "half"] == 30
    same(found.cohort(), given.cohort())


def test_a_later_upload_is_another_version(database: Database, staff: Team) -> None:
    by = staff.recruiter
    made = opening(database, by)
    more = upload(FOUR.replace("Ann Arbor", "Ann A.") + "ed,Ed Ix,70,4,M\n")
    second = cohorts.keep_cohort(database, by, made.key, more, 1)
    assert second.version == 2
    assert [one.version for one in cohorts.cohorts(database, by, made.key)] == [2, 1]
    names = {one.code: one.name for one in candidates.candidates(database, by, made.key)}
    assert (names["ann"], names["ed"]) == ("Ann A.", "Ed Ix")
    # The same again is not a version of its own, and a version that was not seen is refused.
    assert cohorts.keep_cohort(database, by, made.key, more, 1) == second
    with pytest.raises(Conflict, match="in the meantime"):
        cohorts.keep_cohort(database, by, made.key, upload(), 1)


def test_asking_again_with_the_same_key(database: Database, staff: Team) -> None:
    made = requisitions.make_requisition(database, staff.recruiter, "Writer")
    key = new_key()
    first = cohorts.keep_cohort(database, staff.recruiter, made.key, upload(), 0, key=key)
    assert cohorts.keep_cohort(database, staff.recruiter, made.key, upload(), 0, key=key) == first


def test_nobody_with_a_decision_is_lost_in_silence(database: Database, staff: Team) -> None:
    by = staff.recruiter
    made = opening(database, by)
    with database.writing() as connection:
        connection.execute(
            insert(DECISIONS).values(
                id=new_key(),
                candidate_id=keys(database, by, made.key)["di"],
                version=1,
                selected=True,
                reason="",
                person_id=by.id,
                made_at=now(),
            )
        )
    without = upload("".join(FOUR.splitlines(keepends=True)[:3]))
    with pytest.raises(StoreError, match=r"1 candidate .* would be missing: 'di'"):
        cohorts.keep_cohort(database, by, made.key, without, 1)
    assert len(cohorts.cohorts(database, by, made.key)) == 1
    cohorts.keep_cohort(database, by, made.key, without, 1, withdrawn=["di"])
    gone = {one.code for one in candidates.candidates(database, by, made.key) if one.withdrawn_at}
    # Nobody is deleted, and whoever comes back is no longer withdrawn.
    assert gone == {"cy", "di"}
    cohorts.keep_cohort(database, by, made.key, upload(), 2)
    assert not any(one.withdrawn_at for one in candidates.candidates(database, by, made.key))


def test_who_sees_what(database: Database, staff: Team) -> None:
    made = opening(database, staff.recruiter)
    _, _, seen = cohorts.cohort_seen_by(database, staff.recruiter, made.key) or pytest.fail(
        "nothing"
    )
    assert seen.name_of("ann") == "Ann Arbor"
    assert list(seen.groups.columns) == []
    _, _, seen = cohorts.cohort_seen_by(database, staff.auditor, made.key) or pytest.fail("nothing")
    assert seen.name_of("ann") == "ann"
    assert list(seen.groups.columns) == ["sex"]
    for person in (staff.reviewer, staff.administrator):
        with pytest.raises(NotAllowed):
            cohorts.cohort_seen_by(database, person, made.key)
        with pytest.raises(NotAllowed):
            cohorts.upload_of(database, person, made.key)
        with pytest.raises(NotAllowed):
            candidates.candidates(database, person, made.key)
        with pytest.raises(NotAllowed):
            cohorts.keep_cohort(database, person, made.key, upload(), 1)
    with pytest.raises(NotAllowed):
        cohorts.upload_of(database, staff.auditor, made.key)


def test_by_code_for_whoever_exports_or_erases(database: Database, staff: Team) -> None:
    made = opening(database, staff.recruiter)
    found = candidates.candidate_called(database, staff.administrator, made.key, "ann")
    assert found.key == keys(database, staff.recruiter, made.key)["ann"]
    with pytest.raises(UnknownName) as caught:
        candidates.candidate_called(database, staff.administrator, made.key, "anna")
    assert "'ann'" not in str(caught.value)
    with pytest.raises(NotAllowed):
        candidates.candidate_called(database, staff.auditor, made.key, "ann")


def test_an_opening_without_candidates(database: Database, staff: Team) -> None:
    made = requisitions.make_requisition(database, staff.recruiter, "Writer")
    assert cohorts.upload_of(database, staff.recruiter, made.key) is None
    assert cohorts.cohort_seen_by(database, staff.auditor, made.key) is None


def test_a_closed_requisition_takes_no_candidates(database: Database, staff: Team) -> None:
    made = requisitions.make_requisition(database, staff.recruiter, "Writer")
    requisitions.close_requisition(database, staff.recruiter, made.key, 1)
    with pytest.raises(StoreError, match="closed"):
        cohorts.keep_cohort(database, staff.recruiter, made.key, upload(), 0)


def test_codes_too_long_for_the_tables(database: Database, staff: Team) -> None:
    made = requisitions.make_requisition(database, staff.recruiter, "Writer")
    long = upload(FOUR.replace("\nann,", "\n" + "a" * 201 + ","))
    with pytest.raises(StoreError, match="201 characters"):
        cohorts.keep_cohort(database, staff.recruiter, made.key, long, 0)
    assert candidates.candidates(database, staff.recruiter, made.key) == ()


def test_the_log_names_no_candidate(database: Database, staff: Team) -> None:
    opening(database, staff.recruiter)
    with database.reading() as connection:
        told = str(list(events(connection)))
    assert not any(word in told for word in ("Ann", "ann'", "four.csv"))


def test_damaged_bytes_are_told(database: Database, staff: Team) -> None:
    made = opening(database, staff.recruiter)
    with database.reading() as connection:
        content = connection.execute(select(COHORTS.c.tables)).scalar_one()
    with pytest.raises(StoreError, match="damaged"):
        unpacked(content[:-40])
    with pytest.raises(StoreError, match="damaged"):
        unpacked(b"nothing")
    assert made.key
