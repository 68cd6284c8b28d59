"""Web pages: their words, headings and links. Nothing on them runs, and nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from toolkit.errors import UnreadableFile
from toolkit.intake.documents.addresses import links_in
from toolkit.intake.documents.document import Document, Link, Section, unique_links
from toolkit.intake.documents.tidy import one_line, tidy
from toolkit.intake.encoding import decoded
from toolkit.intake.issue import Issue

_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "head"}
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def read_html(data: bytes, name: str) -> Document:
    """A web page, a section a heading.

    Raises
    ------
    UnreadableFile
        If no words are on it.
    """
    raw, issues = _text(data, name)
    page = _Page()
    page.feed(raw)
    page.close()
    sections, links = page.finished()
    if not sections:
        raise UnreadableFile(
            f"{name}: no words are on this page; it may be drawn by a script. Open it in a "
            "browser, print it to PDF and upload that."
        )
    found = [*links, *(Link(x.address, "", s.place) for s in sections for x in links_in(s))]
    return Document(
        name,
        "html",
        one_line(page.title) or next((s.heading for s in sections if s.heading), ""),
        tuple(sections),
        unique_links(found),
        page.pictures,
        people=tuple(page.people),
        issues=issues,
    )


def _text(data: bytes, name: str) -> tuple[str, tuple[Issue, ...]]:
    """The page's text; what it says of its own encoding is tried where it is not UTF-8."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return data.decode(declared[1].decode("ascii"), "replace"), ()
            except LookupError:
                pass
    return decoded(data, name)


class _Page(HTMLParser):
    """Collects words while tags go by; nothing of the tree is kept, however deep it is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.people: list[str] = []
        self.pictures = 0
        self._parts: list[tuple[str, list[str]]] = [("", [])]
        self._links: list[tuple[int, str, list[str]]] = []
        self._unseen: list[str] = []
        self._heading: list[str] | None = None
        self._open_link: list[str] | None = None
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "meta" and given.get("name", "").casefold() == "author":
            self.people.append(one_line(given.get("content", "")))
        if tag in ("img", "svg", "video"):
            self.pictures += 1
            if not self._unseen:
                alt = one_line(given.get("alt", ""))
                self._add(f"[picture: {alt}]" if alt else "[picture]")
        if tag == "title" and not {"svg", "math"} & set(self._unseen):
            self._in_title = True
        elif tag == "body":
            # What was left open in the head would hide the whole page.
            self._unseen.clear()
        elif tag in _UNSEEN:
            self._unseen.append(tag)
        if self._unseen:
            return
        if tag in _HEADINGS:
            self._heading = []
            self._parts.append(("", []))
        elif tag in _BLOCKS:
            self._add("\n• " if tag == "li" else "\n")
        elif tag in _CELLS:
            self._add(" | ")
        elif tag == "a" and given.get("href", "").strip():
            href = given["href"].strip()
            if not href.casefold().startswith(("#", "javascript:", "data:")):
                self._open_link = []
                self._links.append((len(self._parts) - 1, href, self._open_link))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _UNSEEN or tag == "title":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag in _UNSEEN:
            if tag in self._unseen:
                del self._unseen[self._unseen.index(tag) :]
        elif self._unseen:
            return
        elif tag in _HEADINGS and self._heading is not None:
            _, lines = self._parts[-1]
            self._parts[-1] = (one_line("".join(self._heading)), lines)
            self._heading = None
            self._add("\n")
        elif tag in _BLOCKS:
            self._add("\n")
        elif tag == "a":
            self._open_link = None

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data[:500]
        elif not self._unseen:
            self._add(_SPACE.sub(" ", data))

    def _add(self, words: str) -> None:
        self._parts[-1][1].append(words)
        if self._heading is not None:
            self._heading.append(words)
        if self._open_link is not None:
            self._open_link.append(words)

    def finished(self) -> tuple[list[Section], list[Link]]:
        """Sections that hold words, and links by their section's place."""
        sections: list[Section] = []
        places: dict[int, str] = {}
        for at, (heading, words) in enumerate(self._parts):
            text = re.sub(r"^\|\s*", "", tidy("".join(words)), flags=re.MULTILINE)
            if text.strip(" \n|•"):
                places[at] = f"section {len(sections) + 1}"
                sections.append(Section(places[at], heading, text))
        links = [
            Link(href, one_line("".join(words)), places.get(at, ""))
            for at, href, words in self._links
        ]
        return sections, links
