"""Whatever is uploaded, there is a cohort or a message, never a traceback."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.files import (
    csv_bytes,
    gzip_bytes,
    json_bytes,
    parquet_bytes,
    read,
    xlsx_bytes,
    zip_bytes,
)
from toolkit.errors import CloutproofError
from toolkit.intake.cohort import Cohort
from toolkit.intake.kinds import KINDS
from toolkit.intake.mapping import ColumnMapping
from toolkit.intake.read import cohort_of
from toolkit.intake.read_file import read_files
from toolkit.intake.recognise import recognise
from toolkit.scores.catalogue import load_catalogue

ROWS = [
    ["candidate_id", "name", "klout", "followers", "sex", "date", "verified"],
    ["a", "Ann", 50.5, 100, "f", "2013-05-01", "yes"],
    ["b", "Bo", 40, 1000, "m", "5/6/2013", "no"],
]
RECORDS = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
FILES = {
    "people.csv": csv_bytes(ROWS),
    "people.xlsx": xlsx_bytes({"People": ROWS}),
    "people.json": json_bytes(RECORDS),
    "people.parquet": parquet_bytes([ROWS[0], *([str(c) for c in row] for row in ROWS[1:])]),
    "people.zip": zip_bytes({"accounts.csv": csv_bytes(ROWS), "scores.csv": csv_bytes(ROWS)}),
    "people.csv.gz": gzip_bytes(csv_bytes(ROWS)),
}
NAMES = st.sampled_from(
    [*FILES, "people.jsonl", "people.tsv", "people.xls", "people", "scores.csv", "accounts.csv",
     "ratings.csv", "groups.json", "followers.csv"]
)  # fmt: skip


def sound(content: bytes, name: str) -> None:
    """A cohort that holds together, or a message with the file's name in it."""
    try:
        cohort = read(content, name)
    except CloutproofError:
        return
    holds_together(cohort)


def holds_together(cohort: Cohort) -> None:
    assert len(cohort) > 0
    assert cohort.candidate_ids.is_unique
    for frame in (cohort.signals, cohort.groups, cohort.outcomes):
        assert frame.index.equals(cohort.candidate_ids)
    assert list(cohort.signals.columns) == list(cohort.about)
    for frame in (cohort.accounts, cohort.score_history, cohort.portfolio):
        assert frame["candidate_id"].isin(cohort.candidate_ids).all()
    for about in cohort.about.values():
        values = cohort.signals[about.name].dropna()
        assert about.low is None or (values >= about.low).all()
        assert about.high is None or (values <= about.high).all()
    for issue in cohort.issues:
        assert issue.to_dict()["message"]


@given(st.binary(max_size=200), NAMES)
def test_any_bytes(content: bytes, name: str) -> None:
    sound(content, name)


@given(st.text(max_size=200), NAMES)
def test_any_text(content: str, name: str) -> None:
    sound(content.encode("utf-8", "surrogatepass"), name)


@given(st.sampled_from(sorted(FILES)), st.data())
def test_any_damage(name: str, data: st.DataObject) -> None:
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(1, len(content)) | st.just(len(content)))
    sound(bytes(content[:end]), name)


CELLS = st.sampled_from(
    ["", "a", "b", "1", "-1", "2.5", "3,5", "1,234", "1.234", "n/a", "inf", "1e999", "9" * 14,
     "yes", "maybe", "2013-05-01", "13/13/2013", "Total", "klout", "Klout Score", "twitter", "f",
     "Prefer not to say", "ghp_abcdef123456", "=1+1", "#N/A", "50%", "€ 5", "12k", "a\nb", '"',
     "é", "٣", "<b>"]
)  # fmt: skip
HEADERS = st.sampled_from(
    ["candidate_id", "id", "name", "First name", "klout", "Klout Score", "kred", "followers",
     "friends", "twitter_followers", "platform", "score", "value", "date", "criterion",
     "reviewer", "rating", "task", "result", "title", "url", "outcome", "sex", "age", "zip",
     "dob", "email", "password", "token", "", "performance", "verified", "created", "x", "2013",
     "fake_share", "has_picture", "kaggle tier"]
)  # fmt: skip
ROLES = st.sampled_from(
    ["id", "name", "name:first", "score", "score:klout", "score:kaggle_tier", "evidence", "fact",
     "text", "group", "outcome", "account:followers", "account:created@x", "field:value",
     "field:score", "field:title", "field:rating", "field:criterion", "ignore", "refused",
     "score:followers + account:followers@x"]
)  # fmt: skip


@settings(max_examples=100)
@given(
    st.lists(HEADERS, min_size=1, max_size=7),
    st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=8),
    NAMES,
    st.sampled_from([",", ";", "\t"]),
)
def test_any_table(header: list[str], rows: list[list[str]], name: str, delimiter: str) -> None:
    if name.endswith(("json", "jsonl")):
        records = [dict(zip(header, row, strict=False)) for row in rows]
        sound(json_bytes(records), "people.json")
    else:
        sound(csv_bytes([header, *rows], delimiter), name.replace(".xlsx", ".csv"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | CELLS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(HEADERS, inner, max_size=5),
    max_leaves=12,
)


@given(JSON)
def test_any_json(value: object) -> None:
    sound(json_bytes(value), "people.json")


ONE_TABLE = st.tuples(
    NAMES,
    st.lists(HEADERS, min_size=1, max_size=5, unique=True),
    st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=4),
)


@given(st.lists(ONE_TABLE, min_size=2, max_size=4))
def test_any_tables_together(tables: list[tuple[str, list[str], list[list[str]]]]) -> None:
    files = {
        f"{i}/{name.partition('.')[0]}.csv": csv_bytes([header, *(r[: len(header)] for r in rows)])
        for i, (name, header, rows) in enumerate(tables)
    }
    sound(zip_bytes(files), "all.zip")


@given(ONE_TABLE, st.lists(st.tuples(st.integers(0, 4), ROLES), max_size=4), st.data())
def test_any_mapping(
    table: tuple[str, list[str], list[list[str]]],
    changes: list[tuple[int, str]],
    data: st.DataObject,
) -> None:
    _, header, rows = table
    content = csv_bytes([header, *(row[: len(header)] for row in rows)])
    try:
        reading = read_files([("people.csv", content)])
        mapping = recognise(reading.tables, load_catalogue())
        if data.draw(st.booleans()):
            kind = data.draw(st.sampled_from(sorted(KINDS)))
            mapping = mapping.with_kind("people.csv", None, kind)
        for place, role in changes:
            column = mapping.entries[place % len(mapping.entries)].column
            mapping = mapping.with_role("people.csv", None, column, role)
        assert ColumnMapping.from_toml(mapping.to_toml()).to_toml() == mapping.to_toml()
        cohort = cohort_of(reading, mapping)
    except CloutproofError:
        return
    holds_together(cohort)
