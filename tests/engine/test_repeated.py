from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rows import arrow, memory, write_parts
from toolkit.engine.engine import Engine
from toolkit.engine.memory import MemoryEngine
from toolkit.engine.repeated import distinct, repeated_codes
from toolkit.errors import InputError

#: Bo stands in both files, and one row has no code.
PEOPLE = pa.table(
    {"candidate_id": ["ann", "bo", "cy", "bo", None, "di"], "klout": [61, 48, 70, 50, 9, 1]}
)


@pytest.fixture(params=["memory", "arrow"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    files = arrow(write_parts(PEOPLE, tmp_path / "rows", ends=[3]), PEOPLE.column_names)
    return files if request.param == "arrow" else MemoryEngine.of(files, PEOPLE.column_names)


class Total:
    def __call__(self, batch: pa.RecordBatch) -> int:
        return int(sum(batch.column("klout").to_pylist()))


class Ids:
    def __call__(self, batch: pa.RecordBatch) -> list[str]:
        return list(batch.column("candidate_id").to_pylist())


def unchanged(batch: pa.RecordBatch) -> pa.RecordBatch:
    return batch.select(["candidate_id"])


def test_a_code_in_two_files_is_refused_and_both_are_named(engine: Engine) -> None:
    with pytest.raises(InputError) as refused:
        distinct(engine, "candidate_id", set_aside=False)
    assert str(refused.value) == (
        "Column 'candidate_id': 1 code stands in several rows (2 rows): bo (2 rows), in "
        "000.parquet (1 row), 001.parquet (2 rows). 1 row without a 'candidate_id'. Give every "
        "candidate one row, or set these rows aside with --set-aside."
    )


def test_all_rows_of_the_code_are_set_aside_and_counted(engine: Engine, tmp_path: Path) -> None:
    rows, issues = distinct(engine, "candidate_id", set_aside=True)
    assert [issue.level for issue in issues] == ["warning", "warning"]
    assert "All of them were set aside." in str(issues[0])
    assert (rows.count(), rows.name) == (3, engine.name)
    assert rows.add_up(["klout"], Total()) == 61 + 70 + 1
    assert rows.add_up_by_bucket(["klout", "candidate_id"], "candidate_id", Total()) == 132
    by_file = rows.add_up_by_file(["candidate_id"], Ids())
    assert by_file == {"000.parquet": ["ann", "cy"], "001.parquet": ["di"]}
    some = rows.some(["klout"], 9)
    assert some is not None
    assert some.column_names == ["klout"]
    schema = pa.schema([("candidate_id", pa.string())])
    assert rows.write(["candidate_id"], unchanged, schema, tmp_path / "out", "a plan") == 3
    assert sorted(pq.read_table(tmp_path / "out")["candidate_id"].to_pylist()) == [
        *("ann", "cy", "di")
    ]


def test_no_row_is_left(tmp_path: Path) -> None:
    table = PEOPLE.filter(pa.array([False, True, False, True, True, False]))
    rows, _ = distinct(memory(table), "candidate_id", set_aside=True)
    assert (rows.count(), rows.some(["klout"], 9)) == (0, None)
    assert rows.add_up(["klout"], Total()) is None


def test_rows_without_repeated_codes_stay_as_they_are() -> None:
    engine = memory(PEOPLE.slice(0, 3))
    assert distinct(engine, "candidate_id", set_aside=False) == (engine, [])


def test_a_number_and_the_text_that_writes_it_are_one_code() -> None:
    found = repeated_codes(memory(pa.table({"id": pa.array(["7", "12", "7"])})), "id")
    assert found.codes == {"7": 2}
    assert repeated_codes(memory(pa.table({"id": [7, 12, 7]})), "id").codes == {"7": 2}


def test_codes_whose_hashes_are_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    from toolkit.engine import buckets, repeated

    def by_length(keys: pa.Array) -> buckets.Hashes:
        return buckets.hashes(pa.array([len(key) for key in keys.to_pylist()]))

    monkeypatch.setattr(repeated, "hashes", by_length)
    engine = memory(pa.table({"id": ["ann", "bob", "cy", "bob"]}))
    assert repeated_codes(engine, "id").codes == {"bob": 2}


@settings(max_examples=40)
@given(
    codes=st.lists(st.one_of(st.none(), st.text("ab", max_size=2)), max_size=30),
    cut=st.integers(0, 30),
    rows=st.integers(1, 8),
)
def test_what_is_found_is_what_a_count_of_all_codes_finds(
    codes: list[str | None], cut: int, rows: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = pa.table({"id": pa.array(codes, pa.string())})
    folder = write_parts(table, tmp_path_factory.mktemp("rows"), [min(cut, len(codes))])
    counts = Counter(code for code in codes if code)
    expected = {code: n for code, n in counts.items() if n > 1}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("toolkit.engine.buckets.BUCKET_ROWS", rows)
        for engine in (memory(table), arrow(folder, ["id"])):
            found = repeated_codes(engine, "id")
            assert found.codes == expected
            assert (found.different, found.rows) == (len(expected), sum(expected.values()))
            assert found.nameless == sum(not code for code in codes)


def test_too_many_to_be_a_mishap(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = memory(pa.table({"id": ["a", "a", "b", "b", "c", "c"]}))
    monkeypatch.setattr("toolkit.engine.repeated.MOST", 2)
    with pytest.raises(InputError, match=r"3 codes stand in several rows.*So many cannot"):
        distinct(engine, "id", set_aside=True)
    monkeypatch.setattr("toolkit.engine.repeated._MOST_ALIKE", 4)
    with pytest.raises(InputError, match="about 6 rows share their code"):
        repeated_codes(engine, "id")
