"""Scores above what the structured evidence supports, within one requisition.

Each candidate is compared with the line through all **others** (`toolkit.inflation.line`), so that
nobody's score vouches for itself. The probability is the share of scores that would be lower, for
such evidence.

Only social scores are compared (influence, audience and activity): a test result above the
portfolio is not inflation. Counts on an open scale are compared as log₁₀(1 + score).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.inflation import score_above_wording as wording
from toolkit.inflation.finding import Explanation
from toolkit.inflation.line import LEAST_CANDIDATES, LineSearch, line_search
from toolkit.inflation.line_points import Points, places_for
from toolkit.inflation.prediction import Predictions, stacked
from toolkit.inflation.suspicion import strength
from toolkit.intake.cohort import Cohort, Signal
from toolkit.intake.column_figures import Figures
from toolkit.scores.catalogue import load_catalogue
from toolkit.sentence import Sentence

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
        return Explanation((text,), would_change=(wording.WOULD_CHANGE_WORK,))

    @property
    def false_flag_rate(self) -> Floats:
        return 1.0 - self.probability

    @property
    def lacking(self) -> Sentence:
        return wording.needs_work(LEAST_CANDIDATES)


@dataclass(frozen=True)
class Comparison:
    """How one score is compared with evidence.

    Parameters
    ----------
    name, label : str
    log : bool
        Compared as log₁₀(1 + score).
    places : int
        Binary places of the grid that it is held on.
    step : float
        Least spread that is believed.
    search : LineSearch or None
        The line, once it was begun.
    """

    name: str
    label: str
    log: bool
    places: int
    step: float
    search: LineSearch | None = None

    @property
    def fitted(self) -> bool:
        return self.search is not None and bool(self.search.fits)

    def compared(self, column: Floats) -> Floats:
        """The score's values as they are compared; NaN where missing."""
        return np.log10(1.0 + column) if self.log else column

    def points(self, column: Floats, evidence: Floats) -> Points:
        """The same beside the evidence."""
        return Points.of(self.compared(column), evidence, self.places)


def comparisons(
    about: Mapping[str, Signal], figures: Mapping[str, Figures]
) -> tuple[Comparison, ...]:
    """The social scores among some signals, and how each is compared.

    Parameters
    ----------
    about : mapping of str to Signal
    figures : mapping of str to Figures
        At least of the scores.
    """
    catalogue, found = load_catalogue(), []
    for name, signal in about.items():
        score = catalogue.recognise(name)
        if not signal.is_score or (
            score is not None and (score.kind not in KINDS or score.key in NOT_CLAIMS)
        ):
            continue
        own = figures[name]
        ends = [abs(end) for end in (own.lowest, own.highest) if end is not None]
        largest = max(ends, default=0) / (2 * 10**own.decimals)
        log = signal.high is None and (own.lowest or 0) >= 0
        step = LEAST_LOG_SPREAD if log else 10.0**-own.decimals
        places = places_for(0.0 if log else largest)
        found.append(Comparison(name, signal.label, log, places, step))
    return tuple(found)


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
    asked = comparisons(cohort.about, {name: cohort.fixed(name) for name in cohort.scores})
    columns = {one.name: cohort.signals[one.name].to_numpy(dtype=np.float64) for one in asked}
    fitted = [
        replace(one, search=line_search(one.points(columns[one.name], evidence), one.step))
        for one in asked
    ]
    return beside_work(fitted, columns, evidence, rate)


def beside_work(
    fitted: Sequence[Comparison], columns: Mapping[str, Floats], evidence: Floats, rate: float
) -> ScoreAboveWork:
    """Some candidates' scores beside lines that were fitted before.

    Parameters
    ----------
    fitted : sequence of Comparison
        Those without a line are left out.
    columns : mapping of str to float array, shape (n,)
        The scores.
    evidence : float array, shape (n,)
    rate : float
    """
    n = evidence.size
    asked = [one for one in fitted if one.fitted]
    lines, compared = [], []
    for one in asked:
        assert one.search is not None
        lines.append(one.search.beside(one.points(columns[one.name], evidence)))
        compared.append(one.search.first.n)
    predictions = Predictions(
        tuple(one.label for one in asked),
        stacked([columns[one.name] for one in asked], n),
        stacked([line.expected for line in lines], n),
        stacked([line.error for line in lines], n),
        stacked([line.lower for line in lines], n),
        stacked([line.degrees_of_freedom for line in lines], n),
        tuple(one.log for one in asked),
        tuple(one.name for one in asked),
    )
    probability, which = predictions.most_unusual()
    return ScoreAboveWork(
        probability, strength(probability, 1.0 - rate), which, predictions, tuple(compared)
    )
