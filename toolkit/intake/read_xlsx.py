"""Workbooks (XLSX, and XLS, XLSB, ODS as the reader allows) → one `RawTable` a sheet."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from toolkit.errors import InputError, UnreadableFile
from toolkit.intake.headers import LOOKED_AT, Header, find_header
from toolkit.intake.issue import Issue
from toolkit.intake.problem_cells import counted, row_list, rows_issue
from toolkit.intake.raw_table import RawTable, raw_table
from toolkit.intake.sheet_faults import SheetFaults, sheet_faults

Cell = object


def read_xlsx(data: bytes, file: str) -> list[RawTable]:
    """Read every visible sheet that has cells.

    Parameters
    ----------
    data : bytes
    file : str
        Name for messages.

    Raises
    ------
    UnreadableFile
        If it is no workbook, or one that a password protects.
    InputError
        If every sheet is empty.
    """
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        raise UnreadableFile(
            f"{file}: the workbook is protected by a password. Save a copy without one."
        ) from None
    except Exception as error:  # the reader's own errors share no narrower base
        raise UnreadableFile(
            f"{file}: this is not a workbook that can be read ({error}). Open it in a "
            "spreadsheet program and save it again as XLSX or CSV."
        ) from None
    faults = sheet_faults(data)
    tables: list[RawTable] = []
    issues: list[Issue] = []
    for about in book.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if about.visible != calamine.SheetVisibleEnum.Visible:
            issues.append(
                Issue(
                    "warning",
                    "The sheet is hidden and was not read. Unhide it if it belongs to the data.",
                    file=file,
                    sheet=about.name,
                )
            )
            continue
        try:
            table = _read_sheet(book.get_sheet_by_name(about.name), file, faults.get(about.name))
        except InputError:
            raise
        except Exception as error:
            raise UnreadableFile(
                f"{file}, sheet '{about.name}': the sheet is damaged ({error}). Open the file "
                "in a spreadsheet program and save it again."
            ) from None
        if table is None:
            issues.append(Issue("note", "The sheet is empty.", file=file, sheet=about.name))
        else:
            tables.append(table)
    if not tables:
        raise InputError(f"{file}: every sheet is empty or hidden. Upload one with candidates.")
    tables[0] = replace(tables[0], issues=(*issues, *tables[0].issues))
    return tables


def _read_sheet(
    sheet: calamine.CalamineSheet, file: str, faults: SheetFaults | None
) -> RawTable | None:
    grid: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    merges = sheet.merged_cell_ranges or []
    across = [(a[0], a[1], b[1]) for a, b in merges if a[0] == b[0]]
    first = [[cell_text(cell) or "" for cell in row] for row in grid[:LOOKED_AT]]
    header = find_header(first, file, sheet.name, merged=across)
    if header is None:
        return None
    body = grid[header.first_data :]
    width = max(len(header.names), max((len(row) for row in grid[:LOOKED_AT]), default=0))
    columns = [
        pa.array([cell_text(row[i]) if i < len(row) else None for row in body], pa.large_string())
        for i in range(width)
    ]
    names = [*header.names, *[""] * (width - len(header.names))]
    issues = [*header.issues, *_merged_data(merges, header, file, sheet.name)]
    issues.extend(_formulas(faults or SheetFaults(), names, header, file, sheet.name))
    return raw_table(
        file,
        sheet.name,
        names,
        columns,
        np.arange(header.first_data + 1, len(grid) + 1, dtype=np.int64),
        decimal=".",
        typed=True,
        issues=issues,
    )


def cell_text(cell: Cell) -> str | None:
    """A typed cell as text: numbers in plain notation, dates as ISO 8601.

    Examples
    --------
    >>> cell_text(35.0), cell_text(61.25), cell_text(datetime.date(2013, 7, 1)), cell_text("")
    ('35', '61.25', '2013-07-01', None)
    """
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return None if cell is None else str(cell)


def _merged_data(
    merges: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    header: Header,
    file: str,
    sheet: str,
) -> list[Issue]:
    below = [(a, b) for a, b in merges if b[0] >= header.first_data]
    if not below:
        return []
    ranges = [f"{_cell_name(a)}:{_cell_name(b)}" for a, b in below[:5]]
    more = f" and {len(below) - 5} more" if len(below) > 5 else ""
    return [
        Issue(
            "warning",
            f"Merged cells among the candidates ({', '.join(ranges)}{more}): the value counts "
            "for the first row only, the others are empty. Unmerge them and fill in each row.",
            file=file,
            sheet=sheet,
            row=below[0][0][0] + 1,
        )
    ]


def _formulas(
    faults: SheetFaults, names: Sequence[str], header: Header, file: str, sheet: str
) -> list[Issue]:
    issues: list[Issue] = []
    for level_what, places in (
        (
            "A formula without a result: {rows}, taken as empty. Open the file in a spreadsheet "
            "program, let it calculate, and save it.",
            faults.without_result,
        ),
        (
            "A formula gives an error (such as #N/A or #DIV/0!): {rows}, taken as empty. Mend the "
            "formula or leave the cell empty.",
            faults.errors,
        ),
    ):
        by_column: dict[int, list[int]] = {}
        for row, column in places:
            if row > header.first_data:
                by_column.setdefault(column, []).append(row)
        for column, rows in sorted(by_column.items()):
            name = names[column] if column < len(names) else ""
            issues.append(
                rows_issue(
                    "warning",
                    level_what.format(rows=row_list(rows)),
                    rows,
                    file=file,
                    sheet=sheet,
                    column=name or f"column {column + 1}",
                )
            )
    computed = faults.formulas - len(faults.without_result)
    if computed > 0:
        issues.append(
            Issue(
                "note",
                f"Formulas stand in {counted(computed, 'cell')}: the results saved in the "
                "file were used.",
                file=file,
                sheet=sheet,
            )
        )
    return issues


def _cell_name(place: tuple[int, int]) -> str:
    row, column = place
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
