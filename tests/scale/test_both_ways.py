"""Spark's workers read files, or Spark reads a table: no decision depends on which."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.running import complaint_of, json_of
from tests.engine.test_engines import KeysTogether, Total
from tests.scale.conftest import SPARK, known_to_spark
from toolkit.engine.choose import engine_over
from toolkit.engine.engine import Engine
from toolkit.errors import InputError

ARROW = ("--engine", "arrow")
ROWS = 4_000


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders named by a column, with few different values, so that many are level."""
    folder = tmp_path_factory.mktemp("sites")
    draw = np.random.default_rng(7)
    for at, site in enumerate(("site=a", "site=b")):
        table = pa.table(
            {
                "candidate_id": pa.array([f"c{at}-{i}" for i in range(ROWS)]).dictionary_encode(),
                "portfolio": pa.array(draw.integers(1, 6, ROWS), pa.uint8()),
                "klout": pa.array(
                    np.where(draw.random(ROWS) < 0.1, np.nan, draw.integers(1, 101, ROWS))
                ),
                "post": pa.array([f"p{i}" for i in draw.integers(0, 40, ROWS)]),
                "sex": pa.array(draw.choice(["female", "male", None], ROWS).tolist(), pa.string()),
            }
        )
        (folder / site).mkdir()
        pq.write_table(table, folder / site / "rows.parquet", row_group_size=1_000)
    return folder


@pytest.fixture(params=["files", "table"])
def where(request: pytest.FixtureRequest, sites: Path) -> str:
    return str(sites) if request.param == "files" else known_to_spark(sites, "sites")


@pytest.fixture
def screen(tmp_path: Path) -> Path:
    path = tmp_path / "screen.toml"
    path.write_text("share = 0.3\n[weights]\nportfolio = 3\nklout = 0.001\n", encoding="utf-8")
    return path


def written(folder: Path) -> dict[str, list[object]]:
    rows: dict[str, list[object]] = pq.read_table(folder).sort_by("candidate_id").to_pydict()
    return rows


def test_those_who_are_level_at_the_cut(
    where: str, sites: Path, screen: Path, tmp_path: Path
) -> None:
    screen.write_text("places = 3000\n[weights]\nportfolio = 1\n", encoding="utf-8")
    asked = ("--screen", screen, "--group", "site", "--group", "sex", "--trust-codes")
    one, two = tmp_path / "one", tmp_path / "two"
    arrow = json_of("decide", sites, *ARROW, *asked, "--decisions", one)
    spark = json_of("decide", where, *SPARK, *asked, "--decisions", two)
    assert spark | {"engine": "arrow", "decisions_at": ""} == arrow | {"decisions_at": ""}
    assert arrow["tied_at_cut"] > 1_000
    assert written(two) == written(one)


def test_places_in_each_requisition(where: str, sites: Path, screen: Path, tmp_path: Path) -> None:
    screen.write_text(screen.read_text().replace("share = 0.3", "places = 5"), encoding="utf-8")
    asked = ("--screen", screen, "--requisition", "post", "--trust-codes", "--decisions")
    json_of("decide", sites, *ARROW, *asked, tmp_path / "one")
    json_of("decide", where, *SPARK, *asked, tmp_path / "two")
    assert written(tmp_path / "two") == written(tmp_path / "one")


def test_what_is_set_aside(sites: Path, screen: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rows"
    for name in ("site=a", "site=b"):
        (folder / name).mkdir(parents=True)
        (folder / name / "rows.parquet").symlink_to(sites / name / "rows.parquet")
    more = pq.read_table(sites / "site=a" / "rows.parquet").slice(0, 2)
    off = more.set_column(2, "klout", pa.array([134.0, np.inf]))
    pq.write_table(off, folder / "site=b" / "more.parquet")
    asked = ("--screen", screen, "--group", "sex", "--set-aside")
    arrow = json_of("decide", folder, *ARROW, *asked)
    # Two codes stand twice, and all four of their rows are left out.
    assert arrow["candidates"] == 2 * ROWS - 2
    assert json_of("decide", folder, *SPARK, *asked) == arrow | {"engine": "spark"}
    table = json_of("decide", known_to_spark(folder, "twice"), *SPARK, *asked)
    assert table["groups"] == arrow["groups"]
    refused = complaint_of("decide", "twice", *SPARK, *asked[:-1], "--trust-codes")
    assert "infinite: 1" in refused
    assert "outside the scale: 1" in refused


@pytest.fixture
def engine(where: str) -> Engine:
    columns = ["candidate_id", "portfolio", "klout", "post", "sex"]
    found, _ = engine_over(where, columns, coded=["post", "sex"], name="spark", master="local[2]")
    return found


def test_sums_in_all_in_buckets_and_by_file(engine: Engine, sites: Path) -> None:
    portfolio = {
        p.parent.name: pq.read_table(p, columns=["portfolio"])[0] for p in sites.glob("*/*")
    }
    each = {name: sum(values.to_pylist()) for name, values in portfolio.items()}
    told: list[float] = []
    assert engine.add_up(["portfolio"], Total("portfolio"), told.append) == sum(each.values())
    assert told[-1] == 1
    assert engine.count() == 2 * ROWS
    by_file = engine.add_up_by_file(["portfolio"], Total("portfolio"))
    assert {next(s for s in each if s in name): n for name, n in by_file.items()} == each
    keys = engine.add_up_by_bucket(["portfolio", "post"], "post", KeysTogether())
    assert sorted(keys or ()) == sorted(f"p{i}" for i in range(40))
    some = engine.some(["klout"], 100)
    assert some is not None
    assert some.schema.names == ["klout"]


def test_an_address_that_only_fsspec_knows(sites: Path) -> None:
    engine, _ = engine_over(f"local://{sites}", ["portfolio"], name="spark", master="local[2]")
    values = pq.read_table(sites, columns=["portfolio"])["portfolio"]
    assert engine.add_up(["portfolio"], Total("portfolio")) == sum(values.to_pylist())


def test_a_path_that_is_relative(
    sites: Path, screen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("--screen", screen, "--group", "site", "--trust-codes")
    arrow = json_of("decide", sites, *ARROW, *asked)
    monkeypatch.chdir(sites.parent)
    assert json_of("decide", sites.name, *SPARK, *asked) == arrow | {"engine": "spark"}


def test_a_file_that_workers_cannot_reach(sites: Path, tmp_path: Path) -> None:
    kept = tmp_path / "rows.parquet"
    kept.write_bytes((sites / "site=a" / "rows.parquet").read_bytes())
    engine, _ = engine_over(kept, ["klout"], name="spark", master="local[2]")
    kept.unlink()
    with pytest.raises(InputError, match=r"^rows\.parquet: the file cannot be .* every worker"):
        engine.add_up(["klout"], Total("klout"))


def test_damage_in_a_table(sites: Path, tmp_path: Path, screen: Path) -> None:
    torn = tmp_path / "torn" / "rows.parquet"
    torn.parent.mkdir()
    torn.write_bytes((sites / "site=a" / "rows.parquet").read_bytes())
    name = known_to_spark(torn.parent, "torn")
    torn.write_bytes(torn.read_bytes()[:5_000])
    said = complaint_of("decide", name, *SPARK, "--screen", screen, "--trust-codes")
    assert f"{torn}: the file is damaged" in said
