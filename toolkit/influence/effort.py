"""Effort: what a change of a score would take, in followers and, where sold, in money.

The relation of a score to the audience behind it (`toolkit.inflation.score_relation`) is
linear in log₁₀(1 + followers). An account that keeps its distance from the relation, has f
followers, and is to gain Δ points therefore needs

    d = (1 + f) · (10^(Δ / b) − 1)

more, with b the points for ten times the audience: the same relation by which a campaign
moves a score (`toolkit.influence.campaign`), asked the other way round.

*f* is the candidate's own audience where it is known. Otherwise it is the audience at which
the relation expects the candidate's score, with the prediction interval of single accounts.

*b* is the slope on followers alone: other activity then grows along, as it does in the
sample. The range reaches from the upper confidence limit of that slope to the lower limit of
the slope with all other activity held still, as when a count is bought. It is the range of
the relation. How far one account strays from its own line over time, no source says. How far
accounts differ from each other is told beside it: the prediction interval of the scores of
accounts of the size that would be reached.

This describes what decides, and how little of it; it is no advice to buy anything.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from toolkit.arrays import Bools, Floats
from toolkit.inflation.account_facts import account_facts, per_candidate
from toolkit.inflation.score_relation import ScoreRelation, score_relations
from toolkit.influence.margins import margins
from toolkit.intake.cohort import Cohort
from toolkit.scores.catalogue import Catalogue, load_catalogue
from toolkit.scores.score import Price
from toolkit.screening.decisions import Decisions

#: Of the intervals of slopes, and of the audience behind a score.
CONFIDENCE = 0.95
#: The catalogue's key of a plain follower count, and what is counted.
FOLLOWERS = "followers"

Basis = Literal["own audience", "audience usual for the score", "count"]


@dataclass(frozen=True)
class Money:
    """What so many units would have cost at published prices.

    Parameters
    ----------
    low : float
        The low end of the range of units, at the lowest price.
    high : float or None
        The high end at the highest price; None where the range is open.
    price : Price
        With currency, year and source.
    """

    low: float
    high: float | None
    price: Price

    def to_dict(self) -> dict[str, object]:
        source = self.price.source
        return {
            "low": self.low,
            "high": self.high,
            "currency": self.price.currency,
            "year": self.price.year,
            "source": None if source is None else str(source),
        }


@dataclass(frozen=True)
class Effort:
    """What one change of one candidate's score would take.

    Parameters
    ----------
    signal : str
    change : float
        The margin, in the signal's own units.
    unit : str
        What the change is put in, in the plural: ``"followers"``.
    amount : int
        So many more units, or fewer where negative.
    low, high : int or None
        The range that goes with it, low ≤ amount ≤ high; None where it reaches beyond what
        the relation was fitted on (more) or takes more than there are (fewer).
    basis : {"own audience", "audience usual for the score", "count"}
        Where the audience it starts from is taken from; a count is its own unit.
    audience : float or None
        The audience it starts from; None for a count.
    money : Money or None
        For a rise, where a published price is known.
    usual_scores : (float, float) or None
        Between which 95 % of accounts of the size that is reached have their score: the
        prediction interval of single accounts; None for a count.
    """

    signal: str
    change: float
    unit: str
    amount: int
    low: int | None
    high: int | None
    basis: Basis
    audience: float | None
    money: Money | None
    usual_scores: tuple[float, float] | None = None

    def to_dict(self) -> dict[str, object]:
        """The entry of a candidate's ``effort`` in the JSON of ``influence``."""
        return {
            "unit": self.unit,
            "amount": self.amount,
            "low": self.low,
            "high": self.high,
            "confidence": None if self.basis == "count" else CONFIDENCE,
            "basis": self.basis,
            "audience": self.audience,
            "money": None if self.money is None else self.money.to_dict(),
            "usual_scores": None if self.usual_scores is None else list(self.usual_scores),
        }


@dataclass(frozen=True, eq=False)
class Efforts:
    """What the margins of one signal would take, for n candidates.

    Parameters
    ----------
    signal, unit : str
    change : float array, shape (n,)
        The margins, in the signal's own units.
    amount : float array, shape (n,)
        Whole units, signed; NaN where there is no margin, or the relation does not reach.
    near, far : float array, shape (n,)
        The ends of the range nearer to and further from no change, signed; infinite where
        open.
    own : bool array, shape (n,)
        Whether the candidate's own audience is known.
    audience : float array, shape (n,)
        The audience it starts from; NaN for a count.
    price : Price or None
        Of the unit.
    scores_low, scores_high : float array, shape (n,)
        Prediction interval of the score of single accounts of the size that is reached; NaN
        for a count.
    """

    signal: str
    unit: str
    change: Floats
    amount: Floats
    near: Floats
    far: Floats
    own: Bools
    audience: Floats
    price: Price | None
    scores_low: Floats
    scores_high: Floats

    def at(self, position: int) -> Effort | None:
        """One candidate's effort, by row; None where none can be said."""
        amount, near, far = (float(a[position]) for a in (self.amount, self.near, self.far))
        if math.isnan(amount):
            return None
        low, high = sorted((near, far))
        audience = float(self.audience[position])
        basis: Basis = "own audience" if self.own[position] else "audience usual for the score"
        return Effort(
            signal=self.signal,
            change=float(self.change[position]),
            unit=self.unit,
            amount=int(amount),
            low=_whole(low),
            high=_whole(high),
            basis="count" if math.isnan(audience) else basis,
            audience=None if math.isnan(audience) else audience,
            money=self._money(near, far) if amount > 0 else None,
            usual_scores=None
            if math.isnan(audience)
            else (float(self.scores_low[position]), float(self.scores_high[position])),
        )

    def _money(self, near: float, far: float) -> Money | None:
        if self.price is None:
            return None
        low, high = near * self.price.low / self.price.per, far * self.price.high / self.price.per
        return Money(low, high if math.isfinite(high) else None, self.price)


