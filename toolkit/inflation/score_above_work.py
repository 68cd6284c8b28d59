"""Scores above what the structured evidence supports, within one requisition.

score = a + b · evidence + e, by least squares over the candidates of the requisition. A candidate
is compared with the line through all **others** (the externally studentised residual, which under
normal errors has Student's t distribution with m − 3 degrees of freedom), so that nobody's score
vouches for itself. Candidates whose score stands out are then taken out of the line and it is
fitted again, until nothing changes: several inflated scores must not hide each other. The
probability is the share of scores that would be lower, for such evidence.

Only social scores are compared (influence, audience and activity): a test result above the
portfolio is not inflation. Counts on an open scale are compared as log₁₀(1 + score).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from toolkit.arrays import Bools, Floats, Ints
from toolkit.inflation import wording
from toolkit.inflation.finding import Explanation
from toolkit.inflation.prediction import Predictions, stacked
from toolkit.inflation.suspicion import strength
from toolkit.intake.cohort import Cohort
from toolkit.scores.catalogue import load_catalogue

LEAST_CANDIDATES = 8
#: A score that this share of others lies below is left out of the line.
STANDS_OUT = 0.99
MOST_LEFT_OUT = 0.25
ROUNDS = 10
#: Least spread that is believed: one step of a score, or a tenth of a decade of a count.
LEAST_LOG_SPREAD = 0.1
NOTABLE = 0.9
KINDS = frozenset({"influence", "audience", "activity"})
#: What a person does, not what others think of it: more of it is no claim to anything.
NOT_CLAIMS = frozenset({"following", "friends", "posts", "likes_given"})


@dataclass(frozen=True, eq=False)
class ScoreAboveWork:
    """What was found; see `toolkit.inflation.finding.Finding`.

    Parameters
    ----------
    probability, strength : float array, shape (n_candidates,)
    score : int array, shape (n_candidates,)
        Which of the scores is the most unusual; −1 where none could be compared.
    predictions : Predictions
    compared : tuple of int
        For each score, how many candidates have it beside evidence.
    """

    probability: Floats
    strength: Floats
    score: Ints
    predictions: Predictions
    compared: tuple[int, ...]

    def explain(self, position: int) -> Explanation:
        score = int(self.score[position])
        if score < 0:
            return Explanation()
        label, value, expected, low, high, share = self.predictions.in_words(score, position)
        if self.probability[position] < NOTABLE:
            return Explanation(against=(wording.within_work(label, value, expected),))
        text = wording.above_work(label, value, expected, low, high, share, self.compared[score])
        return Explanation((text,), would_change=(wording.WOULD_CHANGE["work"],))

    @property
    def false_flag_rate(self) -> Floats:
        return 1.0 - self.probability

    @property
    def lacking(self) -> str:
        return (
            f"a social score beside evidence of work, for at least {LEAST_CANDIDATES} candidates "
            "who are not all alike"
        )


def score_above_work(cohort: Cohort, evidence: Floats, rate: float) -> ScoreAboveWork:
    """Compare each candidate's social scores with the evidence of work.

    Parameters
    ----------
    cohort : Cohort
    evidence : float array, shape (n,)
        From `toolkit.inflation.evidence_level`; NaN without evidence.
    rate : float
        Share of candidates that may be flagged.
    """
    n, catalogue = len(cohort), load_catalogue()
    names, labels, values, lines, logs, compared = [], [], [], [], [], []
    for name in cohort.scores:
        score, about = catalogue.recognise(name), cohort.about[name]
        if score is not None and (score.kind not in KINDS or score.key in NOT_CLAIMS):
            continue
        column = cohort.signals[name].to_numpy(dtype=np.float64)
        log = about.high is None and not (column < 0).any()
        step = LEAST_LOG_SPREAD if log else 10.0**-about.decimals
        line = line_through_others(np.log10(1.0 + column) if log else column, evidence, step)
        if line is not None:
            names.append(name)
            labels.append(about.label)
            values.append(column)
            lines.append(line)
            logs.append(log)
            compared.append(int((~np.isnan(column) & ~np.isnan(evidence)).sum()))
    predictions = Predictions(
        tuple(labels),
        stacked(values, n),
        stacked([line.expected for line in lines], n),
        stacked([line.error for line in lines], n),
        stacked([line.lower for line in lines], n),
        stacked([line.degrees_of_freedom for line in lines], n),
        tuple(logs),
        tuple(names),
    )
    probability, which = predictions.most_unusual()
    return ScoreAboveWork(
        probability, strength(probability, 1.0 - rate), which, predictions, tuple(compared)
    )


@dataclass(frozen=True, eq=False)
class Line:
    """Each candidate beside the line through the others; NaN where not compared.

    Parameters
    ----------
    expected, error, lower, degrees_of_freedom : float array, shape (n,)
    kept : bool array, shape (n,)
        Whose scores the line was fitted to.
    """

    expected: Floats
    error: Floats
    lower: Floats
    degrees_of_freedom: Floats
    kept: Bools


def line_through_others(y: Floats, x: Floats, least_spread: float) -> Line | None:
    """Fit, leave out what stands out, fit again; None where there is no line to fit.

    Parameters
    ----------
    y, x : float array, shape (n,)
        NaN where missing.
    least_spread : float
        Residual spread below this is taken for rounding, not for certainty.
    """
    both = ~np.isnan(y) & ~np.isnan(x)
    if both.sum() < LEAST_CANDIDATES:
        return None
    line, kept = None, both
    for _ in range(ROUNDS):
        if np.ptp(x[kept]) == 0.0 or np.ptp(y[both]) == 0.0:
            return line
        line = _beside_line(y, x, both, kept, least_spread)
        staying = both & (line.lower < STANDS_OUT)
        if both.sum() - staying.sum() > MOST_LEFT_OUT * both.sum() or (staying == kept).all():
            break
        kept = staying
    return line


def _beside_line(y: Floats, x: Floats, both: Bools, kept: Bools, least_spread: float) -> Line:
    """Residuals from the line through `kept`, each candidate's own score aside.

    With leverage h = 1/m + (x − x̄)²/Σ(x − x̄)² and residual r of m kept points, the line through
    the others misses a kept point by r/(1 − h), and its residual variance is
    (Σr² − r²/(1 − h))/(m − 3); for a point that is not kept these are r and Σr²/(m − 2).
    """
    m = int(kept.sum())
    mean_x, mean_y = x[kept].mean(), y[kept].mean()
    square = float(((x[kept] - mean_x) ** 2).sum())
    slope = float(((x[kept] - mean_x) * (y[kept] - mean_y)).sum()) / square
    residual = y - mean_y - slope * (x - mean_x)
    leverage = 1.0 / m + (x - mean_x) ** 2 / square
    rest = float((residual[kept] ** 2).sum())
    own = np.where(kept, 1.0 - leverage, 1.0)
    # The only candidate with this much evidence: without it there is no line to speak of.
    alone = kept & (own < 1e-9)
    own = np.where(alone, np.nan, own)
    freedom = np.where(kept, m - 3.0, m - 2.0)
    variance = (rest - np.where(kept, residual**2 / own, 0.0)) / freedom
    spread = np.sqrt(np.maximum(variance, least_spread**2))
    miss = residual / own
    error = spread / np.sqrt(np.where(kept, own, 1.0 / (1.0 + leverage)))
    compared = both & ~alone
    lower = np.where(compared, stdtr(freedom, miss / error), np.nan)
    return Line(
        np.where(compared, y - miss, np.nan),
        np.where(compared, error, np.nan),
        lower,
        np.where(compared, freedom, np.nan),
        kept,
    )
