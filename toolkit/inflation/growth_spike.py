"""Months of a history that look like a bought campaign, by their shape.

Every history of a count (stars, followers) is searched for months that stand out
(`toolkit.inflation.spike_features`); the fitted model says of each how likely its shape is among
suspected campaigns rather than among organic ones. A candidate's figure is that of the most
suspicious month; 0 where histories are long enough and no month stands out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.inflation import growth_spike_wording as wording
from toolkit.inflation.account_facts import per_candidate
from toolkit.inflation.finding import Explanation
from toolkit.inflation.monthly_history import LEAST_MONTHS, MonthlyHistory, monthly_history
from toolkit.inflation.months import month_name
from toolkit.inflation.spike_features import Spikes, find_spikes
from toolkit.inflation.suspicion import strength
from toolkit.inflation.tree_model import shipped_trees
from toolkit.intake.cohort import Cohort
from toolkit.scores.catalogue import load_catalogue
from toolkit.sentence import Sentence

#: The score whose spikes the model was fitted on, size included.
STARS = "github_stars"
#: Beside its own strength, a month is worth a sentence from this probability on.
NOTABLE = 0.25


@dataclass(frozen=True, eq=False)
class GrowthCurve:
    """One history of a candidate, month by month.

    Parameters
    ----------
    label : str
        What is counted.
    months : tuple of str, length m
        As ``2024-05``.
    counts : float array, shape (m,)
        What came in each month.
    stands_out, suspected : bool array, shape (m,)
        Months that stand out, and those of them that reach the operating point.
    bought : float array, shape (m,)
        Probability of each month that stands out; NaN for the others.
    """

    label: str
    months: tuple[str, ...]
    counts: Floats
    stands_out: Bools
    suspected: Bools
    bought: Floats


@dataclass(frozen=True, eq=False)
class GrowthSpike:
    """What was found; see `toolkit.inflation.finding.Finding`.

    Parameters
    ----------
    probability, strength : float array, shape (n_candidates,)
    spike : int array, shape (n_candidates,)
        The most suspicious month among `spikes`; −1 where none stands out.
    history : MonthlyHistory
    spikes : Spikes
    bought, strengths, rates : float array, shape (n_spikes,)
        Probability and strength of each month that stands out, and the share of organic ones
        that reach it.
    """

    probability: Floats
    strength: Floats
    spike: Ints
    history: MonthlyHistory
    spikes: Spikes
    bought: Floats
    strengths: Floats
    rates: Floats

    def curves(self, position: int) -> tuple[GrowthCurve, ...]:
        """The histories of the candidate at this place that were judged."""
        return tuple(self._curve(s) for s in _among(self.history.position, position))

    def explain(self, position: int) -> Explanation:
        if np.isnan(self.probability[position]):
            return Explanation()
        spike = int(self.spike[position])
        if spike >= 0 and self.probability[position] >= NOTABLE:
            return Explanation((self._reason(spike),), would_change=(wording.WOULD_CHANGE,))
        return Explanation(
            against=tuple(
                wording.ordinary_growth(
                    self._label(series),
                    int(self.history.monthly.lengths[series]),
                    len(_among(self.spikes.series, series)),
                )
                for series in _among(self.history.position, position)
            )
        )

    def _curve(self, series: int) -> GrowthCurve:
        monthly, first = self.history.monthly, int(self.history.first_month[series])
        length = int(monthly.lengths[series])
        spikes = _among(self.spikes.series, series)
        at = self.spikes.month[spikes.start : spikes.stop]
        bought, strengths = np.full((2, length), np.nan)
        bought[at] = self.bought[spikes.start : spikes.stop]
        strengths[at] = self.strengths[spikes.start : spikes.stop]
        return GrowthCurve(
            self._label(series),
            tuple(month_name(first + month) for month in range(length)),
            monthly.counts[monthly.starts[series] :][:length],
            ~np.isnan(bought),
            strengths >= 0.5,
            bought,
        )

    @property
    def false_flag_rate(self) -> Floats:
        known = self.spike >= 0
        found = np.where(np.isnan(self.probability), np.nan, 1.0)
        found[known] = self.rates[self.spike[known]]
        return found

    @property
    def lacking(self) -> Sentence:
        return wording.needs_history(LEAST_MONTHS)

    def _reason(self, spike: int) -> Sentence:
        series, month = int(self.spikes.series[spike]), int(self.spikes.month[spike])
        monthly = self.history.monthly
        counts = monthly.counts[monthly.starts[series] :][: monthly.lengths[series]]
        after = counts[month + 1 :]
        return wording.spike(
            self._label(series).lower(),
            month_name(int(self.history.first_month[series]) + month),
            float(self.spikes.count[spike]),
            float(self.spikes.count[spike] / self.spikes.total[spike]),
            float(np.median(np.delete(counts, month))),
            float(after.mean()) if after.size else None,
        )

    def _label(self, series: int) -> str:
        score = load_catalogue().recognise(self.history.score[series])
        return score.label if score else self.history.score[series]


def growth_spike(cohort: Cohort, rate: float) -> GrowthSpike:
    """Judge every history, and each candidate by the most suspicious month.

    Parameters
    ----------
    cohort : Cohort
    rate : float
        Share of organic spikes that may be flagged; gives the operating points.
    """
    history = monthly_history(cohort)
    spikes = find_spikes(history.monthly)
    stars = _of_stars(history)[spikes.series]
    by_shape, by_size = shipped_trees("growth_spike"), shipped_trees("growth_spike_stars")
    bought = np.where(
        stars, by_size.probability(spikes.features), by_shape.probability(spikes.features)
    )
    operating_point = np.where(
        stars, by_size.false_flags.threshold(rate), by_shape.false_flags.threshold(rate)
    )
    strengths = strength(bought, operating_point)
    strongest, spike = per_candidate(strengths, history.position[spikes.series], len(cohort))
    judged = np.zeros(len(cohort), dtype=np.bool_)
    judged[history.position] = True
    quiet = np.where(judged, 0.0, np.nan)
    probability = quiet.copy()
    probability[spike >= 0] = bought[spike[spike >= 0]]
    return GrowthSpike(
        probability,
        np.where(spike >= 0, strongest, quiet),
        spike,
        history,
        spikes,
        bought,
        strengths,
        np.where(stars, by_size.false_flags.rate(bought), by_shape.false_flags.rate(bought)),
    )


def _of_stars(history: MonthlyHistory) -> Bools:
    catalogue = load_catalogue()
    stars = {
        name
        for name in set(history.score)
        if (score := catalogue.recognise(name)) is not None and score.key == STARS
    }
    return np.fromiter((s in stars for s in history.score), np.bool_, len(history.score))


def _among(rising: Ints, value: int) -> range:
    """Where a value stands in an array that never decreases."""
    first, end = np.searchsorted(rising, [value, value + 1])
    return range(int(first), int(end))
