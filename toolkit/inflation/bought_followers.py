"""Facts consistent with bought followers: three rules of thumb and one fitted model.

Two different things are looked for. **An account that bought followers** has an audience that its
own conduct does not explain; nobody has published labelled data on these, so three games that are
on record are rules of thumb, each a probability that rises along a scale of its own:

- *follow-back ring*: at least 5,000 followers and an account that follows thousands itself,
  nearly as many as follow it or more;
- *silent audience*: many thousand followers for a handful of posts, unless verified;
- *audit*: a high share of fake followers in a sample that somebody drew. Many inactive ones
  alone raise a question, never a flag: old accounts have them too;
- *sample*: the same scale for a sample that was classified here
  (`toolkit.inflation.followers`), read at the lower end of its interval, so that a small sample
  or an unsure detector cannot raise the alarm. One that is unlike the training data counts for
  nothing.

**An account that is sold as a follower** is what the fitted model (``models/bought_followers``)
knows: it follows many, few follow it, it has posted little and has no picture. The probability of
a candidate is the highest of these; what cannot be judged for want of facts is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.inflation import account_wording as account
from toolkit.inflation import bought_followers_wording as wording
from toolkit.inflation import follower_sample_wording as sample_wording
from toolkit.inflation.account_facts import AccountFacts, per_candidate
from toolkit.inflation.account_features import account_features
from toolkit.inflation.additive_model import AdditiveModel, shipped_model
from toolkit.inflation.finding import Explanation
from toolkit.inflation.followers import Followers
from toolkit.inflation.suspicion import strength
from toolkit.sentence import Sentence

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
    samples : mapping of int to Followers
        Samples of the candidates' followers, by the candidate's place in the cohort.
    """

    probability: Floats
    strength: Floats
    row: Ints
    parts: Floats
    facts: AccountFacts
    model: AdditiveModel
    samples: Mapping[int, Followers] = field(default_factory=dict)

    def explain(self, position: int) -> Explanation:
        of_account = self._of_account(int(self.row[position]))
        if (sample := self.samples.get(position)) is None:
            return of_account
        of_sample = _of_sample(sample)
        return Explanation(
            (*of_sample.reasons, *of_account.reasons),
            (*of_sample.against, *of_account.against),
            (*of_sample.would_change, *of_account.would_change),
        )

    def _of_account(self, row: int) -> Explanation:
        if row < 0:
            return Explanation()
        facts = self.facts
        notable = [p for k, p in enumerate(PARTS) if self.parts[k, row] >= NOTABLE]
        where = facts.platform[row]
        reasons = tuple(account.on(where, self._reason(part, row)) for part in notable)
        against = []
        if facts.verified[row] == 1:
            against.append(account.VERIFIED)
        if facts.fake_share[row] < AUDIT_FAKE[0][0]:
            against.append(wording.low_audit(facts.fake_share[row]))
        if not notable and not np.isnan(self.parts[3, row]):
            against.append(wording.weighs_low(self._reassuring(row)))
        return Explanation(
            reasons,
            tuple(account.on(where, said) for said in against),
            tuple(wording.WOULD_CHANGE[part] for part in notable),
        )

    @property
    def false_flag_rate(self) -> Floats:
        return self.model.false_flags.rate(self.probability)

    @property
    def lacking(self) -> Sentence:
        return wording.NEEDS_BOUGHT

    def _reason(self, part: str, row: int) -> Sentence:
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

    def _telling(self, row: int) -> list[Sentence]:
        """What, beside the counts of follows, makes the account look like a sold one."""
        facts, said = self.facts, []
        if facts.posts[row] < 10:
            said.append(account.posts(facts.posts[row]))
        if facts.has_picture[row] == 0:
            said.append(account.NO_PICTURE)
        if facts.has_bio[row] == 0:
            said.append(account.NO_BIOGRAPHY)
        return said

    def _reassuring(self, row: int) -> list[Sentence]:
        facts, said = self.facts, []
        if facts.followers[row] >= facts.following[row]:
            said.append(account.more_followers_than_followed(facts.followers[row]))
        if facts.posts[row] >= 10:
            said.append(account.posts(facts.posts[row]))
        if facts.has_picture[row] == 1:
            said.append(account.PICTURE)
        return said


def bought_followers(
    facts: AccountFacts, rate: float, samples: Mapping[int, Followers] | None = None
) -> BoughtFollowers:
    """Judge every account, and each candidate by the most suspicious one and the sample.

    Parameters
    ----------
    facts : AccountFacts
    rate : float
        Share of genuine accounts that may be flagged; gives the operating point.
    samples : mapping of int to Followers, optional
        Samples of the candidates' followers, by the candidate's place in the cohort.
    """
    model = shipped_model("bought_followers")
    parts = np.array([_ring(facts), _silent(facts), _audit(facts), _model(facts, model)])
    known = ~np.isnan(parts)
    highest = np.where(known, parts, -1.0).max(axis=0, initial=-1.0)
    of_accounts = np.where(known.any(axis=0), highest, np.nan)
    of_candidates, row = per_candidate(of_accounts, facts.position, facts.n_candidates)
    of_samples = np.full(facts.n_candidates, np.nan)
    for position, sample in (samples or {}).items():
        of_samples[position] = _sample(sample)
    probability = np.fmax(of_candidates, of_samples)
    return BoughtFollowers(
        probability,
        strength(probability, model.false_flags.threshold(rate)),
        row,
        parts,
        facts,
        model,
        samples or {},
    )


def _sample(sample: Followers) -> float:
    """What the lower end of the fake share says; NaN where the sample is unlike the known ones."""
    if sample.unlike:
        return float("nan")
    return float(_along(AUDIT_FAKE, 100.0 * sample.share.low))


def _of_sample(sample: Followers) -> Explanation:
    least = AUDIT_FAKE[0][0] / 100.0
    if sample.unlike:
        return Explanation(against=(sample_wording.unlike_sample(sample.n),))
    if _sample(sample) >= NOTABLE:
        said = sample_wording.sampled_fakes(sample.n, *vars(sample.share).values())
        return Explanation((said,), would_change=(wording.WOULD_CHANGE["sample"],))
    if sample.share.high < least:
        return Explanation(
            against=(sample_wording.sampled_genuine(sample.n, *vars(sample.share).values()),)
        )
    said = sample_wording.sampled_unsure(sample.n, *vars(sample.share).values())
    return Explanation(against=(said,), would_change=(wording.WOULD_CHANGE["larger sample"],))


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
