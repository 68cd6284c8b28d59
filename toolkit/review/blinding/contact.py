"""E-mail addresses and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.review.blinding.marks import Part

EMAIL = re.compile(
    r"(?:mailto:\s?)?(?<![\w.+%-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w@])"
    r"|(?<![\w.+-])[\w.+-]{1,64}\s?[\[({](?:at|ät|@)[\])}]\s?[\w-]{1,63}"
    r"(?:\s?(?:[\[({](?:dot|punkt|\.)[\])}]|\.)\s?[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
_DASH = r"\-\u2010-\u2015\u00ad"
_GAP = rf"[\s./{_DASH}]{{0,3}}"
_BEFORE, _AFTER = r"(?<![\w.,+:/€$£%-])", rf"(?![\w%€$]|[.,]\d|[{_DASH}]\d)"
_PHONES = (
    # +49 (0)221 123456, (+82) 10-9030-1843, 0049 221 123456
    re.compile(
        rf"(?<![\w.,])\(?(?:\+"
        rf"|(?<![\d.,+])00)\s?\d{{1,3}}\)?(?:{_GAP}\(?\d{{1,5}}\)?){{2,6}}(?![\w%])"
    ),
    # 0221 123456, (0221) 12 34 56, 0171/1234567
    re.compile(
        rf"{_BEFORE}\(?0\d{{2,5}}\)?\s?[/{_DASH}\s]\s?\d{{2,8}}(?:[\s{_DASH}]\d{{1,6}}){{0,4}}{_AFTER}"
    ),
    # 01 23 45 67 89
    re.compile(rf"{_BEFORE}0\d(?:[ .]\d\d){{4}}{_AFTER}"),
    # (912) 555-4321, 1-650-999-7777
    re.compile(
        rf"(?<![\w.,+/€$£%-])(?:1[\s.{_DASH}])?(?:\(\d{{3}}\)\s?|\d{{3}}[\s.{_DASH}])\d{{3}}"
        rf"[\s.{_DASH}]\d{{4}}{_AFTER}"
    ),
    re.compile(rf"(?<![\w.,+/])\d[{_DASH}]\(\d{{3}}\)[{_DASH}]\d{{3}}[{_DASH}]\d{{4}}(?!\w)"),
)
_LABELLED = re.compile(
    r"(?<!\w)(?:tel|telephone|telefon|phone|mobile|mobil|handy|fax|cell|whatsapp|signal|rufnummer"
    rf"|home phone|work phone)(?:\s?(?:no|nr|number"
    rf"|nummer))?\.?\s?:?\s?(?P<number>[+(]?\d[\d\s()./{_DASH}]{{4,24}}\d)(?!\w)",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 7, 15


def email_parts(text: str) -> Iterator[Part]:
    """Where e-mail addresses stand, written out or disguised as "name [at] host"."""
    if "@" in text or "at" in text.casefold():
        for hit in EMAIL.finditer(text):
            yield Part(hit.start(), hit.end(), "e-mail")


def phone_parts(text: str) -> Iterator[Part]:
    """Where telephone numbers stand, in the forms of several countries."""
    for pattern in _PHONES:
        for hit in pattern.finditer(text):
            if _SHORTEST <= sum(c.isdigit() for c in hit[0]) <= _LONGEST and "\n" not in hit[0]:
                yield Part(hit.start(), hit.end(), "phone")
    for hit in _LABELLED.finditer(text):
        if sum(c.isdigit() for c in hit["number"]) >= 5 and "\n" not in hit["number"]:
            yield Part(hit.start("number"), hit.end("number"), "phone")
