"""Who would be selected if the flagged scores were what audience and work support.

A flagged candidate's score is lowered to what is to be expected of it: the smaller of the
expectation from audience and activity and the one from the evidence of work, as far as they are
known, never raised. Scores that neither says anything about stay as they are. The screen keeps
the means and deviations that it took from the scores as they were, so that nobody else moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Bools, Floats
from toolkit.inflation.prediction import Predictions
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions, decide_frozen


@dataclass(frozen=True)
class LoweredScore:
    """One score of one candidate, lowered to what supports it."""

    candidate_id: str
    score: str
    value: float
    supported: float


@dataclass(frozen=True)
class Deflation:
    """What lowering the flagged candidates' scores would change.

    Parameters
    ----------
    lowered : tuple of LoweredScore
        Of the scores that the screen looks at.
    out : tuple of (str, str)
        Code and name of those who would lose their place.
    displaced : tuple of (str, str)
        Code and name of those who would have it instead.
    selected : tuple of str
        Everybody who would be selected.
    """

    lowered: tuple[LoweredScore, ...]
    out: tuple[tuple[str, str], ...]
    displaced: tuple[tuple[str, str], ...]
    selected: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The entry ``deflated`` of the reward."""

        def people(who: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
            return [{"candidate_id": code, "name": name} for code, name in who]

        return {
            "lowered": [dict(vars(one)) for one in self.lowered],
            "would_lose_the_place": people(self.out),
            "displaced": people(self.displaced),
            "selected": list(self.selected),
        }


def deflation(
    cohort: Cohort, decisions: Decisions, flagged: Bools, found: Sequence[Predictions]
) -> Deflation:
    """Lower the flagged candidates' scores and decide again.

    Parameters
    ----------
    cohort : Cohort
        n candidates.
    decisions : Decisions
        Of the screen on this cohort.
    flagged : bool array, shape (n,)
    found : sequence of Predictions
        What is to be expected of which score.
    """
    supported = _supported(found, len(cohort))
    lowered: list[LoweredScore] = []
    changed = cohort
    used = set(decisions.screen.signals)
    for name, expected in supported.items():
        if name not in used:
            continue
        values = cohort.signals[name].to_numpy(dtype=np.float64)
        step = 10.0 ** cohort.about[name].decimals
        target = np.round(expected * step) / step
        low = cohort.about[name].low
        target = target if low is None else np.maximum(target, low)
        with np.errstate(invalid="ignore"):
            falls = flagged & (target < values)
        if falls.any():
            changed = changed.with_signal(name, np.where(falls, target, values))
            lowered += [
                LoweredScore(str(cohort.ids[at]), name, float(values[at]), float(target[at]))
                for at in np.flatnonzero(falls)
            ]
    after = decide_frozen(changed, decisions.frozen).selected if lowered else decisions.selected
    return Deflation(
        tuple(lowered),
        _people(cohort, decisions.selected & ~after),
        _people(cohort, after & ~decisions.selected),
        tuple(str(one) for one in cohort.ids[after]),
    )


def _supported(found: Sequence[Predictions], n: int) -> Mapping[str, Floats]:
    """The smallest expectation of each score; NaN where there is none."""
    least: dict[str, Floats] = {}
    for predictions in found:
        for row, name in enumerate(predictions.names):
            expected = predictions.expected_points(row)
            least[name] = np.fmin(least.get(name, np.full(n, np.nan)), expected)
    return least


def _people(cohort: Cohort, who: Bools) -> tuple[tuple[str, str], ...]:
    ids: npt.NDArray[np.object_] = cohort.ids[who]
    return tuple((str(one), cohort.name_of(one)) for one in ids)
