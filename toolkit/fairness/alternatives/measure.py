"""Validity: what a screen is worth, measured on what the user chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from toolkit.arrays import Floats
from toolkit.correlation import FEWEST
from toolkit.errors import InputError, TooFewData
from toolkit.intake.cohort import Cohort
from toolkit.intake.criteria import criteria_of
from toolkit.screening.decisions import decide
from toolkit.screening.evidence_only import evidence_only
from toolkit.screening.screen import Screen

#: Name of the validity that needs no outcome.
EVIDENCE_OF_SELECTED: Literal["evidence_of_selected"] = "evidence_of_selected"
#: With fewer known values than this the result warns of it.
FEW = 30


@dataclass(frozen=True, eq=False)
class Measure:
    """What validity means in one search.

    Parameters
    ----------
    name, label : str
    kind : {"outcome", "evidence", "given", "evidence_of_selected"}
        For the first three, validity is Pearson's correlation of the composite with `values`
        over the candidates who have both. For the last it is the mean of `values` over those
        selected.
    values : float array, shape (n_candidates,)
        NaN where not known.
    in_screen : bool
        Whether a screen that is tried may weigh what it is measured by.
    """

    name: str
    label: str
    kind: Literal["outcome", "evidence", "given", "evidence_of_selected"]
    values: Floats
    in_screen: bool

    @property
    def correlates(self) -> bool:
        return self.kind != "evidence_of_selected"

    @property
    def known(self) -> int:
        """Candidates whose value is known."""
        return int(np.count_nonzero(~np.isnan(self.values)))

    @property
    def definition(self) -> str:
        """What validity means here, as a sentence."""
        if not self.correlates:
            return (
                "Validity here is the mean composite, on evidence only, of those selected, because "
                "no outcome was chosen. Evidence only does best on it by construction; a later "
                "outcome would say more."
            )
        circular = (
            " The screen weighs it too, so that part of it is measured by itself."
            if self.in_screen
            else ""
        )
        return (
            f"Validity is the correlation of the composite with {self.label} over the "
            f"{self.known:,} candidates of whom it is known.{circular}"
        )


def measure_of(
    cohort: Cohort, screen: Screen, outcome: str | pd.Series | None, weighed: tuple[str, ...]
) -> Measure:
    """What validity is measured by.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    outcome : str, Series or None
        An outcome or evidence of the cohort by name; values by candidate id, for instance the
        total of a panel; or None for the mean evidence of those selected.
    weighed : tuple of str
        Signals that the screens may weigh.

    Raises
    ------
    UnknownName
        If the cohort has no such outcome.
    InputError
        If the values given are not numbers by candidate id.
    TooFewData
        If too few are known, all are the same, or there is no evidence.
    """
    if outcome is None:
        plain = evidence_only(cohort, screen)
        if plain is None:
            raise TooFewData(
                "These candidates have no structured evidence, so a screen's validity cannot be "
                "measured without an outcome. Name one, or mark a column as evidence."
            )
        composite = np.nan_to_num(decide(cohort, plain).composite)
        return Measure(
            EVIDENCE_OF_SELECTED,
            "mean evidence of those selected",
            EVIDENCE_OF_SELECTED,
            composite,
            True,
        )
    if isinstance(outcome, pd.Series):
        measure = _given(cohort, outcome)
    else:
        criterion = criteria_of(cohort, [outcome])[0]
        name = criterion.name.removesuffix(" (evidence)")
        own = criterion.kind == "evidence" and name in weighed
        measure = Measure(criterion.name, criterion.label, criterion.kind, criterion.values, own)
    known = measure.values[~np.isnan(measure.values)]
    if known.size < FEWEST or np.ptp(known) == 0:
        same = known.size >= FEWEST
        found = "is the same for all" if same else f"is known of {known.size:,} candidates only"
        raise TooFewData(
            f"{measure.label} {found}, so nothing can be correlated with it. Choose another "
            "outcome, or none."
        )
    return measure


def _given(cohort: Cohort, values: pd.Series) -> Measure:
    index = values.index.astype(str)
    strange = index.difference(cohort.candidate_ids.astype(str))
    if not index.is_unique or len(strange) or not pd.api.types.is_numeric_dtype(values.dtype):
        told = f", for instance '{strange[0]}'," if len(strange) else ""
        raise InputError(
            "The values to measure validity by must be numbers, indexed by candidate_id with no "
            f"id twice{told} and only by candidates of this cohort."
        )
    label = str(values.name) if values.name is not None else "panel total"
    column = values.set_axis(index).reindex(cohort.candidate_ids.astype(str))
    return Measure(label, label, "given", column.to_numpy(dtype=np.float64, na_value=np.nan), False)
