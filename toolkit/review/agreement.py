"""How far reviewers agree, in every figure that is in use, and what each refuses to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from toolkit.arrays import Floats, Ints
from toolkit.errors import TooFewData
from toolkit.estimate import CONFIDENCE, Estimate
from toolkit.review import chance_corrected as chance
from toolkit.review.decision_study import Dependability, decision_study, reviewers_needed
from toolkit.review.drift import Drift, drift
from toolkit.review.icc import FORMS, intraclass
from toolkit.review.independence import Overlap, overlaps
from toolkit.review.ratings import Ratings
from toolkit.review.severity import Severity, islands, severities
from toolkit.review.variance_components import VarianceComponents, variance_components
from toolkit.review.weighted_kappa import PairAgreement, weighted_kappas
from toolkit.sentence import say

#: What a panel is usually asked to reach.
TARGET = 0.70
WORDS = say("These ratings are words without an order: they have no distance and no mean.")


@dataclass(frozen=True)
class AgreementOn:
    """Agreement on one criterion, or on the whole.

    Parameters
    ----------
    candidates, reviewers, ratings : int
        How many of each there are.
    k : float or None
        Ratings in a mean of k; see `toolkit.review.icc.Intraclass`.
    complete : bool
        Whether every reviewer rated every candidate.
    icc, alpha, gwet, variance : dict of str to Estimate
    fleiss_kappa : Estimate
    severity : tuple of Severity
    islands : tuple of tuple of str
        Reviewers who can be compared with each other; more than one island means that the
        design is not connected.
    d_study : tuple of Dependability
    needed : int or None
        Reviewers a candidate that would reach `TARGET`.
    pairs : tuple of PairAgreement
        Every two reviewers; positions point into `names`.
    names : tuple of str
        The reviewers.
    drift : Drift or None
        Severity over time; None where the ratings carry neither an order nor a date.
    """

    candidates: int
    reviewers: int
    ratings: int
    k: float | None
    complete: bool
    icc: dict[str, Estimate]
    alpha: dict[str, Estimate]
    gwet: dict[str, Estimate]
    fleiss_kappa: Estimate
    variance: dict[str, Estimate]
    severity: tuple[Severity, ...]
    islands: tuple[tuple[str, ...], ...]
    d_study: tuple[Dependability, ...]
    needed: int | None
    pairs: tuple[PairAgreement, ...]
    names: tuple[str, ...]
    drift: Drift | None = None

    @property
    def connected(self) -> bool:
        """Whether all reviewers can be compared."""
        return len(self.islands) <= 1

    def to_dict(self) -> dict[str, object]:
        """As the command's JSON says it."""
        return {
            "candidates": self.candidates,
            "reviewers": self.reviewers,
            "ratings": self.ratings,
            "complete": self.complete,
            "k": self.k,
            "icc": _flat(self.icc),
            "alpha": _flat(self.alpha),
            "gwet": _flat(self.gwet),
            **self.fleiss_kappa.to_dict("fleiss_kappa"),
            "weighted_kappa": [
                {
                    "reviewers": [self.names[pair.first], self.names[pair.second]],
                    "n": pair.n,
                    **_flat(pair.kappa),
                }
                for pair in self.pairs
            ],
            "variance": _flat(self.variance),
            "severity": [one.to_dict() for one in self.severity],
            "connected": self.connected,
            "islands": [list(island) for island in self.islands],
            "d_study": [one.to_dict() for one in self.d_study],
            "reviewers_needed": {"phi": TARGET, "reviewers": self.needed},
            "drift": None if self.drift is None else self.drift.to_dict(),
        }


