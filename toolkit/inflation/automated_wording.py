"""The sentences about an account that a programme may write."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.sentence import Sentence, listed, say


def needs_automated(posts: int) -> Sentence:
    return say(
        "followers, following and at least {posts} posts of an account on a network of followers",
        posts=posts,
    )


def looks_automated(facts: Sequence[str]) -> Sentence:
    if not facts:
        return say("The profile is consistent with an account that a programme writes.")
    return say(
        "The profile is consistent with an account that a programme writes. What weighs most: "
        "{facts}.",
        facts=listed(facts),
    )


NOT_AUTOMATED = say("The profile does not stand out as automated.")


WOULD_CHANGE = say(
    "Knowing who writes: a team, a newsroom or a service account posts a lot without being a "
    "programme."
)
