"""What a requisition report says: plain values about all candidates of one opening."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from toolkit import __version__
from toolkit.estimate import Estimate
from toolkit.inflation.reward import StratumCounts
from toolkit.influence.notice import Condition
from toolkit.review.severity import Severity
from toolkit.screening.screen import Missing, Scale
from toolkit.sentence import Sentence
from toolkit.sheets.candidate_sheet import Kind
from toolkit.sheets.content import content_of, digest_of
from toolkit.sheets.content_hash import inputs_hash
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.requisition import Requisition


@dataclass(frozen=True)
class Rule:
    """The screen, and how many it takes.

    Parameters
    ----------
    name, digest, toml : str
        Name, SHA-256 and the screen as a file says it.
    scale, missing : str
        How signals are scaled, and what is done about missing values.
    tie_breakers : tuple of str
        Labels, in order.
    candidates, places, eligible, selected, tied : int
        Everyone, places, those who met every condition, those selected, and those level at the
        cut whom a lot decided between.
    """

    name: str
    digest: str
    toml: str
    scale: Scale
    missing: Missing
    tie_breakers: tuple[str, ...]
    candidates: int
    places: int
    eligible: int
    selected: int
    tied: int


@dataclass(frozen=True)
class SignalLine:
    """One signal of the screen, and what it changed.

    Parameters
    ----------
    label : str
    kind : {"score", "evidence", "fact"}
    decimals : int
        Of its values as uploaded.
    conditions : tuple of Condition
        Of the screen on it; `met` is of no meaning for all candidates together.
    nominal_weight : float
    effective_weight, decision_share : float, optional
        Share of the composite's variance, and of the decisions by Shapley's value.
    flips : int
        Decisions that differ without it.
    only_with, only_without : int
        Selected only with it, and left out only with it.
    order_kept : float, optional
        Spearman's correlation of the order with it and without it.
    seats_bought : tuple of (int, int)
        For a rise of so many units, so many seats.
    sentence : Sentence
        What it decided, in words.
    """

    label: str
    kind: Kind
    decimals: int
    conditions: tuple[Condition, ...]
    nominal_weight: float
    effective_weight: float | None
    decision_share: float | None
    flips: int
    only_with: int
    only_without: int
    order_kept: float | None
    seats_bought: tuple[tuple[int, int], ...]
    sentence: Sentence


@dataclass(frozen=True)
class SweepMap:
    """Screens that give one score other weights and cut-offs.

    Parameters
    ----------
    label : str
        Of the score.
    decimals : int
        Of its values.
    weights : tuple of int
        Percent, along the rows.
    cutoffs : tuple of float or None
        Along the columns; None where there is no cut-off.
    flips : tuple of tuple of int
        Decisions that differ from those without scores.
    evidence : tuple of tuple of float or None
        Mean evidence of those selected; None where nobody is.
    current : (int, int), optional
        Row and column of the screen in use, where it lies on the map.
    sentence : Sentence
    """

    label: str
    decimals: int
    weights: tuple[int, ...]
    cutoffs: tuple[float | None, ...]
    flips: tuple[tuple[int, ...], ...]
    evidence: tuple[tuple[float | None, ...], ...]
    current: tuple[int, int] | None
    sentence: Sentence


@dataclass(frozen=True)
class Noise:
    """What measuring the scores again would change.

    Parameters
    ----------
    sentence : Sentence
    spreads : tuple of (str, float, Sentence)
        Label, standard deviation and source of each score's noise.
    """

    sentence: Sentence
    spreads: tuple[tuple[str, float, Sentence], ...]


@dataclass(frozen=True)
class RewardTest:
    """Suspected inflation, and whether the screen rewards it.

    Parameters
    ----------
    flagged : int
        Candidates with a suspicion.
    false_flag_rate : float
        Share of candidates with genuine scores that the detectors may flag.
    lacking : tuple of (Sentence, Sentence)
        Detectors that could judge nobody, and what they need.
    sentence : Sentence
    remarks : tuple of Sentence
        The same without each score, and with the flagged scores lowered.
    not_assessed : int
    strata : tuple of StratumCounts
    """

    flagged: int
    false_flag_rate: float
    lacking: tuple[tuple[Sentence, Sentence], ...]
    sentence: Sentence
    remarks: tuple[Sentence, ...]
    not_assessed: int
    strata: tuple[StratumCounts, ...]


@dataclass(frozen=True)
class AgreementLine:
    """How far reviewers agree on one criterion.

    Parameters
    ----------
    label : str
        Empty for all criteria together.
    candidates, reviewers : int
    one, mean, alpha, ac2 : Estimate
        ICC(A,1), ICC(A,k), Krippendorff's ordinal alpha, and Gwet's AC2 with quadratic weights.
    """

    label: str
    candidates: int
    reviewers: int
    one: Estimate
    mean: Estimate
    alpha: Estimate
    ac2: Estimate


@dataclass(frozen=True)
class AgreementPart:
    """How far reviewers agree.

    Parameters
    ----------
    sentences : tuple of Sentence
        The first is the headline.
    lines : tuple of AgreementLine
        All criteria together, then each.
    severity : tuple of Severity
        Empty where reviewers cannot be compared.
    without_rating : int
        Entries "no basis to judge".
    """

    sentences: tuple[Sentence, ...]
    lines: tuple[AgreementLine, ...]
    severity: tuple[Severity, ...]
    without_rating: int


@dataclass(frozen=True)
class RankedCandidate:
    """One candidate by structured review, beside the screen.

    Parameters
    ----------
    candidate_id : str
    taken : bool
        By the official total.
    rank, total, adjusted_total, probability_in_top, rank_low, rank_high : float, optional
        As `toolkit.review.ranking.Ranking` gives them.
    selected : bool, optional
        By the screen; None where it does not know the candidate.
    screen_rank : int, optional
    """

    candidate_id: str
    taken: bool
    rank: float | None
    total: float | None
    adjusted_total: float | None
    probability_in_top: float | None
    rank_low: float | None
    rank_high: float | None
    selected: bool | None
    screen_rank: int | None


@dataclass(frozen=True)
class RankingPart:
    """The ranking by structured review.

    Parameters
    ----------
    sentence, beside : Sentence
        The ranking, and how far it takes the screen's people, in words.
    weights : tuple of (str, float)
        Criteria with their shares.
    ranked : tuple of RankedCandidate
        Best first.
    not_rated : tuple of str
        Codes of those whom the screen selects and nobody rated.
    """

    sentence: Sentence
    beside: Sentence
    weights: tuple[tuple[str, float], ...]
    ranked: tuple[RankedCandidate, ...]
    not_rated: tuple[str, ...]


@dataclass(frozen=True)
class Decided:
    """The screen's decision about one candidate, and a person's.

    Parameters
    ----------
    candidate_id : str
    selected : bool
        By the screen.
    rank : int, optional
        None where a condition was not met or a missing value rejects.
    tied_at_cut : bool
    person : PersonDecision, optional
    """

    candidate_id: str
    selected: bool
    rank: int | None
    tied_at_cut: bool
    person: PersonDecision | None = None

    @property
    def overridden(self) -> bool:
        """Whether a person decided otherwise than the screen."""
        return self.person is not None and self.person.overrides(self.selected)


@dataclass(frozen=True)
class Counted:
    """What stands in place of candidates in a report that lists none.

    Parameters
    ----------
    only_with, only_without : int
        Selected, and left out, only because of the scores.
    decided, forward, overrides : int
        Decisions by people: all, taken forward, and otherwise than was proposed.
    """

    only_with: int
    only_without: int
    decided: int
    forward: int
    overrides: int


@dataclass(frozen=True)
class CohortReport:
    """Everything that a requisition report prints. No group membership is among it.

    Parameters
    ----------
    requisition : Requisition
    date : date
    names : tuple of (str, str)
        Code and name of candidates, where names were asked for; empty otherwise.
    headline : Sentence
        What all scores together decided.
    rule : Rule
    signals : tuple of SignalLine
        In the order of the screen.
    only_with, only_without : tuple of str
        Codes of those selected, and left out, only because of the scores.
    sweeps : tuple of SweepMap
        Of the scores that decided most.
    not_swept : tuple of str
        Labels of the others.
    noise : Noise, optional
        None where the screen uses no score.
    reward : RewardTest
    agreement : AgreementPart, optional
    ranking : RankingPart, optional
    no_review : Sentence or str
        Why ratings that were given say nothing; empty where none were given.
    decided : tuple of Decided
        Everybody, by rank.
    counted : Counted, optional
        Where nobody is listed.
    inputs : tuple of (str, str)
        Name and SHA-256 of each file that the figures were computed from.
    version : str
        Of this program.
    """

    requisition: Requisition
    date: dt.date
    names: tuple[tuple[str, str], ...]
    headline: Sentence
    rule: Rule
    signals: tuple[SignalLine, ...]
    only_with: tuple[str, ...]
    only_without: tuple[str, ...]
    sweeps: tuple[SweepMap, ...]
    not_swept: tuple[str, ...]
    noise: Noise | None
    reward: RewardTest
    agreement: AgreementPart | None
    ranking: RankingPart | None
    no_review: Sentence | str
    decided: tuple[Decided, ...]
    inputs: tuple[tuple[str, str], ...]
    version: str = __version__
    counted: Counted | None = None

    @property
    def scores(self) -> tuple[SignalLine, ...]:
        return tuple(one for one in self.signals if one.kind == "score")

    def to_dict(self) -> dict[str, object]:
        """The report as JSON values; dates as ISO 8601."""
        return content_of(self)

    @property
    def digest(self) -> str:
        """SHA-256 of the content, printed in the footer of every page."""
        return digest_of(self)

    @property
    def input_digest(self) -> str:
        """One SHA-256 for all input files."""
        return inputs_hash(self.inputs)