@dataclass(frozen=True)
class Agreement:
    """How far reviewers agree on the whole and on each criterion.

    Parameters
    ----------
    overall : AgreementOn
        On the mean over the criteria; the figures that count equal ratings (alpha, AC1,
        AC2, kappa) take every candidate and criterion as one thing rated.
    criteria : dict of str to AgreementOn
        On each criterion; one entry where there is only one.
    without_rating : int
        Entries without a rating.
    partial_totals : int
        Reviewers' totals left out because a criterion was missing in them.
    overlaps : tuple of Overlap
        How the ratings on every two criteria go together, most alike first.
    """

    overall: AgreementOn
    criteria: dict[str, AgreementOn]
    without_rating: int
    partial_totals: int
    overlaps: tuple[Overlap, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As the command's JSON says it."""
        return {
            **self.overall.to_dict(),
            "without_rating": self.without_rating,
            "partial_totals": self.partial_totals,
            "criteria": {name: one.to_dict() for name, one in self.criteria.items()},
            "overlap": [one.to_dict() for one in self.overlaps],
        }


def agreement(ratings: Ratings) -> Agreement:
    """How far reviewers agree.

    Parameters
    ----------
    ratings : Ratings

    Raises
    ------
    TooFewData
        If there is no rating at all.

    Examples
    --------
    >>> from toolkit.review.ratings import ratings_of
    >>> ratings = ratings_of(["a", "a", "b", "b"], ["Ann", "Bo"] * 2, [1, 2, 4, 5])
    >>> round(agreement(ratings).overall.icc["ICC(C,1)"].value, 6)
    1.0
    """
    if not len(ratings):
        raise TooFewData(say("There are no ratings. Fill in who gave whom which rating."))
    totals, left_out = (ratings, 0) if ratings.in_words else ratings.totals()
    units = ratings.candidate * len(ratings.criteria) + ratings.criterion
    overall = _on(totals, _table(units, ratings))
    # With one criterion the two are the same, and intervals take their time.
    alone = len(ratings.criteria) == 1
    return Agreement(
        overall,
        {name: overall if alone else _on(one, one.table()) for name, one in _each(ratings)},
        ratings.without_rating,
        left_out,
        overlaps(ratings),
    )


def _each(ratings: Ratings) -> list[tuple[str, Ratings]]:
    return [(name, ratings.on(name)) for name in ratings.criteria]


def _on(ratings: Ratings, units: Floats) -> AgreementOn:
    """Agreement on ratings of candidates; what counts equal ratings takes `units`."""
    candidate, _ = _without_gaps(ratings.candidate)
    reviewer, present = _without_gaps(ratings.reviewer)
    names = tuple(ratings.reviewers[code] for code in present)
    counts, values = chance.counts_of(units)
    ordered: Callable[[Estimate], Estimate] = (
        (lambda _: Estimate.none(WORDS)) if ratings.in_words else (lambda found: found)
    )
    table = np.full((int(candidate.max(initial=-1)) + 1, len(names)), np.nan)
    table[candidate, reviewer] = ratings.value
    k, complete, icc = _intraclass(table, ratings.in_words)
    components, why = _components(candidate, reviewer, ratings)
    single = _dependability(icc["ICC(A,1)"], components, why)
    return AgreementOn(
        candidates=len(table),
        reviewers=len(names),
        ratings=len(ratings),
        k=k,
        complete=complete,
        icc=icc,
        alpha={
            "nominal": chance.alpha(counts, chance.identical(values)),
            "ordinal": ordered(chance.alpha(counts, chance.by_rank(counts))),
            "interval": ordered(chance.alpha(counts, chance.quadratic(values))),
        },
        gwet={
            "ac1": chance.gwet(counts, chance.identical(values)),
            "ac2_ordinal": ordered(chance.gwet(counts, chance.ordinal(values))),
            "ac2_quadratic": ordered(chance.gwet(counts, chance.quadratic(values))),
        },
        fleiss_kappa=chance.fleiss(counts, chance.identical(values)),
        variance=_variances(components, why),
        severity=severities(components, reviewer, names) if components else (),
        islands=_names_of(islands(candidate, reviewer), names),
        d_study=decision_study(single),
        needed=None if single.value is None else reviewers_needed(single.value, TARGET),
        pairs=() if ratings.in_words else weighted_kappas(table),
        names=names,
        drift=drift(ratings),
    )


def _intraclass(table: Floats, in_words: bool) -> tuple[float | None, bool, dict[str, Estimate]]:
    why: str = WORDS
    if not in_words:
        try:
            found = intraclass(table)
            return found.k, found.complete, found.forms
        except TooFewData as error:
            why = error.message
    return None, bool(~np.isnan(table).any()), {name: Estimate.none(why) for name in FORMS}


def _components(
    candidate: Ints, reviewer: Ints, ratings: Ratings
) -> tuple[VarianceComponents | None, str]:
    if ratings.in_words:
        return None, WORDS
    try:
        return variance_components(candidate, reviewer, ratings.value), ""
    except TooFewData as error:
        return None, error.message


def _variances(components: VarianceComponents | None, why: str) -> dict[str, Estimate]:
    names = ("candidate", "reviewer", "residual")
    if components is None:
        return {name: Estimate.none(why) for name in names}
    values = (components.candidate, components.reviewer, components.residual)
    return {
        name: _variance(value, error)
        for name, value, error in zip(names, values, components.standard_errors, strict=True)
    }


_NOTHING = "It cannot be told from nothing."


def _variance(value: float, error: float | None) -> Estimate:
    """A variance with the interval of a chi-square that has its mean and spread.

    Satterthwaite (1946), Biometrics Bulletin 2, 110-114.
    """
    if not error:
        return Estimate(value, why=_NOTHING if value == 0 else "The likelihood is flat here.")
    df = 2 * (value / error) ** 2
    outside = (1 - CONFIDENCE) / 2
    highest = float(stats.chi2.ppf(1 - outside, df))
    if highest == 0:
        # Far smaller than its error: the chi-square has all but a sliver at zero.
        return Estimate(value, why=_NOTHING)
    lowest = float(stats.chi2.ppf(outside, df))
    return Estimate(value, df * value / highest, df * value / lowest if lowest > 0 else None)


def _dependability(single: Estimate, components: VarianceComponents | None, why: str) -> Estimate:
    """One rating's dependability, from the components, with the interval of ICC(A,1)."""
    if components is None:
        return Estimate.none(why)
    whole = components.candidate + components.reviewer + components.residual
    value = components.candidate / whole
    low = None if single.low is None else min(max(single.low, 0.0), value)
    high = None if single.high is None else max(single.high, value)
    return Estimate(value, low, high, single.why)


def _without_gaps(codes: Ints) -> tuple[Ints, Ints]:
    present, dense = np.unique(codes, return_inverse=True)
    return dense.astype(np.int64), present


def _table(units: Ints, ratings: Ratings) -> Floats:
    rows, _ = _without_gaps(units)
    table = np.full((int(rows.max(initial=-1)) + 1, len(ratings.reviewers)), np.nan)
    table[rows, ratings.reviewer] = ratings.value
    return table


def _names_of(island: Ints, names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    groups: dict[int, list[str]] = {}
    for number, name in zip(island.tolist(), names, strict=True):
        groups.setdefault(number, []).append(name)
    return tuple(map(tuple, groups.values()))


def _flat(estimates: dict[str, Estimate]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, estimate in estimates.items():
        flat.update(estimate.to_dict(name))
    return flat
