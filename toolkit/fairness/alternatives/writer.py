"""From one row of a search to an alternative: its screen, its intervals, and who changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Ints
from toolkit.correlation import pearson
from toolkit.estimate import Estimate
from toolkit.fairness.alternatives.audit import Audit
from toolkit.fairness.alternatives.contest import Arena
from toolkit.fairness.alternatives.result import Alternative
from toolkit.fairness.alternatives.search import Seen
from toolkit.fairness.alternatives.shrinkage import HeldOut
from toolkit.fairness.cells import Cells
from toolkit.fairness.counts import count_table
from toolkit.fairness.panel import attribute_impact
from toolkit.fairness.result import AttributeImpact, GroupImpact
from toolkit.fairness.rules import Rules
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.screen import Screen


@dataclass(frozen=True, eq=False)
class Writer:
    """Turns a row of the search into an alternative with its intervals and names."""

    arena: Arena
    audit: Audit
    current: Decisions
    cells: Cells
    rules: Rules

    def alternative(
        self,
        seen: Seen,
        row: int,
        *,
        name: str | None,
        screen: Screen | None,
        on_front: bool,
        alike: int,
        held: HeldOut | None,
    ) -> Alternative:
        weights = seen.entrants.weights[row]
        if screen is None:
            screen = self.arena.screen(weights, int(seen.entrants.base[row]))
        decisions = decide(self.arena.cohort, screen)
        before, after = self.current.selected, decisions.selected
        gains, loses = after & ~before, before & ~after
        joint = self.cells.count(after)
        panels = [
            attribute_impact(count_table(joint, attribute), self.rules)
            for attribute in self.audit.attributes
        ]
        lowest = min(
            (pair for panel in panels for pair in _compared(panel)),
            key=lambda pair: (pair[1].impact_ratio or 0.0, -pair[1].n, pair[1].group),
            default=None,
        )
        ratio = float(seen.impact_ratio[row])
        ids = decisions.candidate_ids
        return Alternative(
            screen=screen,
            name=name,
            weights={s: screen.weights.get(s, 0.0) for s in self.arena.space.signals},
            validity=self._validity(float(seen.validity[row]), weights, decisions),
            impact_ratio=None if np.isnan(ratio) else ratio,
            attribute=None if lowest is None else lowest[0].name,
            group=None if lowest is None else lowest[1],
            referent=None if lowest is None else lowest[0].referent,
            flips=int(np.count_nonzero(gains | loses)),
            gains_place=tuple(ids[gains]),
            loses_place=tuple(ids[loses]),
            on_front=on_front,
            alike=alike,
            held_out=held,
        )

    def _validity(self, value: float, weights: Ints, decisions: Decisions) -> Estimate:
        if not self.audit.correlates:
            if np.isnan(value):
                return Estimate.none("Nobody is selected.")
            return Estimate(value, why="A mean over those selected is counted, not estimated.")
        order = self.arena.order
        composites = (self.arena.coefficients(weights[None]) @ self.arena.readings)[0]
        complete = decisions.complete[order]
        values = np.where(complete, composites.astype(np.float64), np.nan)
        return pearson(values, self.audit.criterion)


def _compared(panel: AttributeImpact) -> list[tuple[AttributeImpact, GroupImpact]]:
    """The groups whose ratio counts: large enough, and not the referent itself."""
    return [
        (panel, group)
        for group in panel.groups
        if group.included and group.group != panel.referent and group.impact_ratio is not None
    ]
