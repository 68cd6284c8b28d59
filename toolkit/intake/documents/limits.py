"""How much of a document is read, and how long that may take.

A résumé has two pages and a portfolio some dozens; what goes far beyond is a mistake or meant
to keep the machine busy. Ordinary documents take under a second.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.errors import UnreadableFile
from toolkit.intake.documents.document import Section
from toolkit.intake.issue import Issue

#: Bytes of one file.
MOST_BYTES = 25 * 2**20
#: Bytes that a DOCX may unpack to.
MOST_UNPACKED = 200 * 2**20
#: Bytes of one part of a DOCX that is read; pictures are not.
MOST_PART = 30 * 2**20
#: Pages of a PDF that are read.
MOST_PAGES = 200
#: Characters that are kept.
MOST_CHARACTERS = 500_000
#: Links that are listed.
MOST_LINKS = 500
#: Seconds of computing that one document may take, and of waiting for it.
SECONDS, WAITING = 20, 60
#: Bytes of memory of the process that reads it.
MEMORY = 2**30


def check_bytes(data: bytes, name: str) -> None:
    """Refuse a file that is empty or far too large.

    Raises
    ------
    UnreadableFile
    """
    if not data.strip():
        raise UnreadableFile(f"{name}: the file is empty. Ask for it again.")
    if len(data) > MOST_BYTES:
        raise UnreadableFile(
            f"{name}: the file has {len(data) / 2**20:,.0f} MiB, more than the "
            f"{MOST_BYTES // 2**20} MiB that are read. Save it with smaller pictures, or only the "
            "pages that matter."
        )


def shortened(sections: Sequence[Section], name: str) -> tuple[tuple[Section, ...], list[Issue]]:
    """The sections up to `MOST_CHARACTERS`, and a warning where that is not all."""
    left = MOST_CHARACTERS
    kept: list[Section] = []
    for section in sections:
        if left <= 0:
            break
        kept.append(Section(section.place, section.heading, section.text[:left]))
        left -= len(section.text)
    if left >= 0:
        return tuple(kept), []
    total = sum(len(section.text) for section in sections)
    warning = Issue(
        "warning",
        f"The text has {total:,} characters; only the first {MOST_CHARACTERS:,} were read. Ask "
        "for a shorter document if more of it matters.",
        file=name,
    )
    return tuple(kept), [warning]
