"""The same groups under several decisions: which disparity comes from which score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy.typing as npt
import pandas as pd

from toolkit.errors import InputError
from toolkit.fairness.bootstrap import SEED
from toolkit.fairness.cells import assign_cells
from toolkit.fairness.impact import Plan, as_decision, assemble_all, with_resamples
from toolkit.fairness.result import Impact
from toolkit.fairness.rules import DEFAULT_RULES, Rules


@dataclass(frozen=True)
class BeforeAfter:
    """Adverse impact of several decisions on the same people.

    Parameters
    ----------
    impacts : mapping of str to Impact
        By name of the decision, in the order given. The first is what the others are
        compared with, usually the current screen.
    """

    impacts: Mapping[str, Impact]

    @property
    def first(self) -> str:
        return next(iter(self.impacts))

    def rows(self) -> list[dict[str, object]]:
        """One flat row for each group under each decision.

        Returns
        -------
        list of dict
            ``attribute, group, decision, n, selected, rate, referent, impact_ratio,
            below_four_fifths, verdict``, and ``ratio_change``: the impact ratio minus that
            under the first decision, None where either is not defined.
        """
        before = {
            (table.name, group.group): group.impact_ratio
            for table in self.impacts[self.first].tables
            for group in table.groups
        }
        rows: list[dict[str, object]] = []
        for name, result in self.impacts.items():
            for table in result.tables:
                for group in table.groups:
                    old = before[table.name, group.group]
                    new = group.impact_ratio
                    rows.append(
                        {
                            "attribute": table.name,
                            "group": group.group,
                            "decision": name,
                            "n": group.n,
                            "selected": group.selected,
                            "rate": group.rate,
                            "referent": table.referent,
                            "impact_ratio": new,
                            "ratio_change": None if old is None or new is None else new - old,
                            "below_four_fifths": group.below_four_fifths,
                            "verdict": group.verdict,
                        }
                    )
        return rows

    def to_dict(self) -> dict[str, object]:
        return {
            "decisions": {name: result.to_dict() for name, result in self.impacts.items()},
            "comparison": self.rows(),
        }


def before_after(
    groups: pd.DataFrame,
    decisions: Mapping[str, npt.ArrayLike],
    attributes: Sequence[str] | None = None,
    *,
    stratum: str | None = None,
    rules: Rules = DEFAULT_RULES,
    resamples: int = 0,
    seed: int = SEED,
) -> BeforeAfter:
    """Adverse impact under each of several decisions on the same people.

    The rows are assigned to their cells once; each decision then costs one count.

    Parameters
    ----------
    groups : DataFrame, shape (n_candidates, n_columns)
    decisions : mapping of str to bool array, shape (n_candidates,)
        For instance the current screen, the screen without each score, and evidence only. The
        first is what the others are compared with.
    attributes : sequence of str, optional
    stratum : str, optional
    rules : Rules
    resamples, seed : int
        How often to resample the first decision; not at all where 0.

    Returns
    -------
    BeforeAfter

    Raises
    ------
    UnknownName, InputError
        As `impact`; also if no decision is given.
    """
    if not decisions:
        raise InputError("There is no decision to compare. Give at least the current screen's.")
    chosen = {
        name: as_decision(selected, groups, f"The decision '{name}'")
        for name, selected in decisions.items()
    }
    plan = Plan.of(groups.columns.astype(str), attributes, stratum)
    cells = assign_cells(groups, plan.columns)
    groupings = plan.groupings(cells.layout)
    counts = [cells.count(selected) for selected in chosen.values()]
    results = assemble_all(counts, groupings, stratum, rules)
    results[0] = with_resamples(results[0], counts[0], groupings, resamples, seed)
    return BeforeAfter(dict(zip(chosen, results, strict=True)))
