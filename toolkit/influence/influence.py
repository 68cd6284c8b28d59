"""Influence: what each signal of a screen changes in who is selected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats
from toolkit.influence.attribution import Attribution, attribute
from toolkit.influence.effective_weight import effective_weights
from toolkit.influence.effort import Efforts, by_candidate, efforts
from toolkit.influence.margins import as_frame, smallest_changes
from toolkit.influence.mid_ranks import percentile_ranks
from toolkit.influence.rank_attribution import attribute_ranks
from toolkit.influence.rank_correlation import rank_correlations
from toolkit.influence.removal import Removal, decide_without, removal
from toolkit.intake.cohort import Cohort
from toolkit.progress import Progress, parts
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.screen import Screen

#: Seats bought are counted for rises of so many units of the signal.
RISES = (5, 10, 20)


@dataclass(frozen=True)
class SignalInfluence:
    """What one signal changes.

    Parameters
    ----------
    signal, label : str
    is_score : bool
        Whether it comes from a provider outside the employer.
    nominal_weight : float
        Its share of the absolute weights as the screen states them.
    effective_weight : float or None
        Its share of the composite's variance; see `effective_weights`.
    shapley_share : float or None
        Its share of the decisions; None where attribution was not asked for.
    shapley_rank_share : float or None
        Its share of the percentile ranks; None where that was not asked for.
    flips, gained, lost
        What its removal changes; see `Removal`.
    rank_correlation_without : float or None
        Spearman's ρ between the order with the signal and the order without it.
    seats_bought : mapping of str to int
        For a rise of so many units, how many candidates who are not selected would be,
        each alone and all else equal.
    """

    signal: str
    label: str
    is_score: bool
    nominal_weight: float
    effective_weight: float | None
    shapley_share: float | None
    flips: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    rank_correlation_without: float | None
    seats_bought: Mapping[str, int]
    shapley_rank_share: float | None = None

    def to_dict(self) -> dict[str, object]:
        return {
            "label": self.label,
            "is_score": self.is_score,
            "nominal_weight": self.nominal_weight,
            "effective_weight": self.effective_weight,
            "shapley_share": self.shapley_share,
            "shapley_rank_share": self.shapley_rank_share,
            "flips": self.flips,
            "gained": list(self.gained),
            "lost": list(self.lost),
            "rank_correlation_without": self.rank_correlation_without,
            "seats_bought": dict(self.seats_bought),
        }


@dataclass(frozen=True, eq=False)
class Influence:
    """What every signal of a screen changes on one cohort.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Of the screen as it is.
    signals : mapping of str to SignalInfluence
        In the order of ``screen.signals``.
    without : mapping of str to Decisions
        The decisions with each signal removed.
    without_scores : Decisions
        The decisions with every score removed.
    all_scores_removed : Removal
        How they differ from the screen's.
    changes : float array, shape (n_signals, n)
        The smallest change of each signal that flips each decision: `margins` as an array.
    attribution : Attribution or None
        Where it was asked for.
    rank_attribution : Attribution or None
        Of the percentile ranks, where it was asked for.
    """

    cohort: Cohort = field(repr=False)
    decisions: Decisions
    signals: Mapping[str, SignalInfluence]
    without: Mapping[str, Decisions]
    without_scores: Decisions
    all_scores_removed: Removal
    changes: Floats = field(repr=False)
    attribution: Attribution | None = None
    rank_attribution: Attribution | None = None

    @property
    def screen(self) -> Screen:
        return self.decisions.screen

    @property
    def scores(self) -> list[str]:
        """Names of the screen's signals that are scores."""
        return [name for name, signal in self.signals.items() if signal.is_score]

    @cached_property
    def margins(self) -> pd.DataFrame:
        """The smallest changes, by candidate and signal; see `toolkit.influence.margins`."""
        return as_frame(self.cohort, list(self.signals), self.changes)

    @cached_property
    def efforts(self) -> Mapping[str, Efforts]:
        """What the margins would take, by signal; see `toolkit.influence.effort`."""
        return efforts(self.cohort, self.margins)

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``influence``."""
        names = list(self.signals)
        shapley = None if self.attribution is None else self.attribution.shapley.to_numpy()
        of_rank = self.rank_attribution
        shapley_rank = None if of_rank is None else of_rank.shapley.to_numpy()
        percentiles = percentile_ranks(self.decisions)
        return {
            "screen": self.screen.name,
            "screen_digest": self.screen.digest,
            "candidates": len(self.decisions.candidate_ids),
            "places": self.decisions.places,
            "signals": {name: signal.to_dict() for name, signal in self.signals.items()},
            "all_scores_removed": self.all_scores_removed.to_dict(),
            "candidates_detail": [
                {
                    "candidate_id": candidate_id,
                    "selected": bool(selected),
                    "margins": {
                        name: None if np.isnan(change) else float(change)
                        for name, change in zip(names, row, strict=True)
                    },
                    "effort": by_candidate(self.efforts, names, position),
                    "shapley": None
                    if shapley is None
                    else dict(zip(names, shapley[position].tolist(), strict=True)),
                    "percentile_rank": float(percentiles[position]),
                    "shapley_rank": None
                    if shapley_rank is None
                    else dict(zip(names, shapley_rank[position].tolist(), strict=True)),
                }
                for position, (candidate_id, selected, row) in enumerate(
                    zip(
                        self.decisions.candidate_ids,
                        self.decisions.selected,
                        self.changes.T,
                        strict=True,
                    )
                )
            ],
        } | self._attribution_facts()

    def _attribution_facts(self) -> dict[str, object]:
        shared = self.attribution or self.rank_attribution
        return {} if shared is None else {"attribution": "exact" if shared.exact else "estimated"}


def influence(
    cohort: Cohort,
    screen: Screen,
    scores: Sequence[str] | None = None,
    *,
    attribution: bool = False,
    rank_attribution: bool = False,
    progress: Progress | None = None,
) -> Influence:
    """What each signal of a screen changes in who is selected.

    Parameters
    ----------
    cohort : Cohort
        n candidates.
    screen : Screen
    scores : sequence of str, optional
        Signals of the cohort that count as scores; those recognised from the catalogue where
        left out.
    attribution : bool
        Whether to share the decisions out by Shapley's value too, which goes through every
        coalition of signals.
    rank_attribution : bool
        Whether to share the percentile ranks out in the same way.
    progress : callable, optional
        Told the share of the attribution that is done.

    Returns
    -------
    Influence

    Raises
    ------
    UnknownName, ScreenError
        If the screen or `scores` names a signal that the cohort lacks.
    """
    decisions = decide(cohort, screen)
    named = cohort.scores if scores is None else scores
    for name in named:
        cohort.signal(name, "the scores asked for")
    used_scores = [signal for signal in screen.signals if signal in set(named)]
    without = {signal: decide_without(cohort, decisions, signal) for signal in screen.signals}
    without_scores = decide_without(cohort, decisions, *used_scores)
    effective = effective_weights(cohort, decisions)
    correlations = rank_correlations(decisions, without)
    changes = smallest_changes(cohort, decisions, screen.signals)
    steps = parts(progress, attribution + rank_attribution)
    shared = attribute(cohort, decisions, progress=next(steps)) if attribution else None
    ranked = attribute_ranks(cohort, decisions, progress=next(steps)) if rank_attribution else None
    signals = {}
    for position, signal in enumerate(screen.signals):
        change = removal(decisions, without[signal])
        signals[signal] = SignalInfluence(
            signal=signal,
            label=cohort.about[signal].label,
            is_score=signal in used_scores,
            nominal_weight=screen.nominal_weight(signal),
            effective_weight=effective[signal],
            shapley_share=None if shared is None else shared.shares[signal],
            flips=change.flips,
            gained=change.gained,
            lost=change.lost,
            rank_correlation_without=correlations[signal],
            seats_bought=seats_bought(changes[position], decisions.selected),
            shapley_rank_share=None if ranked is None else ranked.shares[signal],
        )
    return Influence(
        cohort=cohort,
        decisions=decisions,
        signals=signals,
        without=without,
        without_scores=without_scores,
        all_scores_removed=removal(decisions, without_scores),
        changes=changes,
        attribution=shared,
        rank_attribution=ranked,
    )


def seats_bought(margin: Floats, selected: Bools) -> dict[str, int]:
    """How many who are not selected would be, each alone, after a rise of so many units."""
    reach = margin[~selected]
    falls = np.count_nonzero(reach <= 0)
    return {str(rise): int(np.count_nonzero(reach <= rise) - falls) for rise in RISES}
