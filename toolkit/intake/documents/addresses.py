"""Web addresses that stand in running text."""

from __future__ import annotations

import re

from toolkit.intake.documents.document import Link, Section

_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"'“”„»«\\^`{|}]{3,2000}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|dev|me|de|co\.uk|eu|app)"
    r"/[^\s<>\"'“”|]{1,2000}",
    re.IGNORECASE,
)


def addresses(text: str) -> list[tuple[int, str]]:
    """Where each web address begins, and the address without the sentence's own punctuation.

    Examples
    --------
    >>> addresses("See (https://example.org/a_(b)). Or www.example.org/x, too.")
    [(5, 'https://example.org/a_(b)'), (36, 'www.example.org/x')]
    """
    found = [(hit.start(), _trimmed(hit[0])) for hit in _ADDRESS.finditer(text)]
    taken = {start for start, _ in found}
    found += [
        (hit.start(), _trimmed(hit[0])) for hit in _BARE.finditer(text) if hit.start() not in taken
    ]
    return sorted(found)


def links_in(section: Section) -> list[Link]:
    """The addresses of a section's text."""
    return [Link(address, "", section.line(start)) for start, address in addresses(section.text)]


def _trimmed(address: str) -> str:
    while address:
        last = address[-1]
        unpaired = last in ")]" and address.count(last) > address.count({")": "(", "]": "["}[last])
        if not (unpaired or last in ".,;:!?…*"):
            break
        address = address[:-1]
    return address
