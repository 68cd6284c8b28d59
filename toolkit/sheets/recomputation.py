"""Results for one set of data, worked out once for all documents checked against it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from toolkit.inflation.inflation import Inflation, inflation
from toolkit.inflation.suspicion import FALSE_FLAG_RATE
from toolkit.influence.attribution import Attribution, attribute
from toolkit.influence.influence import Influence, influence
from toolkit.influence.score_noise import ScoreNoise, score_noise
from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import Screen

Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class Recomputation:
    """The data that documents are checked against, with what was worked out from them.

    Parameters
    ----------
    cohort : Cohort
    """

    cohort: Cohort
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def influence(self, screen: Screen) -> Influence:
        """What the signals of a screen change."""
        return self._once(("influence", screen.digest), lambda: influence(self.cohort, screen))

    def attribution(self, screen: Screen) -> Attribution:
        """Each signal's part in the decisions of a screen."""
        decisions = self.influence(screen).decisions
        return self._once(("attribution", screen.digest), lambda: attribute(self.cohort, decisions))

    def noise(self, screen: Screen, draws: int, given: Mapping[str, float]) -> ScoreNoise | None:
        """The screen's scores measured again, with the noise that was given."""
        decisions = self.influence(screen).decisions
        return self._once(
            ("noise", screen.digest, draws, tuple(sorted(given.items()))),
            lambda: score_noise(self.cohort, decisions, draws=draws, noise=given),
        )

    def inflation(self, false_flag_rate: float | None, screen: Screen | None = None) -> Inflation:
        """Suspected inflation at a rate of false flags; the usual one where it is None."""
        rule = "" if screen is None else screen.digest
        rate = FALSE_FLAG_RATE if false_flag_rate is None else false_flag_rate
        return self._once(
            ("inflation", rule, rate),
            lambda: inflation(self.cohort, screen, false_flag_rate=rate),
        )

    def _once(self, key: Hashable, make: Callable[[], Result]) -> Result:
        if key not in self._kept:
            self._kept[key] = make()
        return cast("Result", self._kept[key])
