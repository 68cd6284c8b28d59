"""What a review sheet says about one candidate: plain values, before any layout.

The page, its words and its fonts are added later, so the hash of these values is the same
on A4 and on Letter, and whatever the fonts can print.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from toolkit.influence.explanation import NoiseShare
from toolkit.influence.waterfall import Step
from toolkit.review.rubric import Rubric
from toolkit.sentence import NOTHING, Sentence
from toolkit.sheets.content import content_of
from toolkit.sheets.content_hash import content_hash, inputs_hash
from toolkit.sheets.given_reviews import Given, GivenReview
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.requisition import Requisition

Kind = Literal["score", "evidence", "fact"]
WithoutIt = Literal["same", "selected", "not selected"]


@dataclass(frozen=True)
class GateCheck:
    """One condition of the screen, and whether this candidate meets it.

    Parameters
    ----------
    label : str
        Of the signal.
    at_least, at_most : float, optional
        Inclusive bounds.
    one_of : tuple of float, optional
        Admissible values.
    decimals : int
        Of the signal's values.
    met : bool
    """

    label: str
    at_least: float | None
    at_most: float | None
    one_of: tuple[float, ...] | None
    decimals: int
    met: bool


@dataclass(frozen=True)
class StandIn:
    """What the screen put in the place of a missing value.

    Parameters
    ----------
    label : str
        Of the signal.
    value : float, optional
        None where the screen rejects, or nobody has a value to take it from.
    decimals : int
    how : {"median", "reject", "lowest"}
        The screen's treatment of missing values.
    """

    label: str
    value: float | None
    decimals: int
    how: Literal["median", "reject", "lowest"]


@dataclass(frozen=True)
class Outcome:
    """What the screen decided about this candidate.

    Parameters
    ----------
    screen : str
        Name of the screen.
    screen_digest : str
        SHA-256 of the rule.
    selected : bool
    rank : int, optional
        None where a gate was failed or a missing value rejects.
    candidates, places_taken : int
        Everyone screened, and how many of them are selected.
    composite : float, optional
        None where a missing value rejects.
    gates : tuple of GateCheck
    tie_breakers : tuple of str
        Labels, in order.
    stand_ins : tuple of StandIn
        One for each signal that the candidate has no value of.
    tied_at_cut : bool
        Whether only the lottery orders the candidate and others at the cut.
    without_scores : {"same", "selected", "not selected"}
        The decision when every score of the screen is removed.
    screen_toml : str
        The rule as a screen file says it; empty where it is not known.
    """

    screen: str
    screen_digest: str
    selected: bool
    rank: int | None
    candidates: int
    places_taken: int
    composite: float | None
    gates: tuple[GateCheck, ...] = ()
    tie_breakers: tuple[str, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    tied_at_cut: bool = False
    without_scores: WithoutIt = "same"
    screen_toml: str = ""


@dataclass(frozen=True)
class SignalChange:
    """What one signal of the screen changed for this candidate.

    Parameters
    ----------
    label : str
    kind : {"score", "evidence", "fact"}
    value : float, optional
        None where missing.
    decimals : int
        Of the signal's values as uploaded.
    nominal_weight : float
        Share of the weights as the screen states them.
    effective_weight : float, optional
        Share of the composite's variance; None where it has none.
    without_it : {"same", "selected", "not selected"}
        This candidate's decision when the signal is removed from the screen.
    margin : float, optional
        The smallest change of this value alone that flips the decision, in the signal's
        own units; None where no admissible value does.
    effort : Sentence, optional
        What that change would take, in words with its range, where the catalogue knows it.
    """

    label: str
    kind: Kind
    value: float | None
    decimals: int
    nominal_weight: float
    effective_weight: float | None
    without_it: WithoutIt
    margin: float | None
    effort: Sentence | None = None


@dataclass(frozen=True)
class Course:
    """How the decision came about, and whether it would again.

    Parameters
    ----------
    places : int
        That the screen has.
    steps : tuple of Step
        From the chance that everyone starts with to the decision; empty where the decisions
        were not shared out.
    estimated : bool
        Whether the parts were estimated, beyond 12 signals.
    noise : NoiseShare, optional
        None where it was not drawn, or the screen uses no score.
    """

    places: int
    steps: tuple[Step, ...] = ()
    estimated: bool = False
    noise: NoiseShare | None = None


@dataclass(frozen=True)
class Judgement:
    """What one detector of inflated scores says of the candidate.

    Parameters
    ----------
    label : Sentence
        What the detector looks for.
    probability : float, optional
        Between 0 and 1; None where there were not enough facts.
    flagged : bool
        Whether the probability reaches the detector's operating point.
    reasons, against : tuple of Sentence
        What speaks for inflation and what against it.
    would_change : tuple of Sentence
        What would change the judgement.
    lacking : Sentence
        What would have to be known to judge; empty where it is.
    """

    label: Sentence
    probability: float | None
    flagged: bool = False
    reasons: tuple[Sentence, ...] = ()
    against: tuple[Sentence, ...] = ()
    would_change: tuple[Sentence, ...] = ()
    lacking: Sentence = NOTHING


@dataclass(frozen=True)
class EvidenceItem:
    """One piece of real work that the candidate submitted.

    Parameters
    ----------
    title, role, outcome, date : str
        As submitted; empty where nothing was.
    link : str, optional
        None on a blind sheet: a link often names its owner. Empty where none was submitted.
    """

    title: str
    role: str = ""
    outcome: str = ""
    date: str = ""
    link: str | None = ""


@dataclass(frozen=True)
class CandidateSheet:
    """Everything that a review sheet prints about one candidate.

    Group membership is not among it, and never will be.

    Parameters
    ----------
    requisition : Requisition
    candidate_code : str
    candidate_name : str, optional
        None on a blind sheet.
    date : date
    outcome : Outcome
    signals : tuple of SignalChange
        In the order of the screen.
    course : Course
    judgements : tuple of Judgement
        One for each detector of inflated scores, the strongest suspicion first; empty where
        scores were not examined.
    false_flag_rate : float, optional
        Share of candidates with genuine scores that the detectors together may flag.
    evidence : tuple of EvidenceItem
    rubric : Rubric
    inputs : tuple of (str, str)
        Name and SHA-256 of each file that the figures were computed from.
    version : str
        Of this program.
    reviews : tuple of GivenReview
        What reviewers gave; empty on a sheet to be filled in by hand.
    agreed : tuple of Given
        What the panel agreed upon; empty where it has not.
    person : PersonDecision, optional
        What the deciding person decided.
    """

    requisition: Requisition
    candidate_code: str
    candidate_name: str | None
    date: dt.date
    outcome: Outcome
    signals: tuple[SignalChange, ...]
    course: Course
    judgements: tuple[Judgement, ...]
    false_flag_rate: float | None
    evidence: tuple[EvidenceItem, ...]
    rubric: Rubric
    inputs: tuple[tuple[str, str], ...]
    version: str
    reviews: tuple[GivenReview, ...] = ()
    agreed: tuple[Given, ...] = ()
    person: PersonDecision | None = None

    @property
    def blind(self) -> bool:
        """Whether the sheet withholds the candidate's name."""
        return self.candidate_name is None

    def to_dict(self) -> dict[str, object]:
        """The sheet as JSON values; dates as ISO 8601."""
        return content_of(self)

    @property
    def digest(self) -> str:
        """SHA-256 of the content, printed in the footer of every page."""
        return content_hash(self.to_dict())

    @property
    def input_digest(self) -> str:
        """One SHA-256 for all input files."""
        return inputs_hash(self.inputs)
