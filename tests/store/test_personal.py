from __future__ import annotations

from sqlalchemy import select

from tests.store.team import keys, opening, team
from toolkit.store.database import Database
from toolkit.store.personal import ON_ERASURE, Emptied, rows_about
from toolkit.store.tables import CANDIDATES, COHORTS, METADATA, PEOPLE, RATINGS, REQUISITIONS


def test_rows_are_found_along_the_foreign_keys(database: Database) -> None:
    staff = team(database)
    made = opening(database, staff.recruiter)
    opening(database, staff.recruiter)
    ann = keys(database, staff.recruiter, made.key)["ann"]
    with database.reading() as connection:
        for table, target, key, count in (
            (CANDIDATES, CANDIDATES, ann, 1),
            (CANDIDATES, REQUISITIONS, made.key, 4),
            (COHORTS, REQUISITIONS, made.key, 1),
            (RATINGS, CANDIDATES, ann, 0),
        ):
            rows = rows_about(table, target, key)
            assert rows is not None
            assert len(connection.execute(select(table).where(rows)).all()) == count
    assert rows_about(PEOPLE, CANDIDATES, ann) is None
    assert rows_about(COHORTS, CANDIDATES, ann) is None


def test_it_is_said_of_every_table_what_erasing_does_with_it() -> None:
    assert set(ON_ERASURE) == set(METADATA.tables)


def test_texts_about_candidates_do_not_stay() -> None:
    """Whoever adds a column of text to a table about candidates has to decide about it."""
    codes = {"code", "name"}  # of the candidates, which are rewritten
    plain = {
        # Chosen from a few words, or a key, a time or a hash.
        "criterion",
        "stage",
        "kind",
        "basis",
        "basis_sha256",
        "sha256",
    }
    for name, rule in ON_ERASURE.items():
        table = METADATA.tables[name]
        about = rows_about(table, CANDIDATES, "key")
        if about is None or rule.__class__.__name__ == "Deleted":
            continue
        emptied = set(rule.columns) if isinstance(rule, Emptied) else set()
        texts = {
            column.name
            for column in table.columns
            if column.type.python_type in (str, bytes)
            and not column.name.endswith(("_id", "_at"))
            and column.name != "id"
        }
        assert texts - plain - codes <= emptied, name