def effort(
    cohort: Cohort, decisions: Decisions, catalogue: Catalogue | None = None
) -> dict[str, Efforts]:
    """What it would take to flip each decision, for the scores whose effort is known.

    Parameters
    ----------
    cohort : Cohort
        n candidates.
    decisions : Decisions
        Made on this cohort.
    catalogue : Catalogue, optional
        With prices; the one that comes with the product where left out.

    Returns
    -------
    dict of str to Efforts
        By signal of the screen: those with a published relation to the audience, and counts
        with a published price. ``effort(...)["klout"].at(row)`` is one candidate's.
    """
    return efforts(cohort, margins(cohort, decisions, decisions.screen.signals), catalogue)


def efforts(
    cohort: Cohort, changes: pd.DataFrame, catalogue: Catalogue | None = None
) -> dict[str, Efforts]:
    """The same for changes of any kind.

    Parameters
    ----------
    cohort : Cohort
    changes : DataFrame of float64, shape (n, n_signals), index ``candidate_id``
        Signed changes in each signal's own units; NaN where there is none.
    catalogue : Catalogue, optional
    """
    known = load_catalogue() if catalogue is None else catalogue
    relations = score_relations()
    found: dict[str, Efforts] = {}
    own: Floats | None = None
    for signal in map(str, changes.columns):
        change = changes[signal].to_numpy(dtype=np.float64)
        if not cohort.about[signal].is_score:
            continue
        if signal in relations:
            own = _own_audience(cohort) if own is None else own
            scores = cohort.signals[signal].to_numpy(dtype=np.float64)
            price = known[FOLLOWERS].price if FOLLOWERS in known else None
            found[signal] = _by_relation(signal, relations[signal], change, scores, own, price)
        elif signal in known and known[signal].price is not None:
            found[signal] = _of_a_count(signal, known[signal].label, change, known[signal].price)
    return found


def _by_relation(
    signal: str,
    relation: ScoreRelation,
    change: Floats,
    scores: Floats,
    own: Floats,
    price: Price | None,
) -> Efforts:
    slope, _, steep = relation.on_followers.slope(FOLLOWERS, CONFIDENCE)
    _, flat, _ = relation.relations[0].slope(FOLLOWERS, CONFIDENCE)
    usual, least, most = relation.on_followers.behind(scores, CONFIDENCE)
    known = ~np.isnan(own)
    start = np.where(known, own, np.floor(usual))

    def needed(audience: Floats, points: float) -> Floats:
        """Whole followers, away from 0, so that the change is reached."""
        exact = (1.0 + audience) * (10.0 ** (change / points) - 1.0)
        return np.copysign(np.ceil(np.abs(exact)), change)

    fewest, largest = relation.audiences
    amount = needed(start, slope)
    near = needed(np.where(known, own, np.floor(least)), steep)
    far = needed(np.where(known, own, np.floor(most)), min(flat, slope))
    reached = (start <= largest) & (start + amount >= fewest) & (start + amount <= largest)
    furthest = np.where(known, own, np.floor(most)) + far
    open_end = (furthest < fewest) | (furthest > largest)
    scores_low, scores_high = _scores_there(relation, np.where(reached, start + amount, np.nan))
    return Efforts(
        signal=signal,
        unit=FOLLOWERS,
        change=change,
        amount=np.where(reached, amount, np.nan),
        near=near,
        far=np.where(open_end, np.copysign(np.inf, change), far),
        own=known,
        audience=start,
        price=price,
        scores_low=scores_low,
        scores_high=scores_high,
    )


def _scores_there(relation: ScoreRelation, audience: Floats) -> tuple[Floats, Floats]:
    """Prediction interval of the scores of accounts with so many followers, within the scale."""
    line = relation.on_followers
    expected, error = line.expected({FOLLOWERS: audience})
    half = stdtrit(line.degrees_of_freedom, (1 + CONFIDENCE) / 2) * error
    ends = (np.clip(end, relation.low, relation.high) for end in (expected - half, expected + half))
    low, high = ends
    return low, high


def _of_a_count(signal: str, label: str, change: Floats, price: Price | None) -> Efforts:
    return Efforts(
        signal=signal,
        unit=label.lower(),
        change=change,
        amount=np.copysign(np.ceil(np.abs(change)), change),
        near=change,
        far=change,
        own=np.ones(change.shape, dtype=np.bool_),
        audience=np.full(change.shape, np.nan),
        price=price,
        scores_low=np.full(change.shape, np.nan),
        scores_high=np.full(change.shape, np.nan),
    )


def _own_audience(cohort: Cohort) -> Floats:
    """Followers of each candidate's largest Twitter account: the sample has no others."""
    facts = account_facts(cohort)
    followers = np.where(facts.on_twitter(), facts.followers, np.nan)
    return per_candidate(followers, facts.position, len(cohort))[0]


def _whole(number: float) -> int | None:
    return int(number) if math.isfinite(number) else None


def by_candidate(
    found: Mapping[str, Efforts], signals: Sequence[str], position: int
) -> dict[str, object]:
    """One candidate's ``effort`` in the JSON: by signal, null where none can be said."""
    entry: dict[str, object] = {}
    for signal in signals:
        one = found[signal].at(position) if signal in found else None
        entry[signal] = None if one is None else one.to_dict()
    return entry
