"""Who somebody is: the names and user names that have to go from a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.intake.documents.document import Document
from toolkit.review.blinding.contact import EMAIL
from toolkit.review.blinding.folding import folded
from toolkit.review.blinding.names import name_words, telling_words
from toolkit.review.blinding.ordinary_words import ORDINARY
from toolkit.review.blinding.person_fields import names_in_fields
from toolkit.review.blinding.profiles import handle_of, labelled_handles

_COMPANY = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|ag|corp|company|university|universität|team|user|office|department"
    r"|group|agency"
    r"|studio|software|generator|template|microsoft|adobe|windows|owner|root|unknown|self)\b"
    r"|[\d@/\\|]",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^(?:(?:yours |very )?(?:sincerely|faithfully|truly)(?: yours)?|(?:kind|best|warm"
    r"|with kind) (?:regards|wishes)"
    r"|regards|mit freundlichen? gr(?:üßen|uß|üssen)|(?:viele|beste|herzliche) gr(?:üße|üsse)"
    r"|hochachtungsvoll),?"
    r"\s*\n+(?P<name>[^\n]{3,60})$",
    re.IGNORECASE | re.MULTILINE,
)
#: Locals of e-mail addresses that are nobody's name.
_SHARED = frozenset(
    """
    info mail contact office hello jobs job career careers hr admin support team sales marketing
    press service bewerbung bewerbungen kontakt post work me resume cv email
    """.split()  # noqa: SIM905  (easier to read than a list)
)


@dataclass(frozen=True)
class Identity:
    """What is known of who somebody is.

    Parameters
    ----------
    names : tuple of str
        As they were given; nicknames and former names may be among them.
    handles : tuple of str
        User names, in small letters without accents.
    """

    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Telling parts of the names, in small letters."""
        return tuple(dict.fromkeys(word for name in self.names for word in telling_words(name)))


def identity_of(document: Document, names: Iterable[str] = ()) -> Identity:
    """Names that were given, and names and user names that the document itself gives.

    From the file's own fields, a field "name", a signature below a letter, the addresses of
    profile pages, and the first half of e-mail addresses that look like a person's.
    """
    text = document.text
    own = [
        *document.people,
        *names_in_fields(text),
        *(hit["name"] for hit in _SIGNED.finditer(text)),
    ]
    found = [*names, *filter(is_person, map(str.strip, own))]
    known = tuple(dict.fromkeys(name.strip() for name in found if name.strip()))
    words = Identity(known).words
    handles = [folded(handle) for handle in document.handles]
    handles += [handle_of(link.address) for link in document.links]
    handles += labelled_handles(text)
    for hit in EMAIL.finditer("\n".join([text, *(link.address for link in document.links)])):
        local = folded(hit[0]).removeprefix("mailto:").strip().split("@")[0].split("[")[0].strip()
        if local not in _SHARED and (
            re.search(r"[\d_.]", local) or any(word in local for word in words)
        ):
            handles.append(local)
    return Identity(known, tuple(dict.fromkeys(filter(_telling, handles))))


def is_person(name: str) -> bool:
    """Whether a text looks like a person's name and not like a company or a program.

    Examples
    --------
    >>> is_person("Claud D. Park"), is_person("Microsoft Office User"), is_person("Acme GmbH")
    (True, False, False)
    """
    words = name_words(name)
    long = [word for word in words if len(word) > 1]
    if not 1 <= len(words) <= 6 or _COMPANY.search(name) or not long:
        return False
    return all(word[0].isalpha() for word in words)


def first_line_name(document: Document) -> str:
    """The first line where it looks like nothing but a name; a guess to be asked about."""
    for line in document.text.split("\n")[:3]:
        words = line.split()
        if not words:
            continue
        if not 2 <= len(words) <= 4 or not is_person(line):
            return ""
        capital = all(word[0].isupper() and word.strip(".-'’").isalpha() for word in words)
        return line if capital and folded(words[0]) not in ORDINARY else ""
    return ""


def _telling(handle: str) -> bool:
    return len(handle) >= 4 and handle not in ORDINARY and handle not in _SHARED
