"""A person's name wherever it stands in a text, however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from toolkit.review.blinding.folding import COMBINING, folded, spelt_out
from toolkit.review.blinding.marks import Part, replaced, together
from toolkit.review.blinding.ordinary_words import ORDINARY

#: Never withheld alone.
_PARTICLES = frozenset(
    """
    von van de der den del della di da do dos das du la le les el al bin ibn ben zu zur vom ter ten
    und y e af av of the mac mc st san santa
    """.split()  # noqa: SIM905  (easier to read than a list)
)
_TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame herr frau dipl ing phd mba msc bsc ma ba jr sr ii
    iii iv med rer nat phil jur hc
    """.split()  # noqa: SIM905  (easier to read than a list)
)
_HONORIFIC = (
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|herr|herrn|frau|dipl\.?-?\s?ing"
    r"|m|mme|sr|sra)\.?\s+){1,3}"
)
_SEPARATOR = r"[\s.,_·-]{1,3}"
#: Scripts that put no space between words, where a name has no boundary to be told by.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORTEST_JOINED = 6


def without_name(text: str, name: str) -> str:
    """A text in which the person's name no longer stands.

    The whole name is withheld however it is written, with or without its middle names, with
    initials or the last name first; its parts wherever they stand alone. A part that is an
    ordinary word, too, is withheld only with a capital, so that Mark Young keeps "a young
    audience". Nicknames and hints are not recognised: whoever hands out blind copies reads
    them first.

    Examples
    --------
    >>> without_name("Interview with Mark Young, for a young audience", "Mark Young")
    'Interview with [name withheld], for a young audience'
    """
    return replaced(text, together(text, list(name_parts(text, (name,)))))


def name_parts(text: str, names: Sequence[str]) -> Iterator[Part]:
    """Where some names stand in a text."""
    plain = folded(text)
    for name in names:
        for pattern, checked in _patterns(name):
            for hit in pattern.finditer(plain):
                start, stop = hit.span()
                if checked == "capital" and not _like_a_name(text[hit.start("n") : stop]):
                    continue
                if checked == "joined" and not _set_apart(text, start, stop):
                    continue
                yield Part(start, stop, "name")


def name_words(name: str) -> list[str]:
    """The parts of a name without titles; the last name last.

    Examples
    --------
    >>> name_words("Dr. Jane Q. Doe"), name_words("Doe, Jane")
    (['Jane', 'Q', 'Doe'], ['Jane', 'Doe'])
    """
    if name.count(",") == 1:
        last, first = name.split(",")
        if first.strip().rstrip(".").casefold() not in _TITLES:
            name = f"{first} {last}"
    words = [word.strip(".,;:()\"'’") for word in name.split()]
    return [word for word in words if word and word.casefold() not in _TITLES]


def telling_words(name: str) -> list[str]:
    """Parts that say who it is wherever they stand, in small letters: no ordinary words."""
    words = [piece for word in name_words(name) for piece in (word, *re.split(r"[-'’]", word))]
    found = dict.fromkeys(folded(word) for word in words if len(word) >= 3)
    return [w for w in found if w not in ORDINARY and w not in _PARTICLES]


@lru_cache(maxsize=256)
def _patterns(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns over folded text, each with what has to be checked in the text itself."""
    found: dict[tuple[str, str], None] = {}
    for spelling in dict.fromkeys((name, spelt_out(name))):
        found.update(dict.fromkeys(_forms(name_words(spelling) or spelling.split())))
    return tuple((re.compile(pattern), checked) for pattern, checked in found)


def _forms(words: list[str]) -> Iterator[tuple[str, str]]:
    if not words:
        return
    edge, end = _edges(words)
    whole = _SEPARATOR.join(map(_letters, words))
    yield rf"{edge}(?:{_HONORIFIC})?(?P<n>{whole}){end}", ""
    long = [word for word in words if len(word) > 1]
    if len(long) > 1:
        yield from _pairs(long[0], long[-1], edge, end)
    if len(long) > 2:
        # "von der" belongs to the last name.
        last = " ".join(long[_last_name(long) :])
        yield from _pairs(long[0], last, edge, end)
    for word in words:
        pieces = [word, *(re.split(r"[-'’]", word) if re.search(r"[-'’]", word) else ())]
        for piece in dict.fromkeys(pieces):
            yield from _alone(piece, edge, end)


def _pairs(first: str, last: str, edge: str, end: str) -> Iterator[tuple[str, str]]:
    one, two = _letters(first), _SEPARATOR.join(map(_letters, last.split()))
    # Middle names and initials may stand between.
    between = rf"{_SEPARATOR}(?:[^\W\d_]\.?{_SEPARATOR}){{0,3}}"
    yield rf"{edge}(?:{_HONORIFIC})?(?P<n>{one}{between}{two}){end}", ""
    yield rf"{edge}(?P<n>{two}{_SEPARATOR}{one}(?:\s[^\W\d_]\.)?){end}", ""
    initial = _letters(first[0])
    yield (
        rf"{edge}(?:{_HONORIFIC})?(?P<n>{initial}\.?[\s-]?(?:[^\W\d_]\.[\s-]?){{0,2}}"
        rf"(?<=[.\s]){two}){end}",
        "capital",
    )
    yield rf"{edge}(?P<n>{two},?\s{initial}\.){end}", "capital"
    if len(first) + len(last) >= _SHORTEST_JOINED and " " not in last:
        yield rf"(?P<n>{one}{two}|{two}{one})", "joined"


def _alone(word: str, edge: str, end: str) -> Iterator[tuple[str, str]]:
    plain = folded(word)
    if len(word) < 2 or plain in _PARTICLES:
        return
    ordinary = plain in ORDINARY or len(word) == 2
    if ordinary and len(word) == 2 and plain in ORDINARY:
        return
    checked = "capital" if ordinary and word[0].isalpha() and not _UNSPACED.search(word) else ""
    yield rf"{edge}(?:{_HONORIFIC})?(?P<n>{_letters(word)}){end}", checked


def _last_name(words: list[str]) -> int:
    """Where the last name begins, with the particles that belong to it."""
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    return at


def _edges(words: Sequence[str]) -> tuple[str, str]:
    if any(map(_UNSPACED.search, words)):
        return "", ""
    before = r"(?<![^\W_])" if words[0][:1].isalnum() else r"(?<!\w)"
    return before, r"(?![^\W_])" if words[-1][-1:].isalnum() else r"(?!\w)"


def _letters(word: str) -> str:
    """A word of a name as a pattern over folded text."""
    out = []
    for letter in folded(word):
        if letter in "'’":
            out.append("['’ ]?")
        elif letter == "-":
            out.append(r"[-\s]?")
        else:
            out.append(re.escape(letter) + (COMBINING if letter.isalpha() else ""))
    return "".join(out)


def _like_a_name(words: str) -> bool:
    """Whether each long word begins with a capital."""
    found = re.findall(r"[^\W\d_]{2,}", words)
    return bool(found) and all(word[0].isupper() for word in found)


def _set_apart(text: str, start: int, stop: int) -> bool:
    """Whether first and last name in one are a word of their own, or told by capitals."""
    before, after = text[max(start - 1, 0) : start], text[stop : stop + 1]
    camel = text[start].isupper() and any(c.isupper() for c in text[start + 1 : stop])
    left = not before.isalpha() or (camel and before.islower())
    return left and (not after.isalpha() or (camel and after.isupper()))
