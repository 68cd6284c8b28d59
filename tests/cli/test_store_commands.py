"""The commands that work on a team's store."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.cli.running import complaint_of, run
from tests.sheets.reading import squeezed, text_of
from tests.store.panel_team import RUBRIC, rated
from tests.store.team import SCREEN, keys, opening
from toolkit.cli.store_option import PASSWORD
from toolkit.store import passwords, people
from toolkit.store.address import store_address
from toolkit.store.assignments import hand_out
from toolkit.store.database import Database
from toolkit.store.decisions import Proposal, decide_about
from toolkit.store.issued_sheets import issued_sheets
from toolkit.store.requisitions import hold, retain_until
from toolkit.store.rights import Role
from toolkit.store.rubrics import keep_rubric
from toolkit.store.screens import keep_screen

SECRET = "four unrelated words"


@pytest.fixture(scope="module", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hashing passwords is slow on purpose; tests have other things to do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))
        yield


@pytest.fixture(scope="module")
def made(quick_hashes: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store with a requisition, and the requisition's key."""
    path = tmp_path_factory.mktemp("made") / "store.db"
    database = Database(store_address(str(path)))
    ada = people.make_first_administrator(database, "Ada", "ada", SECRET)

    def joined(role: Role) -> people.Person:
        token = people.invite(database, ada, role.value, role)
        return people.accept_invitation(database, token, role.value.title(), SECRET)

    recruiter = joined(Role.RECRUITER)
    joined(Role.AUDITOR)
    requisition = opening(database, recruiter).key
    retain_until(database, ada, requisition, 1, "2020-01-31")
    database.close()
    return path, requisition


