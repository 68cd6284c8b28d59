from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.files import csv_bytes, zip_bytes
from toolkit.errors import InputError
from toolkit.intake.raw_tables import raw_tables, read_sources

GOOD = csv_bytes([["candidate_id", "hired"], ["a", "yes"], ["b", "no"]])


def test_tables_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(GOOD)
    (table,) = raw_tables(tmp_path / "p.csv")
    assert table.frame["hired"].tolist() == ["yes", "no"]
    assert (table.name, table.rows.tolist()) == ("p.csv", [2, 3])


def test_links_that_lead_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_bytes(GOOD)
    folder = tmp_path / "inside"
    folder.mkdir()
    (folder / "people.csv").write_bytes(GOOD)
    (folder / "link.csv").symlink_to(outside)
    (folder / "all.zip").write_bytes(zip_bytes({"more.csv": GOOD}))
    reading = read_sources(folder)
    assert [table.file for table in reading.tables] == ["all.zip/more.csv", "people.csv"]
    assert [str(issue) for issue in reading.issues] == [
        "link.csv: A link that leads out of the folder: not followed."
    ]


def test_folders_without_a_table(tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError, match="the folder holds no table to read"):
        raw_tables(tmp_path)


def test_a_folder_of_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.intake.archives.MOST_FILES", 1)
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(GOOD)
    with pytest.raises(InputError, match="the folder holds more than 1 files"):
        raw_tables(tmp_path)


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("may", "june"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "p.csv").write_bytes(GOOD)
    reading = read_sources(tmp_path / "may" / "p.csv", tmp_path / "june" / "p.csv")
    assert list(reading.sources) == ["p.csv", "p.csv (2)"]
