"""Resampling where the cut falls anew: so many places, whoever happens to apply."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Ints
from toolkit.fairness.bootstrap import (
    RESAMPLES,
    SEED,
    percentile_interval,
    require_resamples,
)
from toolkit.fairness.counts import Grouping
from toolkit.fairness.four_fifths import Floats
from toolkit.fairness.result import finite_or_none
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.score_cells import ScoreCells
from toolkit.fairness.smallest_ratio import may_be_referent


@dataclass(frozen=True, eq=False)
class CutResampled:
    """Rates of the groups if the best of each resample were selected.

    Parameters
    ----------
    share : float
        Share selected, of the people with a score.
    resamples : int
    groups : tuple of str
    rate, rate_low, rate_high : float array, shape (n_groups,)
        With the people there are, and over the resamples.
    smallest, smallest_low, smallest_high : float
        Lowest over highest rate among the groups large enough, chosen anew each time.
    """

    share: float
    resamples: int
    groups: tuple[str, ...]
    rate: Floats
    rate_low: Floats
    rate_high: Floats
    smallest: float
    smallest_low: float
    smallest_high: float

    def to_dict(self) -> dict[str, object]:
        return {
            "share": self.share,
            "resamples": self.resamples,
            "smallest_ratio": finite_or_none(self.smallest),
            "smallest_ratio_low": finite_or_none(self.smallest_low),
            "smallest_ratio_high": finite_or_none(self.smallest_high),
            "groups": [
                {
                    "group": group,
                    "rate": finite_or_none(self.rate[i]),
                    "rate_low": finite_or_none(self.rate_low[i]),
                    "rate_high": finite_or_none(self.rate_high[i]),
                }
                for i, group in enumerate(self.groups)
            ],
        }


def cut_resampled(
    cells: ScoreCells,
    grouping: Grouping,
    share: float,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    rules: Rules = DEFAULT_RULES,
) -> CutResampled:
    r"""Draw people again, and select the same share of them by the score.

    The counts of every score and group are drawn from a multinomial, as in
    `bootstrap.bootstrap`; then the best are taken from the top until the places are full. Of
    the people who share the score at the cut the same fraction is taken from every group.
    With more than `score_cells.MOST_CUT_OFFS` different scores, those between two cut-offs
    count as sharing the lower one.

    Parameters
    ----------
    cells : ScoreCells
    grouping : Grouping
    share : float
        Share selected, above 0 and at most 1.
    resamples, seed : int
    rules : Rules

    Raises
    ------
    InputError
        If there are too few resamples, or too many.
    """
    # Bins × cells, the highest score first.
    histogram = -np.diff(cells.at_least, axis=0, append=0)[::-1]
    require_resamples(resamples, histogram.size)
    people = int(cells.n.sum())
    member = grouping.membership_matrix
    observed = histogram[None, :, :]
    drawn = np.random.default_rng(seed).multinomial(
        people, (histogram / people).ravel(), size=resamples
    )
    allowed = may_be_referent(np.rint(cells.n @ member).astype(np.int64), rules)
    own = _rates(observed, member, share)
    rates = _rates(drawn.reshape(resamples, *histogram.shape), member, share)
    low, high = percentile_interval(rates, rules.confidence)
    smallest = _smallest(rates, allowed)
    ends = percentile_interval(smallest[:, None], rules.confidence)
    return CutResampled(
        share=share,
        resamples=resamples,
        groups=grouping.labels,
        rate=own[0],
        rate_low=low,
        rate_high=high,
        smallest=float(_smallest(own, allowed)[0]),
        smallest_low=float(ends[0][0]),
        smallest_high=float(ends[1][0]),
    )


def _rates(counts: Ints, member: Floats, share: float) -> Floats:
    """Selection rate of each group when the share is taken from the top.

    Parameters
    ----------
    counts : int array, shape (n_resamples, n_bins, n_cells)
        The highest score first.
    member : float array, shape (n_cells, n_groups)
    """
    of_bin = counts.sum(axis=2)
    places = share * of_bin.sum(axis=1, keepdims=True)
    before = np.cumsum(of_bin, axis=1) - of_bin
    taken = np.clip(places - before, 0, of_bin) / np.maximum(of_bin, 1)
    # What is taken of each bin, of every cell in it alike.
    selected = np.einsum("rbc,rb->rc", counts, taken, optimize=True) @ member
    everybody = counts.sum(axis=1) @ member
    result = np.full(selected.shape, np.nan)
    np.divide(selected, everybody, out=result, where=everybody > 0)
    return result


def _smallest(rates: Floats, allowed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    if np.count_nonzero(allowed) < 2:
        return np.full(len(rates), np.nan)
    own = rates[:, allowed]
    highest = own.max(axis=1)
    result = np.full(len(rates), np.nan)
    np.divide(own.min(axis=1), highest, out=result, where=highest > 0)
    return result
