"""A portfolio document: its text by place, its links, and what was noticed while reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from toolkit.intake.issue import Issue

Form = Literal["pdf", "docx", "markdown", "text", "html", "resume", "links"]
#: What a format is called for people.
FORMS: Mapping[Form, str] = {
    "pdf": "PDF",
    "docx": "Word document",
    "markdown": "Markdown",
    "text": "text",
    "html": "web page",
    "resume": "JSON résumé",
    "links": "list of links",
}


@dataclass(frozen=True)
class Section:
    """A page, or what stands below a heading.

    Parameters
    ----------
    place : str
        For instance ``"page 2"`` or ``"section 3"``; empty where a document is one piece.
    heading : str
        Empty where there is none. It stands in the text, too, as its first line.
    text : str
        Lines are those of the document.
    """

    place: str
    heading: str
    text: str

    def line(self, offset: int) -> str:
        """Where a character of the text stands, for instance ``"page 2, line 4"``."""
        number = self.text.count("\n", 0, offset) + 1
        return f"{self.place}, line {number}" if self.place else f"line {number}"


@dataclass(frozen=True)
class Link:
    """An address that the document leads to. It is never opened.

    Parameters
    ----------
    address : str
    words : str
        That it stands behind; empty where the address itself is the text.
    place : str
    """

    address: str
    words: str
    place: str


@dataclass(frozen=True)
class Document:
    """What was read from one portfolio document.

    Parameters
    ----------
    name : str
        Of the file.
    form : str
        One of `FORMS`.
    title : str
        As the file gives it; empty where it gives none.
    sections : tuple of Section
    links : tuple of Link
        In order, each once a place.
    pictures : int
        How many there were; none is carried over.
    pages : int or None
        None where the format has no pages.
    people : tuple of str
        Names that the file itself gives for its owner or author.
    handles : tuple of str
        User names that it gives for its owner.
    issues : tuple of Issue
    sha256 : str
        Of the file's bytes.
    """

    name: str
    form: Form
    title: str
    sections: tuple[Section, ...]
    links: tuple[Link, ...] = ()
    pictures: int = 0
    pages: int | None = None
    people: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    sha256: str = ""

    @property
    def text(self) -> str:
        """All sections, an empty line between them."""
        return "\n\n".join(section.text for section in self.sections)

    @property
    def characters(self) -> int:
        """How long the text is, without the space between sections."""
        return sum(len(section.text) for section in self.sections)

    def to_dict(self) -> dict[str, object]:
        """The document as JSON values."""
        issues = [issue.to_dict() for issue in self.issues]
        return {**asdict(self), "issues": issues, "characters": self.characters}


def document_from_dict(values: Mapping[str, Any]) -> Document:
    """The document that `Document.to_dict` was made of."""
    return Document(
        name=values["name"],
        form=values["form"],
        title=values["title"],
        sections=tuple(Section(**section) for section in values["sections"]),
        links=tuple(Link(**link) for link in values["links"]),
        pictures=values["pictures"],
        pages=values["pages"],
        people=tuple(values["people"]),
        handles=tuple(values["handles"]),
        issues=tuple(map(_issue, values["issues"])),
        sha256=values["sha256"],
    )


def _issue(values: Mapping[str, Any]) -> Issue:
    return Issue(**{name: value for name, value in values.items() if name != "count"})


def unique_links(links: Sequence[Link]) -> tuple[Link, ...]:
    """Each address once a place, in order; the one with words where there are both."""
    found: dict[tuple[str, str], Link] = {}
    for link in links:
        key = (link.place, link.address)
        if key not in found or (link.words and not found[key].words):
            found[key] = link
    return tuple(found.values())
