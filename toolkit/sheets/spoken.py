"""Sentences that results bring along, in the language of the document.

Detectors and estimates say what they found in English sentences with figures in them. The section
``spoken`` of the texts holds the forms of these sentences; one that has such a form is printed in
the other language, its figures with the marks of that language, and any other stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from toolkit.sheets.texts import Texts, english, texts_of

_SECTION = "spoken"
_PLACE = re.compile(r"\\\{(\w+)\\\}")
#: A number as the results write it, and what it may be said to be over or under.
_NUMBER = r"(?:(?:over|under) )?−?-?\d[\d,]*(?:\.\d+)?"
_PARTS = re.compile(r"(?:(over|under) )?([−-]?)(\d[\d,]*)(?:\.(\d+))?")


def spoken(text: str, t: Texts) -> str:
    """A sentence of the results in the language of some texts.

    Parameters
    ----------
    text : str
    t : Texts

    Examples
    --------
    >>> spoken("about 2,300 more followers (1,400 to 4,000)", texts_of("candidate", "de"))
    'etwa 2.300 mehr Follower (1.400 bis 4.000)'
    >>> spoken("Knows the harbour.", texts_of("candidate", "de"))
    'Knows the harbour.'
    """
    language = t.locale.language
    if language == "en":
        return text
    own = texts_of(_SECTION, language)
    for key, form in _forms().items():
        found = form.fullmatch(text)
        if found is not None:
            filled = {
                name: _number(part, own) if name.startswith("n") else spoken(part, own)
                for name, part in found.groupdict().items()
            }
            return own(key, **filled)
    return text


def _number(written: str, t: Texts) -> str:
    """A number of a sentence, with the marks of the language."""
    parts = _PARTS.fullmatch(written)
    if parts is None:
        return written
    beyond, sign, whole, decimals = parts.groups()
    value = float(f"{whole.replace(',', '')}.{decimals or 0}")
    figure = t.number(-value if sign else value, len(decimals or ""))
    return t(beyond, n=figure) if beyond else figure


@cache
def _forms() -> Mapping[str, re.Pattern[str]]:
    """Each form as an expression, those with fewer places to fill in first."""
    texts = {key: text for key, text in english()[_SECTION].items() if key not in ("over", "under")}
    ordered = sorted(texts, key=lambda key: texts[key].count("{"))
    return MappingProxyType({key: _form(texts[key]) for key in ordered})


def _form(text: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(_place, re.escape(text)), re.DOTALL)


def _place(place: re.Match[str]) -> str:
    name = place.group(1)
    return f"(?P<{name}>{_NUMBER if name.startswith('n') else '.+?'})"
