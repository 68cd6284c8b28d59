"""Fields about a person that have nothing to do with the work: birth, age, nationality, family."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from toolkit.review.blinding.marks import Kind, Part

_LABELS: Mapping[Kind, str] = {
    "date of birth": (
        r"date of birth|birth ?date|birthday|d\.?o\.?b\.?|born(?: on| in)?|geburtsdatum"
        r"|geburtstag|geboren"
        r"(?: am| in)?|geb\.(?: am)?|place of birth|birth ?place|geburtsort|geburtsdatum und -ort"
        r"|geburtsdatum/-ort|jahrgang|date and place of birth|date/place of birth"
    ),
    "age": r"age|alter",
    "nationality": (
        r"nationality|nationalities|citizenship|staatsangehörigkeit|staatsbürgerschaft|nationalität"
        r"|country of birth|geburtsland|ethnicity|race|ethnic origin|visa(?: status)?|work permit"
        r"|race/ethnicity|immigration status"
    ),
    "marital status": (
        r"marital status|civil status|family status|familienstand|personenstand|children|kinder"
        r"|number of children|dependants|dependents|spouse|ehepartner(?:in)?|ehemann|ehefrau"
    ),
    "personal detail": (
        r"sex|gender|geschlecht|religion|konfession|pronouns?|preferred pronouns|height|weight"
        r"|größe"
        r"|gewicht|disability|behinderung|military status|photo|foto|lichtbild|driving licence"
    ),
    "name": (
        r"name|full name|vorname|nachname|familienname|vor- und nachname|first name|last name"
        r"|surname"
        r"|given name|family name|geburtsname|maiden name"
    ),
}
_FIELD_OF = {
    kind: re.compile(
        rf"(?:^|[|•·;])[ \t]*[*_]{{0,2}}(?:{labels})[*_]{{0,2}}[ \t]?(?::[*_]{{0,2}}|\t"
        rf"|(?<!name) [–-] )[ \t]*"
        r"(?P<value>[^|•·;\n]{1,120})",
        re.IGNORECASE | re.MULTILINE,
    )
    for kind, labels in _LABELS.items()
}
_ABOVE_OF = {
    kind: re.compile(
        rf"^[ \t]*(?:{labels})[ \t]*:?[ \t]*\n(?P<value>[^\n:]{{1,40}})$",
        re.IGNORECASE | re.MULTILINE,
    )
    for kind, labels in _LABELS.items()
    if kind not in ("name", "age", "personal detail")
}
_MONTH = r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*\.?"
_DAY = (
    rf"(?:\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?(?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?\s"
    rf"(?:of\s)?{_MONTH}\s(?:19|20)\d\d|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"
    rf"|(?:19|20)\d\d)"
)
_BORN = re.compile(
    rf"(?<!\w)(?:born|geboren|geb\.|née|\*)\s?(?:on|in|am|im jahr)?\s?(?P<day>{_DAY})"
    r"(?P<place>\s(?:in|at)\s[A-ZÄÖÜ][\w-]+(?:[ -][A-ZÄÖÜ][\w-]+)?)?",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:I am|I'm|I’m|aged?|he is|she is|they are|ich bin)\s(?P<age>(?:1[6-9]|[2-7]\d)"
    r"(?:\s?years?(?:\sold|\sof\sage)|-year-old|\s?Jahre(?:\salt)?))\b"
    r"|\baged\s(?P<years>1[6-9]|[2-7]\d)\b(?!\s?(?:to|and|[-–%]|\d|or|years?))"
    r"|^(?P<line>(?:1[6-9]|[2-7]\d)\s(?:years\sold|Jahre\salt))\b",
    re.IGNORECASE | re.MULTILINE,
)
_SHE_HER = re.compile(
    r"\(?(?<!\w)(?:she|he|they|sie|er)\s?/\s?(?:her|him|them|ihr|ihm|ihn)(?:\s?/\s?(?:hers|his"
    r"|theirs))?(?!\w)\)?",
    re.IGNORECASE,
)
#: A name stands as a field only in the first lines; further down it is that of a project.
_TOP = 30


def field_parts(text: str) -> Iterator[Part]:
    """Where such fields and phrases stand; only the value is taken out, not what it is called."""
    for kind, pattern in _FIELD_OF.items():
        for hit in pattern.finditer(text, 0, _end_of_top(text) if kind == "name" else len(text)):
            yield from _value(hit, kind)
    for kind, pattern in _ABOVE_OF.items():
        for hit in pattern.finditer(text):
            yield from _value(hit, kind)
    for hit in _BORN.finditer(text):
        yield Part(hit.start("day"), hit.end("day"), "date of birth")
        if hit["place"]:
            yield Part(hit.start("place") + 4, hit.end("place"), "date of birth")
    for hit in _AGED.finditer(text):
        group = next(name for name in ("age", "years", "line") if hit[name])
        yield Part(hit.start(group), hit.end(group), "age")
    for hit in _SHE_HER.finditer(text):
        yield Part(hit.start(), hit.end(), "personal detail")


def names_in_fields(text: str) -> list[str]:
    """Names that stand in a field called name, in the first lines."""
    hits = _FIELD_OF["name"].finditer(text, 0, _end_of_top(text))
    return [hit["value"].strip() for hit in hits]


def _value(hit: re.Match[str], kind: Kind) -> Iterator[Part]:
    value = hit["value"]
    start = hit.start("value") + len(value) - len(value.lstrip())
    if value.strip():
        yield Part(start, start + len(value.strip()), kind)


def _end_of_top(text: str) -> int:
    end = 0
    for _ in range(_TOP):
        end = text.find("\n", end) + 1
        if not end:
            return len(text)
    return end
