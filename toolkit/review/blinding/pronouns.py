"""English pronouns of one sex → they, with the verb that follows made to agree.

It is done only where it is asked for, since the pronouns may be somebody else's. Other
languages bend the whole sentence to the pronoun; theirs are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.review.blinding.marks import Part

_EITHER = {
    r"(?:he\s?/\s?she|she\s?/\s?he|s/he|\(s\)he|he\sor\sshe|she\sor\she)": "they",
    r"(?:his\s?/\s?hers?|hers?\s?/\s?his|his\sor\sher|her\sor\shis)": "their",
    r"(?:him\s?/\s?her|her\s?/\s?him|him\sor\sher|her\sor\shim)": "them",
    r"(?:himself\s?/\s?herself|himself\sor\sherself)": "themself",
}
_VERBS = {
    "is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "wasn't": "weren't",
    "hasn't": "haven't", "doesn't": "don't", "isn’t": "aren’t", "wasn’t": "weren’t",
    "hasn’t": "haven’t", "doesn’t": "don’t",
}  # fmt: skip
_ADVERB = (
    r"(?:\s(?:also|always|often|never|still|now|then|soon|usually|once|even|first|later|already"
    r"|just|only"
    r"|\w+ly))?"
)
_SUBJECT = re.compile(
    rf"(?<![\w@'’-])(?P<who>[Ss]he|SHE|[Hh]e|HE)(?:(?P<short>['’](?:s|d|ll))(?P<after>\s\w+)?"
    rf"|(?P<adverb>{_ADVERB})(?P<verb>\s[a-z’']+)?)(?![\w-])"
)
_OTHERS = re.compile(
    r"(?<![\w@'’-])(?P<who>[Hh]erself|[Hh]imself|[Hh]ers|[Hh]im|[Hh]is|[Hh]er|HERSELF|HIMSELF"
    r"|HERS|HIM|HIS|HER)"
    r"(?![\w'’-])(?P<next>\s+[^\W\d_]+)?"
)
#: After these "her" is the one meant, and "his" the thing: "asked her to", "a friend of his and".
_NO_NOUN = frozenset(
    """
    to and or but as at by for from in into of on onto over with when while because since that which
    who if than then so again back down up out away there here is was were are will would has had
    did during after before until about through under against without within the a an this these
    what how why where both too also not yet
    """.split()  # noqa: SIM905  (easier to read than a list)
)
#: Words in -s that are no verbs, and verbs in -s that are spelt so.
_NO_VERBS = frozenset(
    """
    as always perhaps thus besides towards afterwards nevertheless this its his hers us yes plus
    across less unless series sometimes nowadays overseas
    """.split()  # noqa: SIM905  (easier to read than a list)
)


def pronoun_parts(text: str) -> Iterator[Part]:
    """Where pronouns stand, with the words that take their place."""
    taken: list[tuple[int, int]] = []
    for pattern, instead in _EITHER.items():
        for hit in re.finditer(rf"(?<![\w@])(?:{pattern})(?!\w)", text, re.IGNORECASE):
            taken.append(hit.span())
            yield Part(hit.start(), hit.end(), "pronoun", _as_written(hit[0], instead))
    for hit in _SUBJECT.finditer(text):
        start, stop = hit.span("who")
        if any(a < stop and start < b for a, b in taken):
            continue
        yield from _subject(hit)
    for hit in _OTHERS.finditer(text):
        start, stop = hit.span("who")
        if not any(a < stop and start < b for a, b in taken):
            instead = _other(hit["who"].casefold(), (hit["next"] or "").strip().casefold())
            yield Part(start, stop, "pronoun", _as_written(hit["who"], instead))


def _subject(hit: re.Match[str]) -> Iterator[Part]:
    start, stop = hit.span("who")
    they = _as_written(hit["who"], "they")
    if hit["short"]:
        short = hit["short"].casefold()[1:]
        if short == "s":
            done = re.search(
                r"(?:ed|en|been|led|built|won|made|run|got)$", (hit["after"] or "").strip()
            )
            they += hit["short"][0] + ("ve" if done else "re")
            yield Part(start, hit.end("short"), "pronoun", they)
            return
    elif hit["verb"]:
        verb = hit["verb"].strip()
        plural = _plural(verb)
        if plural != verb:
            yield Part(start, hit.end("verb"), "pronoun", f"{they}{hit['adverb']} {plural}")
            return
    yield Part(start, stop, "pronoun", they)


def _plural(verb: str) -> str:
    """A verb's form after "they".

    Examples
    --------
    >>> [_plural(verb) for verb in ("is", "leads", "studies", "teaches", "led", "always")]
    ['are', 'lead', 'study', 'teach', 'led', 'always']
    """
    if verb in _VERBS:
        return _VERBS[verb]
    if not verb.endswith("s") or verb.endswith(("ss", "us", "'s", "’s")) or verb in _NO_VERBS:
        return verb
    if len(verb) < 4:
        return verb
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return verb[:-2]
    return verb[:-1]


def _other(word: str, after: str) -> str:
    alone = not after or after in _NO_NOUN
    match word:
        case "him":
            return "them"
        case "hers":
            return "theirs"
        case "her":
            return "them" if alone else "their"
        case "his":
            return "theirs" if alone else "their"
        case _:
            return "themself"


def _as_written(word: str, instead: str) -> str:
    """The replacement in the capitals of what it replaces."""
    if word.isupper() and len(word) > 1:
        return instead.upper()
    return instead.capitalize() if word[0].isupper() else instead
