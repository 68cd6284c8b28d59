"""What goes wrong in real uploads, and the message each time.

Three outcomes: a file is refused with an error that says why; a row, column or cell is set
aside with a warning; or something was understood and noted. The first word of a case tells.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest

from tests.intake.files import (
    csv_bytes,
    gzip_bytes,
    json_bytes,
    parquet_bytes,
    read,
    told,
    xlsx_bytes,
    zip_bytes,
)
from toolkit.errors import InputError, RefusedInput, UnreadableFile

GOOD = [["candidate_id", "klout"], ["a", 50.0], ["b", 40.0]]
PARQUET = parquet_bytes(GOOD)
WORKBOOK = xlsx_bytes({"People": GOOD})
ARCHIVE = zip_bytes({"candidates.csv": csv_bytes(GOOD)})


def _locked() -> bytes:
    """An archive whose member is marked as encrypted."""
    data = bytearray(ARCHIVE)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def _formulas() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["candidate_id", "klout"], ["a", "=20+30"], ["b", "#N/A"], ["c", 5]):
        sheet.append(row)
    sheet.title = "People"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _sheets(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "People"
    for row in GOOD:
        book.active.append(row)
    change(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _hidden(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("Old")
    sheet.append(["candidate_id", "klout"])
    sheet.sheet_state = "hidden"


def _merged_header(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet.insert_rows(1)
    sheet["A1"], sheet["B1"] = "Person", "Scores"
    sheet["C2"], sheet["C3"], sheet["C4"] = "kred", 600, 700
    sheet.merge_cells("B1:C1")


def _merged_data(book: openpyxl.Workbook) -> None:
    book.active.merge_cells("B2:B3")


REFUSED: dict[str, tuple[str, bytes, type[Exception], str]] = {
    "no bytes": ("p.csv", b"", InputError, "p.csv: the file is empty (0 bytes)."),
    "only blank lines": ("p.csv", b"\n\n  \n", InputError, "p.csv: the file is empty."),
    "only delimiters": ("p.csv", b",,,\n,,,\n", InputError, "p.csv: every cell is empty."),
    "only a header": (
        "p.csv",
        b"candidate_id,klout\n",
        InputError,
        "p.csv: there are column names ('candidate_id', 'klout') but no rows below them.",
    ),
    "only a header in a workbook": (
        "p.xlsx",
        xlsx_bytes({"People": GOOD[:1]}),
        InputError,
        "p.xlsx, sheet 'People': there are column names ('candidate_id', 'klout') but no rows "
        "below them.",
    ),
    "binary data": (
        "p.csv",
        bytes(range(256)) * 4,
        UnreadableFile,
        "p.csv: this is not text but binary data.",
    ),
    "a PDF": ("p.csv", b"%PDF-1.7\n...", UnreadableFile, "p.csv: this is a PDF document, not a"),
    "a picture": ("p.png", b"\x89PNG\r\n\x1a\n", UnreadableFile, "p.png: this is a picture, not"),
    "an RTF document": ("p.rtf", b"{\\rtf1 x}", UnreadableFile, "p.rtf: this is an RTF document"),
    "a database": (
        "p.db",
        b"SQLite format 3\0...",
        UnreadableFile,
        "p.db: this is an SQLite database, not a table.",
    ),
    "a text document": (
        "p.docx",
        zip_bytes({"word/document.xml": b"<w/>"}),
        UnreadableFile,
        "p.docx: this is a text document or slides, not a table.",
    ),
    "a web page": (
        "export.xls",
        b"<html><table><tr><td>1</td></tr></table></html>",
        UnreadableFile,
        "export.xls: this is a web page or XML, whatever its name says",
    ),
    "an open quotation mark": (
        "p.csv",
        b'candidate_id,note\na,"open\nb,c\nd,e\n',
        UnreadableFile,
        "p.csv, row 2: a quotation mark opens a text and none closes it",
    ),
    "an endless cell": (
        "p.csv",
        b'candidate_id,note\na,"' + b"x" * 200_000 + b"\nb,c\n",
        UnreadableFile,
        "Usually a quotation mark opens a text and none closes it.",
    ),
    "far too many columns": (
        "p.csv",
        ",".join(f"c{i}" for i in range(2_100)).encode() + b"\n1\n",
        UnreadableFile,
        "p.csv: a row has 2,100 cells, more than 2,000. This does not look like a table",
    ),
    "UTF-16 that is cut off": (
        "p.csv",
        "candidate_id,klout\na,50\n".encode("utf-16")[:-1],
        UnreadableFile,
        "p.csv: the file says that it is UTF-16 text, but byte 48 does not fit. It may be cut off",
    ),
    "UTF-8 with a mark, then something else": (
        "p.csv",
        b"\xef\xbb\xbfcandidate_id,klout\n\xff,5\n",
        UnreadableFile,
        "p.csv: the file says that it is UTF-8 text, but byte 19 does not fit.",
    ),
    "a truncated workbook": (
        "p.xlsx",
        WORKBOOK[:-200],
        UnreadableFile,
        "p.xlsx: the workbook is damaged or cut off.",
    ),
    "a workbook with damaged parts": (
        "p.xlsx",
        zip_bytes({"xl/workbook.xml": b"<workbook", "[Content_Types].xml": b"<x/>"}),
        UnreadableFile,
        "p.xlsx: this is not a workbook that can be read",
    ),
    "a workbook behind a password": (
        "p.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        UnreadableFile,
        "p.xlsx: the workbook is protected by a password.",
    ),
    "an old workbook that is none": (
        "p.xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        UnreadableFile,
        "p.xls: this is not a workbook that can be read",
    ),
    "something called a workbook": (
        "p.xlsx",
        b"\x01\x02\0\x03" * 9,
        UnreadableFile,
        "p.xlsx: the file is not a workbook, as its name says.",
    ),
    "a workbook of empty sheets": (
        "p.xlsx",
        xlsx_bytes({"One": [], "Two": []}),
        InputError,
        "p.xlsx: every sheet is empty or hidden.",
    ),
    "a truncated archive": (
        "p.zip",
        ARCHIVE[:-30],
        UnreadableFile,
        "p.zip: the archive is damaged or cut off.",
    ),
    "an archive with a damaged member": (
        "p.zip",
        ARCHIVE.replace(ARCHIVE[45:50], b"\0\0\0\0\0", 1),
        UnreadableFile,
        "p.zip: the archive is damaged or cut off",
    ),
    "something called an archive": (
        "p.zip",
        b"hello",
        UnreadableFile,
        "p.zip: the file is not a ZIP archive, as its name says.",
    ),
    "a locked archive": (
        "p.zip",
        _locked(),
        UnreadableFile,
        "p.zip: the archive is protected by a password.",
    ),
    "an empty archive": (
        "p.zip",
        zip_bytes({}),
        InputError,
        "p.zip: the archive holds no file to read.",
    ),
    "an archive of junk": (
        "p.zip",
        zip_bytes({"__MACOSX/._a.csv": b"x", ".DS_Store": b"x"}),
        InputError,
        "p.zip: the archive holds no file to read.",
    ),
    "an archive without a table": (
        "p.zip",
        zip_bytes({"photo.jpg": b"\xff\xd8\xff"}),
        InputError,
        "p.zip/photo.jpg: A file that is no table ('.jpg') was left out of the archive.",
    ),
    "an archive that points outside": (
        "p.zip",
        zip_bytes({"../../etc/people.csv": csv_bytes(GOOD)}),
        InputError,
        "p.zip/etc/people.csv: The name points outside the archive, so the file was left out.",
    ),
    "an archive in an archive": (
        "p.zip",
        zip_bytes({"inner.zip": ARCHIVE}),
        InputError,
        "p.zip/inner.zip: An archive within an archive, or a document, was left out of the",
    ),
    "a broken table in an archive": (
        "p.zip",
        zip_bytes({"candidates.csv": csv_bytes(GOOD), "scores.parquet": b"PAR1 nothing"}),
        UnreadableFile,
        "p.zip/scores.parquet: the Parquet file is damaged or cut off",
    ),
    "gzip that is cut off": (
        "p.csv.gz",
        gzip_bytes(csv_bytes(GOOD))[:-9],
        UnreadableFile,
        "p.csv.gz: the compressed file is damaged or cut off",
    ),
    "something called gzip": (
        "p.csv.gz",
        b"candidate_id,klout\na,5\n",
        UnreadableFile,
        "p.csv.gz: the file is not gzip, as its name says.",
    ),
    "truncated Parquet": (
        "p.parquet",
        PARQUET[: len(PARQUET) // 2],
        UnreadableFile,
        "p.parquet: the Parquet file is damaged or cut off",
    ),
    "something called Parquet": (
        "p.parquet",
        b"candidate_id,klout\na,5\n",
        UnreadableFile,
        "p.parquet: the Parquet file is damaged or cut off",
    ),
    "invalid JSON": (
        "p.json",
        b'[{"candidate_id": "a",\n "klout" 5}]',
        UnreadableFile,
        "p.json, line 2, character 10: this is not valid JSON (Expecting ':' delimiter).",
    ),
    "truncated JSON": (
        "p.json",
        b'[{"candidate_id": "a"',
        UnreadableFile,
        "p.json, line 1, character 22: this is not valid JSON",
    ),
    "JSON without end of nesting": (
        "p.json",
        b"[" * 100_000,
        UnreadableFile,
        "p.json: the JSON is nested too deeply to be a table.",
    ),
    "an empty list": ("p.json", b"[]", InputError, "p.json: the list is empty."),
    "JSON that is a sentence": ("p.json", b'"hi"', InputError, "p.json: the JSON holds no records"),
    "JSON of single values": (
        "p.json",
        b"[1, 2, 3]",
        InputError,
        "p.json: the list holds single values, not records",
    ),
    "JSON columns of different length": (
        "p.json",
        b'{"candidate_id": ["a", "b"], "klout": [5]}',
        InputError,
        "p.json: the columns are of different length ('candidate_id' 2, 'klout' 1)",
    ),
    "JSON rows of different length": (
        "p.json",
        b'{"columns": ["a", "b"], "data": [[1, 2], [3]]}',
        InputError,
        "p.json: the rows under 'data' do not all have the 2 cells that 'columns' names.",
    ),
    "JSON Lines without a record": (
        "p.jsonl",
        b"candidate_id\na\n",
        UnreadableFile,
        "p.jsonl: no line of the file is a JSON record.",
    ),
    "only a password column": (
        "p.csv",
        b"password\nhunter2\nhunter3\n",
        RefusedInput,
        "p.csv: it holds nothing but what is never accepted (password). Nothing of it was kept.",
    ),
    "a password beside codes and names": (
        "p.csv",
        b"candidate_id,name,Facebook login\na,Ann,hunter2\nb,Bo,hunter3\n",
        RefusedInput,
        "p.csv: beside 'Facebook login', which is never accepted, it holds nothing about the "
        "candidates. Nothing of it was kept.",
    ),
    "a secret as a JSON document": (
        "p.json",
        b'{"apiKey": "hunter2"}',
        RefusedInput,
        "p.json: it holds nothing but what is never accepted (apiKey).",
    ),
    "accounts without codes": (
        "accounts.csv",
        b"platform,followers\ntwitter,5\n",
        InputError,
        "accounts.csv: there is no column of candidate codes, so its rows (accounts) belong to",
    ),
}

WARNED: dict[str, tuple[str, bytes, str]] = {
    "the same row again": (
        "p.csv",
        b"candidate_id,klout\na,50\nb,40\na,50\n",
        "p.csv, row 4, column 'candidate_id': The row repeats row 2 cell by cell and was set "
        "aside. Delete one of them.",
    ),
    "the same code with other values": (
        "p.csv",
        b"candidate_id,klout,sex\na,50,f\nb,40,m\na,51,m\n",
        "p.csv, row 4, column 'candidate_id': Candidate 'a' stands already in row 2 with other "
        "values (klout: '50' there, '51' here; sex). The first row was kept and this one set "
        "aside; delete the one that is wrong.",
    ),
    "a missing code": (
        "p.csv",
        b"candidate_id,klout\na,50\n,40\n",
        "p.csv, row 3, column 'candidate_id': The candidate has no code and was given 'row-3'. "
        "Fill in the cell.",
    ),
    "codes in scientific notation": (
        "p.csv",
        b"candidate_id,klout\n2.02E+11,50\nb,40\n",
        "p.csv, row 2, column 'candidate_id': '2.02E+11' looks like a longer code that a "
        "spreadsheet program has shortened. Format the column as text, enter the codes again, "
        "and export the file.",
    ),
    "codes that differ in zeros": (
        "p.csv",
        b"candidate_id,klout\n007,50\n7,40\n",
        "p.csv, row 3, column 'candidate_id': '007' and '7' were taken as different candidates. "
        "Check that a spreadsheet has not changed case or lost leading zeros.",
    ),
    "a score outside its scale": (
        "p.csv",
        b"candidate_id,klout\na,50\nb,134\n",
        "p.csv, row 3, column 'klout': '134' is outside Klout's scale of 1 to 100. It was set "
        "aside as missing: correct the value, leave it empty, or map the column to another "
        "score.",
    ),
    "text in a number column": (
        "p.csv",
        b"candidate_id,klout\na,50\nb,high\nc,40\n",
        "p.csv, row 3, column 'klout': 'high' is not a number. It was set aside as missing: "
        "write a number, or leave the cell empty.",
    ),
    "a date in a number column": (
        "p.csv",
        b"candidate_id,portfolio\na,3.5\nb,3-May\n",
        "p.csv, row 3, column 'portfolio': '3-May' is a date where a number belongs; spreadsheet "
        "programs turn 3.5 into 3-May. It was set aside as missing: format the column as "
        "numbers or text, enter it again, and export the file.",
    ),
    "infinity": (
        "p.csv",
        b"candidate_id,klout\na,50\nb,inf\n",
        "p.csv, row 3, column 'klout': 'inf' is infinite. It was set aside as missing: no score "
        "is. Correct the value, or leave the cell empty.",
    ),
    "a number beyond every float": (
        "p.csv",
        b"candidate_id,klout\na,50\nb,1e999\n",
        "p.csv, row 3, column 'klout': '1e999' is infinite. It was set aside as missing: no "
        "score is. Correct the value, or leave the cell empty.",
    ),
    "a number too large to hold": (
        "p.csv",
        b"candidate_id,clicks\na,50\nb,1e15\n",
        "p.csv, row 3, column 'clicks': '1e+15' is larger than 1,000,000,000,000, the largest "
        "number that a signal can hold. It was set aside as missing: correct the value, or "
        "leave it empty.",
    ),
    "the error of a formula as text": (
        "p.csv",
        b"candidate_id,klout\na,50\nb,#DIV/0!\n",
        "p.csv, row 3, column 'klout': '#DIV/0!' is the error of a formula. It was set aside as "
        "missing: mend the formula, or leave the cell empty.",
    ),
    "two decimal marks in one column": (
        "p.csv",
        b"candidate_id;klout\na;3,5\nb;3.5\nc;1,234\n",
        "p.csv, row 4, column 'klout': '1,234' can be read in two ways, since the column has "
        "numbers with commas and with dots. It was set aside as missing: write it without a "
        "mark between thousands.",
    ),
    "a count that is none": (
        "p.csv",
        b"candidate_id,followers\na,50\nb,-5\n",
        "p.csv, row 3, column 'followers': '-5' is no count: counts are whole numbers of 0 or "
        "more. It was set aside as missing: correct the value, or leave it empty.",
    ),
    "half a follower": (
        "accounts.csv",
        b"candidate_id,platform,followers\na,x,50\nb,x,10.5\n",
        "accounts.csv, row 3, column 'followers': '10.5' is no count: counts are whole numbers "
        "of 0 or more. It was set aside as missing: correct the value, or leave it empty.",
    ),
    "a share above 100": (
        "accounts.csv",
        b"candidate_id,platform,fake_share\na,x,50\nb,x,180\n",
        "accounts.csv, row 3, column 'fake_share': '180' is not a percentage from 0 to 100. It "
        "was set aside as missing: correct the value, or leave it empty.",
    ),
    "a share that may be a fraction": (
        "accounts.csv",
        b"candidate_id,platform,fake_share\na,x,81%\nb,x,0.05\n",
        "accounts.csv, row 3, column 'fake_share': '0.05' may be a fraction, but was taken as a "
        "percentage. Write 5 for 5 %, not 0.05.",
    ),
    "neither yes nor no": (
        "accounts.csv",
        b"candidate_id,platform,verified\na,x,yes\nb,x,maybe\n",
        "accounts.csv, row 3, column 'verified': 'maybe' is neither yes nor no. It was set aside "
        "as missing: write yes, no, 1 or 0.",
    ),
    "no date": (
        "score_history.csv",
        b"candidate_id,score,date,value\na,klout,2012-13-01,50\na,klout,2012-01-01,51\n",
        "score_history.csv, row 2, column 'date': '2012-13-01' is not a date that can be read. "
        "It was set aside as missing: write dates as 2013-07-31.",
    ),
    "day and month that can be exchanged": (
        "score_history.csv",
        b"candidate_id,score,date,value\na,klout,03/04/2012,50\nb,klout,2012-01-01,51\n",
        "score_history.csv, column 'date': Day and month cannot be told apart ('03/04/2012'): "
        "the day was taken to come first. Write dates as 2013-07-31 to be sure.",
    ),
    "cells too many": (
        "p.csv",
        b"candidate_id,name,klout\na,Ann,50\nb,Bo, Jr.,40\nc,Cy,30\n",
        "p.csv, row 3: More cells than the 3 columns that have names: row 3, set aside. Put "
        "texts that hold a ',' between quotation marks.",
    ),
    "cells too few": (
        "p.csv",
        b"candidate_id,klout,task\na,50,5\nb,40\n",
        "p.csv, row 3: Fewer cells than the 3 columns: row 3. The last columns were taken as "
        "empty there; check that no cell is missing in the middle.",
    ),
    "no header": (
        "p.csv",
        b"7,50,60\n8,40,70\n",
        "p.csv, row 1: Row 1 holds values where column names should stand ('7', '50', '60'): it "
        "was read as the first candidate, and the columns were numbered. Add a first row that "
        "names the columns.",
    ),
    "a second header row": (
        "p.csv",
        b"candidate_id,klout,task\ncode,1 to 100,points\na,50,5\nb,40,6\n",
        "p.csv, row 2: The row holds words where all rows below hold numbers ('1 to 100', "
        "'points'): it was taken for a second row of headings and set aside. Delete it.",
    ),
    "a column name twice": (
        "p.csv",
        b"candidate_id,city,city\na,Oslo,Rome\nb,Oslo,Rome\n",
        "p.csv, column 'city (2)': Two columns are called 'city': the later one was read as "
        "'city (2)'. Give each column a name of its own.",
    ),
    "two names of one score": (
        "p.csv",
        b"candidate_id,klout,Klout Score\na,50,51\nb,40,40\n",
        "p.csv, column 'Klout Score': Two columns are names of the same score ('klout' was taken "
        "for it already): this one was kept as a score of its own, without a scale. Delete or "
        "map one of them.",
    ),
    "a column without a name": (
        "p.csv",
        b"candidate_id,klout,\na,50,x\nb,40,y\n",
        "p.csv, column 'column 3': The column has no name and was read as 'column 3'. Give it one.",
    ),
    "a misspelt score": (
        "p.csv",
        b"candidate_id,kluot\na,50\nb,40\n",
        "p.csv, column 'kluot': The column was taken as a fact, not as a score. Did you mean "
        "'klout'? Then rename it, or map it.",
    ),
    "an empty column": (
        "p.csv",
        b"candidate_id,task,klout\na,5,\nb,6,\n",
        "p.csv: No candidate has a value in 'klout'. Fill in the column or delete it.",
    ),
    "one row": (
        "p.csv",
        b"candidate_id,klout\na,50\n",
        "p.csv: There is only one candidate, so there is nothing to compare. Upload all "
        "applicants of the requisition.",
    ),
    "no numbers": (
        "p.csv",
        b"candidate_id,name\na,Ann\nb,Bo\n",
        "p.csv: No column of numbers was found, so there is nothing to screen on. Add scores or "
        "ratings, or map the columns that hold them.",
    ),
    "a row of totals": (
        "p.csv",
        b"candidate_id,klout\na,50\nb,40\nAverage,45\n",
        "p.csv, row 4: 'Average' begins a row that sums up the others: it was set aside. Delete "
        "the row, or rename the candidate.",
    ),
    "a password column": (
        "p.csv",
        b"candidate_id,klout,Twitter password\na,50,hunter2\nb,40,hunter3\n",
        "p.csv, column 'Twitter password': This column looks like a password: it was refused, "
        "and nothing in it was kept. Delete it from the file; never ask candidates for it. If "
        "it holds something else, rename it.",
    ),
    "a password deep in JSON": (
        "p.json",
        json_bytes(
            [
                {"candidate_id": "a", "klout": 5, "x": {"y": {"sessionId": "hunter2"}}},
                {"candidate_id": "b", "klout": 6},
            ]
        ),
        "p.json, column 'sessionId': This column looks like a session id: it was refused, and "
        "nothing in it was kept. Delete it from the file; never ask candidates for it. If it "
        "holds something else, rename it.",
    ),
    "a token among the notes": (
        "p.csv",
        b"candidate_id,klout,notes\na,50,fine\nb,40,use ghp_hunter2hunter2hunter2hunter2hunt\n",
        "p.csv, row 3, column 'notes': What stands in row 3 looks like a password, token or key: "
        "it was refused, and nothing of it was kept. Delete it from the file.",
    ),
    "a postcode": (
        "p.csv",
        b"candidate_id,klout,ZIP\na,50,10019\nb,40,60601\n",
        "p.csv, column 'ZIP': Postcodes stand in for ethnicity and income: the column was kept "
        "out of everything. Delete it from files for screening.",
    ),
    "a date of birth": (
        "p.csv",
        b"candidate_id,klout,DOB\na,50,1990-01-01\nb,40,1991-01-01\n",
        "p.csv, column 'DOB': Dates of birth have no place in a screen: the column was kept out "
        "of everything. To measure selection by age, upload a column 'age_band'.",
    ),
    "an identity number": (
        "p.csv",
        b"candidate_id,klout,SSN\na,50,078-05-1120\nb,40,219-09-9999\n",
        "p.csv, column 'SSN': Identity numbers are not needed: the column was kept out of "
        "everything. Delete it from files for screening.",
    ),
    "one group spelt in two ways": (
        "p.csv",
        b"candidate_id,klout,sex\na,50,Female\nb,40,female\n",
        "p.csv, column 'sex': 'Female' and 'female' look like one group, but are counted as "
        "different ones. Write them alike.",
    ),
    "garbled letters": (
        "p.csv",
        "candidate_id,name,klout\na,ZÃ¶e,50\nb,Bo,40\n".encode(),
        "p.csv, row 2, column 'name': Letters look garbled in row 2, as ZÃ¶e for Zöe: the file "
        "was once read in the wrong encoding and saved so. Export it again as UTF-8.",
    ),
    "two encodings in one file": (
        "p.csv",
        "candidate_id,name,klout\na,Zöe,50\n".encode() + "b,Zoë,40\n".encode("cp1252"),
        "p.csv, row 3: Two encodings are mixed in the file: UTF-8 in most lines, but "
        "Windows-1252 in row 3. Check the letters with accents there.",
    ),
    "a hidden sheet": (
        "p.xlsx",
        _sheets(_hidden),
        "p.xlsx, sheet 'Old': The sheet is hidden and was not read. Unhide it if it belongs to "
        "the data.",
    ),
    "merged cells among the candidates": (
        "p.xlsx",
        _sheets(_merged_data),
        "p.xlsx, sheet 'People', row 2: Merged cells among the candidates (B2:B3): the value "
        "counts for the first row only, the others are empty. Unmerge them and fill in each "
        "row.",
    ),
    "a formula that was never computed": (
        "p.xlsx",
        _formulas(),
        "p.xlsx, sheet 'People', row 2, column 'klout': A formula without a result: row 2, taken "
        "as empty. Open the file in a spreadsheet program, let it calculate, and save it.",
    ),
    "a formula that failed": (
        "p.xlsx",
        _formulas(),
        "p.xlsx, sheet 'People', row 3, column 'klout': A formula gives an error (such as #N/A "
        "or #DIV/0!): row 3, taken as empty. Mend the formula or leave the cell empty.",
    ),
    "a sheet of instructions": (
        "p.xlsx",
        xlsx_bytes({"People": GOOD, "Read me": [["How to"], ["Fill in"], ["Send"]]}),
        "p.xlsx, sheet 'Read me': No column says anything about a candidate that is known here, "
        "so it was not read. Name or map its columns if it belongs to the data.",
    ),
    "a broken line of JSON Lines": (
        "p.jsonl",
        b'{"candidate_id": "a", "klout": 5}\n{"candidate_id": \n{"candidate_id": "b"}\n',
        "p.jsonl, row 3: Line 2 is not a JSON record and was set aside. Export the file again.",
    ),
    "a value among JSON records": (
        "p.json",
        b'[{"candidate_id": "a", "klout": 5}, 7, {"candidate_id": "b", "klout": 6}]',
        "p.json, row 3: No record but a single value: row 3, set aside.",
    ),
    "a JSON key twice": (
        "p.json",
        b'[{"candidate_id": "a", "klout": 5, "klout": 6}, {"candidate_id": "b"}]',
        "p.json, column 'klout': The key stands twice in one record: the first value was kept. "
        "Give each value a key of its own.",
    ),
    "a list within a JSON record": (
        "p.json",
        b'[{"candidate_id": "a", "klout": 5, "jobs": [{"x": 1}]}, {"candidate_id": "b"}]',
        "p.json, row 2, column 'jobs': A list of records stands within row 2: it was set aside. "
        "Give such items a table of their own, with the candidate_id in each row.",
    ),
    "a list within a Parquet column": (
        "p.parquet",
        parquet_bytes([["candidate_id", "klout", "jobs"], ["a", 5, [1, 2]], ["b", 6, [3]]]),
        "p.parquet, column 'jobs': The column holds list<element: int64>, not one value a row: "
        "it was set aside. Give such items a table of their own, with the candidate_id in each "
        "row.",
    ),
    "a file in the archive that is no table": (
        "p.zip",
        zip_bytes({"candidates.csv": csv_bytes(GOOD), "letter.pdf": b"%PDF"}),
        "p.zip/letter.pdf: A file that is no table ('.pdf') was left out of the archive.",
    ),
    "a stranger": (
        "p.zip",
        zip_bytes(
            {
                "candidates.csv": csv_bytes(GOOD),
                "scores.csv": b"candidate_id,score,value\na,kred,5\nz9,kred,5\n",
            }
        ),
        "p.zip/scores.csv, row 3: 'z9' is not among the candidates; the row was set aside. "
        "Known: 'a', 'b'.",
    ),
    "a row of nobody": (
        "p.zip",
        zip_bytes(
            {
                "candidates.csv": csv_bytes(GOOD),
                "scores.csv": b"candidate_id,score,value\na,kred,5\n,kred,5\n",
            }
        ),
        "p.zip/scores.csv, row 3, column 'candidate_id': Without a candidate's code a row "
        "belongs to nobody: row 3, set aside. Fill in the cells.",
    ),
    "a score that nobody knows": (
        "scores.csv",
        b"candidate_id,score,value\na,kluot,5\nb,klout,6\n",
        "scores.csv, column 'score': The catalogue has no score 'kluot', so its scale was not "
        "checked. Did you mean 'klout'?",
    ),
    "a score without a name": (
        "scores.csv",
        b"candidate_id,score,value\na,,5\nb,klout,6\n",
        "scores.csv, row 2: Which score a row is about is not said: row 2, set aside. Fill in "
        "the cells.",
    ),
    "one score under two spellings": (
        "scores.csv",
        b"candidate_id,score,value\na,klout,5\na,Klout Score,6\n",
        "scores.csv, row 3: The same score of the same candidate under another spelling: row 3, "
        "set aside.",
    ),
}

NOTED: dict[str, tuple[str, bytes, str]] = {
    "no codes": (
        "p.csv",
        b"klout\n50\n40\n",
        "p.csv: There is no column of candidate codes: the row numbers were taken as codes, from "
        "'row-2' to 'row-3'. Add a column 'candidate_id', or map one, to use your own.",
    ),
    "codes with decimals": (
        "p.csv",
        b"candidate_id,klout\n101.0,50\n102.0,40\n",
        "p.csv, column 'candidate_id': Codes such as '101.0' were read without their decimals.",
    ),
    "decimal commas": (
        "p.csv",
        b"candidate_id;klout\na;61,5\nb;40,25\n",
        "p.csv, column 'klout': 2 cells read with a decimal comma: '61,5' as 61.5.",
    ),
    "commas between thousands": (
        "p.csv",
        b'candidate_id,followers\na,"1,234"\nb,40\n',
        "p.csv, row 2, column 'followers': 1 cell read with commas between thousands: '1,234' as "
        "1234.",
    ),
    "dots between thousands": (
        "p.csv",
        b"candidate_id;followers\na;1.234.567\nb;40\n",
        "p.csv, row 2, column 'followers': 1 cell read with dots between thousands: '1.234.567' "
        "as 1234567.",
    ),
    "thousands in short": (
        "p.csv",
        b"candidate_id,followers\na,12.5k\nb,40\n",
        "p.csv, row 2, column 'followers': 1 cell read with thousands or millions in short: "
        "'12.5k' as 12500.",
    ),
    "percent signs": (
        "p.csv",
        b"candidate_id,task\na,45%\nb,40\n",
        "p.csv, row 2, column 'task': 1 cell read with a percent sign: '45%' as 45.",
    ),
    "a currency": (
        "p.csv",
        "candidate_id,salary\na,€ 45\nb,40\n".encode(),
        "p.csv, row 2, column 'salary': 1 cell read with a currency: '€ 45' as 45.",
    ),
    "words for missing": (
        "p.csv",
        b"candidate_id,klout\na,n/a\nb,40\nc,-\n",
        "p.csv, column 'klout': 2 cells said that there is no value ('n/a'): left empty.",
    ),
    "membership that is not given": (
        "p.csv",
        b"candidate_id,klout,sex\na,50,f\nb,40,Prefer not to say\n",
        "p.csv, row 3, column 'sex': Unknown, or not given, in 1 cell: counted as unknown "
        "membership.",
    ),
    "blank rows": (
        "p.csv",
        b"candidate_id,klout\na,50\n\n,\nb,40\n",
        "p.csv: Empty: rows 3 and 4, skipped.",
    ),
    "a title": (
        "p.csv",
        b"Applicants in May,\n,\ncandidate_id,klout\na,50\nb,40\n",
        "p.csv, row 1: 'Applicants in May' stands alone above the table and was taken as its "
        "title.",
    ),
    "merged header cells": (
        "p.xlsx",
        _sheets(_merged_header),
        "p.xlsx, sheet 'People', row 1: Rows 1 and 2 together name the columns (merged cells): "
        "the lower name was used, with the upper one in front where it is needed to tell "
        "columns apart.",
    ),
    "an empty sheet": (
        "p.xlsx",
        xlsx_bytes({"Empty": [], "People": GOOD}),
        "p.xlsx, sheet 'Empty': The sheet is empty.",
    ),
    "control characters": (
        "p.csv",
        "candidate_id,name,klout\na,An\x07n,50\nb,\u202eBo,40\n".encode(),
        "p.csv, column 'name': Invisible control characters were taken out of rows 2 and 3.",
    ),
    "an older encoding": (
        "p.csv",
        "candidate_id,name,klout\na,Jürgen,50\nb,Bo,40\n".encode("cp1252"),
        "p.csv: The text is not in UTF-8; it was read as Windows-1252. If letters with accents "
        "look wrong, save the file as 'CSV UTF-8' and upload it again.",
    ),
    "text under a workbook's name": (
        "p.xlsx",
        csv_bytes(GOOD),
        "p.xlsx: The file is text, not a workbook: it was read as CSV.",
    ),
    "contact details": (
        "p.csv",
        b"candidate_id,klout,email,Phone\na,50,a@x.example,1\nb,40,b@x.example,2\n",
        "p.csv: Not needed and left behind: 'email', 'Phone'.",
    ),
    "two people of one name": (
        "p.csv",
        b"candidate_id,name,klout\na,Ann,50\nb,Ann,40\n",
        "p.csv, column 'name': Several candidates have the same name (rows 2 and 3); they are "
        "told apart by their codes. Check that nobody stands there twice.",
    ),
    "something beside the tables of a JSON document": (
        "p.json",
        json.dumps({"candidates": [{"candidate_id": "a", "klout": 5}], "version": 1}).encode(),
        "p.json: Beside the tables, the document holds 'version': not read.",
    ),
    "more decimals than can be held": (
        "p.csv",
        b"candidate_id,klout\na,65.98429757721\nb,40\n",
        "p.csv, column 'klout': The values have more decimals than can be held exactly: 8 are "
        "used when candidates are compared (for instance 65.98429757721).",
    ),
}


def test_there_are_many_of_them() -> None:
    assert len(REFUSED) + len(WARNED) + len(NOTED) >= 120


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    name, content, error, message = REFUSED[case]
    with pytest.raises(error) as raised:
        read(content, name)
    assert type(raised.value) is error
    assert message in str(raised.value)
    assert "hunter" not in str(raised.value)


@pytest.mark.parametrize("case", WARNED)
def test_warned(case: str) -> None:
    name, content, message = WARNED[case]
    cohort = read(content, name)
    assert message in told(cohort, "warning")
    assert "hunter" not in repr(told(cohort)) + cohort.candidates.to_csv() + str(cohort.sources)


@pytest.mark.parametrize("case", NOTED)
def test_noted(case: str) -> None:
    name, content, message = NOTED[case]
    assert message in told(read(content, name), "note")


def test_an_archive_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.intake.archives.MOST_BYTES", 1_000)
    many = csv_bytes(GOOD) + b"x,1\n" * 1_000
    for name, content in (
        ("p.zip", zip_bytes({"candidates.csv": many})),
        ("p.csv.gz", gzip_bytes(many)),
        ("p.xlsx", WORKBOOK),
    ):
        with pytest.raises(UnreadableFile, match=rf"{name}: it unpacks to more than .* GiB"):
            read(content, name)


def test_an_archive_of_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.intake.archives.MOST_FILES", 2)
    files = {f"{i}.csv": csv_bytes(GOOD) for i in range(3)}
    with pytest.raises(UnreadableFile, match="holds 3 files, more than the 2 that are read"):
        read(zip_bytes(files), "p.zip")


def test_a_parquet_file_of_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.intake.read_parquet.MOST_CELLS", 3)
    with pytest.raises(UnreadableFile, match="claims to hold 4 cells, more than the 3"):
        read(PARQUET, "p.parquet")


def test_a_link_in_an_archive_is_not_followed() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        link = zipfile.ZipInfo("groups.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("candidates.csv", csv_bytes(GOOD))
    assert "p.zip/groups.csv: A link instead of a file: left out. Pack the file itself." in told(
        read(data.getvalue(), "p.zip"), "warning"
    )


def test_many_cells_with_one_problem_share_an_issue_that_counts_them() -> None:
    rows = [["candidate_id", "klout"], *([f"c{i}", 200 + i] for i in range(60)), ["z", 50]]
    cohort = read(csv_bytes(rows))
    (issue,) = [i for i in cohort.issues if i.column == "klout"]
    assert issue.message == (
        "60 cells ('200', '201', '202', ...), in rows 2, 3, 4, 5, 6, 7, 8, 9 and 52 more: each is "
        "outside Klout's scale of 1 to 100. It was set aside as missing: correct the value, "
        "leave it empty, or map the column to another score."
    )
    assert issue.count == 60
    assert issue.rows == tuple(range(2, 62))
    assert pd.Series(issue.rows).is_unique
