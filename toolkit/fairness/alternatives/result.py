"""The values of a search for alternatives. `Alternatives.records` is the JSON of the command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.arrays import Bools, Floats, Ints
from toolkit.estimate import Estimate
from toolkit.fairness.alternatives.measure import Measure
from toolkit.fairness.alternatives.shrinkage import HeldOut
from toolkit.fairness.result import GroupImpact
from toolkit.fairness.rules import Rules
from toolkit.screening.screen import Screen


@dataclass(frozen=True, eq=False)
class Alternative:
    """One screen, what it is worth, what it does to groups, and what it changes.

    Parameters
    ----------
    screen : Screen
        Ready to be used or written to a file. Of the same name as the present screen, since
        the lots of candidates level at the cut hang on the name.
    name : str or None
        What the screen is where it is not merely another set of weights, for instance
        ``"evidence only"``.
    weights : mapping of str to float
        As the screen has them; 0 for signals that it leaves out.
    validity : Estimate
        See `Measure`.
    impact_ratio : float or None
        The smallest over the groups that are large enough to be compared.
    attribute : str or None
        Whose group has it.
    group : GroupImpact or None
        That group's figures, with the interval of the ratio and the verdict in words.
    referent : str or None
        Whom it is compared with.
    flips : int
        Candidates whose decision differs from the present screen's.
    gains_place, loses_place : tuple of str
        Who they are.
    on_front : bool
        No other screen tried has both figures at least as high.
    alike : int
        Screens tried with the same two figures, this one among them.
    held_out : HeldOut or None
        The same choice re-measured on candidates who had no part in it.
    """

    screen: Screen
    name: str | None
    weights: Mapping[str, float]
    validity: Estimate
    impact_ratio: float | None
    attribute: str | None
    group: GroupImpact | None
    referent: str | None
    flips: int
    gains_place: tuple[str, ...]
    loses_place: tuple[str, ...]
    on_front: bool
    alike: int
    held_out: HeldOut | None

    @property
    def impact_ratio_low(self) -> float | None:
        return None if self.group is None else self.group.impact_ratio_low

    @property
    def impact_ratio_high(self) -> float | None:
        return None if self.group is None else self.group.impact_ratio_high

    @property
    def validity_shrinkage(self) -> float | None:
        """How much less validity to expect of other candidates; negative is more."""
        if self.held_out is None or self.validity.value is None:
            return None
        return self.validity.value - self.held_out.validity

    @property
    def impact_ratio_shrinkage(self) -> float | None:
        """How much lower a ratio to expect among other candidates; negative is higher."""
        if self.held_out is None or self.impact_ratio is None:
            return None
        return self.impact_ratio - self.held_out.impact_ratio

    def to_dict(self) -> dict[str, object]:
        held = self.held_out
        return {
            "weights": dict(self.weights),
            "gates": [str(gate) for gate in self.screen.gates],
            "tie_breakers": list(self.screen.tie_breakers),
            **self.validity.to_dict("validity"),
            "impact_ratio": self.impact_ratio,
            "impact_ratio_low": self.impact_ratio_low,
            "impact_ratio_high": self.impact_ratio_high,
            "attribute": self.attribute,
            "group": None if self.group is None else self.group.group,
            "referent": self.referent,
            "verdict": None if self.group is None else self.group.verdict,
            "flips": self.flips,
            "gains_place": list(self.gains_place),
            "loses_place": list(self.loses_place),
            "held_out_validity": None if held is None else held.validity,
            "held_out_impact_ratio": None if held is None else held.impact_ratio,
            "held_out_validity_spread": None if held is None else held.validity_spread,
            "held_out_impact_ratio_spread": None if held is None else held.impact_ratio_spread,
            "expect_less_validity": self.validity_shrinkage,
            "expect_less_impact_ratio": self.impact_ratio_shrinkage,
            "name": self.name,
            "on_front": self.on_front,
            "alike": self.alike,
            "screen_digest": self.screen.digest,
        }


@dataclass(frozen=True, eq=False)
class Tried:
    """Every screen that was tried, for drawing.

    Parameters
    ----------
    validity, impact_ratio : float array, shape (n_screens,)
        NaN where not defined.
    flips : int64 array, shape (n_screens,)
    on_front : bool array, shape (n_screens,)
    """

    validity: Floats
    impact_ratio: Floats
    flips: Ints
    on_front: Bools


@dataclass(frozen=True, eq=False)
class Alternatives:
    """What a search for less discriminatory alternatives found.

    Parameters
    ----------
    current : Alternative
        The screen as it is.
    named : tuple of Alternative
        Evidence only, and the screen without each score, where there are such screens.
    front : tuple of Alternative
        The Pareto front, the most valid first; of screens with the same two figures the one
        that changes fewest decisions. Its first member may be the screen as it is.
    tried : Tried
        All screens, front or not.
    measure : Measure
        What validity is.
    attributes : tuple of str
        Group attributes over which the smallest ratio is taken.
    places, candidates : int
    folds, repeats : int
        How the candidates were divided for the held-out figures; 0 where they were not.
    cautions : tuple of str
        What is too small or missing, as sentences.
    rules : Rules
    """

    current: Alternative
    named: tuple[Alternative, ...]
    front: tuple[Alternative, ...]
    tried: Tried
    measure: Measure
    attributes: tuple[str, ...]
    places: int
    candidates: int
    folds: int
    repeats: int
    cautions: tuple[str, ...]
    rules: Rules

    @property
    def screens(self) -> int:
        """How many different screens were tried."""
        return int(self.tried.validity.size)

    @property
    def compared(self) -> tuple[Alternative, ...]:
        """The screen as it is and the named ones, without those that stand on the front."""
        listed = {one.name for one in self.front}
        return tuple(one for one in (self.current, *self.named) if one.name not in listed)

    def records(self) -> list[dict[str, object]]:
        """The Pareto front, the most valid first: the JSON of the command ``alternatives``.

        Each entry carries the present screen's two figures and what validity is, too.
        """
        shared: dict[str, object] = {
            "current_validity": self.current.validity.value,
            "current_impact_ratio": self.current.impact_ratio,
            "validity_is": self.measure.definition,
            "screens_tried": self.screens,
        }
        return [one.to_dict() | shared for one in self.front]

    def rows(self) -> list[dict[str, object]]:
        """One flat row a screen of the front, then the named ones, for CSV."""
        rows = []
        for one in (*self.front, *self.compared):
            entry = one.to_dict()
            weights = {f"weight {signal}": weight for signal, weight in one.weights.items()}
            del entry["weights"]
            for key in ("gains_place", "loses_place"):
                del entry[key]
            entry["gates"] = "; ".join(str(gate) for gate in one.screen.gates)
            entry["tie_breakers"] = "; ".join(one.screen.tie_breakers)
            rows.append(weights | entry)
        return rows
