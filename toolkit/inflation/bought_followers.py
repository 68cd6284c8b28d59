"""Facts consistent with bought followers: three rules of thumb and one fitted model.

Two different things are looked for. **An account that bought followers** has an audience that its
own conduct does not explain; nobody has published labelled data on these, so three games that are
on record are rules of thumb, each a probability that rises along a scale of its own:

- *follow-back ring*: at least 5,000 followers and an account that follows thousands itself,
  nearly as many as follow it or more;
- *silent audience*: many thousand followers for a handful of posts, unless verified;
- *audit*: a high share of fake followers in a sample that somebody drew. Many inactive ones
  alone raise a question, never a flag: old accounts have them too.

**An account that is sold as a follower** is what the fitted model (``models/bought_followers``)
knows: it follows many, few follow it, it has posted little and has no picture. The probability of
an account is the highest of the four; what cannot be judged for want of facts is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.inflation import wording
from toolkit.inflation.account_facts import AccountFacts, per_candidate
from toolkit.inflation.account_features import account_features
from toolkit.inflation.additive_model import AdditiveModel, shipped_model
from toolkit.inflation.finding import Explanation
from toolkit.inflation.suspicion import strength

#: (figure, probability): straight lines between, flat beyond. Counts are read on a log scale.
RING_FOLLOWING = ((7_500, 0.0), (10_000, 0.95), (100_000, 0.99))
RING_RATIO = ((0.5, 0.0), (0.8, 1.0))
RING_LEAST_FOLLOWERS = 5_000
SILENT_FOLLOWERS = ((1_000, 0.0), (10_000, 0.95), (100_000, 0.99))
SILENT_POSTS = ((10, 1.0), (30, 0.0))
AUDIT_FAKE = ((20, 0.0), (30, 0.5), (50, 0.95), (100, 0.995))
AUDIT_INACTIVE = ((40, 0.0), (80, 0.6))
#: From here on a rule's or the model's finding is worth a sentence.
NOTABLE = 0.5

PARTS = ("ring", "silent", "audit", "model")

Scale = Sequence[tuple[float, float]]


@dataclass(frozen=True, eq=False)
class BoughtFollowers:
    """What was found; see `toolkit.inflation.finding.Finding`.

    Parameters
    ----------
    probability, strength : float array, shape (n_candidates,)
    row : int array, shape (n_candidates,)
        The account that is most suspicious; −1 where nothing could be judged.
    parts : float array, shape (4, n_accounts)
        Ring, silent audience, audit and model; NaN where facts are missing.
    facts : AccountFacts
    model : AdditiveModel
    """

    probability: Floats
    strength: Floats
    row: Ints
    parts: Floats
    facts: AccountFacts
    model: AdditiveModel

    def explain(self, position: int) -> Explanation:
        row = int(self.row[position])
        if row < 0:
            return Explanation()
        facts = self.facts
        notable = [p for k, p in enumerate(PARTS) if self.parts[k, row] >= NOTABLE]
        where = wording.on(facts.platform[row])
        reasons = tuple(where + self._reason(part, row) for part in notable)
        against = []
        if facts.verified[row] == 1:
            against.append(wording.VERIFIED)
        if facts.fake_share[row] < AUDIT_FAKE[0][0]:
            against.append(wording.low_audit(facts.fake_share[row]))
        if not notable and not np.isnan(self.parts[3, row]):
            against.append(wording.weighs_low(self._reassuring(row)))
        return Explanation(
            reasons,
            tuple(where + text for text in against),
            tuple(wording.WOULD_CHANGE[part] for part in notable),
        )

    @property
    def false_flag_rate(self) -> Floats:
        return self.model.false_flags.rate(self.probability)

    @property
    def lacking(self) -> str:
        return "followers and following of an account on a network of followers, or an audit"

    def _reason(self, part: str, row: int) -> str:
        facts = self.facts
        followers, following, posts = (
            facts.followers[row],
            facts.following[row],
            facts.posts[row],
        )
        if part == "ring":
            return wording.follow_back_ring(followers, following)
        if part == "silent":
            return wording.silent_audience(followers, posts, following)
        if part == "audit" and _along(AUDIT_FAKE, facts.fake_share[row]) >= NOTABLE:
            return wording.audited(facts.fake_share[row], facts.inactive_share[row])
        if part == "audit":
            return wording.audited_inactive(facts.inactive_share[row])
        return wording.looks_sold(followers, following, self._telling(row))

    def _telling(self, row: int) -> list[str]:
        """What, beside the counts of follows, makes the account look like a sold one."""
        facts, said = self.facts, []
        if facts.posts[row] < 10:
            said.append(wording.counted(facts.posts[row], "post"))
        if facts.has_picture[row] == 0:
            said.append("no picture")
        if facts.has_bio[row] == 0:
            said.append("no biography")
        return said

    def _reassuring(self, row: int) -> list[str]:
        facts, said = self.facts, []
        if facts.followers[row] >= facts.following[row]:
            said.append(f"{wording.whole(facts.followers[row])} followers, more than it follows")
        if facts.posts[row] >= 10:
            said.append(wording.counted(facts.posts[row], "post"))
        if facts.has_picture[row] == 1:
            said.append("a picture")
        return said


def bought_followers(facts: AccountFacts, rate: float) -> BoughtFollowers:
    """Judge every account, and each candidate by the most suspicious one.

    Parameters
    ----------
    facts : AccountFacts
    rate : float
        Share of genuine accounts that may be flagged; gives the operating point.
    """
    model = shipped_model("bought_followers")
    parts = np.array([_ring(facts), _silent(facts), _audit(facts), _model(facts, model)])
    known = ~np.isnan(parts)
    highest = np.where(known, parts, -1.0).max(axis=0, initial=-1.0)
    of_accounts = np.where(known.any(axis=0), highest, np.nan)
    probability, row = per_candidate(of_accounts, facts.position, facts.n_candidates)
    return BoughtFollowers(
        probability,
        strength(probability, model.false_flags.threshold(rate)),
        row,
        parts,
        facts,
        model,
    )


def _ring(facts: AccountFacts) -> Floats:
    enough = facts.followers >= RING_LEAST_FOLLOWERS
    ratio = facts.following / np.maximum(facts.followers, 1.0)
    found = _along(RING_FOLLOWING, facts.following, logs=True) * _along(RING_RATIO, ratio)
    return _where_known(facts, np.where(enough, found, 0.0), facts.followers, facts.following)


def _silent(facts: AccountFacts) -> Floats:
    found = _along(SILENT_FOLLOWERS, facts.followers, logs=True) * _along(SILENT_POSTS, facts.posts)
    unverified = np.where(facts.verified == 1, 0.0, found)
    return _where_known(facts, unverified, facts.followers, facts.posts)


def _audit(facts: AccountFacts) -> Floats:
    return np.fmax(
        _along(AUDIT_FAKE, facts.fake_share), _along(AUDIT_INACTIVE, facts.inactive_share)
    )


def _model(facts: AccountFacts, model: AdditiveModel) -> Floats:
    found = model.probability(account_features(facts))
    return _where_known(facts, found, facts.followers, facts.following)


def _where_known(facts: AccountFacts, found: Floats, *needed: Floats) -> Floats:
    """NaN where a needed fact is missing or the network is of another kind."""
    known = facts.on_follower_network() & ~np.isnan(np.array(needed)).any(axis=0)
    return np.where(known, found, np.nan)


def _along(scale: Scale, x: Floats | float, *, logs: bool = False) -> Floats:
    """The probability at a figure; NaN stays NaN."""
    figures, probabilities = np.array(scale, dtype=np.float64).T
    if logs:
        found = np.interp(np.log(np.maximum(x, 1.0)), np.log(figures), probabilities)
    else:
        found = np.interp(x, figures, probabilities)
    return np.asarray(found, dtype=np.float64)
