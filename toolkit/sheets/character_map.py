"""Which characters a font file has a glyph for, read from its ``cmap`` table.

The layout of the table is that of the OpenType specification, chapter *cmap*, formats 4
(segments of the basic plane) and 12 (groups over all planes), which are the two that
Unicode fonts use.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

from toolkit.errors import SheetError


def characters_of(font: Path) -> frozenset[int]:
    """Code points for which a TrueType or OpenType font has a glyph.

    Parameters
    ----------
    font : Path
        A single-face ``.ttf`` or ``.otf`` file.

    Raises
    ------
    SheetError
        If the file is not there or has no Unicode character map.
    """
    try:
        with font.open("rb") as file:
            subtable = _unicode_subtable(_table(file, b"cmap"))
        shape = struct.unpack_from(">H", subtable)[0]
        return _format_12(subtable) if shape == 12 else _format_4(subtable)
    except (OSError, struct.error, LookupError) as error:
        raise SheetError(
            f"The font {font.name} cannot be read ({error}). Reinstall the program."
        ) from error


def _table(file: BinaryIO, tag: bytes) -> bytes:
    """One table of the font; the rest, which is most of it, is not read."""
    (count,) = struct.unpack_from(">H", file.read(12), 4)
    directory = file.read(16 * count)
    for n in range(count):
        name, _, offset, length = struct.unpack_from(">4sLLL", directory, 16 * n)
        if name == tag:
            file.seek(offset)
            return file.read(length)
    raise LookupError("no character map")


def _unicode_subtable(table: bytes) -> bytes:
    """The subtable over all planes where there is one, else that of the basic plane."""
    (count,) = struct.unpack_from(">H", table, 2)
    found: dict[int, bytes] = {}
    for n in range(count):
        platform, _, offset = struct.unpack_from(">HHL", table, 4 + 8 * n)
        (shape,) = struct.unpack_from(">H", table, offset)
        if platform in (0, 3):
            found[shape] = table[offset:]
    for shape in (12, 4):
        if shape in found:
            return found[shape]
    raise LookupError("no Unicode character map")


def _format_12(table: bytes) -> frozenset[int]:
    (count,) = struct.unpack_from(">L", table, 12)
    groups = (struct.unpack_from(">LLL", table, 16 + 12 * n) for n in range(count))
    return frozenset(
        code for start, end, glyph in groups for code in range(start + (glyph == 0), end + 1)
    )


def _format_4(table: bytes) -> frozenset[int]:
    (doubled,) = struct.unpack_from(">H", table, 6)
    count = doubled // 2

    def column(offset: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}H", table, offset)

    ends = column(14)
    starts = column(16 + doubled)
    shifts = column(16 + 2 * doubled)
    offsets_at = 16 + 3 * doubled
    offsets = column(offsets_at)
    covered: set[int] = set()
    for n in range(count):
        for code in range(starts[n], min(ends[n], 0xFFFE) + 1):
            if offsets[n] == 0:
                glyph = (code + shifts[n]) & 0xFFFF
            else:
                at = offsets_at + 2 * n + offsets[n] + 2 * (code - starts[n])
                (glyph,) = struct.unpack_from(">H", table, at)
            if glyph:
                covered.add(code)
    return frozenset(covered)
