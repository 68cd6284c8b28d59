"""Cells of a workbook whose value is not there: formulas without result, formula errors.

The reader of workbooks gives these cells as empty. They are looked up in the sheet's own
XML, so that they can be listed instead of passing for missing values.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

_ERROR = re.compile(rb'<c\s[^>]*?r="([A-Z]+)(\d+)"[^>]*?\bt="e"[^>]*>')
_NO_RESULT = re.compile(
    rb'<c\s[^>]*?r="([A-Z]+)(\d+)"[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>|</c>)'
)
_FORMULA = re.compile(rb"<f[\s>/]")
_SHEET = re.compile(r'<sheet\s[^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_TARGET = re.compile(r"<Relationship\s[^>]*>")

Place = tuple[int, int]


@dataclass(frozen=True)
class SheetFaults:
    """Cells of one sheet that need a word.

    Parameters
    ----------
    errors, without_result : tuple of (row, column)
        Spreadsheet row from 1, column from 0.
    formulas : int
        How many cells hold a formula.
    """

    errors: tuple[Place, ...] = ()
    without_result: tuple[Place, ...] = ()
    formulas: int = 0


def sheet_faults(data: bytes) -> dict[str, SheetFaults]:
    """The faults of each sheet of an XLSX workbook, by sheet name.

    Parameters
    ----------
    data : bytes
        A workbook that has been opened without complaint; other formats give nothing.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return {
                name: _faults(book.read(path))
                for name, path in _sheets(book).items()
                if path in book.namelist()
            }
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, LookupError, ValueError):
        return {}
    except (NotImplementedError, RuntimeError):
        return {}


def _faults(xml: bytes) -> SheetFaults:
    formulas = len(_FORMULA.findall(xml))
    return SheetFaults(
        errors=tuple(_place(found) for found in _ERROR.finditer(xml)),
        without_result=tuple(_place(found) for found in _NO_RESULT.finditer(xml))
        if formulas
        else (),
        formulas=formulas,
    )


def _place(found: re.Match[bytes]) -> Place:
    column = 0
    for letter in found[1]:
        column = 26 * column + letter - 64
    return int(found[2]), column - 1


def _sheets(book: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → path within the workbook."""
    from html import unescape

    targets: dict[str, str] = {}
    for relation in _TARGET.findall(book.read("xl/_rels/workbook.xml.rels").decode()):
        name = re.search(r'\bId="([^"]*)"', relation)
        target = re.search(r'\bTarget="([^"]*)"', relation)
        if name and target:
            path = target[1]
            targets[name[1]] = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    workbook = book.read("xl/workbook.xml").decode()
    return {
        unescape(name): targets[key] for name, key in _SHEET.findall(workbook) if key in targets
    }
