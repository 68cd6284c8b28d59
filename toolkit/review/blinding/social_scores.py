"""Social scores and counts of an audience: Klout 63, 12k followers, GitHub stars.

A count that is part of a change ("from 200 to 1,400 followers") is the result of some work and
stays; a count that merely stands is a score and goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from toolkit.intake.documents.changes import changes_in
from toolkit.review.blinding.marks import Part
from toolkit.scores.catalogue import load_catalogue

#: Scores of a person's standing by their key; tests of knowledge and grades are none.
_SOCIAL = (
    "klout",
    "kred_influence",
    "kred_outreach",
    "peerindex",
    "trustcloud",
    "empire_avenue",
    "w_score",
    "flaunt",
    "twitter_grader",
    "website_grader",
    "linkedin_ssi",
    "stackoverflow_reputation",
    "hackerrank",
)
_SHORT = ("SSI", "Kred", "TrustScore", "TrustCloud", "Empire Avenue", "Social Selling Index")
_NUMBER = r"\d{1,3}(?:[.,'’ \u00a0]\d{3})+|\d+(?:[.,]\d+)?"
_MULTIPLE = r"(?:\s?(?:k|m|K|M|thousand|million|Tsd\.?|Mio\.?)(?!\w))?"
_COUNT = rf"(?<![\w.,])(?:over |more than |about |über |rund )?(?:{_NUMBER}){_MULTIPLE}\+?"
_NETWORK = (
    r"(?:(?:Twitter|X|Instagram|LinkedIn|Facebook|TikTok|YouTube|GitHub|Medium|Twitch|Pinterest"
    r"|Xing|Mastodon"
    r"|Bluesky|Threads|social media|Social-Media)[ -])?"
)
_AUDIENCE = (
    r"(?:followers?|Follower(?:innen)?|subscribers|Abonnent(?:en|innen)|fans|Fans|connections"
    r"|Kontakte|Likes|likes"
    r"|retweets|Stack Overflow reputation|reputation points|karma|endorsements|recommendations)"
)
_PATTERNS = (
    re.compile(rf"{_COUNT}\s{_NETWORK}{_AUDIENCE}(?:\s(?:on|auf)\s[A-Z][A-Za-z]+)?(?![\w-])"),
    re.compile(rf"(?<!\w){_NETWORK}{_AUDIENCE}\s?[:=]\s?{_COUNT}", re.IGNORECASE),
    re.compile(rf"{_COUNT}\s(?:GitHub[ -])?(?:stars|Sterne)(?:\s(?:on|auf|bei)\sGitHub)?(?![\w-])"),
    re.compile(rf"(?<!\w)(?:GitHub[ -])?(?:stars|Sterne)\s?[:=]\s?{_COUNT}", re.IGNORECASE),
)


def score_parts(text: str) -> Iterator[Part]:
    """Where social scores stand."""
    if not any(c.isdecimal() for c in text):
        return
    changes = [(start, stop) for start, stop, c in changes_in(text) if c.before is not None]
    for hit in _named().finditer(text):
        yield Part(hit.start(), hit.end(), "score")
    for pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            if all(stop <= hit.start() or hit.end() <= start for start, stop in changes):
                yield Part(hit.start(), hit.end(), "score")


@cache
def _named() -> re.Pattern[str]:
    """The scores of the catalogue that stand for a person's standing, with a number beside."""
    scores = load_catalogue().scores
    labels = {scores[key].label for key in _SOCIAL} | set(_SHORT)
    words = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:{words})(?:[ -](?:[Ss]core|[Ii]ndex|influence|reputation|rating))?"
        rf"\s?(?:(?::|=|of|von|is|was|\()\s?)?(?:{_NUMBER})(?:\s?[kK])?(?:\s?/\s?\d+)?\)?(?![\w])"
    )
