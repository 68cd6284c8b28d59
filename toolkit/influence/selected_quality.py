"""How good those are whom a screen selects, with a score and without it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from toolkit.arrays import Bools, Floats
from toolkit.correlation import pearson
from toolkit.estimate import Estimate
from toolkit.influence.utility import ExpectedQuality, expected_quality


@dataclass(frozen=True)
class Selected:
    """Those whom one rule selects, by one criterion.

    Parameters
    ----------
    validity : Estimate
        Pearson's correlation of the rule's composite with the criterion. Gates and
        tie-breakers do not enter it.
    expected : ExpectedQuality
        What selecting the top share by that composite would give in the long run.
    mean : float or None
        Mean criterion of those of these candidates who are selected, in its own units; gates
        and all. None where it is known of none of them. Nothing is estimated here.
    known : int
        Selected candidates whose criterion is known.
    """

    validity: Estimate
    expected: ExpectedQuality
    mean: float | None
    known: int

    def to_dict(self) -> dict[str, object]:
        return {
            **self.validity.to_dict("validity"),
            **self.expected.to_dict(),
            "mean": self.mean,
            "known": self.known,
        }


@dataclass(frozen=True)
class SelectedQuality:
    """The screen with a score against the screen without it, by one criterion.

    Parameters
    ----------
    with_score, without_score : Selected
    mean_of_all : float or None
        Mean criterion of all candidates of whom it is known.
    in_screen : bool
        Whether the screen looks at the criterion itself. Its validity for it then says
        little: it is partly a correlation with itself.
    """

    with_score: Selected
    without_score: Selected
    mean_of_all: float | None
    in_screen: bool

    def expected_at(self, base_rate: float, selection_ratio: float) -> SelectedQuality:
        """The same people, with what their composites' validity would bring for other shares."""

        def anew(one: Selected) -> Selected:
            return replace(one, expected=expected_quality(one.validity, base_rate, selection_ratio))

        return replace(
            self, with_score=anew(self.with_score), without_score=anew(self.without_score)
        )

    def to_dict(self) -> dict[str, object]:
        return {
            "with_score": self.with_score.to_dict(),
            "without_score": self.without_score.to_dict(),
            "mean_of_all": self.mean_of_all,
            "in_screen": self.in_screen,
        }


def selected_by(
    composite: Floats,
    selected: Bools,
    criterion: Floats,
    base_rate: float,
    selection_ratio: float,
) -> Selected:
    """Measure those whom a rule selects by a criterion.

    Parameters
    ----------
    composite : float array, shape (n_candidates,)
        NaN where the rule rejects for a missing value.
    selected : bool array, shape (n_candidates,)
    criterion : float array, shape (n_candidates,)
        NaN where not known.
    base_rate, selection_ratio : float
        See `toolkit.influence.utility.taylor_russell`.
    """
    validity = pearson(composite, criterion)
    if validity.value is None and _constant(composite):
        validity = Estimate.none(
            "The screen weighs nothing else: its composite is the same for all."
        )
    return Selected(
        validity,
        expected_quality(validity, base_rate, selection_ratio),
        mean_of(criterion[selected]),
        int(np.count_nonzero(selected & ~np.isnan(criterion))),
    )


def mean_of(values: Floats) -> float | None:
    """Mean of the known values; None where there is none."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else None


def _constant(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    return known.size > 1 and bool(np.ptp(known) == 0)
