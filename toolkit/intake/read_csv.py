"""CSV, TSV and their relatives → `RawTable`.

Plain files go through Arrow at once; whatever it cannot read cell by cell (ragged rows,
blank lines, stray quotation marks, titles) is read again with care, so that every row keeps
its number and every repair is listed.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.csv

from toolkit.errors import InputError, UnreadableFile
from toolkit.intake.encoding import decoded
from toolkit.intake.headers import LOOKED_AT, Header, find_header
from toolkit.intake.issue import Issue
from toolkit.intake.problem_cells import row_list, rows_issue
from toolkit.intake.raw_table import RawTable, raw_table

DELIMITERS = (",", ";", "\t", "|")
#: Delimiters that a first line such as ``sep=^`` may name.
_DIRECTED = (*DELIMITERS, ":", "^", "~", "#", "!", "/", "&", "*")
_SAMPLED = 64_000
_ROWS_AT_A_TIME = 50_000
_MOST_COLUMNS = 2_000
_DECIMAL_COMMA = re.compile(r"\s*[+-]?\d*,?\d+\s*")


def read_csv(data: bytes, file: str) -> RawTable:
    """Read delimited text of any encoding and delimiter.

    Parameters
    ----------
    data : bytes
    file : str
        Name for messages; ``.tsv`` and ``.tab`` settle the delimiter.

    Raises
    ------
    InputError
        If there is nothing in it.
    UnreadableFile
        If it is not delimited text.
    """
    text, issues = decoded(data, file)
    del data
    if not text.strip():
        raise InputError(f"{file}: the file is empty. Export it again with its rows.")
    start, delimiter, skipped = _directive(text)
    sample = text[start : start + _SAMPLED]
    if delimiter is None:
        delimiter = "\t" if file.casefold().endswith((".tsv", ".tab")) and "\t" in sample else None
    delimiter = delimiter or sniffed(sample)
    first = list(islice(_records(sample, delimiter, file), LOOKED_AT))
    if len(sample) == _SAMPLED and len(first) > 1 and len(first) < LOOKED_AT:
        first = first[:-1]  # the last record of the sample is cut off
    header = find_header(first, file, first_row=1 + skipped)
    if header is None:
        raise InputError(f"{file}: every cell is empty. Export it again with its rows.")
    header = _with_row_names(header, first)
    if len(header.names) > _MOST_COLUMNS:
        raise UnreadableFile(
            f"{file}: a row has {len(header.names):,} cells, more than {_MOST_COLUMNS:,}. This "
            "does not look like a table; check the delimiter."
        )
    table = _plainly(text, start, delimiter, header, first, file, skipped, issues)
    return table or _carefully(text[start:], delimiter, header, file, skipped, issues)


def sniffed(sample: str) -> str:
    r"""The delimiter of a text: the one that cuts most records into the same number of cells.

    Examples
    --------
    >>> sniffed("id;klout\na;61,5\nb;48,0"), sniffed("klout\n50\n61")
    (';', '\t')
    """
    lines = [line for line in sample.splitlines()[:60] if line.strip()]
    if "," not in lines[0] and all(_DECIMAL_COMMA.fullmatch(line) for line in lines[1:]):
        return "\t"  # one column of numbers with decimal commas, nothing between cells
    best, best_worth = ",", (0, 0)
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = Counter(len(record) for record in islice(reader, 60) if any(record))
        widths.pop(1, None)
        if not widths:
            continue
        width, times = widths.most_common(1)[0]
        if (times, width) > best_worth:
            best, best_worth = delimiter, (times, width)
    return best


def _with_row_names(header: Header, first: Sequence[Sequence[str]]) -> Header:
    """A name for the row names that R writes without one: one cell more in every row."""
    below = [row for row in first[header.first_data :] if row]
    if header.first_data and below and all(len(row) == len(header.names) + 1 for row in below):
        return replace(header, names=("", *header.names))
    return header


def _directive(text: str) -> tuple[int, str | None, int]:
    """Where the table starts, and what a first line such as ``sep=;`` says."""
    line, newline, _ = text[:20].partition("\n")
    said = line.rstrip("\r").strip('"')
    if newline and said.casefold().startswith("sep=") and said[4:] in _DIRECTED:
        return len(line) + 1, said[4], 1
    return 0, None, 0


def _records(text: str, delimiter: str, file: str) -> Iterator[list[str]]:
    spaced = f'{delimiter} "' in text[:_SAMPLED]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced)
    row = 0
    try:
        for record in reader:
            row += 1
            yield record
    except csv.Error as error:
        raise UnreadableFile(
            f"{file}, after row {row}: the row cannot be read ({error}). Usually a quotation "
            "mark opens a text and none closes it."
        ) from None


def _plainly(
    text: str,
    start: int,
    delimiter: str,
    header: Header,
    first: Sequence[Sequence[str]],
    file: str,
    skipped: int,
    issues: Sequence[Issue],
) -> RawTable | None:
    """Everything at once with Arrow, or None where a closer look is needed."""
    lines = text[start : start + _SAMPLED].splitlines()[: header.first_data]
    quoted = '"' in text
    if (
        len(set(header.names)) < len(header.names)
        or header.first_data == 0
        or any(len(list(csv.reader([line], delimiter=delimiter))) != 1 for line in lines)
        or [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
        != [list(row) for row in first[: header.first_data]]
        or len(header.names) != len(first[header.first_data - 1])
        or (quoted and (text.count('"') % 2 or f'{delimiter} "' in text))
        or any(blank in text for blank in ("\n\n", "\n\r\n", "\r\r", "\0"))
        or text.endswith("\n\n")
    ):
        return None
    body = text.encode() if start == 0 else text[start:].encode()
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(body),
            read_options=pyarrow.csv.ReadOptions(
                column_names=list(header.names), skip_rows=header.first_data
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=quoted, ignore_empty_lines=False
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types={name: pa.large_string() for name in header.names},
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        return None
    first_row = 1 + skipped + header.first_data
    return raw_table(
        file,
        None,
        header.names,
        table.columns,
        range(first_row, first_row + table.num_rows),
        decimal="," if delimiter == ";" else None,
        issues=(*issues, *header.issues),
    )


def _carefully(
    text: str, delimiter: str, header: Header, file: str, skipped: int, issues: Sequence[Issue]
) -> RawTable:
    """Record by record, keeping each one's row number."""
    width = len(header.names)
    chunks: list[list[pa.Array]] = []
    kept: list[list[str]] = []
    rows: list[int] = []
    short: list[int] = []
    long: list[int] = []
    last: list[str] = []
    for row, record in enumerate(_records(text, delimiter, file), start=1 + skipped):
        if row - skipped <= header.first_data:
            continue
        last = record
        if len(record) > width:
            if any(cell.strip() for cell in record[width:]):
                long.append(row)
                continue
            record = record[:width]
        elif len(record) < width:
            if len(record) > 1:
                short.append(row)
            record = [*record, *[""] * (width - len(record))]
        kept.append(record)
        rows.append(row)
        if len(kept) == _ROWS_AT_A_TIME:
            chunks.append(_arrays(kept, width))
            kept = []
    if text.count('"') % 2 and any("\n" in cell for cell in last):
        raise UnreadableFile(
            f"{file}, row {(rows or [0])[-1]}: a quotation mark opens a text and none closes "
            "it, so the rest of the file became one cell. Close it or take it out."
        )
    chunks.append(_arrays(kept, width))
    found = [*issues, *header.issues]
    if long:
        found.append(
            rows_issue(
                "warning",
                f"More cells than the {width} columns that have names: {row_list(long)}, set "
                f"aside. Put texts that hold a '{delimiter}' between quotation marks.",
                long,
                file=file,
            )
        )
    if short:
        found.append(
            rows_issue(
                "warning",
                f"Fewer cells than the {width} columns: {row_list(short)}. The last columns "
                "were taken as empty there; check that no cell is missing in the middle.",
                short,
                file=file,
            )
        )
    return raw_table(
        file,
        None,
        header.names,
        [pa.chunked_array([c[i] for c in chunks], pa.large_string()) for i in range(width)],
        np.array(rows, dtype=np.int64),
        decimal="," if delimiter == ";" else None,
        issues=found,
    )


def _arrays(records: list[list[str]], width: int) -> list[pa.Array]:
    if not records:
        return [pa.array([], pa.large_string()) for _ in range(width)]
    return [pa.array(column, pa.large_string()) for column in zip(*records, strict=True)]
