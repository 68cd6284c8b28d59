"""Resampling: how much rates and ratios move from one draw of people to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from toolkit.arrays import Ints
from toolkit.errors import InputError
from toolkit.fairness.cells import JointCounts
from toolkit.fairness.counts import Grouping
from toolkit.fairness.four_fifths import Floats
from toolkit.fairness.referent import choose_referent
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.smallest_ratio import may_be_referent
from toolkit.fairness.verdict import FOUR_FIFTHS

#: Drawn unless another number is asked for.
RESAMPLES = 1_000
SEED = 20_110_801
#: A ratio this close below 0.80 is 0.80 that was rounded.
_ROUNDING = 1e-12
#: Counts that are held at once.
_AT_ONCE = 2**21
#: Draws times cells beyond which a person would wait for minutes.
MOST_DRAWS = 2 * 10**8


@dataclass(frozen=True)
class GroupResampled:
    """Percentile intervals of one group; None where no resample defines the figure.

    Parameters
    ----------
    group : str
    rate_low, rate_high : float or None
    impact_ratio_low, impact_ratio_high : float or None
        Against the referent of the sample, which is kept. None for the referent itself.
    """

    group: str
    rate_low: float | None
    rate_high: float | None
    impact_ratio_low: float | None
    impact_ratio_high: float | None


@dataclass(frozen=True)
class TableResampled:
    """Percentile intervals of one attribute or intersection.

    Parameters
    ----------
    smallest_ratio : float or None
        Lowest over highest rate among the groups large enough to be the referent.
    smallest_ratio_low, smallest_ratio_high : float or None
        Its interval, with the highest and the lowest rate chosen anew in every resample.
    below_four_fifths_share : float or None
        Share of the resamples in which it is below 0.80.
    groups : tuple of GroupResampled
    """

    smallest_ratio: float | None
    smallest_ratio_low: float | None
    smallest_ratio_high: float | None
    below_four_fifths_share: float | None
    groups: tuple[GroupResampled, ...]

    def to_dict(self) -> dict[str, object]:
        return {**asdict(self), "groups": [asdict(group) for group in self.groups]}


@dataclass(frozen=True)
class Bootstrap:
    """What resampling says of every table.

    Parameters
    ----------
    resamples, seed : int
    tables : mapping of str to TableResampled
        By name of the attribute, and of the intersection.
    """

    resamples: int
    seed: int
    tables: Mapping[str, TableResampled]

    def to_dict(self) -> dict[str, object]:
        return {
            "resamples": self.resamples,
            "seed": self.seed,
            "tables": {name: table.to_dict() for name, table in self.tables.items()},
        }


def bootstrap(
    joint: JointCounts,
    groupings: Sequence[Grouping],
    resamples: int = RESAMPLES,
    seed: int = SEED,
    rules: Rules = DEFAULT_RULES,
) -> Bootstrap:
    r"""Draw as many people again, with replacement, and count them anew.

    Drawing N rows with replacement gives the cells the counts

    .. math:: (n^*_1, \dots, n^*_m) \sim \mathrm{Multinomial}(N;\ n_1/N, \dots, n_m/N)

    so the counts are drawn themselves, which costs the same for a hundred people and for a
    hundred million. All tables come from the same draws. The decisions are those that were
    made: where a cut would fall elsewhere with other people, see
    `toolkit.fairness.cut_resampled`.

    Parameters
    ----------
    joint : JointCounts
    groupings : sequence of Grouping
    resamples, seed : int
    rules : Rules
        Its confidence is that of the percentile intervals. Which groups are large enough to
        be the referent is taken from the sample.

    Returns
    -------
    Bootstrap

    Raises
    ------
    InputError
        If fewer than 100 resamples are asked for, or more than could be drawn in a while.

    Notes
    -----
    B. Efron (1979), Bootstrap methods: another look at the jackknife, Ann. Stat. 7, 1–26.
    Percentile intervals are too narrow for groups of a few dozen people; the exact interval
    is the one to trust there.
    """
    require_resamples(resamples, 2 * len(joint.n))
    draws = resampled(joint, groupings, resamples, seed)
    return Bootstrap(
        resamples,
        seed,
        {
            " × ".join(grouping.attributes): _table(joint, grouping, *drawn, rules)
            for grouping, drawn in zip(groupings, draws, strict=True)
        },
    )


def require_resamples(resamples: int, cells: int) -> None:
    """Refuse numbers of resamples that say nothing, or that would take long.

    Raises
    ------
    InputError
    """
    if resamples < 100:
        raise InputError(
            f"{resamples:,} resamples are too few for an interval. Ask for 100 or more, "
            f"for instance {RESAMPLES:,}."
        )
    if resamples * cells > MOST_DRAWS:
        raise InputError(
            f"{resamples:,} resamples of {cells:,} counts are more than can be drawn in a while. "
            f"Ask for {max(100, MOST_DRAWS // cells):,} or fewer, or compare fewer columns at once."
        )


def resampled(
    joint: JointCounts, groupings: Sequence[Grouping], resamples: int, seed: int
) -> list[tuple[Ints, Ints]]:
    """People and selected people of each group in each resample.

    Returns
    -------
    list of (n, selected)
        One pair a grouping, int64 arrays of shape (n_resamples, n_groups).
    """
    members = [grouping.membership_matrix for grouping in groupings]
    counts = [
        (np.empty((resamples, m.shape[1]), np.int64), np.empty((resamples, m.shape[1]), np.int64))
        for m in members
    ]
    start = 0
    for chosen, rejected in _draws(joint, resamples, seed):
        rows = slice(start, start + len(chosen))
        people = (chosen + rejected).astype(np.float64)
        selected = chosen.astype(np.float64)
        for member, (n_of, selected_of) in zip(members, counts, strict=True):
            n_of[rows], selected_of[rows] = people @ member, selected @ member
        start = rows.stop
    return counts


def _draws(joint: JointCounts, resamples: int, seed: int) -> Iterator[tuple[Ints, Ints]]:
    """Selected and not selected people of each cell, some resamples at a time."""
    people = int(joint.n.sum())
    counts = np.concatenate([joint.selected, joint.n - joint.selected])
    share = counts / people if people else np.full(len(counts), 1 / max(len(counts), 1))
    generator = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // max(1, len(counts)))
    for start in range(0, resamples, step):
        many = min(step, resamples - start)
        drawn = np.zeros((many, 0), dtype=np.int64)
        if len(counts):
            drawn = generator.multinomial(people, share, size=many)
        yield drawn[:, : len(joint.n)], drawn[:, len(joint.n) :]


def _table(
    joint: JointCounts, grouping: Grouping, n: Ints, selected: Ints, rules: Rules
) -> TableResampled:
    observed = grouping.table(joint)
    rates = _over(selected, n)
    chosen = choose_referent(observed, rules).position
    ratios = np.full(rates.shape, np.nan)
    if chosen is not None:
        ratios = _over(rates, rates[:, [chosen]])
        ratios[:, chosen] = np.nan
    smallest = _smallest(rates, may_be_referent(observed.n, rules))
    own = _smallest(
        _over(observed.selected, observed.n)[None, :], may_be_referent(observed.n, rules)
    )
    low, high = percentile_interval(smallest[:, None], rules.confidence)
    defined = smallest[~np.isnan(smallest)]
    rate_ends = percentile_interval(rates, rules.confidence)
    ratio_ends = percentile_interval(ratios, rules.confidence)
    return TableResampled(
        smallest_ratio=_or_none(own[0]),
        smallest_ratio_low=_or_none(low[0]),
        smallest_ratio_high=_or_none(high[0]),
        below_four_fifths_share=float((defined < FOUR_FIFTHS - _ROUNDING).mean())
        if defined.size
        else None,
        groups=tuple(
            GroupResampled(
                group,
                _or_none(rate_ends[0][i]),
                _or_none(rate_ends[1][i]),
                _or_none(ratio_ends[0][i]),
                _or_none(ratio_ends[1][i]),
            )
            for i, group in enumerate(observed.labels)
        ),
    )


def percentile_interval(values: Floats, confidence: float) -> tuple[Floats, Floats]:
    """The ends that leave out the same share of the resamples on either side, by column.

    Parameters
    ----------
    values : float array, shape (n_resamples, n_columns)
        NaN where a resample does not define the figure; those are left out.
    """
    low, high = np.full(values.shape[1], np.nan), np.full(values.shape[1], np.nan)
    tail = (1 - confidence) / 2
    for i, column in enumerate(values.T):
        defined = column[~np.isnan(column)]
        if defined.size:
            low[i], high[i] = np.quantile(defined, [tail, 1 - tail])
    return low, high


def _smallest(rates: Floats, allowed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    """Lowest over highest rate among the groups that are large enough, by resample."""
    if np.count_nonzero(allowed) < 2:
        return np.full(len(rates), np.nan)
    own = rates[:, allowed]
    return _over(own.min(axis=1), own.max(axis=1))


def _over(above: Floats | Ints, below: Floats | Ints) -> Floats:
    result = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
