"""The figures of every screen of a sweep, from counts of those it selects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.fairness.cells import assign_cells
from toolkit.fairness.smallest_ratio import smallest_ratio
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen

#: Evidence is added up in integers of this many to the unit.
FINE = 2**20


@dataclass(frozen=True, eq=False)
class SweepFigures:
    """What the screens of a sweep do; each array has one value a screen.

    Parameters
    ----------
    selected : int array
        How many are selected.
    flips : int array
        Candidates whose decision differs from the screen's without any score.
    evidence : float array
        Mean composite of the selected on that screen without scores; NaN where nobody is.
    inflated_share : float array or None
        Share of the selected whose score is suspected to be inflated.
    smallest_ratio : float array or None
        Smallest impact ratio of the attribute's groups.
    """

    selected: Ints
    flips: Ints
    evidence: Floats
    inflated_share: Floats | None
    smallest_ratio: Floats | None

    def record(self, at: tuple[int, ...]) -> dict[str, object]:
        """The figures of one screen, as plain values."""
        inflated, ratio = self.inflated_share, self.smallest_ratio
        return {
            "selected": int(self.selected[at]),
            "flips": int(self.flips[at]),
            "evidence": _finite(self.evidence[at]),
            "inflated_share": None if inflated is None else _finite(inflated[at]),
            "smallest_ratio": None if ratio is None else _finite(ratio[at]),
        }


def _finite(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


@dataclass(frozen=True, eq=False)
class Ground:
    """What is asked of the selected, made into one cell and one value a candidate.

    Parameters
    ----------
    cell : int64 array, shape (n,)
        Group, whether selected without scores, and whether suspected, in one number.
    n_cells : int
    value : float array, shape (n,)
        Composite on the screen without scores, in whole numbers of `FINE` to the unit.
    n_chosen : int
        How many the screen without scores selects.
    people : int64 array, shape (n_groups,)
        Candidates of each group; unknown membership is in none.
    judged, grouped : bool
        Whether inflation and groups are looked at.
    """

    cell: Ints
    n_cells: int
    value: Floats
    n_chosen: int
    people: Ints
    judged: bool
    grouped: bool

    def figures(self, counts: Ints, totals: Floats) -> SweepFigures:
        """Every figure.

        Parameters
        ----------
        counts : int64 array, shape (..., n_cells)
            Selected candidates by cell.
        totals : float array, shape (...)
            Their summed values.
        """
        n_groups = self.people.size
        table = counts.reshape(*counts.shape[:-1], n_groups + 1, 2, 2)
        selected = table.sum(axis=(-3, -2, -1))
        kept = table[..., 1, :].sum(axis=(-2, -1))
        some = selected > 0
        with np.errstate(invalid="ignore"):
            evidence = np.where(some, totals / FINE / np.maximum(selected, 1), np.nan)
            suspects = table[..., 1].sum(axis=(-2, -1)) / np.where(some, selected, np.nan)
        known = table[..., :n_groups, :, :].sum(axis=(-2, -1))
        return SweepFigures(
            selected=selected,
            flips=selected + self.n_chosen - 2 * kept,
            evidence=evidence,
            inflated_share=suspects if self.judged else None,
            smallest_ratio=smallest_ratio(known, self.people) if self.grouped else None,
        )


def ground_of(
    cohort: Cohort,
    screen: Screen,
    swept: tuple[str, ...],
    attribute: str | None,
    inflated: Bools | None,
) -> Ground:
    """What every screen of a sweep is compared with and counted by.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    swept : tuple of str
        The scores that are swept over, which the screen it is compared with lacks.
    attribute : str, optional
    inflated : bool array, shape (n,), optional

    Raises
    ------
    UnknownName
        If the cohort has no such attribute.
    """
    scores = [signal for signal in screen.signals if signal in {*cohort.scores, *swept}]
    plain = decide(cohort, screen.without(*scores))
    groups, n_groups = _group_codes(cohort, attribute)
    suspected = np.zeros(len(cohort), dtype=np.bool_) if inflated is None else inflated
    return Ground(
        cell=(groups * 2 + plain.selected) * 2 + suspected,
        n_cells=4 * (n_groups + 1),
        value=np.rint(np.nan_to_num(plain.composite) * FINE),
        n_chosen=int(np.count_nonzero(plain.selected)),
        people=np.bincount(groups, minlength=n_groups + 1)[:n_groups],
        judged=inflated is not None,
        grouped=attribute is not None,
    )


def _group_codes(cohort: Cohort, attribute: str | None) -> tuple[Ints, int]:
    """Each candidate's group, unknown ones last."""
    if attribute is None:
        return np.zeros(len(cohort), dtype=np.int64), 0
    cells = assign_cells(cohort.groups, [attribute])
    n_groups = len(cells.layout.labels[0])
    member = cells.layout.members[cells.of_row, 0]
    return np.where(member < 0, n_groups, member).astype(np.int64), n_groups
