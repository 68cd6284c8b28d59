import csv
import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from sample_data.recipe.broken import FAULTS, GOOD, README, files
from tests.sample_data.requisition import SAMPLES

MADE = files()


def test_there_is_a_file_for_each_thing_that_goes_wrong():
    assert len(FAULTS) >= 60
    for fault in (
        "duplicate-ids.csv",
        "missing-ids.csv",
        "score-outside-scale.csv",
        "text-in-number-column.csv",
        "password-column.csv",
        "postcode-column.csv",
        "decimal-comma.csv",
        "utf-16.csv",
        "latin-1.csv",
        "empty-sheet.xlsx",
        "merged-headers.xlsx",
        "formulas.xlsx",
        "nan-and-infinity.csv",
        "header-only.csv",
        "one-row.csv",
        "really-csv.xlsx",
        "truncated.xlsx",
        "truncated.zip",
        "truncated.parquet",
        "ragged-rows.csv",
        "two-header-rows.csv",
        "mixed-dates.csv",
        "duplicate-columns.csv",
        "invalid.json",
    ):
        assert fault in FAULTS


def test_the_page_tells_every_fault_in_a_sentence():
    page = (SAMPLES / "broken" / "README.md").read_text(encoding="utf-8")

    for name, (fault, _) in FAULTS.items():
        assert f"| `{name}` | {fault} |" in page
        assert fault[-1] == "."
        assert "|" not in fault
    assert page.startswith(README)


def test_the_files_are_small():
    assert max(len(content) for name, content in MADE.items() if name != "README.md") < 6_000


def test_apart_from_its_fault_a_file_is_right():
    rows = list(csv.reader(io.StringIO(GOOD)))

    assert [len(row) for row in rows] == [5] * 5
    assert len({row[0] for row in rows}) == 5


@pytest.mark.parametrize("name", [n for n in MADE if n.endswith(".xlsx")])
def test_workbooks_are_readable_unless_that_is_the_fault(name):
    unreadable = {"truncated.xlsx", "really-csv.xlsx", "really-old-excel.xlsx"}
    try:
        sheets = CalamineWorkbook.from_filelike(io.BytesIO(MADE[name])).sheet_names
    except Exception:
        assert name in unreadable
    else:
        assert name not in unreadable
        assert sheets


def test_workbook_cells_arrive_as_they_were_written():
    book = CalamineWorkbook.from_filelike(io.BytesIO(MADE["formulas.xlsx"]))
    rows = book.get_sheet_by_index(0).to_python()

    assert rows[0] == ["candidate_id", "name", "klout", "portfolio"]
    assert rows[1] == ["B01", "Bafin Otterwick", 61.0, 3.5]
    assert [row[2] for row in rows[2:]] == ["", ""]  # never computed; an error


def test_archives_carry_their_faults():
    with zipfile.ZipFile(io.BytesIO(MADE["path-escape.zip"])) as escape:
        assert escape.namelist() == ["../candidates.csv"]
    with (
        zipfile.ZipFile(io.BytesIO(MADE["locked.zip"])) as locked,
        pytest.raises(RuntimeError, match="encrypted"),
    ):
        locked.read("candidates.csv")
    with zipfile.ZipFile(io.BytesIO(MADE["empty.zip"])) as empty:
        assert empty.namelist() == []
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(MADE["truncated.zip"]))


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("utf-16.csv", b"\xff\xfec\x00"),
        ("latin-1.csv", b"Z\xf6e \xc5ngstr\xf6m"),
        ("byte-order-mark.csv", b"\xef\xbb\xbfcandidate_id"),
        ("mixed-encodings.csv", b"Z\xc3\xb6e,61,3.5,72\nB02,Z\xf6e"),
        ("doubly-encoded.csv", b"Z\xc3\x83\xc2\xb6e"),
        ("control-characters.csv", b"De\x00wyn"),
        ("empty-file.csv", b""),
        ("truncated.parquet", b"PAR1"),
    ],
)
def test_bytes_that_carry_the_fault(name, fault):
    assert fault in MADE[name]
