"""One candidate's decision, explained out of the results for the whole cohort.

Nothing is worked out here: every figure is the entry of one candidate in a result that
stands elsewhere, so that page, command and sheet cannot disagree with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from toolkit.errors import ScreenError, UnknownName
from toolkit.inflation.inflation import Inflation
from toolkit.influence.attribution import Attribution, attribute
from toolkit.influence.explanation import Explanation, GateAnswer, NoiseShare, SignalReason, StandIn
from toolkit.influence.influence import Influence
from toolkit.influence.influence import influence as influenced
from toolkit.influence.score_noise import ScoreNoise, score_noise
from toolkit.intake.cohort import Cohort, Role
from toolkit.progress import Progress, parts
from toolkit.scores.catalogue import Catalogue
from toolkit.screening.decisions import Decisions
from toolkit.screening.screen import Screen


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
