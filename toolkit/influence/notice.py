"""What a candidate is told: which scores were seen, what each changed, what evidence decided.

Plain values out of one candidate's explanation, without a word: whoever prints them chooses
the language. Nothing is worked out here, and nothing about anybody else is in it: no other
candidate, no group, no suspicion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from toolkit.influence.explanation import Explanation, SignalReason, StandIn
from toolkit.intake.cohort import Role
from toolkit.screening.gate import Gate


@dataclass(frozen=True)
class Condition:
    """A condition of the screen on one signal, and whether the candidate met it.

    Parameters
    ----------
    at_least, at_most : float, optional
        Inclusive bounds.
    one_of : tuple of float, optional
        Admissible values.
    met : bool
    """

    at_least: float | None
    at_most: float | None
    one_of: tuple[float, ...] | None
    met: bool


@dataclass(frozen=True)
class Seen:
    """One signal that the screen looked at.

    Parameters
    ----------
    label : str
    role : {"score", "evidence", "fact"}
    value : float, optional
        The candidate's; None where there was none.
    decimals : int
        Of the values as uploaded.
    weight : float
        Share of the weights as the screen states them; 0 where it has none.
    conditions : tuple of Condition
    breaks_ties : bool
    decided : bool
        Whether the decision would be the other without this signal.
    stand_in : float, optional
        What the screen put in the place of a missing value.
    stand_in_how : {"", "median", "lowest", "reject"}
        How; empty where nothing was missing.
    """

    label: str
    role: Role
    value: float | None
    decimals: int
    weight: float
    conditions: tuple[Condition, ...] = ()
    breaks_ties: bool = False
    decided: bool = False
    stand_in: float | None = None
    stand_in_how: str = ""

    @property
    def failed(self) -> bool:
        """Whether a condition on it was not met."""
        return any(not condition.met for condition in self.conditions)


@dataclass(frozen=True)
class Notice:
    """What one candidate is told about the decision.

    Parameters
    ----------
    candidate_id : str
    taken_forward : bool
        By the screen.
    rank : int, optional
        None where a condition was not met or a missing value rejects.
    eligible, candidates, places : int
        Applications that met every condition, all of them, and places.
    by_lot : bool
        Whether a lot decided between this candidate and others alike.
    seen : tuple of Seen
        Every signal that the screen looked at, in its order.
    otherwise_without_scores : bool, optional
        Whether the decision would be the other without any score; None where the screen uses
        none.
    """

    candidate_id: str
    taken_forward: bool
    rank: int | None
    eligible: int
    candidates: int
    places: int
    by_lot: bool
    seen: tuple[Seen, ...]
    otherwise_without_scores: bool | None

    @property
    def scores(self) -> tuple[Seen, ...]:
        """The scores from providers outside the employer."""
        return tuple(one for one in self.seen if one.role == "score")

    @property
    def evidence(self) -> tuple[Seen, ...]:
        """What was seen of the candidate's own work, and facts such as years of experience."""
        return tuple(one for one in self.seen if one.role != "score")

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def notice(found: Explanation, tie_breakers: Sequence[str] = ()) -> Notice:
    """What the candidate of an explanation is told.

    Parameters
    ----------
    found : Explanation
    tie_breakers : sequence of str
        Names of the signals that break ties, as the screen lists them.

    Returns
    -------
    Notice
    """
    conditions: dict[str, list[Condition]] = {}
    for answer in found.gates:
        conditions.setdefault(answer.gate.signal, []).append(_condition(answer.gate, answer.met))
    stand_ins = {one.signal: one for one in found.stand_ins}
    without = found.selected_without_scores
    return Notice(
        candidate_id=found.candidate_id,
        taken_forward=found.selected,
        rank=found.rank,
        eligible=found.eligible,
        candidates=found.candidates,
        places=found.places,
        by_lot=found.tied_at_cut,
        seen=tuple(
            _seen(
                reason,
                tuple(conditions.get(reason.signal, ())),
                reason.signal in tie_breakers,
                found.selected,
                stand_ins.get(reason.signal),
            )
            for reason in found.signals
        ),
        otherwise_without_scores=None if without is None else without != found.selected,
    )


def _condition(gate: Gate, met: bool) -> Condition:
    return Condition(gate.at_least, gate.at_most, gate.one_of, met)


def _seen(
    reason: SignalReason,
    conditions: tuple[Condition, ...],
    breaks_ties: bool,
    selected: bool,
    stand_in: StandIn | None,
) -> Seen:
    return Seen(
        label=reason.label,
        role=reason.role,
        value=reason.value,
        decimals=reason.decimals,
        weight=reason.nominal_weight,
        conditions=conditions,
        breaks_ties=breaks_ties,
        decided=reason.selected_without != selected,
        stand_in=None if stand_in is None else stand_in.value,
        stand_in_how="" if stand_in is None else stand_in.how,
    )
