"""Résumés in JSON (JSON Resume, FRESH) → text that a person can read, section by section.

Nothing that is written in the résumé is left out but what no reviewer reads: the version of
the schema, keys for programs, and where an entry says that it is to be ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from toolkit.errors import UnreadableFile
from toolkit.intake.documents.addresses import links_in
from toolkit.intake.documents.document import Document, Link, Section, unique_links
from toolkit.intake.documents.tidy import one_line, tidy
from toolkit.intake.encoding import decoded
from toolkit.intake.json_resume import is_resume
from toolkit.intake.json_values import Json, json_value

#: Sections as a reader wants them; the others follow in the order of the file.
_ORDER = (
    "name", "basics", "info", "contact", "location", "social", "summary", "work", "employment",
    "projects", "samples", "portfolio", "volunteer", "service", "publications", "writing",
    "speaking", "awards", "recognition", "certificates", "education", "skills",
)  # fmt: skip
_TITLES = {
    "basics": "About",
    "info": "About",
    "work": "Work",
    "employment": "Work",
    "social": "Profiles",
}
_PROGRAMS = frozenset({"meta", "$schema", "id", "_id"})
#: What names an entry, and who it was for.
_WHAT = ("position", "title", "role", "studyType", "name", "language", "label", "network")
_WHOM = ("name", "company", "employer", "organization", "institution", "entity", "publisher")
_START = ("startDate", "start")
_END = ("endDate", "end")
_DATE = ("date", "releaseDate")
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_SAID = {
    "email": "E-mail", "url": "Website", "website": "Website", "phone": "Phone",
    "postalCode": "Postcode", "code": "Postcode", "countryCode": "Country", "user": "Username",
}  # fmt: skip
_ADDRESS_KEYS = ("address", "postalCode", "code", "city", "region", "countryCode", "country")
#: Told by the entry's dates, or pictures, which are only counted.
_PASSED_OVER = frozenset({"flavor", "current", "image", "picture"})
_LINK_KEYS = frozenset({"url", "website", "repo", "proof", "canonical"})


def read_resume(data: bytes, name: str) -> Document:
    """A résumé in JSON.

    Raises
    ------
    UnreadableFile
        If it is not JSON, no résumé, or nothing is filled in.
    """
    text, issues = decoded(data, name)
    value, more, _ = json_value(text, name)
    try:
        if not is_resume(value):
            raise UnreadableFile(
                f"{name}: this is JSON, but no résumé: it has neither 'basics' (JSON Resume) nor "
                "'meta' with the format FRESH. Ask for the résumé itself, or for a PDF."
            )
        sections, links = _sections(value)
    except RecursionError:
        raise UnreadableFile(f"{name}: the JSON is nested too deeply to be a résumé.") from None
    if not sections or not _filled(value):
        raise UnreadableFile(
            f"{name}: the résumé is an empty form: nothing is filled in. Ask for it again."
        )
    basics = _dict(value.get("basics"))
    person = _word(basics.get("name")) or _word(value.get("name"))
    profiles = [*_list(basics.get("profiles")), *_list(value.get("social"))]
    handles = [_word(_dict(p).get("username")) or _word(_dict(p).get("user")) for p in profiles]
    return Document(
        name,
        "resume",
        person,
        tuple(sections),
        unique_links(links),
        sum(bool(_word(_dict(value.get(k)).get("image"))) for k in ("basics", "info")),
        people=(person,) if person else (),
        handles=tuple(dict.fromkeys(filter(None, handles))),
        issues=(*issues, *more),
    )


def _sections(value: Mapping[str, Json]) -> tuple[list[Section], list[Link]]:
    order = [key for key in _ORDER if key in value]
    order += [key for key in value if key not in order and key not in _PROGRAMS]
    sections: list[Section] = []
    links: list[Link] = []
    for key in order:
        single = not isinstance(value[key], dict | list)
        heading = "" if single else _TITLES.get(key) or _said(key)
        text = tidy("\n".join(_lines(value[key], key)))
        if text.strip():
            place = f"section {len(sections) + 1}"
            sections.append(Section(place, heading, f"{heading}\n{text}" if heading else text))
            links += [Link(address, words, place) for address, words in _links(value[key])]
            links += [Link(link.address, "", place) for link in links_in(sections[-1])]
    return sections, links


def _filled(value: Json) -> bool:
    """Whether any words stand in it; a form that nobody filled in holds noughts at most."""
    if isinstance(value, dict):
        return any(_filled(item) for key, item in value.items() if key not in _PROGRAMS)
    if isinstance(value, list):
        return any(map(_filled, value))
    return type(value) is str and bool(value.strip())


def _lines(value: Json, key: str = "") -> Iterator[str]:
    """A value of whatever shape as lines; blank texts are no lines."""
    if isinstance(value, dict):
        yield from _record(value)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                yield from _lines(item)
                yield ""
            elif _word(item):
                yield f"• {_word(item)}"
    elif _word(value):
        yield f"{_said(key)}: {_word(value)}" if key and "\n" not in str(value) else str(value)


def _record(record: Mapping[str, Json]) -> Iterator[str]:
    if record.get("ignore") is True or record.get("private") is True:
        return
    left = {key: value for key, value in record.items() if key not in _PROGRAMS}
    person = "email" in left or "profiles" in left
    if isinstance(left.get("value"), str) and _word(left.get("label")):
        yield f"{_word(left.pop('label'))}: {_word(left.pop('value'))}"
    elif not person:
        what = _take(left, _WHAT)
        whom = _take(left, _WHOM)
        dates = " – ".join(filter(None, (_take(left, _START), _take(left, _END))))
        if dates and left.get("current") is True:
            dates += " – present"
        dates = dates or _take(left, _DATE)
        head = ", ".join(filter(None, (what, whom)))
        if head or dates:
            yield f"{head} ({dates})" if head and dates else head or dates
        left = {key: value for key, value in left.items() if value != what or not what}
    yield from _address(left)
    for key, value in left.items():
        if isinstance(value, bool) or value is None or key in _PASSED_OVER:
            continue
        if isinstance(value, dict):
            yield from _record(value)
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            if key in ("keywords", "skills", "roles", "courses", "curriculum", "author"):
                words = ", ".join(filter(None, map(_word, value)))
                if words:
                    yield f"{_said(key)}: {words}"
            else:
                yield from _lines(value)
        elif isinstance(value, list):
            yield from _lines(value)
        elif key in ("summary", "description", "brief", "reference", "quote", "headline"):
            yield from filter(None, (line.strip() for line in str(value).split("\n")))
        elif _word(value):
            yield f"{_said(key)}: {_word(value)}"


def _address(left: dict[str, Json]) -> Iterator[str]:
    """Street, town and country as one line that says that it is an address."""
    if sum(key in left for key in _ADDRESS_KEYS) < 2:
        return
    parts = [_word(left.pop(key, None)) for key in _ADDRESS_KEYS]
    said = ", ".join(part for at, part in enumerate(parts) if part and part not in parts[:at])
    if said:
        yield f"Address: {said}"


def _links(value: Json) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if value.get("ignore") is True or value.get("private") is True:
            return
        words = next((_word(value.get(key)) for key in _WHAT if _word(value.get(key))), "")
        for key, item in value.items():
            if key in _LINK_KEYS and _word(item):
                yield _word(item), words
            else:
                yield from _links(item)
    elif isinstance(value, list):
        for item in value:
            yield from _links(item)


def _take(left: dict[str, Json], keys: tuple[str, ...]) -> str:
    """The first of these that is filled in, taken out."""
    for key in keys:
        if isinstance(left.get(key), str) and _word(left[key]):
            return _word(left.pop(key))
    return ""


def _said(key: str) -> str:
    """A key in words: ``startDate`` → ``Start date``."""
    words = _WORDS.sub(" ", key).strip()
    return _SAID.get(key) or words[:1].upper() + words[1:].lower()


def _word(value: Json) -> str:
    return one_line(str(value)) if isinstance(value, str) else ""


def _dict(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
