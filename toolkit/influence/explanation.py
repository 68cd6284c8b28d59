"""Why one candidate was selected, or not: what page, command and sheets say of a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.inflation.inflation import AccountEvidence
from toolkit.influence.effort import Effort
from toolkit.influence.stress import Spread
from toolkit.influence.waterfall import Part, Step, waterfall
from toolkit.intake.cohort import Role
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Missing


@dataclass(frozen=True)
class SignalReason:
    """What one signal of the screen has to do with one decision.

    Parameters
    ----------
    signal, label : str
    role : {"score", "evidence", "fact"}
    value : float or None
        The candidate's; None where missing.
    decimals : int
        Of the signal's values as uploaded.
    nominal_weight : float
    effective_weight : float or None
    part : float or None
        Its part in the decision, in places; None where the decisions were not shared out.
    standard_error : float or None
        Of `part`, where it was estimated.
    selected_without : bool
        The decision with this signal taken out of the screen.
    margin : float or None
        The smallest change of the value that flips the decision, in the signal's own units;
        None where no admissible value does.
    effort : Effort or None
        What that change would take, where the catalogue knows it.
    """

    signal: str
    label: str
    role: Role
    value: float | None
    decimals: int
    nominal_weight: float
    effective_weight: float | None
    part: float | None
    standard_error: float | None
    selected_without: bool
    margin: float | None
    effort: Effort | None = None

    def to_dict(self) -> dict[str, object]:
        """Everything but the signal's name, which is its key."""
        values = {name: value for name, value in vars(self).items() if name != "signal"}
        return values | {"effort": None if self.effort is None else self.effort.to_dict()}


@dataclass(frozen=True)
class GateAnswer:
    """One condition of the screen, and whether the candidate meets it."""

    gate: Gate
    label: str
    met: bool

    def to_dict(self) -> dict[str, object]:
        return {**self.gate.model_dump(mode="json"), "met": self.met}


@dataclass(frozen=True)
class StandIn:
    """What stood in the place of a missing value.

    Parameters
    ----------
    signal, label : str
    value : float or None
        None where the screen rejects, or nobody has a value to take it from.
    decimals : int
    how : {"median", "reject", "lowest"}
        The screen's treatment of missing values.
    """

    signal: str
    label: str
    value: float | None
    decimals: int
    how: Missing


@dataclass(frozen=True)
class NoiseShare:
    """How often a candidate is selected when the scores are measured again.

    Parameters
    ----------
    draws : int
    selected_share, low, high : float
        With the 95 % interval of the drawing alone.
    too_close_to_call : bool
    spreads : mapping of str to Spread
        Noise of each score.
    """

    draws: int
    selected_share: float
    low: float
    high: float
    too_close_to_call: bool
    spreads: Mapping[str, Spread]

    def to_dict(self) -> dict[str, object]:
        return {
            "draws": self.draws,
            "selected_share": self.selected_share,
            "selected_share_low": self.low,
            "selected_share_high": self.high,
            "too_close_to_call": self.too_close_to_call,
            "spreads": {name: spread.to_dict() for name, spread in self.spreads.items()},
        }


@dataclass(frozen=True)
class Explanation:
    """Why one candidate was selected, or not.

    Parameters
    ----------
    candidate_id : str
    screen, screen_digest : str
        Name and SHA-256 of the rule.
    candidates, places : int
    eligible, taken : int
        How many meet every condition of the screen, and how many are selected.
    selected : bool
    rank : int or None
        None where a gate was failed or a missing value rejects.
    composite : float or None
    gates : tuple of GateAnswer
    stand_ins : tuple of StandIn
        One for each signal that the candidate has no value of.
    tied_at_cut : bool
    signals : tuple of SignalReason
        In the order of the screen.
    selected_without_scores : bool or None
        The decision with every score taken out; None where the screen uses no score.
    attribution : {"exact", "estimated"} or None
        How the parts were found; None where they were not asked for.
    noise : NoiseShare or None
        None where it was not asked for, or the screen uses no score.
    inflation : AccountEvidence or None
        None where it was not asked for.
    """

    candidate_id: str
    screen: str
    screen_digest: str
    candidates: int
    places: int
    eligible: int
    taken: int
    selected: bool
    rank: int | None
    composite: float | None
    gates: tuple[GateAnswer, ...]
    stand_ins: tuple[StandIn, ...]
    tied_at_cut: bool
    signals: tuple[SignalReason, ...]
    selected_without_scores: bool | None
    attribution: Literal["exact", "estimated"] | None
    noise: NoiseShare | None
    inflation: AccountEvidence | None

    @property
    def gates_failed(self) -> tuple[str, ...]:
        """Signals whose gate the candidate fails."""
        return tuple(dict.fromkeys(one.gate.signal for one in self.gates if not one.met))

    @property
    def scores(self) -> tuple[SignalReason, ...]:
        return tuple(reason for reason in self.signals if reason.role == "score")

    @property
    def deciding(self) -> tuple[SignalReason, ...]:
        """Signals without any one of which the decision would be the other."""
        return tuple(s for s in self.signals if s.selected_without != self.selected)

    @property
    def steps(self) -> tuple[Step, ...]:
        """From places / n over each signal's part to the decision; empty without parts."""
        if self.attribution is None:
            return ()
        parts = [Part(s.signal, s.label, s.part or 0.0, s.standard_error) for s in self.signals]
        return waterfall(self.places / self.candidates, parts, self.selected)

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``explain``."""
        return {
            "candidate_id": self.candidate_id,
            "screen": self.screen,
            "screen_digest": self.screen_digest,
            "candidates": self.candidates,
            "places": self.places,
            "eligible": self.eligible,
            "taken": self.taken,
            "selected": self.selected,
            "rank": self.rank,
            "composite": self.composite,
            "gates_failed": list(self.gates_failed),
            "gates": [one.to_dict() for one in self.gates],
            "missing": [vars(one) for one in self.stand_ins],
            "tied_at_cut": self.tied_at_cut,
            "signals": {one.signal: one.to_dict() for one in self.signals},
            "selected_without_scores": self.selected_without_scores,
            "attribution": self.attribution,
            "waterfall": [step.to_dict() for step in self.steps],
            "noise": None if self.noise is None else self.noise.to_dict(),
            "inflation": None if self.inflation is None else self.inflation.to_dict(),
        }
