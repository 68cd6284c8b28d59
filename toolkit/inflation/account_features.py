"""What the account models see: counts on a log scale, and ratios between them.

Counts enter as log₁₀(1 + count). Up to ten followers or follows are not told apart, and ratios have
ten added to them, so that a newcomer is not judged by a handful of accounts more or less. Each
model has shapes for some of these features.
"""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Floats
from toolkit.inflation.account_facts import AccountFacts

#: Feature → what it says of an account when it weighs in favour of a suspicion.
FEATURES = {
    "followers": "log₁₀ of the followers, ten or fewer counting as ten",
    "following": "log₁₀ of the accounts followed, ten or fewer counting as ten",
    "posts": "log₁₀(1 + posts)",
    "listed": "log₁₀(1 + lists that hold the account)",
    "likes_given": "log₁₀(1 + likes given)",
    "following_over_followers": "log₁₀ of (10 + following) / (10 + followers)",
    "posts_over_followers": "log₁₀ of (1 + posts) / (10 + followers)",
    "posts_over_following": "log₁₀ of (1 + posts) / (10 + following)",
    "listed_over_followers": "log₁₀ of (1 + listed) / (10 + followers)",
    "likes_over_posts": "log₁₀ of (1 + likes given) / (1 + posts)",
    "age": "log₁₀(1 + age in days)",
    "posts_per_day": "log₁₀ of (1 + posts) / (1 + age in days)",
    "verified": "1 verified, 0 not",
    "has_picture": "1 has a picture of its own, 0 has none",
    "has_bio": "1 has a biography, 0 has none",
}


def account_features(facts: AccountFacts) -> dict[str, Floats]:
    """The features of every account row.

    Parameters
    ----------
    facts : AccountFacts
        m account rows.

    Returns
    -------
    dict of str to float array, shape (m,)
        NaN where a fact is unknown.
    """
    posts, listed, likes, age = map(_log, (facts.posts, facts.listed, facts.likes, facts.age_days))
    audience, follows = np.log10(10.0 + facts.followers), np.log10(10.0 + facts.following)
    return {
        "followers": np.log10(np.maximum(10.0, facts.followers)),
        "following": np.log10(np.maximum(10.0, facts.following)),
        "posts": posts,
        "listed": listed,
        "likes_given": likes,
        "following_over_followers": follows - audience,
        "posts_over_followers": posts - audience,
        "posts_over_following": posts - follows,
        "listed_over_followers": listed - audience,
        "likes_over_posts": likes - posts,
        "age": age,
        "posts_per_day": posts - age,
        "verified": facts.verified,
        "has_picture": facts.has_picture,
        "has_bio": facts.has_bio,
    }


def _log(counts: Floats) -> Floats:
    logs: Floats = np.log10(1.0 + counts)
    return logs