@pytest.fixture
def store(made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that a test may change; the password is in the environment."""
    path = tmp_path / "store.db"
    shutil.copy(made[0], path)
    monkeypatch.setenv(PASSWORD, SECRET)
    monkeypatch.setenv("CLOUTPROOF_DATABASE", str(path))
    return path


def told(*arguments: object) -> dict:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_whole_log_and_its_head(store: Path) -> None:
    found = told("log", "verify", "--as", "auditor")
    assert (found["ok"], found["fault_at"], found["fault"]) == (True, None, None)
    again = told("log", "verify", "--as", "auditor", "--head", found["head"].upper())
    assert again["events"] == found["events"] + 1
    result = run("log", "verify", "--as", "auditor")
    assert "The log is whole" in result.stdout
    assert "is not in the log" in complaint_of("log", "verify", "--as", "auditor", "--head", "0f")


def test_a_log_that_was_changed(store: Path) -> None:
    with sqlite3.connect(store) as raw:
        raw.execute("DROP TRIGGER events_no_update")
        raw.execute("UPDATE events SET action = 'nothing happened' WHERE seq = 3")
    raw.close()
    assert "Event 3: " in complaint_of("log", "verify", "--as", "auditor", "--format", "json")


def test_a_store_without_accounts(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    Database(store_address(str(path))).close()
    found = told("log", "verify", "--database", path)
    assert (found["ok"], found["events"]) == (True, 0)
    assert "holds no account yet" in complaint_of("backup", tmp_path / "b.zip", "--database", path)
    missing = complaint_of("log", "verify", "--database", tmp_path / "none.db")
    assert "There is no store at" in missing
    assert not (tmp_path / "none.db").exists()


def test_the_rights_are_those_of_the_pages(
    store: Path, made: tuple[Path, str], tmp_path: Path
) -> None:
    assert "As recruiter you may not see the log" in complaint_of(
        "log", "verify", "--as", "recruiter"
    )
    file = tmp_path / "b.zip"
    assert "may not back the store up" in complaint_of("backup", file, "--as", "recruiter")
    assert list(tmp_path.glob("*.zip")) == list(tmp_path.glob(".*.part")) == []
    for role in ("recruiter", "auditor"):
        said = complaint_of("erase-candidate", "di", "--requisition", made[1], "--as", role)
        assert "may not" in said or "nobody to ask" in said
    said = complaint_of(
        "erase-candidate", "di", "--requisition", made[1], "--as", "recruiter", "--yes"
    )
    assert "As recruiter you may not erase a candidate" in said


def test_who_asks(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Say who asks" in complaint_of("requisitions")
    monkeypatch.setenv(PASSWORD, "not the password")
    assert "not right" in complaint_of("requisitions", "--as", "ada")
    monkeypatch.delenv(PASSWORD)
    assert PASSWORD in complaint_of("requisitions", "--as", "ada")


def test_the_requisitions(store: Path, made: tuple[Path, str]) -> None:
    (found,) = told("requisitions", "--as", "auditor")
    assert (found["key"], found["candidates"], found["decided"]) == (made[1], 4, 0)
    result = run("requisitions", "--as", "ada")
    assert "Past the last day on which they may be kept: 'Social media manager'" in result.stdout


def test_a_backup_is_restored(store: Path, made: tuple[Path, str], tmp_path: Path) -> None:
    file, other = tmp_path / "backup.zip", tmp_path / "other.db"
    found = told("backup", file, "--as", "ada")
    assert found["rows"]["candidates"] == 4
    assert file.stat().st_mode & 0o077 == 0
    again = told("restore", file, "--database", other)
    assert again == found
    (one,) = told("requisitions", "--as", "ada", "--database", other)
    assert one["key"] == made[1]
    head = found["log"]["head"]
    assert told("log", "verify", "--as", "auditor", "--database", other, "--head", head)["ok"]
    assert "not empty" in complaint_of("restore", file, "--database", other)


def test_what_cannot_be_restored_or_written(store: Path, tmp_path: Path) -> None:
    assert "cannot be read" in complaint_of("restore", tmp_path / "none.zip")
    broken, new = tmp_path / "broken.zip", tmp_path / "new.db"
    broken.write_bytes(b"PK")
    assert "cannot be restored" in complaint_of("restore", broken, "--database", new)
    nowhere = tmp_path / "none" / "b.zip"
    assert "cannot be written" in complaint_of("backup", nowhere, "--as", "ada")


def test_a_candidate_is_exported_and_erased(
    store: Path, made: tuple[Path, str], tmp_path: Path
) -> None:
    where = ("--requisition", made[1])
    result = run("export-candidate", "di", *where, "--as", "ada")
    assert json.loads(result.stdout)["candidate"]["name"] == "Di Nightly"
    file = tmp_path / "di.json"
    assert run("export-candidate", "di", *where, "--as", "recruiter", "--out", file).exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8"))["withheld_columns"] == ["sex"]
    assert "nobody to ask" in complaint_of("erase-candidate", "di", *where, "--as", "ada")
    done = told("erase-candidate", "di", *where, "--as", "ada", "--yes")
    assert done["rows"] == {"cohorts": 1}
    assert "no candidate 'di'" in complaint_of("erase-candidate", "di", *where, "--as", "ada")
    assert b"Di Nightly" not in store.read_bytes()


def test_a_legal_hold_is_told(store: Path, made: tuple[Path, str]) -> None:
    database = Database(store_address(str(store)))
    ada = people.sign_in(database, "ada", SECRET)
    recruiter = people.sign_in(database, "recruiter", SECRET)
    hold(database, ada, made[1], 2, on=True)
    assert len(keys(database, recruiter, made[1])) == 4
    database.close()
    said = complaint_of("erase-candidate", "di", "--requisition", made[1], "--as", "ada", "--yes")
    assert "legal hold" in said


@pytest.fixture(scope="module")
def reviewed(made: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same store with a screen, a locked review of Ann, and a decision for her."""
    path = tmp_path_factory.mktemp("reviewed") / "store.db"
    shutil.copy(made[0], path)
    database = Database(store_address(str(path)))
    ada, recruiter = (people.sign_in(database, who, SECRET) for who in ("ada", "recruiter"))
    token = people.invite(database, ada, "reviewer", Role.REVIEWER)
    rev = people.accept_invitation(database, token, "Rev Iewer", SECRET)
    keep_screen(database, recruiter, made[1], SCREEN, 0)
    keep_rubric(database, recruiter, made[1], RUBRIC, 0)
    ann = keys(database, recruiter, made[1])["ann"]
    (given,) = hand_out(database, recruiter, made[1], {rev.id: [ann]})
    rated(database, rev, given, 5, 4)
    proposal = Proposal(False, "screen", SCREEN.digest)
    decide_about(database, recruiter, ann, True, 0, proposal=proposal, reason="The plan is hers.")
    database.close()
    return path


def test_documents_of_a_requisition_carry_its_reviews_and_decisions(
    reviewed: Path, made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, SECRET)
    store = shutil.copy(reviewed, tmp_path / "store.db")
    where = ("--requisition", made[1], "--database", store)
    out = tmp_path / "sheets"
    asked = ("review-sheets", *where, "--as", "recruiter", "--out", out)
    found = told(*asked, "--taken-forward", "--names", "--language", "de")
    # The screen takes Cy and Bo, and a person Ann.
    assert [one["candidate_id"] for one in found["sheets"]] == ["ann", "bo", "cy"]
    text = " ".join(text_of((out / "sheet-1-ann.pdf").read_bytes()).split())
    assert squeezed("The plan is hers.") in squeezed(text)
    assert squeezed("Seen in the work.") in squeezed(text)
    assert "RI" in text
    assert "Iewer" not in text
    database = Database(store_address(str(store)))
    auditor = people.sign_in(database, "auditor", SECRET)
    noted = {one.sha256 for one in issued_sheets(database, auditor, made[1])}
    assert noted == {one["sha256"] for one in found["sheets"]}
    database.close()
    assert told(*asked, "--candidate", "ann", "--to-fill-in")["sheets"]
    blank = " ".join(text_of((out / "sheet-1-ann.pdf").read_bytes()).split())
    assert squeezed("Seen in the work.") not in squeezed(blank)


def test_who_makes_which_document(
    reviewed: Path, made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, SECRET)
    store = shutil.copy(reviewed, tmp_path / "store.db")
    where = ("--requisition", made[1], "--database", store, "--out", tmp_path / "out")
    for kind in ("cohort", "audit"):
        found = told("review-sheets", *where, "--as", "auditor", "--kind", kind)
        assert len(found["sheets"]) == 1
    report = text_of((tmp_path / "out" / "requisition-report.pdf").read_bytes())
    assert squeezed("Candidates are counted here, and none is listed.") in squeezed(report)
    for who, kind in (("reviewer", "cohort"), ("auditor", "candidate"), ("recruiter", "audit")):
        said = complaint_of("review-sheets", *where, "--as", who, "--kind", kind)
        assert f"As {who} you may not" in said
    said = complaint_of(
        "review-sheets", *where, "--as", "recruiter", "--kind", "cohort", "--taken-forward"
    )
    assert "--taken-forward says nothing to --kind cohort" in said


def test_without_a_screen_there_are_no_documents(
    store: Path, made: tuple[Path, str], tmp_path: Path
) -> None:
    said = complaint_of(
        "review-sheets", "--requisition", made[1], "--as", "recruiter", "--out", tmp_path / "out"
    )
    assert "No screen of this requisition is kept yet." in said
