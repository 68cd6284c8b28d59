"""Text files, and lists of links, which are text of which most lines are addresses."""

from __future__ import annotations

from toolkit.errors import UnreadableFile
from toolkit.intake.documents.addresses import addresses, links_in
from toolkit.intake.documents.document import Document, Link, Section
from toolkit.intake.documents.tidy import tidy
from toolkit.intake.encoding import decoded


def read_text(data: bytes, name: str) -> Document:
    """A text file in one piece; places are its lines.

    Raises
    ------
    UnreadableFile
        If it is not text, or empty.
    """
    raw, issues = decoded(data, name)
    text = tidy(raw)
    if not text.strip():
        raise UnreadableFile(f"{name}: the file holds no words. Ask for it again.")
    section = Section("", "", text)
    listed = _list_of_links(section)
    if listed:
        return Document(name, "links", "", (section,), listed, issues=issues)
    return Document(name, "text", "", (section,), tuple(links_in(section)), issues=issues)


def _list_of_links(section: Section) -> tuple[Link, ...]:
    """The links with the words in front of them, where hardly anything else is there."""
    links: list[Link] = []
    other = offset = 0
    for line in section.text.split("\n"):
        found = addresses(line)
        for start, address in found:
            words = line[:start].strip(" \t-–—*•:=[]()0123456789.") if len(found) == 1 else ""
            links.append(Link(address, words, section.line(offset)))
        # A line of many words is prose, even with an address in it.
        other += bool(line.strip()) and (not found or len(line.split()) > 12)
        offset += len(line) + 1
    return tuple(links) if links and other * 3 <= len(links) else ()
