"""Rows that DuckDB's answer to a query gives."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.running import complaint_of, json_of, run
from toolkit.engine.arrow import ArrowEngine
from toolkit.engine.memory import MemoryEngine
from toolkit.engine.query import Query, answer, columns_of_query
from toolkit.errors import InputError, UnknownName

#: Applications with their posts, and scores beside them; di has no score.
APPLICATIONS = pa.table(
    {
        "candidate_id": ["ann", "bo", "cy", "di"],
        "post": ["a", "a", "b", "b"],
        "sex": ["F", "M", "F", "M"],
    }
)
SCORES = pa.table({"candidate_id": ["cy", "ann", "bo"], "klout": [70, 61, 48]})
JOIN = """
-- Everybody, with the score where there is one.
SELECT *
FROM 'applications/*.parquet' LEFT JOIN 'scores.parquet' USING (candidate_id);
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "applications").mkdir()
    pq.write_table(APPLICATIONS.slice(0, 2), "applications/0.parquet")
    pq.write_table(APPLICATIONS.slice(2), "applications/1.parquet")
    pq.write_table(SCORES, "scores.parquet")
    text = "places = 1\n[weights]\nklout = 1.0\n"
    (tmp_path / "screen.toml").write_text(text, encoding="utf-8")
    (tmp_path / "rows.sql").write_text(JOIN, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "rows", [("--sql", JOIN), ("rows.sql",), ("rows.sql", "--engine", "arrow")]
)
def test_applications_and_their_scores(rows: tuple[str, ...]) -> None:
    found = json_of("decide", *rows, "--screen", "screen.toml", "--group", "sex")
    assert found["groups"] == [
        {"sex": "F", "n": 2, "selected": 1},
        {"sex": "M", "n": 2, "selected": 0},
    ]
    assert found["missing"] == {"klout": 1}


def test_the_engine_is_said() -> None:
    said = run("decide", "rows.sql", "--screen", "screen.toml").stderr
    assert "4 rows from rows.sql, so the engine is memory." in said


def test_other_commands_take_a_query_too() -> None:
    influence = json_of("influence", "--sql", JOIN, "--screen", "screen.toml")
    assert influence["candidates"] == 4
    sql = "SELECT sex, post = 'a' AS hired FROM 'applications/*.parquet'"
    impact = json_of("impact", "--sql", sql, "--group", "sex", "--selected", "hired")
    assert (impact["candidates"], impact["selected"]) == (4, 2)


def test_the_order_of_the_answer_makes_no_difference() -> None:
    many = "SELECT 'c' || i AS candidate_id, hash(i) % 40 AS score FROM range(2000) AS t(i)"
    screen = Path("screen.toml")
    screen.write_text("places = 301\n[weights]\nscore = 1.0\n", encoding="utf-8")
    drawn = []
    for at, order in enumerate(("i", "i DESC", "random()")):
        sql = f"{many} ORDER BY {order}"
        asked = ("--screen", screen, "--engine", "arrow", "--decisions", f"out{at}")
        assert json_of("decide", "--sql", sql, *asked)["tied_at_cut"] > 0
        rows = pq.read_table(f"out{at}").to_pandas().set_index("candidate_id")
        drawn.append(rows.sort_index())
    pd.testing.assert_frame_equal(drawn[0], drawn[1])
    pd.testing.assert_frame_equal(drawn[0], drawn[2])


def test_every_look_sees_the_same_rows_and_leaves_nothing_behind() -> None:
    sql = "SELECT i AS klout FROM range(100000) AS t(i) ORDER BY random() LIMIT 1000"
    engine = ArrowEngine(answer(Query(sql), ["klout"]))
    folder = Path(engine.rows.root)
    looks = [engine.add_up(["klout"], _total) for _ in range(3)]
    assert looks[0] == looks[1] == looks[2]
    assert engine.add_up_by_file(["klout"], _total) == {"the query": looks[0]}
    assert folder.is_dir()
    del engine
    assert not folder.exists()


def _total(batch: pa.RecordBatch) -> int:
    return int(sum(batch.column("klout").to_pylist()))


def test_other_types_are_read_as_numbers_or_text() -> None:
    sql = """SELECT sum(klout) AS h, 1.5::DECIMAL(8, 2) AS d, current_date AS t, true AS b,
             'x'::ENUM ('x', 'y') AS e, uuid() AS u, 7::UTINYINT AS i FROM 'scores.parquet'"""
    columns = ["h", "d", "t", "b", "e", "u", "i"]
    assert columns_of_query(Query(sql)) == columns
    rows = MemoryEngine.of(ArrowEngine(answer(Query(sql), columns)), columns)
    found = rows.table.to_pylist()[0]
    assert (found["h"], found["d"], found["b"], found["e"], found["i"]) == (179, 1.5, True, "x", 7)
    assert isinstance(found["t"], str)
    assert isinstance(found["u"], str)


def test_a_database_is_asked_and_only_read(tmp_path: Path) -> None:
    path = tmp_path / "platform.duckdb"
    with duckdb.connect(path) as database:
        database.execute("CREATE TABLE scores AS SELECT * FROM 'scores.parquet'")
    before = path.read_bytes()
    sql = "SELECT * FROM scores WHERE klout > 50"
    found = json_of("decide", path, "--sql", sql, "--screen", "screen.toml")
    assert found["candidates"] == 2
    assert path.read_bytes() == before
    said = complaint_of("decide", "none.duckdb", "--sql", sql, "--screen", "screen.toml")
    assert "no such database" in said


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT * FROM nowhere", "Table with name nowhere does not exist"),
        ("SELECT CAST('a' AS INTEGER) AS klout", "Could not convert string 'a'"),
        ("SELECT 1 AS klout; SELECT 2 AS klout", "one SELECT, and nothing else"),
        ("COPY (SELECT 1) TO 'out.csv'", "one SELECT, and nothing else"),
        ("INSTALL httpfs", "one SELECT, and nothing else"),
        ("", "one SELECT, and nothing else"),
        ("SELECT 1 AS klout, 2 AS klout", "two columns 'klout'"),
        ("SELECT * FROM 'https://example.com/x.parquet'", "Nothing is fetched over the network"),
        ("SELECT * FROM sql", "Table with name sql does not exist"),
    ],
)
def test_what_is_no_query_for_rows(sql: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^the query") as refused:
        answer(Query(sql), ["klout"])
    assert message in str(refused.value)
    assert not (tmp_path / "out.csv").exists()


def test_a_column_that_the_query_does_not_give() -> None:
    with pytest.raises(UnknownName, match="'klout' in the query"):
        answer(Query("SELECT 1 AS clout"), ["klout"])
    assert "klout" in complaint_of("decide", "--sql", "SELECT 1 AS a", "--screen", "screen.toml")


def test_no_rows_at_all() -> None:
    sql = "SELECT * FROM 'scores.parquet' WHERE klout > 99"
    assert "no rows" in complaint_of("decide", "--sql", sql, "--screen", "screen.toml")
