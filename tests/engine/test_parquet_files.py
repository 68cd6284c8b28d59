from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from toolkit.engine.parquet_files import parquet_rows
from toolkit.errors import InputError, UnknownName


def write(path: Path, **columns: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)


def read(where: str | Path, columns: list[str]) -> dict[str, list[object]]:
    rows = parquet_rows(where, columns, set_aside=False)
    batches = [b for stretch in rows.stretches for b in stretch.batches(columns, 2)]
    return pa.Table.from_batches(batches).to_pydict()


def test_a_folder_and_what_its_folders_are_called(tmp_path: Path) -> None:
    write(tmp_path / "year=2025" / "a.parquet", klout=[50, 61])
    write(tmp_path / "year=2026" / "b.parquet", klout=[70])
    assert read(tmp_path, ["klout", "year"]) == {"klout": [50, 61, 70], "year": [2025, 2025, 2026]}
    assert read(tmp_path / "year=2026", ["klout"]) == {"klout": [70]}
    assert read(str(tmp_path / "*" / "b.parquet"), ["klout"]) == {"klout": [70]}
    assert read(tmp_path / "year=2025" / "a.parquet", ["klout"]) == {"klout": [50, 61]}


def test_folders_may_say_nothing_or_write_signs_in_numbers(tmp_path: Path) -> None:
    write(tmp_path / "post=a%2Fb" / "a.parquet", klout=[50])
    write(tmp_path / "post=__HIVE_DEFAULT_PARTITION__" / "b.parquet", klout=[70])
    assert read(tmp_path, ["klout", "post"]) == {"klout": [70, 50], "post": [None, "a/b"]}


def test_what_is_no_row_is_noted_and_what_programs_keep_is_not(tmp_path: Path) -> None:
    write(tmp_path / "year=2026" / "a.parquet", klout=[50])
    write(tmp_path / "_temporary" / "0" / "b.parquet", klout=[1])
    (tmp_path / "year=2027").mkdir()
    (tmp_path / "_SUCCESS").touch()
    (tmp_path / "people.csv").write_text("klout", encoding="utf-8")
    rows = parquet_rows(tmp_path, ["klout"], set_aside=False)
    assert (rows.count, [issue.level for issue in rows.issues]) == (1, ["warning", "note"])
    assert "people.csv" in str(rows.issues[0])
    assert "year=2027" in str(rows.issues[1])


def test_many_faults_are_counted_and_the_first_named(tmp_path: Path) -> None:
    write(tmp_path / "good.parquet", klout=[50])
    for at in range(7):
        (tmp_path / f"{at}.parquet").touch()
    with pytest.raises(InputError, match=r"0\.parquet.*4\.parquet.*And 2 more files.*set-aside"):
        parquet_rows(tmp_path, ["klout"], set_aside=False)
    rows = parquet_rows(tmp_path, ["klout"], set_aside=True)
    assert (rows.count, len(rows.issues)) == (1, 7)


def test_whole_numbers_and_decimals_go_together(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", klout=pa.array([50], pa.int8()))
    write(tmp_path / "b.parquet", klout=pa.array([61.5, None]))
    assert read(tmp_path, ["klout"]) == {"klout": [50.0, 61.5, None]}


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    write(tmp_path / "good.parquet", klout=[50])
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and then nothing")
    with pytest.raises(InputError, match=r"bad\.parquet: the file is damaged"):
        parquet_rows(tmp_path, ["klout"], set_aside=False)
    rows = parquet_rows(tmp_path, ["klout"], set_aside=True)
    assert rows.count == 1
    assert "bad.parquet" in str(rows.issues[0])


def test_damage_within_a_file_is_named_when_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "torn.parquet"
    write(path, klout=list(range(5000)))
    whole = bytearray(path.read_bytes())
    whole[8:400] = bytes(392)
    path.write_bytes(whole)
    rows = parquet_rows(tmp_path, ["klout"], set_aside=False)
    with pytest.raises(InputError, match=r"torn\.parquet"):
        [list(stretch.batches(["klout"], 100)) for stretch in rows.stretches]


def test_a_column_that_one_file_lacks_is_named_with_the_file_and_its_rows(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", klout=[50, 60])
    write(tmp_path / "b.parquet", clout=[1, 2, 3])
    with pytest.raises(InputError, match=r"b\.parquet: column 'klout' is missing \(3 rows\)"):
        parquet_rows(tmp_path, ["klout"], set_aside=False)
    rows = parquet_rows(tmp_path, ["klout"], set_aside=True)
    assert (rows.count, rows.set_aside) == (2, 3)


def test_text_among_numbers_is_named_and_the_fewer_rows_give_way(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", klout=[50, 60])
    write(tmp_path / "b.parquet", klout=["sixty"])
    with pytest.raises(InputError, match=r"b\.parquet: column 'klout' holds text, in the other"):
        parquet_rows(tmp_path, ["klout"], set_aside=False)
    assert parquet_rows(tmp_path, ["klout"], set_aside=True).set_aside == 1


def test_an_empty_file_is_noted_and_an_empty_column_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", klout=[50])
    write(tmp_path / "b.parquet", klout=pa.array([], pa.int64()))
    write(tmp_path / "c.parquet", klout=pa.nulls(2))
    rows = parquet_rows(tmp_path, ["klout"], set_aside=False)
    assert [issue.file for issue in rows.issues] == ["b.parquet"]
    assert read(tmp_path, ["klout"]) == {"klout": [50, None, None]}


def test_a_column_that_no_file_has(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", klout=[50])
    with pytest.raises(UnknownName, match="klout"):
        parquet_rows(tmp_path, ["klot"], set_aside=True)


@pytest.mark.parametrize("where", ["nowhere", "no*.parquet", "."])
def test_no_file_at_all(where: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no Parquet file"):
        parquet_rows(tmp_path / where, ["klout"], set_aside=False)


def test_a_store_that_takes_an_extra_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(InputError, match=r"cloutproof\[stores\]"):
        parquet_rows("memory://rows", ["klout"], set_aside=False)
