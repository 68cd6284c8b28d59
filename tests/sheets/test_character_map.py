import struct
from pathlib import Path

import pytest

from toolkit.errors import SheetError
from toolkit.sheets.character_map import characters_of


def font_with(subtable: bytes) -> bytes:
    """The smallest file that has a character map: one table, one Unicode subtable."""
    cmap = struct.pack(">HHHHL", 0, 1, 3, 1, 12) + subtable
    directory = struct.pack(">4sLLL", b"cmap", 0, 28, len(cmap))
    return b"\x00\x01\x00\x00" + struct.pack(">HHHH", 1, 16, 0, 0) + directory + cmap


def test_segments_of_the_basic_plane(tmp_path: Path):
    # Two segments: A to C by a shift of the code, and the closing one at 0xFFFF.
    columns = ([0x43, 0xFFFF], [0x41, 0xFFFF], [0x10000 - 0x40, 1], [0, 0])
    ends, starts, shifts, offsets = (struct.pack(">HH", *column) for column in columns)
    body = ends + b"\0\0" + starts + shifts + offsets
    subtable = struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 4, 4, 1, 0) + body
    (tmp_path / "a.ttf").write_bytes(font_with(subtable))
    assert characters_of(tmp_path / "a.ttf") == {0x41, 0x42, 0x43}


def test_segments_that_list_their_glyphs_leave_out_what_has_none(tmp_path: Path):
    # One segment a to c whose glyphs are listed: 7, none, 9.
    columns = ([0x63, 0xFFFF], [0x61, 0xFFFF], [0, 1], [4, 0])
    ends, starts, shifts, offsets = (struct.pack(">HH", *column) for column in columns)
    body = ends + b"\0\0" + starts + shifts + offsets + struct.pack(">HHH", 7, 0, 9)
    subtable = struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 4, 4, 1, 0) + body
    (tmp_path / "a.ttf").write_bytes(font_with(subtable))
    assert characters_of(tmp_path / "a.ttf") == {0x61, 0x63}


def test_groups_over_all_planes(tmp_path: Path):
    groups = struct.pack(">LLLLLL", 0x41, 0x42, 5, 0x1F600, 0x1F600, 8)
    subtable = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, 2) + groups
    (tmp_path / "a.ttf").write_bytes(font_with(subtable))
    assert characters_of(tmp_path / "a.ttf") == {0x41, 0x42, 0x1F600}


@pytest.mark.parametrize("content", [b"", b"not a font at all", b"\0" * 12])
def test_what_is_no_font_is_named(tmp_path: Path, content: bytes):
    (tmp_path / "broken.ttf").write_bytes(content)
    with pytest.raises(SheetError, match=r"The font broken.ttf cannot be read"):
        characters_of(tmp_path / "broken.ttf")


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(SheetError, match=r"The font gone.ttf cannot be read"):
        characters_of(tmp_path / "gone.ttf")
