"""What a review sheet says about one candidate: plain values, before any layout.

The page, its words and its fonts are added later, so the hash of these values is the same
on A4 and on Letter, and whatever the fonts can print.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

from toolkit.sheets.requisition import Requisition
from toolkit.sheets.rubric import Rubric

Kind = Literal["score", "evidence", "fact"]
WithoutIt = Literal["same", "selected", "not selected"]


@dataclass(frozen=True)
class ScreenRule:
    """The screen that decided, as far as a reader of the sheet needs it.

    Parameters
    ----------
    name : str
    gates : tuple of str
        Each gate in words.
    tie_breakers : tuple of str
        Labels, in order.
    digest : str
        SHA-256 of the rule.
    """

    name: str
    gates: tuple[str, ...]
    tie_breakers: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class Outcome:
    """What the screen decided about this candidate.

    Parameters
    ----------
    selected : bool
    rank : int, optional
        None where a gate was failed or a missing value rejects.
    candidates, selected_in_all : int
        Everyone screened, and how many of them are selected.
    composite : float
    gates_failed : tuple of str
        The gates that the candidate fails, in words.
    missing : tuple of str
        What stood in for each missing value, in words.
    tied_at_cut : bool
        Whether only the lottery orders the candidate and others at the cut.
    without_scores : {"same", "selected", "not selected"}
        The decision when every score of the screen is removed.
    """

    selected: bool
    rank: int | None
    candidates: int
    selected_in_all: int
    composite: float
    gates_failed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    tied_at_cut: bool = False
    without_scores: WithoutIt = "same"


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
    """

    label: str
    kind: Kind
    value: float | None
    decimals: int
    nominal_weight: float
    effective_weight: float | None
    without_it: WithoutIt
    margin: float | None


@dataclass(frozen=True)
class Flag:
    """A suspicion that a score is higher than what stands behind it.

    Parameters
    ----------
    label : str
    suspicion : float
        Between 0 and 1.
    reasons : tuple of str
    would_change : tuple of str
        What would change the judgement.
    """

    label: str
    suspicion: float
    reasons: tuple[str, ...]
    would_change: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvidenceItem:
    """One piece of real work that the candidate submitted.

    Parameters
    ----------
    title, role, outcome, date, link : str
        As submitted; empty where nothing was.
    """

    title: str
    role: str = ""
    outcome: str = ""
    date: str = ""
    link: str = ""


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
    screen : ScreenRule
    outcome : Outcome
    signals : tuple of SignalChange
        In the order of the screen.
    flags : tuple of Flag
        Strongest suspicion first.
    not_judged : tuple of str
        Detectors that found nothing to go by, in words.
    evidence : tuple of EvidenceItem
    rubric : Rubric
    inputs : tuple of (str, str)
        Name and SHA-256 of each file that the figures were computed from.
    version : str
        Of this program.
    """

    requisition: Requisition
    candidate_code: str
    candidate_name: str | None
    date: dt.date
    screen: ScreenRule
    outcome: Outcome
    signals: tuple[SignalChange, ...]
    flags: tuple[Flag, ...]
    not_judged: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]
    rubric: Rubric
    inputs: tuple[tuple[str, str], ...]
    version: str

    @property
    def blind(self) -> bool:
        """Whether the sheet withholds the candidate's name."""
        return self.candidate_name is None

    def to_dict(self) -> dict[str, object]:
        """The sheet as JSON values; dates as ISO 8601."""
        return asdict(self, dict_factory=_json_values)

    @property
    def digest(self) -> str:
        """SHA-256 of the content, printed in the footer of every page."""
        canonical = json.dumps(self.to_dict(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()

    @property
    def input_digest(self) -> str:
        """One SHA-256 for all input files: of their hashes, ordered by name."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.inputs))
        return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def _json_values(fields: list[tuple[str, object]]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value for name, value in fields
    }
