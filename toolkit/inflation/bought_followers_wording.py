"""The sentences about an account whose followers may be bought."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.inflation.account_wording import posts
from toolkit.inflation.wording import brief, whole
from toolkit.sentence import Sentence, listed, say

NEEDS_BOUGHT = say(
    "followers and following of an account on a network of followers, an audit, or a sample of the "
    "followers"
)


def follow_back_ring(followers: float, following: float) -> Sentence:
    return say(
        "{followers} followers while following {following}: consistent with a follow-back ring, in "
        "which accounts follow each other for the number.",
        followers=whole(followers),
        following=whole(following),
    )


def silent_audience(audience: float, number: float, following: float) -> Sentence:
    if np.isnan(following):
        return say(
            "{followers} followers for {posts}: the account has published next to nothing. "
            "Consistent with bought followers.",
            followers=whole(audience),
            posts=posts(number),
        )
    return say(
        "{followers} followers for {posts}: the account has published next to nothing and follows "
        "{following}. Consistent with bought followers.",
        followers=whole(audience),
        posts=posts(number),
        following=whole(following),
    )


def audited(fake_share: float, inactive_share: float) -> Sentence:
    if np.isnan(inactive_share):
        return say(
            "An audit found {fake} % of the sampled followers fake. Consistent with bought "
            "followers.",
            fake=brief(fake_share),
        )
    return say(
        "An audit found {fake} % of the sampled followers fake and {inactive} % inactive. "
        "Consistent with bought followers.",
        fake=brief(fake_share),
        inactive=brief(inactive_share),
    )


def audited_inactive(inactive_share: float) -> Sentence:
    return say(
        "An audit found {inactive} % of the sampled followers inactive.",
        inactive=brief(inactive_share),
    )


def low_audit(fake_share: float) -> Sentence:
    return say(
        "An audit found only {fake} % of the sampled followers fake.", fake=brief(fake_share)
    )


def looks_sold(audience: float, following: float, facts: Sequence[str]) -> Sentence:
    if not facts:
        return say(
            "The account itself looks like one made to be sold as a follower: it follows "
            "{following} and is followed by {followers}.",
            following=whole(following),
            followers=whole(audience),
        )
    return say(
        "The account itself looks like one made to be sold as a follower: it follows {following} "
        "and is followed by {followers}, with {facts}.",
        following=whole(following),
        followers=whole(audience),
        facts=listed(facts),
    )


def weighs_low(facts: Sequence[str]) -> Sentence:
    if not facts:
        return say("The account does not look like one that is sold as a follower.")
    return say(
        "The account does not look like one that is sold as a follower: {facts}.",
        facts=listed(facts),
    )


#: Part of the finding → what would speak against it.
WOULD_CHANGE = {
    "ring": say("An audit of a sample of the followers that finds few of them fake or inactive."),
    "silent": say(
        "A verified account, older posts that were taken down, or an audience that was won "
        "elsewhere (television, books, another network)."
    ),
    "audit": say(
        "A second audit of a larger sample, or one from before the followers came. Anybody can buy "
        "followers for anybody."
    ),
    "sample": say(
        "A sample that was drawn in another way, or from before the followers came. Anybody can "
        "buy followers for anybody."
    ),
    "larger sample": say("A larger sample of the followers."),
    "model": say("Knowing that this is not the account the person works with, or that it is new."),
}
