"""Files made in memory for the tests of intake."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence

import pandas as pd
import xlsxwriter

from toolkit.intake.cohort import Cohort
from toolkit.intake.issue import Issue
from toolkit.intake.read import read_upload

Rows = Sequence[Sequence[object]]


def csv_bytes(
    rows: Rows,
    delimiter: str = ",",
    encoding: str = "utf-8",
    decimal: str = ".",
    quoting: int = csv.QUOTE_MINIMAL,
) -> bytes:
    """Rows as delimited text; floats get the decimal mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(cell, decimal) for cell in row])
    return text.getvalue().encode(encoding)


def _cell(cell: object, decimal: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0").replace(".", decimal)
    return str(cell)


def xlsx_bytes(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with typed cells."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(i, j, cell)
                elif cell is not None:
                    sheet.write(i, j, cell)
    book.close()
    return data.getvalue()


def records(rows: Rows) -> list[dict[str, object]]:
    header, *body = rows
    return [{str(k): v for k, v in zip(header, row, strict=True)} for row in body]


def json_bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def json_lines_bytes(rows: Rows) -> bytes:
    return "\n".join(json.dumps(record) for record in records(rows)).encode()


def parquet_bytes(rows: Rows) -> bytes:
    data = io.BytesIO()
    pd.DataFrame(records(rows)).to_parquet(data)
    return data.getvalue()


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def gzip_bytes(content: bytes) -> bytes:
    return gzip.compress(content)


def read(content: str | bytes, name: str = "people.csv") -> Cohort:
    """The cohort of one file."""
    return read_upload([(name, content.encode() if isinstance(content, str) else content)])


def read_all(**files: str) -> Cohort:
    """The cohort of several CSV files, named without their ending."""
    return read_upload([(f"{name}.csv", text.encode()) for name, text in files.items()])


def told(cohort: Cohort, level: str | None = None) -> list[str]:
    """The issues as lines, with their place."""
    return [str(issue) for issue in cohort.issues if level in (None, issue.level)]


def one(issues: Sequence[Issue], containing: str) -> Issue:
    """The only issue whose message contains a text."""
    found = [issue for issue in issues if containing in issue.message]
    assert len(found) == 1, [str(issue) for issue in issues]
    return found[0]
