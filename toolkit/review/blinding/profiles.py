"""Handles, profile pages, and other addresses of the web that say whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.intake.documents.addresses import addresses
from toolkit.review.blinding.contact import EMAIL
from toolkit.review.blinding.folding import folded
from toolkit.review.blinding.marks import MARKS, Part

#: Hosts whose pages are people's, with what stands before a person's name in the address.
_HOST = re.compile(
    r"(?:https?://)?(?:[\w-]{1,20}\.)?(?:linkedin\.com|github\.com|gitlab\.com|bitbucket\.org"
    r"|github\.io|twitter\.com"
    r"|x\.com|facebook\.com|fb\.com|instagram\.com|tiktok\.com|t\.me|youtube\.com|youtu\.be"
    r"|vimeo\.com|behance\.net"
    r"|dribbble\.com|medium\.com|substack\.com|stackoverflow\.com|stackexchange\.com|kaggle\.com"
    r"|xing\.com"
    r"|researchgate\.net|orcid\.org|scholar\.google\.\w+|about\.me|linktr\.ee|bsky\.app"
    r"|threads\.net|mastodon\.\w+"
    r"|soundcloud\.com|pinterest\.com|flickr\.com|quora\.com|reddit\.com|codepen\.io|dev\.to"
    r"|hackerrank\.com"
    r"|leetcode\.com|keybase\.io|angel\.co|wellfound\.com|wordpress\.com|blogspot\.com"
    r"|tumblr\.com|klout\.com)"
    r"(?:/[^\s|<>\"'“”„»«,;()\[\]]*)?",
    re.IGNORECASE,
)
_AT = re.compile(r"(?<![\w@/.+-])@[A-Za-z_][\w.]{1,30}(?:@[\w.-]{3,60})?(?![\w/@-])")
#: Words of programming languages and style sheets that begin like a handle.
_NO_HANDLES = frozenset(
    """
    media import property staticmethod classmethod override dataclass pytest app test param return
    angular types vue react component injectable input output font keyframes supports
    """.split()  # noqa: SIM905  (easier to read than a list)
)
_NETWORKS = (
    r"github|gitlab|bitbucket|linkedin|twitter|instagram|facebook|skype|telegram|xing|behance"
    r"|dribbble"
    r"|stack\s?overflow|kaggle|orcid|mastodon|discord|tiktok|pinterest|snapchat|wechat|kakaotalk"
    r"|bluesky"
    r"|soundcloud|username|user name|benutzername|handle"
)
_LABELLED = re.compile(
    rf"(?:^|[|•·,;\n])[^\w\n]{{0,4}}(?:{_NETWORKS})(?:[-_](?:square|in|alt|circle|f|logo))?\s?:\s?"
    r"(?P<handle>@?/?(?:in/)?[A-Za-z][\w./-]{2,60})(?=\s*(?:$|[|•·,;\n]))",
    re.IGNORECASE | re.MULTILINE,
)
_HOME = re.compile(
    r"(?:^|[|•·\n])[ \t]*(?:website|homepage|home page|web|webseite|blog|portfolio)\s?:\s?"
    r"(?P<address>(?:https?://)?[\w.-]+\.[a-z]{2,12}(?:[/?#]\S*)?)",
    re.IGNORECASE | re.MULTILINE,
)
#: Characters within which what stands beside contact details belongs to them.
_NEAR = 160
_CONTACT_MARK = re.compile(f"{re.escape(MARKS['e-mail'])}|{re.escape(MARKS['phone'])}")
_SHARED_PATHS = frozenset(
    """
    in pub users user u profile profiles people channel c wiki watch search company school groups
    posts questions title feed home about topics tag tags
    """.split()  # noqa: SIM905  (easier to read than a list)
)


def link_parts(text: str, words: Sequence[str], handles: Sequence[str]) -> Iterator[Part]:
    """Where profile pages stand, and addresses that hold a part of the name or a handle.

    Parameters
    ----------
    text : str
    words : sequence of str
        Telling parts of the person's names, in small letters.
    handles : sequence of str
        The person's user names, in small letters.
    """
    for hit in _HOST.finditer(text):
        if hit.start() == 0 or not (
            text[hit.start() - 1].isalnum() or text[hit.start() - 1] in "@._-"
        ):
            yield Part(hit.start(), hit.start() + len(hit[0].rstrip(".,;:!?")), "link")
    telling = [word for word in (*words, *handles) if len(word) >= 4]
    for start, address in addresses(text):
        if any(word in folded(address) for word in telling):
            yield Part(start, start + len(address), "link")
    for hit in _HOME.finditer(text):
        # Beside an e-mail address or telephone number it is the person's own.
        near = text[max(0, hit.start() - _NEAR) : hit.end() + _NEAR]
        if EMAIL.search(near) or _CONTACT_MARK.search(near):
            yield Part(hit.start("address"), hit.end("address"), "link")
    for hit in re.finditer(r"(?<![\w@.-])(?:[\w-]{1,63}\.){1,3}[a-z]{2,12}(?:/\S{0,200})?", text):
        if any(word in folded(hit[0]) for word in telling):
            yield Part(hit.start(), hit.start() + len(hit[0].rstrip(".,;:!?)")), "link")


def handle_parts(text: str, handles: Sequence[str]) -> Iterator[Part]:
    """Where handles stand: with an @, behind the name of a network, or known to be the person's."""
    for hit in _AT.finditer(text):
        if hit[0][1:].casefold() not in _NO_HANDLES:
            yield Part(hit.start(), hit.start() + len(hit[0].rstrip(".")), "handle")
    for hit in _LABELLED.finditer(text):
        yield Part(hit.start("handle"), hit.end("handle"), "handle")
    plain = folded(text)
    for handle in handles:
        if len(handle) >= 4:
            for hit in re.finditer(rf"(?<![^\W_]){re.escape(handle)}(?![^\W_])", plain):
                yield Part(hit.start(), hit.end(), "handle")


def handle_of(address: str) -> str:
    """The user name in the address of a profile page; empty where it is none.

    Examples
    --------
    >>> handle_of("https://www.linkedin.com/in/posquit0"), handle_of("https://example.org/in/x")
    ('posquit0', '')
    """
    if not _HOST.fullmatch(address.split("?")[0].split("#")[0]):
        return ""
    path = re.sub(r"^(?:https?://)?[^/]*/?", "", address.split("?")[0].split("#")[0])
    steps = [step.lstrip("@") for step in path.split("/") if step]
    steps = [step for step in steps if step.casefold() not in _SHARED_PATHS]
    return folded(steps[0]) if steps else ""


def labelled_handles(text: str) -> list[str]:
    """User names that stand behind the name of a network."""
    found = [hit["handle"].lstrip("@/").removeprefix("in/") for hit in _LABELLED.finditer(text)]
    return [folded(handle.rstrip(".")) for handle in found]
