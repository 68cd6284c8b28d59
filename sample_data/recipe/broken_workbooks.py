"""Broken files that are not text: workbooks, archives, Parquet."""

from __future__ import annotations

import struct

from sample_data.recipe.workbook import Formula, Sheet, archive, workbook

_HEADER = ("candidate_id", "name", "klout", "portfolio")
_ROWS = (
    _HEADER,
    ("B01", "Bafin Otterwick", 61, 3.5),
    ("B02", "Dewyn Marblegate", 48, 4.5),
    ("B03", "Lisel Quillmarsh", 55, 2.5),
)
_GOOD = workbook(Sheet("Candidates", _ROWS))
_CSV = b"candidate_id,klout,portfolio\nB01,61,3.5\nB02,48,4.5\nB03,55,2.5\n"
_ZIP = archive({"candidates.csv": _CSV, "groups.csv": b"candidate_id,sex\nB01,Female\nB02,Male\n"})


def _locked(content: bytes) -> bytes:
    """A ZIP whose headers say that its members need a password."""
    made = bytearray(content)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + flags] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)


#: File name → (what is wrong, bytes).
WORKBOOKS: dict[str, tuple[str, str | bytes]] = {
    "empty-sheet.xlsx": ("The only sheet has no cells.", workbook(Sheet("Candidates", ()))),
    "notes-sheet-first.xlsx": (
        "The candidates are on the second sheet; the first is a note.",
        workbook(Sheet("Read me", (("Made on 3 May by the agency",),)), Sheet("Candidates", _ROWS)),
    ),
    "hidden-sheet.xlsx": (
        "A hidden sheet holds other candidates.",
        workbook(
            Sheet("Candidates", _ROWS),
            Sheet("Old", (_HEADER, ("B09", "Yotam Fenkettle", 70, 3.0)), hidden=True),
        ),
    ),
    "merged-headers.xlsx": (
        "'Scores' is merged above two columns, so the real names are in row 2.",
        workbook(
            Sheet(
                "Candidates",
                (
                    ("Applicant", None, "Scores", None),
                    _HEADER,
                    *_ROWS[1:],
                ),
                merged=("A1:B1", "C1:D1"),
            )
        ),
    ),
    "formulas.xlsx": (
        "Klout is computed: one result is stored, one was never computed, one is an error.",
        workbook(
            Sheet(
                "Candidates",
                (
                    _HEADER,
                    ("B01", "Bafin Otterwick", Formula("50+11", "61"), 3.5),
                    ("B02", "Dewyn Marblegate", Formula("D3*10"), 4.5),
                    ("B03", "Lisel Quillmarsh", Formula("1/0", "#DIV/0!", is_error=True), 2.5),
                ),
            )
        ),
    ),
    "numbers-stored-as-text.xlsx": (
        "Klout is text that looks like numbers.",
        workbook(Sheet("Candidates", (_HEADER, *((c, n, str(k), p) for c, n, k, p in _ROWS[1:])))),
    ),
    "truncated.xlsx": ("The second half of the workbook is missing.", _GOOD[: len(_GOOD) // 2]),
    "really-csv.xlsx": ("A CSV file that is called .xlsx.", _CSV),
    "really-xlsx.csv": ("A workbook that is called .csv.", _GOOD),
    "really-old-excel.xlsx": (
        "The first bytes of the format before 2007.",
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504),
    ),
    "empty.zip": ("An archive with nothing in it.", archive({})),
    "truncated.zip": ("The end of the archive is missing.", _ZIP[:120]),
    "locked.zip": ("The archive asks for a password.", _locked(_ZIP)),
    "path-escape.zip": (
        "A member wants to be written outside the folder.",
        archive({"../candidates.csv": _CSV}),
    ),
    "zip-in-zip.zip": ("An archive in an archive.", archive({"all.zip": _ZIP})),
    "no-candidates.zip": (
        "Accounts and groups, but no table of candidates and one code that nothing else has.",
        archive(
            {
                "accounts.csv": b"candidate_id,followers,following,posts\nB01,900,100,50\n",
                "groups.csv": b"candidate_id,sex\nB01,Female\nB77,Male\n",
            }
        ),
    ),
    "strangers.zip": (
        "The accounts name B99, who is not among the candidates.",
        archive(
            {
                "candidates.csv": _CSV,
                "accounts.csv": b"candidate_id,followers,following,posts\n"
                b"B01,900,100,50\nB99,70000,90000,12\n",
            }
        ),
    ),
    "truncated.parquet": (
        "A Parquet file without its end, where the columns are described.",
        b"PAR1" + struct.pack("<8q", *range(8)),
    ),
    "empty.parquet": ("No bytes at all.", b""),
}
