"""What a detector hands over: a probability for each candidate, and the reasons on request.

Everything is computed for all candidates at once; sentences are made when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from toolkit.arrays import Floats
from toolkit.sentence import Sentence


@dataclass(frozen=True)
class Explanation:
    """Why a detector says what it says of one candidate.

    Parameters
    ----------
    reasons : tuple of Sentence
        What speaks for inflation, with the figures.
    against : tuple of Sentence
        What speaks against it.
    would_change : tuple of Sentence
        What would change the judgement.
    """

    reasons: tuple[Sentence, ...] = ()
    against: tuple[Sentence, ...] = ()
    would_change: tuple[Sentence, ...] = ()


class Finding(Protocol):
    """What one detector found.

    ``probability`` and ``strength`` are float arrays of shape (n_candidates,), NaN where there
    were not enough facts, and so is ``false_flag_rate``, the share of genuine candidates that would
    be flagged by an operating point at this probability; `lacking` says which facts it takes, and
    `explain` gives the words for the candidate at a place in the cohort.
    """

    @property
    def probability(self) -> Floats: ...

    @property
    def strength(self) -> Floats: ...

    @property
    def false_flag_rate(self) -> Floats: ...

    @property
    def lacking(self) -> Sentence: ...

    def explain(self, position: int) -> Explanation: ...
