"""Bytes → text, whatever the encoding."""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata
from itertools import pairwise

from charset_normalizer import from_bytes

from toolkit.errors import UnreadableFile
from toolkit.intake.issue import Issue
from toolkit.intake.problem_cells import row_list, rows_issue

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Letters and signs of the western languages that Windows-1252 was made for.
_WESTERN = frozenset(
    "äöüßéèêëàâçîïôûùÿœæñáíóúåøãõìòðþýÄÖÜÉÈÊËÀÂÇÎÏÔÛÙŒÆÑÁÍÓÚÅØÃÕÌÒÐÞÝ€£§°ªº¿¡«»“”„‘’‚–—…©®™·\xa0"
)
_THREE_ACCENTED = re.compile(r"[^\W\d_a-zA-Z]{3}")
#: Tried where the statistics do not think of them, the commoner first.
_OTHERS = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "cp932", "gb18030", "big5")
_WORD = re.compile(r"\w+")
_JAPANESE = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"})
#: Categories that names have no letters of: unassigned, private, controls, signs, digits.
_ODD = frozenset({"Cn", "Co", "Cc", "Cf", "So", "Sm", "Sk", "No"})
_SAMPLED = 200_000
#: Where none of so many lines with accented letters is UTF-8, none is.
_LOOKED_AT = 1_000
#: Bytes that no text has many of.
_CONTROLS = tuple(bytes([c]) for c in range(32) if c not in b"\t\n\v\f\r\x1b")


def decoded(data: bytes, file: str) -> tuple[str, tuple[Issue, ...]]:
    """The text of a file.

    A byte order mark decides; without one, UTF-8 is tried, then UTF-16 where every second
    byte is zero, then the likeliest of the older encodings, which is told in a note.

    Parameters
    ----------
    data : bytes
    file : str
        For messages.

    Raises
    ------
    UnreadableFile
        If the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, file), ()
    sample = data[:_SAMPLED]
    if b"\0" in sample:
        wide = _without_mark(data)
        if wide:
            return _strictly(data, wide, file), ()
        if sum(sample.count(c) for c in _CONTROLS) * 20 > len(sample) + 100:
            raise UnreadableFile(
                f"{file}: this is not text but binary data. Save the table as CSV or XLSX and "
                "upload that."
            )
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    mixed = _line_by_line(data)
    if mixed:
        text, lines = mixed
        return text, (
            rows_issue(
                "warning",
                "Two encodings are mixed in the file: UTF-8 in most lines, but Windows-1252 in "
                f"{row_list(lines)}. Check the letters with accents there.",
                lines,
                file=file,
            ),
        )
    encoding = _likeliest(data)
    return data.decode(encoding, errors="replace"), (
        Issue(
            "note",
            f"The text is not in UTF-8; it was read as {_called(encoding)}. If letters with "
            "accents look wrong, save the file as 'CSV UTF-8' and upload it again.",
            file=file,
        ),
    )


def _line_by_line(data: bytes) -> tuple[str, list[int]] | None:
    """Text of which some lines are UTF-8 and others Windows-1252, and those others."""
    lines = data.split(b"\n")
    special = {number for number, line in enumerate(lines, start=1) if not line.isascii()}
    texts: dict[int, str] = {}
    for looked_at, number in enumerate(sorted(special)):
        if looked_at == _LOOKED_AT and not texts:
            return None
        with contextlib.suppress(UnicodeDecodeError):
            texts[number] = lines[number - 1].decode("utf-8")
    others = sorted(special - texts.keys())
    if not texts or len(others) > len(texts):
        return None
    for number in others:
        texts[number] = lines[number - 1].decode("cp1252", errors="replace")
    return "\n".join(
        texts[number] if number in special else line.decode("ascii")
        for number, line in enumerate(lines, start=1)
    ), others


def _called(encoding: str) -> str:
    """An encoding by the name under which spreadsheet programs list it."""
    return encoding.replace("cp125", "Windows-125").replace("cp932", "Shift JIS")


def _strictly(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{file}: the file says that it is {encoding.upper().removesuffix('-SIG')} text, "
            f"but byte {error.start:,} does not fit. It may be cut off; export it again."
        ) from None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: in Latin text every second byte is zero."""
    sample = data[:2000]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd * 4 > len(sample) and even * 20 < len(sample):
        return "utf-16-le"
    return "utf-16-be" if even * 4 > len(sample) and odd * 20 < len(sample) else None


def _likeliest(data: bytes) -> str:
    """Windows-1252 where it gives western words, otherwise what the statistics favour."""
    lines = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLED]
    western = lines.decode("cp1252", errors="replace")
    special = {c for c in western if not c.isascii()}
    # Western words have no three accented letters in a row; Greek or Russian read as
    # Windows-1252 has hardly any others.
    if _WESTERN.issuperset(special) and not _THREE_ACCENTED.search(western):
        return "cp1252"
    # Statistics alone take a few accented letters for Chinese: they choose only among the
    # encodings whose words make sense.
    sample = data if len(data) <= _SAMPLED else lines
    likely = [match.encoding for match in from_bytes(sample)]
    oddness = {name: _oddness(lines, name) for name in dict.fromkeys((*likely, *_OTHERS))}
    return min(oddness, key=lambda name: oddness[name])


def _oddness(lines: bytes, encoding: str) -> int:
    """How much in a text no language writes.

    Two scripts in one word, signs among letters, capitals after small letters.
    """
    text = lines.decode(encoding, errors="replace")
    odd = sum(unicodedata.category(c) in _ODD for c in text if not c.isascii())
    for word in set(_WORD.findall(text)):
        scripts = {unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()}
        together = scripts <= _JAPANESE or len(scripts) == 1
        odd += 0 if together else 1
        odd += any(a.islower() and b.isupper() for a, b in pairwise(word))
    return odd
