from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from toolkit.intake.candidate_rows import ERASED, candidate_rows, without_candidate
from toolkit.intake.mapping import ColumnMapping
from toolkit.intake.raw_tables import read_sources
from toolkit.intake.read import cohort_of
from toolkit.intake.read_file import Reading, read_files
from toolkit.intake.recognise import recognise
from toolkit.scores.catalogue import load_catalogue

SAMPLES = Path(__file__).parents[2] / "sample_data"
CATALOGUE = load_catalogue()


def understood(**files: str) -> tuple[Reading, ColumnMapping]:
    reading = read_files([(f"{name}.csv", text.encode()) for name, text in files.items()])
    return reading, recognise(reading.tables, CATALOGUE)


def everything(reading: Reading) -> str:
    cells = "".join(table.frame.to_csv() + str(table.issues) for table in reading.tables)
    return cells + str(reading.issues) + str(reading.sources)


def test_every_row_about_one_candidate_goes() -> None:
    reading, mapping = understood(
        candidates="candidate_id,name,klout\nann,Ann Arbor,60\nbo,Bo Diddley,55\n",
        accounts="candidate_id,platform,followers\nbo,x,9\nann,x,7\nbo,instagram,8\n",
    )
    rows = candidate_rows(reading, mapping, CATALOGUE, "bo")
    assert [found.tolist() for found in rows] == [[False, True], [True, False, True]]
    left, settled = without_candidate(reading, mapping, CATALOGUE, "bo")
    cohort = cohort_of(left, settled, CATALOGUE)
    assert list(cohort.ids) == ["ann"]
    assert len(cohort.accounts) == 1
    assert "Diddley" not in everything(left)


def test_rows_that_reading_set_aside_go_too() -> None:
    reading, mapping = understood(
        candidates="candidate_id,name,klout\nann,Ann,60\nbo,Bo Diddley,55\nbo,Bo Diddley,54\n"
    )
    left, _ = without_candidate(reading, mapping, CATALOGUE, "bo")
    assert "Diddley" not in everything(left)
    assert len(left.tables[0].frame) == 1


def test_rows_matched_by_name_go_too() -> None:
    reading, mapping = understood(
        candidates="candidate_id,name,klout\nann,Ann Arbor,60\nbo,Bo Diddley,55\n",
        portfolio="name,title,rating\nBo Diddley,Song,5\nAnn Arbor,Book,4\nBO DIDDLEY,Tune,3\n",
    )
    left, settled = without_candidate(reading, mapping, CATALOGUE, "bo")
    assert "iddley" not in everything(left).lower()
    assert list(cohort_of(left, settled, CATALOGUE).portfolio["title"]) == ["Book"]


def test_codes_made_of_row_numbers_stay() -> None:
    reading, mapping = understood(candidates="name,klout\nAnn,60\nBo,55\nCy,40\n")
    left, settled = without_candidate(reading, mapping, CATALOGUE, "row-3")
    assert list(cohort_of(left, settled, CATALOGUE).ids) == ["row-2", "row-4"]


def test_what_is_left_is_understood_as_before() -> None:
    # Only Ann's cell says that the comma is the decimal mark here.
    reading, mapping = understood(candidates='candidate_id,task\nann,"3,5"\nbo,"1,234"\n')
    before = cohort_of(reading, mapping, CATALOGUE).signals.at["bo", "task"]
    left, settled = without_candidate(reading, mapping, CATALOGUE, "ann")
    assert cohort_of(left, settled, CATALOGUE).signals.at["bo", "task"] == before == 1.234


def test_a_resume_goes_with_the_name_of_its_file() -> None:
    resume = '{"basics": {"name": "Bo Diddley"}, "work": [{"name": "Shop", "position": "Clerk"}]}'
    files = [
        ("candidates.csv", b"candidate_id,name,klout\nann,Ann Arbor,60\nbo,Bo Diddley,55\n"),
        ("bo-diddley.json", resume.encode()),
    ]
    reading = read_files(files)
    mapping = recognise(reading.tables, CATALOGUE)
    left, settled = without_candidate(reading, mapping, CATALOGUE, "bo")
    assert "iddley" not in everything(left)
    assert "iddley" not in settled.to_toml()
    assert list(left.sources) == ["candidates.csv"]
    assert list(cohort_of(left, settled, CATALOGUE).ids) == ["ann"]


def test_notes_about_the_rows_that_go_say_nothing_more() -> None:
    text = "candidate_id,name,klout\nann,Ann Arbor,60\nbo,Bo Did\x00dley,55\n,,\ncy,Cy,50\n"
    reading, mapping = understood(candidates=text)
    told = sum(issue.row == 3 or 3 in issue.rows for issue in reading.tables[0].issues)
    left, _ = without_candidate(reading, mapping, CATALOGUE, "bo")
    messages = [issue.message for issue in left.tables[0].issues]
    assert messages.count(ERASED) == told
    assert len(messages) == len(reading.tables[0].issues)


def test_an_unknown_code_changes_nothing() -> None:
    reading, mapping = understood(candidates="candidate_id,klout\nann,60\nbo,55\n")
    assert without_candidate(reading, mapping, CATALOGUE, "cy") == (reading, mapping)
    assert not any(rows.any() for rows in candidate_rows(reading, mapping, CATALOGUE, "cy"))


def test_the_last_candidate_leaves_no_table() -> None:
    reading, mapping = understood(candidates="candidate_id,name,klout\nann,Ann Arbor,60\n")
    left, settled = without_candidate(reading, mapping, CATALOGUE, "ann")
    assert (left.tables, left.sources) == ((), {})
    assert candidate_rows(left, settled, CATALOGUE, "ann") == ()
    assert without_candidate(left, settled, CATALOGUE, "ann") == (left, settled)


@pytest.mark.parametrize("name", ["agency-2011", "engineer-2026"])
def test_the_others_of_a_sample_are_as_before(name: str) -> None:
    reading = read_sources(SAMPLES / name)
    mapping = recognise(reading.tables, CATALOGUE)
    before = cohort_of(reading, mapping, CATALOGUE)
    code = before.ids[7]
    left, settled = without_candidate(reading, mapping, CATALOGUE, code)
    after = cohort_of(left, settled, CATALOGUE)
    others = np.delete(before.ids, 7)
    assert list(after.ids) == list(others)
    pd.testing.assert_frame_equal(after.signals, before.signals.loc[others], check_names=False)
    pd.testing.assert_frame_equal(after.groups, before.groups.loc[others])
    called = before.name_of(code)
    for table in left.tables:
        assert not table.frame.isin([code, called]).any(axis=None)
