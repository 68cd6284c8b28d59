"""One candidate's decision, explained out of the results for the whole cohort.

Nothing is worked out here: every figure is the entry of one candidate in a result that
stands elsewhere, so that page, command and sheet cannot disagree with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from toolkit.errors import ScreenError, UnknownName
from toolkit.inflation.inflation import AccountEvidence, Inflation
from toolkit.influence.attribution import Attribution, attribute
from toolkit.influence.effort import Effort
from toolkit.influence.influence import Influence
from toolkit.influence.influence import influence as influenced
from toolkit.influence.score_noise import ScoreNoise, score_noise
from toolkit.influence.stress import Spread
from toolkit.influence.waterfall import Part, Step, waterfall
from toolkit.intake.cohort import Cohort, Role
from toolkit.progress import Progress, parts
from toolkit.scores.catalogue import Catalogue
from toolkit.screening.decisions import Decisions
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Missing, Screen


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


def explain(
    cohort: Cohort,
    screen: Screen,
    candidate_id: str,
    *,
    influence: Influence | None = None,
    draws: int = 1000,
    seed: int = 0,
    noise: Mapping[str, float] | None = None,
    inflation: Inflation | None = None,
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> Explanation:
    """Explain one candidate's decision.

    For more than one candidate, make the results once and take each candidate's
    `explanation_of` them.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    candidate_id : str
    influence : Influence, optional
        Of the screen on the cohort, where it has been computed already.
    draws, seed : int
        Of the scores' noise; no draws, and the decision is not put to that test.
    noise : mapping of str to float, optional
        Standard deviation of each score's noise; see `toolkit.influence.stress.noise_spread`.
    inflation : Inflation, optional
        Where suspected inflation shall be part of the explanation.
    catalogue : Catalogue, optional
    progress : callable, optional
        Told the share of the work that is done.

    Raises
    ------
    UnknownName
        If the cohort has no such candidate, or the screen names a signal it lacks.
    ScreenError
        If the screen does not fit the cohort, or the draws are below 0.
    """
    if draws < 0:
        raise ScreenError(f"The number of draws is {draws}. Give 0 or more.")
    if candidate_id not in cohort.candidate_ids:
        raise UnknownName("candidate", candidate_id, map(str, cohort.candidate_ids), "the cohort")

    found = influenced(cohort, screen) if influence is None else influence
    steps = parts(progress, 2)
    shared = attribute(cohort, found.decisions, progress=next(steps))
    again = None
    if draws:
        again = score_noise(
            cohort,
            found.decisions,
            draws=draws,
            seed=seed,
            noise=noise,
            catalogue=catalogue,
            progress=next(steps),
        )
    return explanation_of(
        cohort, found, candidate_id, attribution=shared, noise=again, inflation=inflation
    )


def explanation_of(
    cohort: Cohort,
    influence: Influence,
    candidate_id: str,
    *,
    attribution: Attribution | None = None,
    noise: ScoreNoise | None = None,
    inflation: Inflation | None = None,
) -> Explanation:
    """What results for the whole cohort say about one candidate.

    Parameters
    ----------
    cohort : Cohort
    influence : Influence
        Of a screen on this cohort.
    candidate_id : str
    attribution : Attribution, optional
        Of the same decisions; that of `influence` where left out, if it has one.
    noise : ScoreNoise, optional
        Of the same decisions.
    inflation : Inflation, optional
        Of the same cohort.

    Raises
    ------
    UnknownName
        If the cohort has no such candidate.
    """
    if candidate_id not in cohort.candidate_ids:
        raise UnknownName("candidate", candidate_id, map(str, cohort.candidate_ids), "the cohort")
    row = int(cohort.candidate_ids.get_indexer(pd.Index([candidate_id]))[0])
    decisions, screen = influence.decisions, influence.screen
    shared = influence.attribution if attribution is None else attribution
    without_scores = bool(influence.without_scores.selected[row])
    rank = _known(decisions.rank[row])
    return Explanation(
        candidate_id=candidate_id,
        screen=screen.name,
        screen_digest=screen.digest,
        candidates=len(cohort),
        places=decisions.places,
        eligible=int(np.count_nonzero(decisions.eligible)),
        taken=int(np.count_nonzero(decisions.selected)),
        selected=bool(decisions.selected[row]),
        rank=None if rank is None else int(rank),
        composite=_known(decisions.composite[row]),
        gates=tuple(
            GateAnswer(gate, cohort.about[gate.signal].label, bool(met))
            for gate, met in zip(screen.gates, decisions.passed[:, row], strict=True)
        ),
        stand_ins=tuple(_stand_in(cohort, decisions, name) for name in decisions.missing_of(row)),
        tied_at_cut=bool(decisions.tied_at_cut[row]),
        signals=tuple(_reason(cohort, influence, shared, name, row) for name in influence.signals),
        selected_without_scores=without_scores if influence.scores else None,
        attribution=None if shared is None else "exact" if shared.exact else "estimated",
        noise=None if noise is None else _share(noise, row),
        inflation=None if inflation is None else inflation.of(candidate_id),
    )


def _reason(
    cohort: Cohort, influence: Influence, shared: Attribution | None, name: str, row: int
) -> SignalReason:
    signal, about = influence.signals[name], cohort.about[name]
    role: Role = "fact" if about.role == "score" else about.role
    column = list(influence.signals).index(name)
    efforts = influence.efforts.get(name)
    reason = SignalReason(
        signal=name,
        label=signal.label,
        role="score" if signal.is_score else role,
        value=_known(cohort.signals[name].to_numpy()[row]),
        decimals=about.decimals,
        nominal_weight=signal.nominal_weight,
        effective_weight=signal.effective_weight,
        part=None,
        standard_error=None,
        selected_without=bool(influence.without[name].selected[row]),
        margin=_known(influence.margins[name].to_numpy()[row]),
        effort=None if efforts is None else efforts.at(row),
    )
    if shared is None:
        return reason
    error = None if shared.standard_errors is None else shared.standard_errors.to_numpy()
    return replace(
        reason,
        part=float(shared.shapley.to_numpy()[row, column]),
        standard_error=None if error is None else float(error[row, column]),
    )


def _stand_in(cohort: Cohort, decisions: Decisions, name: str) -> StandIn:
    about, frozen = cohort.about[name], decisions.frozen.signals[name]
    return StandIn(
        signal=name,
        label=about.label,
        value=frozen.fill / cohort.fixed(name).halves_per_unit if frozen.fills else None,
        decimals=about.decimals,
        how=decisions.screen.missing,
    )


def _share(noise: ScoreNoise, row: int) -> NoiseShare:
    low, high = noise.again.interval
    return NoiseShare(
        draws=noise.again.draws,
        selected_share=float(noise.again.selected_share[row]),
        low=float(low[row]),
        high=float(high[row]),
        too_close_to_call=bool(noise.again.too_close_to_call[row]),
        spreads=noise.spreads,
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
