"""Accounts that look as if a programme wrote them: a fitted model, for what it is.

This is another phenomenon than bought followers. An automated account follows few, likes little
and posts steadily; a sold follower follows thousands and posts nothing. The one model does not
find the other's accounts reliably, so each has its own. An account with fewer than three posts is
not judged: there is too little that a programme could have written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.inflation import account_wording as account
from toolkit.inflation import automated_wording as wording
from toolkit.inflation.account_facts import AccountFacts, per_candidate
from toolkit.inflation.account_features import account_features
from toolkit.inflation.additive_model import AdditiveModel, shipped_model
from toolkit.inflation.finding import Explanation
from toolkit.inflation.suspicion import strength
from toolkit.sentence import Sentence

LEAST_POSTS = 3
#: From this probability on the profile is worth a sentence.
NOTABLE = 0.75
#: At most so many facts are named, and none that moves the log odds by less than this.
MOST_FACTS = 3
LEAST_WEIGHT = 0.3


@dataclass(frozen=True, eq=False)
class Automated:
    """What was found; see `toolkit.inflation.finding.Finding`.

    Parameters
    ----------
    probability, strength : float array, shape (n_candidates,)
    row : int array, shape (n_candidates,)
        The account that is most suspicious; −1 where nothing could be judged.
    facts : AccountFacts
    features : dict of str to float array, shape (n_accounts,)
    model : AdditiveModel
    """

    probability: Floats
    strength: Floats
    row: Ints
    facts: AccountFacts
    features: dict[str, Floats]
    model: AdditiveModel

    def explain(self, position: int) -> Explanation:
        row = int(self.row[position])
        if row < 0:
            return Explanation()
        where = self.facts.platform[row]
        if self.probability[position] < NOTABLE:
            return Explanation(against=(account.on(where, wording.NOT_AUTOMATED),))
        weights = self.model.contributions({f: v[[row]] for f, v in self.features.items()})[:, 0]
        weighty = [j for j in np.argsort(-weights, kind="stable") if weights[j] >= LEAST_WEIGHT]
        said = dict.fromkeys(self._fact(self.model.features[j], row) for j in weighty)
        facts = [fact for fact in said if fact is not None][:MOST_FACTS]
        return Explanation(
            (account.on(where, wording.looks_automated(facts)),),
            would_change=(wording.WOULD_CHANGE,),
        )

    @property
    def false_flag_rate(self) -> Floats:
        return self.model.false_flags.rate(self.probability)

    @property
    def lacking(self) -> Sentence:
        return wording.needs_automated(LEAST_POSTS)

    def _fact(self, feature: str, row: int) -> Sentence | None:
        """The figures behind a feature; None where they are not known."""
        facts = self.facts
        followers, following = facts.followers[row], facts.following[row]
        posts, likes, listed = facts.posts[row], facts.likes[row], facts.listed[row]
        days = facts.age_days[row]
        if np.isnan(self.features[feature][row]):
            return None
        # Only the one that is asked for is put into words.
        said: dict[str, Callable[[], Sentence]] = {
            "followers": lambda: account.followers(followers),
            "following": lambda: account.follows(following),
            "posts": lambda: account.posts(posts),
            "following_over_followers": lambda: account.follows(following),
            "posts_over_followers": lambda: account.posts_beside_followers(posts, followers),
            "posts_over_following": lambda: account.posts_while_following(posts, following),
            "listed": lambda: account.on_lists(listed),
            "listed_over_followers": lambda: account.on_lists(listed),
            "likes_given": lambda: account.likes_given(likes),
            "likes_over_posts": lambda: account.likes_given(likes),
            "verified": lambda: (
                account.VERIFIED_FACT if facts.verified[row] == 1 else account.NOT_VERIFIED_FACT
            ),
            "has_picture": lambda: (
                account.PICTURE if facts.has_picture[row] == 1 else account.NO_PICTURE
            ),
            "has_bio": lambda: (
                account.BIOGRAPHY if facts.has_bio[row] == 1 else account.NO_BIOGRAPHY
            ),
            "age": lambda: account.age(days),
            "posts_per_day": lambda: account.posts_a_day(posts / max(days, 1.0)),
        }
        return said[feature]()


def automated(facts: AccountFacts, rate: float) -> Automated:
    """Judge every account, and each candidate by the most suspicious one.

    Parameters
    ----------
    facts : AccountFacts
    rate : float
        Share of genuine accounts that may be flagged; gives the operating point.
    """
    model = shipped_model("automated")
    features = account_features(facts)
    needed = np.array([facts.followers, facts.following, facts.posts])
    known = (
        facts.on_follower_network() & ~np.isnan(needed).any(axis=0) & (facts.posts >= LEAST_POSTS)
    )
    of_accounts = np.where(known, model.probability(features), np.nan)
    probability, row = per_candidate(of_accounts, facts.position, facts.n_candidates)
    operating_point = model.false_flags.threshold(rate)
    return Automated(
        probability, strength(probability, operating_point), row, facts, features, model
    )
