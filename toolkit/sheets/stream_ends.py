r"""Making the end of every stream in a PDF plain to see.

A stream's bytes are followed by a line end and ``endstream``. Where compressed bytes happen
to end in ``\r`` and the line end is ``\n``, the two look like one line end ``\r\n``, and a
checker that looks for it finds the stream one byte shorter than declared (ISO 19005-2,
6.1.7.1). One sheet in twenty-five would have such a stream. There the line end is written as
``\r\n`` in full, and the table of object positions is moved along.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_AMBIGUOUS = re.compile(rb"\r\nendstream")
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")
_ENTRY = 20


def with_plain_stream_ends(pdf: bytes) -> bytes:
    """The same document with no stream whose end could be read in two ways.

    Parameters
    ----------
    pdf : bytes
        With one classical table of object positions at its end, as the typesetter writes.

    Returns
    -------
    bytes
        The same bytes where nothing was ambiguous.
    """
    marks = [found.start() + 1 for found in _AMBIGUOUS.finditer(pdf)]
    start = _START.search(pdf)
    if not marks or start is None:
        return pdf
    at = int(start.group(1))
    table = _TABLE.match(pdf, at)
    if table is None:
        return pdf
    entries_end = table.end() + _ENTRY * int(table.group(1))
    entries = b"".join(
        _moved(pdf[entry : entry + _ENTRY], marks)
        for entry in range(table.end(), entries_end, _ENTRY)
    )
    body = pdf[:at].replace(b"\r\nendstream", b"\r\r\nendstream")
    trailer = pdf[entries_end : start.start()]
    return b"".join(
        (
            body,
            table.group(),
            entries,
            trailer,
            b"startxref\n%d\n%%%%EOF" % len(body),
        )
    )


def _moved(entry: bytes, marks: list[int]) -> bytes:
    """An entry of the table, with its object as many bytes later as were put before it."""
    if entry[17:18] != b"n":
        return entry
    position = int(entry[:10])
    return b"%010d" % (position + bisect_left(marks, position)) + entry[10:]
