"""Results for one set of data, worked out once for all documents checked against it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import Any, TypeVar, cast

from toolkit.inflation.inflation import Inflation, inflation
from toolkit.inflation.suspicion import FALSE_FLAG_RATE
from toolkit.influence.attribution import Attribution, attribute
from toolkit.influence.influence import Influence, influence
from toolkit.influence.score_noise import ScoreNoise, score_noise
from toolkit.intake.cohort import Cohort
from toolkit.intake.read_file import Reading
from toolkit.screening.screen import Screen

Result = TypeVar("Result")


class CannotBeTold(Exception):
    """A document's figures cannot be computed again from what was given; the message says why."""


class Recomputation:
    """The data that documents are checked against, with what was worked out from them.

    Parameters
    ----------
    cohort : Cohort, or callable that returns one
        The candidates. Called when a document asks for them: a published table is no cohort.
    tables : callable, optional
        Reads the same files as tables, as they stand.
    whole : bool
        Whether nothing was withheld of the candidates, as their names, accounts and works are
        from whoever may see groups.
    """

    def __init__(
        self,
        cohort: Cohort | Callable[[], Cohort] | None,
        tables: Callable[[], Reading] | None = None,
        *,
        whole: bool = True,
    ) -> None:
        self._cohort, self._tables, self._whole = cohort, tables, whole
        self._kept: dict[Hashable, Any] = {}

    @cached_property
    def cohort(self) -> Cohort:
        """The candidates.

        Raises
        ------
        CannotBeTold
            If no candidates were given.
        InputError
            If the files hold none.
        """
        if self._cohort is None:
            raise CannotBeTold(
                "The document rests on candidates, and none were given: bring their data."
            )
        return self._cohort if isinstance(self._cohort, Cohort) else self._cohort()

    @property
    def everything(self) -> Cohort:
        """The candidates with all that is known of them.

        Raises
        ------
        CannotBeTold
            If some of it was withheld, or no candidates were given.
        """
        if not self._whole:
            raise CannotBeTold(
                "The document rests on works and accounts of candidates, which you may not see."
            )
        return self.cohort

    @cached_property
    def reading(self) -> Reading:
        """The tables as they stand.

        Raises
        ------
        CannotBeTold
            If candidates were given, and no tables.
        InputError
            If they cannot be read.
        """
        if self._tables is None:
            raise CannotBeTold(
                "The document rests on a table as it stands, and that was not given: bring the "
                "file with the table."
            )
        return self._tables()

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
