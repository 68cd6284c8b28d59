"""Which disparity comes from which score: the groups under a screen and without its scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from toolkit.arrays import Bools
from toolkit.errors import UnknownName
from toolkit.fairness.before_after import BeforeAfter, before_after
from toolkit.influence.influence import Influence
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.sentence import say

#: Name of the first of `decisions_compared`.
AS_IT_IS = say("The screen as it is")
#: A column with more different values does not say where people competed.
MOST_STRATA = 60


def decisions_compared(found: Influence, by_evidence: Decisions | None) -> dict[str, Bools]:
    """Who is selected by a screen, without each of its scores, and by evidence only.

    Parameters
    ----------
    found : Influence
    by_evidence : Decisions or None
        By the screen's own evidence, or all there is where it looks at none; None where
        there is no evidence.

    Returns
    -------
    dict of str to bool array of shape (n_candidates,)
        By a sentence for people; the first is `AS_IT_IS`. Where evidence only comes to the same
        as one of the others, that one's name says so.
    """
    compared: dict[str, Bools] = {AS_IT_IS: found.decisions.selected}
    for name in found.scores:
        without = say("Without {label}", label=found.signals[name].label)
        compared[without] = found.without[name].selected
    if len(found.scores) > 1:
        compared[say("Without all scores")] = found.without_scores.selected
    if by_evidence is None:
        return compared
    selected = by_evidence.selected
    same = [name for name, other in compared.items() if np.array_equal(other, selected)]
    if not same:
        compared[say("Evidence only")] = selected
    elif same[0] != AS_IT_IS:
        compared = {
            say("{decision} (evidence only)", decision=name) if name == same[-1] else name: other
            for name, other in compared.items()
        }
    return compared


def strata_columns(cohort: Cohort, attributes: Sequence[str]) -> list[str]:
    """Columns that may say where people competed with each other.

    Parameters
    ----------
    cohort : Cohort
    attributes : sequence of str
        Group columns that are compared already.
    """
    columns = [str(name) for name in cohort.groups.columns if name not in attributes]
    for name, column in cohort.candidates.items():
        if name == "name" or name in cohort.groups.columns:
            continue
        if 2 <= column.nunique() <= min(MOST_STRATA, len(cohort) // 2):
            columns.append(str(name))
    return columns


def groups_compared(
    cohort: Cohort,
    decisions: dict[str, Bools],
    attributes: Sequence[str],
    stratum: str | None = None,
    resamples: int = 0,
) -> BeforeAfter:
    """Adverse impact of each of these decisions on a cohort's groups.

    Parameters
    ----------
    cohort : Cohort
    decisions : dict of str to bool array, shape (n_candidates,)
        From `decisions_compared`.
    attributes : sequence of str
        Group columns.
    stratum : str, optional
        A group column, or another column of the candidates.
    resamples : int
        How often to resample the first decision.

    Raises
    ------
    UnknownName
        If a column is not there.
    """
    return before_after(
        _with_stratum(cohort, stratum),
        decisions,
        attributes,
        stratum=stratum,
        resamples=resamples,
    )


def _with_stratum(cohort: Cohort, stratum: str | None) -> pd.DataFrame:
    if stratum is None or stratum in cohort.groups.columns:
        return cohort.groups
    if stratum not in cohort.candidates.columns:
        known = [*map(str, cohort.groups.columns), *map(str, cohort.candidates.columns)]
        raise UnknownName("column", stratum, known, "the candidates and their groups")
    return cohort.groups.assign(**{stratum: cohort.candidates[stratum]})
