"""Word documents (DOCX): paragraphs, lists, tables, text boxes, headers, notes, links.

The package is unpacked and counted first: the sizes that it declares prove nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from toolkit.errors import UnreadableFile
from toolkit.intake.documents.addresses import links_in
from toolkit.intake.documents.document import Document, Link, Section, unique_links
from toolkit.intake.documents.limits import MOST_PART, MOST_UNPACKED
from toolkit.intake.documents.tidy import one_line, tidy
from toolkit.intake.issue import Issue

_MOST_PARTS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_NOTES = ("footnotes", "endnotes")
_PROGRAMS = re.compile(r"microsoft|python-docx|openoffice|libreoffice|^user$|^admin", re.IGNORECASE)


def read_docx(data: bytes, name: str) -> Document:
    """A DOCX file, a section a heading.

    Raises
    ------
    UnreadableFile
        If it is damaged, unpacks to far too much, or holds no words.
    """
    import docx

    _check_package(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        words = _Words(document.part)
        issues: list[Issue] = []
        if _has(data, "word/vbaProject.bin"):
            issues.append(Issue("note", "The document holds macros. None was run.", file=name))
        parts = [("", _around(document, words))]
        parts += _parts(document.element.body, words)
        parts += [("", text) for text in _notes(document.part, words)]
        properties = document.core_properties
        people = [properties.author, properties.last_modified_by]
        title = one_line(properties.title or "")
    except UnreadableFile:
        raise
    except Exception as error:
        # python-docx lets the faults of its XML parser and of missing parts through as they come.
        raise UnreadableFile(
            f"{name}: the Word document is damaged ({type(error).__name__}). Open it in the "
            "program that made it, save it again, or save it as PDF."
        ) from None
    sections: list[Section] = []
    for heading, text in parts:
        if text.strip():
            sections.append(Section(f"section {len(sections) + 1}", heading, text))
    if not sections:
        raise UnreadableFile(
            f"{name}: the document holds no words"
            + (", only pictures of them" if words.pictures else "")
            + ". Ask for a copy with text."
        )
    links = [Link(address, said, "") for address, said in words.links]
    links = [Link(x.address, x.words, _place(x, sections)) for x in links]
    links += [Link(x.address, "", s.place) for s in sections for x in links_in(s)]
    named = [one_line(person) for person in people if person and not _PROGRAMS.search(person)]
    return Document(
        name,
        "docx",
        title if title.casefold() not in ("word document", "document") else "",
        tuple(sections),
        unique_links(links),
        words.pictures,
        people=tuple(dict.fromkeys(named)),
        issues=tuple(issues),
    )


class _Words:
    """Text of paragraphs; counts pictures and collects links on the way."""

    def __init__(self, part: Any) -> None:
        self.part = part
        self.pictures = 0
        self.links: list[tuple[str, str]] = []
        self._lists = _styles(part, r"list (?:bullet|number)")

    def of(self, element: Any, part: Any = None) -> str:
        """All text of an element, a line a paragraph."""
        out: list[str] = []
        self._walk(element, out, part or self.part)
        return "".join(out)

    def _walk(self, root: Any, out: list[str], part: Any) -> None:
        # A stack instead of recursion: tables may be nested as deep as somebody likes.
        stack: list[Any] = [root]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                out.append(item)
                continue
            tag = item.tag
            if not isinstance(tag, str) or tag in (f"{_W}del", f"{_MC}Fallback", f"{_W}instrText"):
                continue  # what was struck out, and the same again for old programs
            after = ""
            if tag == f"{_W}t":
                out.append(item.text or "")
                continue
            if tag in (f"{_W}tab", f"{_W}ptab"):
                out.append("\t")
                continue
            if tag in (f"{_W}br", f"{_W}cr"):
                out.append("\n")
                continue
            if tag == f"{_W}noBreakHyphen":
                out.append("-")
                continue
            if tag == f"{_W}p":
                if self._listed(item):
                    out.append("• ")
                after = "\n"
            elif tag == f"{_W}tc":
                after = " | "
            elif tag == f"{_W}tr":
                after = "\n"
            elif tag in (f"{_A}blip", f"{_V}imagedata"):
                self.pictures += 1
                out.append("[picture]")
            elif tag == f"{_W}txbxContent":
                out.append("\n")
            elif tag == f"{_W}hyperlink":
                self._link(item, part)
            stack.append(after)
            stack.extend(reversed(list(item)))

    def _listed(self, paragraph: Any) -> bool:
        """Whether a paragraph is an entry of a list, by itself or by its style."""
        if paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
            return True
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return style is not None and style.get(f"{_W}val") in self._lists

    def _link(self, element: Any, part: Any) -> None:
        key = element.get(f"{_R}id")
        if key and key in part.rels and part.rels[key].is_external:
            said = "".join(text.text or "" for text in element.iter(f"{_W}t"))
            self.links.append((part.rels[key].target_ref, one_line(said)))


def _parts(body: Any, words: _Words) -> list[tuple[str, str]]:
    """Heading and text of each part of the body."""
    names = _styles(words.part, r"heading \d|title$")
    parts: list[tuple[str, list[str]]] = [("", [])]
    for child in body:
        style = child.find(f"{_W}pPr/{_W}pStyle") if child.tag == f"{_W}p" else None
        text = words.of(child)
        if style is not None and style.get(f"{_W}val") in names and text.strip():
            parts.append((one_line(text), []))
        parts[-1][1].append(text)
    return [(heading, _lines("".join(texts))) for heading, texts in parts]


def _styles(part: Any, called: str) -> set[str]:
    """Keys of the styles so called; their names are English in whatever language Word was."""
    return {
        style.style_id for style in part.styles if re.match(called, (style.name or "").casefold())
    }


def _around(document: Any, words: _Words) -> str:
    """Headers and footers, each once; names and addresses often stand there."""
    texts: dict[str, None] = {}
    for section in document.sections:
        for place in (
            section.header,
            section.first_page_header,
            section.footer,
            section.first_page_footer,
        ):
            if not place.is_linked_to_previous:
                texts[_lines(words.of(place._element, place.part))] = None
    return "\n".join(text for text in texts if text)


def _notes(part: Any, words: _Words) -> Iterator[str]:
    from docx.oxml import parse_xml

    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] in _NOTES:
            target = relation.target_part
            yield _lines(words.of(parse_xml(target.blob), target))


def _lines(text: str) -> str:
    # A cell ends with its paragraph; the next one follows on the same line.
    joined = re.sub(r"\n ?\| ?(?=\n|$)", "", re.sub(r"\n ?\| (?=[^\n|])", " | ", tidy(text)))
    return re.sub(r"(?: \|)+ ?$", "", joined, flags=re.MULTILINE).strip("\n")


def _place(link: Link, sections: list[Section]) -> str:
    return next((s.place for s in sections if link.words and link.words in s.text), "")


def _has(data: bytes, member: str) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return member in archive.namelist()


def _check_package(data: bytes, name: str) -> None:
    damaged = UnreadableFile(
        f"{name}: the Word document is damaged or cut off. Save it again, or save it as PDF."
    )
    too_large = UnreadableFile(
        f"{name}: the document unpacks to far more than a document needs "
        f"({MOST_UNPACKED // 2**20} MiB). Nothing of it was read. Ask for a PDF."
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_PARTS:
                raise too_large
            left = MOST_UNPACKED
            for member in members:
                read = 0
                text = member.filename.endswith((".xml", ".rels"))
                with archive.open(member) as stream:
                    while chunk := stream.read(2**20):
                        read += len(chunk)
                        if read > (MOST_PART if text else left) or read > left:
                            raise too_large
                left -= read
    except RuntimeError:
        raise UnreadableFile(
            f"{name}: the document is protected by a password. Ask for a copy without."
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
        raise damaged from None
