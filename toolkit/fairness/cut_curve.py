"""The impact ratio at every cut-off on a score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Ints
from toolkit.fairness.four_fifths import Floats, below_four_fifths, impact_ratio
from toolkit.fairness.intervals import ratio_interval
from toolkit.fairness.result import finite_or_none
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.smallest_ratio import smallest_ratio


@dataclass(frozen=True, eq=False)
class CutCurve:
    """What selecting everybody at or above each cut-off would do.

    Parameters
    ----------
    cut_offs : float array, shape (n_cut_offs,)
        Ascending.
    selected_share : float array, shape (n_cut_offs,)
        Of the people with a score.
    groups : tuple of str
        Without the referent.
    selected, n : int64 array, shape (n_cut_offs, n_groups) and (n_groups,)
    ratio, low, high : float array, shape (n_cut_offs, n_groups)
        Impact ratio against the referent, which is the same at every cut-off, and its
        interval; NaN where not defined.
    below : bool array, shape (n_cut_offs, n_groups)
        Below four-fifths, compared in integers.
    smallest : float array, shape (n_cut_offs,)
        Lowest over highest rate, chosen anew at each cut-off among the groups large enough.
    """

    cut_offs: Floats
    selected_share: Floats
    groups: tuple[str, ...]
    selected: Ints
    n: Ints
    ratio: Floats
    low: Floats
    high: Floats
    below: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    smallest: Floats

    def to_dict(self) -> dict[str, object]:
        return {
            "cut_offs": self.cut_offs.tolist(),
            "selected_share": self.selected_share.tolist(),
            "smallest_ratio": [finite_or_none(value) for value in self.smallest],
            "groups": {
                group: {
                    "selected": self.selected[:, i].tolist(),
                    "impact_ratio": [finite_or_none(value) for value in self.ratio[:, i]],
                    "impact_ratio_low": [finite_or_none(value) for value in self.low[:, i]],
                    "impact_ratio_high": [finite_or_none(value) for value in self.high[:, i]],
                    "below_four_fifths": self.below[:, i].tolist(),
                }
                for i, group in enumerate(self.groups)
            },
        }


def cut_curve(
    cut_offs: Floats,
    at_least: Ints,
    n: Ints,
    labels: tuple[str, ...],
    referent: int,
    everybody: tuple[Ints, int],
    rules: Rules = DEFAULT_RULES,
) -> CutCurve:
    """Compare the groups at every cut-off.

    Parameters
    ----------
    cut_offs : float array, shape (n_cut_offs,)
    at_least : int64 array, shape (n_cut_offs, n_groups)
        People at or above each cut-off.
    n : int64 array, shape (n_groups,)
    labels : tuple of str
    referent : int
        Position of the group that the others are compared with.
    everybody : (int64 array of shape (n_cut_offs,), int)
        People at or above each cut-off, and all people, unknown membership included.
    rules : Rules

    Returns
    -------
    CutCurve
        The band is pointwise: it holds at each cut-off by itself, not at all of them at once.
    """
    others = np.array([i for i in range(len(labels)) if i != referent and n[i] > 0], dtype=np.intp)
    a, n_a = at_least[:, others], np.broadcast_to(n[others], (len(cut_offs), len(others)))
    b = np.broadcast_to(at_least[:, [referent]], a.shape)
    n_b = np.full_like(a, n[referent])
    low, high = ratio_interval(a.ravel(), n_a.ravel(), b.ravel(), n_b.ravel(), rules.confidence)
    above, people = everybody
    return CutCurve(
        cut_offs=cut_offs,
        selected_share=above / people,
        groups=tuple(labels[i] for i in others),
        selected=a,
        n=n[others],
        ratio=impact_ratio(a, n_a, b, n_b),
        low=low.reshape(a.shape),
        high=high.reshape(a.shape),
        below=below_four_fifths(a, n_a, b, n_b),
        smallest=smallest_ratio(at_least, n, rules),
    )
