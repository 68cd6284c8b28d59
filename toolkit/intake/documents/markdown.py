"""Markdown: kept as it is written, but links and pictures are told apart from the text."""

from __future__ import annotations

import re

from toolkit.errors import UnreadableFile
from toolkit.intake.documents.addresses import links_in
from toolkit.intake.documents.document import Document, Link, Section, unique_links
from toolkit.intake.documents.tidy import one_line, tidy
from toolkit.intake.encoding import decoded

_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t#]*$")
_UNDERLINE = re.compile(r"(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r"(```|~~~)")
_PICTURE = re.compile(r"!\[([^\]\n]{0,500})\](?:\([^()\n]{0,100000}\)|\[[^\]\n]{0,200}\])")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,500})\]\(<?([^()\s<>]{1,2000}(?:\([^()\s]{0,200}\))?)>?[^)\n]{0,300}\)"
)
_ANGLED = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]{1,2000})>")
_IMAGE_TAG = re.compile(r"<(?:img|picture|svg)\b[^>]{0,100000}>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b.{0,100000}?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]{0,2000})?/?>|<!--.{0,20000}?-->", re.IGNORECASE)
_FRONT = re.compile(r"\A---\n(.{0,20000}?)\n---\n", re.DOTALL)
_FIELD = re.compile(r"^(title|author)s?:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)


def read_markdown(data: bytes, name: str) -> Document:
    """A Markdown file, a section a heading.

    Raises
    ------
    UnreadableFile
        If it is not text, or empty.
    """
    raw, issues = decoded(data, name)
    text = tidy(_SCRIPT.sub("", raw))
    fields: dict[str, str] = {}
    if front := _FRONT.match(text + "\n"):
        fields = dict(_FIELD.findall(front[1]))
        text = text[front.end() :].lstrip("\n")
    if not text.strip():
        raise UnreadableFile(f"{name}: the file holds no words. Ask for it again.")
    pictures = 0
    sections: list[Section] = []
    links: list[Link] = []
    for number, (heading, body) in enumerate(_parts(text), start=1):
        place = f"section {number}"
        found = len(_PICTURE.findall(body)) + len(_IMAGE_TAG.findall(body))
        pictures += found
        plain = _PICTURE.sub(lambda hit: f"[picture: {hit[1]}]" if hit[1] else "[picture]", body)
        plain = _TAG.sub("", _IMAGE_TAG.sub("[picture]", _ANGLED.sub(r"\1", plain)))
        shown = _LINK.sub(_words_and_address, plain)
        section = Section(place, heading, shown.strip("\n"))
        sections.append(section)
        links += [
            Link(target, words, place)
            for words, target in _LINK.findall(plain)
            if not target.startswith("#")
        ]
        links += [Link(link.address, "", place) for link in links_in(section)]
    title = one_line(fields.get("title", "")) or next(
        (s.heading for s in sections if s.heading), ""
    )
    author = one_line(fields.get("author", ""))
    return Document(
        name,
        "markdown",
        title,
        tuple(sections),
        unique_links(links),
        pictures,
        people=(author,) if author else (),
        issues=issues,
    )


def _words_and_address(hit: re.Match[str]) -> str:
    words, target = hit[1], hit[2]
    return words if words == target or target.startswith("#") else f"{words} ({target})"


def _parts(text: str) -> list[tuple[str, str]]:
    """Heading and text of each part; headings within code are none."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        lines = parts[-1][1]
        if not fenced and (hit := _HEADING.match(line)):
            parts.append((one_line(_LINK.sub(r"\1", hit[1])), [line]))
        elif (
            not fenced and _UNDERLINE.match(line) and lines and lines[-1].strip() and _alone(lines)
        ):
            above = lines.pop()
            parts.append((one_line(above), [above, line]))
        else:
            lines.append(line)
    kept = [(heading, "\n".join(lines)) for heading, lines in parts]
    return [(heading, body) for heading, body in kept if body.strip()]


def _alone(lines: list[str]) -> bool:
    """Whether the last line begins a paragraph, and is no list, table or other mark-up."""
    first = len(lines) < 2 or not lines[-2].strip()
    return first and not lines[-1].startswith(("-", "*", "+", ">", "|", "#"))
