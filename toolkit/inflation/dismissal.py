"""A reviewer's answer to a flag: it was looked at and dismissed, for a reason.

A dismissal changes no probability and no count. It stands beside the flag wherever the flag is
shown, as something that speaks against it, and it covers only the detectors that had flagged the
candidate when it was made: a new finding has to be looked at again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.arrays import Floats
from toolkit.errors import InputError
from toolkit.inflation.dismissal_wording import dismissed
from toolkit.inflation.finding import Explanation, Finding
from toolkit.sentence import Sentence

LONGEST_REASON = 1_000


@dataclass(frozen=True)
class Dismissal:
    """One dismissed flag.

    Parameters
    ----------
    candidate_id : str
    detectors : tuple of str
        Those that had flagged the candidate.
    reason : str
        In the reviewer's words.
    date : date
    reviewer : str
        Who dismissed it; empty where that is not known.
    """

    candidate_id: str
    detectors: tuple[str, ...]
    reason: str
    date: dt.date
    reviewer: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InputError("A flag is dismissed for a reason: write what speaks against it.")
        if len(self.reason) > LONGEST_REASON:
            raise InputError(
                f"The reason has {len(self.reason):,} characters. Put it in {LONGEST_REASON:,} or "
                "fewer."
            )

    def covers(self, detectors: Sequence[str]) -> bool:
        """Whether all of these detectors were looked at."""
        return set(detectors) <= set(self.detectors)

    def to_dict(self) -> dict[str, object]:
        """The entry ``dismissed`` of an account in the JSON of the command ``inflation``."""
        return {
            "detectors": list(self.detectors),
            "reason": self.reason,
            "date": self.date.isoformat(),
            "reviewer": self.reviewer or None,
        }


@dataclass(frozen=True, eq=False)
class AnsweredFinding:
    """A finding some of whose flags were dismissed; see `toolkit.inflation.finding.Finding`.

    Parameters
    ----------
    finding : Finding
    answers : mapping of int to Dismissal
        By the candidate's place in the cohort.
    """

    finding: Finding
    answers: Mapping[int, Dismissal]

    @property
    def probability(self) -> Floats:
        return self.finding.probability

    @property
    def strength(self) -> Floats:
        return self.finding.strength

    @property
    def false_flag_rate(self) -> Floats:
        return self.finding.false_flag_rate

    @property
    def lacking(self) -> Sentence:
        return self.finding.lacking

    def explain(self, position: int) -> Explanation:
        told = self.finding.explain(position)
        answer = self.answers.get(position)
        if answer is None:
            return told
        said = dismissed(answer.reason, answer.date, answer.reviewer)
        return replace(told, against=(said, *told.against))
