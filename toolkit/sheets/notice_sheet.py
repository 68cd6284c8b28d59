"""What a notice to one candidate says: plain values, before any layout."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from toolkit import __version__
from toolkit.influence.explain import explanation_of
from toolkit.influence.influence import Influence
from toolkit.influence.notice import Notice, notice
from toolkit.intake.cohort import Cohort
from toolkit.sheets.content import content_of, digest_of
from toolkit.sheets.content_hash import inputs_hash
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.requisition import Requisition


@dataclass(frozen=True)
class Contact:
    """Whom a candidate may ask, and until when an answer is waited for.

    Fields that are left empty are printed as lines to fill in by hand.

    Parameters
    ----------
    address : str
        Name, e-mail address, telephone number or postal address.
    ask_by : date, optional
        Duties differ by place, so nothing is assumed.
    """

    address: str = ""
    ask_by: dt.date | None = None


@dataclass(frozen=True)
class NoticeSheet:
    """Everything that a notice prints. Nothing on it concerns anybody else.

    Parameters
    ----------
    requisition : Requisition
    candidate_code : str
    candidate_name : str, optional
        None where the notice goes out by code.
    date : date
    notice : Notice
    person : PersonDecision, optional
        What a person decided; None where none is recorded.
    contact : Contact
    screen, screen_digest, screen_toml : str
        Name and SHA-256 of the rule, and the rule as a screen file says it.
    inputs : tuple of (str, str)
        Name and SHA-256 of each file that the figures were computed from.
    version : str
        Of this program.
    """

    requisition: Requisition
    candidate_code: str
    candidate_name: str | None
    date: dt.date
    notice: Notice
    screen: str
    screen_digest: str
    screen_toml: str = ""
    person: PersonDecision | None = None
    contact: Contact = field(default_factory=Contact)
    inputs: tuple[tuple[str, str], ...] = ()
    version: str = __version__

    def to_dict(self) -> dict[str, object]:
        """The notice as JSON values; dates as ISO 8601."""
        return content_of(self)

    @property
    def digest(self) -> str:
        """SHA-256 of the content, printed in the footer."""
        return digest_of(self)

    @property
    def input_digest(self) -> str:
        """One SHA-256 for all input files."""
        return inputs_hash(self.inputs)


def notice_sheet(
    cohort: Cohort,
    influence: Influence,
    candidate_id: str,
    *,
    requisition: Requisition | None = None,
    contact: Contact | None = None,
    person: PersonDecision | None = None,
    date: dt.date | None = None,
    named: bool = False,
) -> NoticeSheet:
    """The notice to one candidate.

    Parameters
    ----------
    cohort : Cohort
    influence : Influence
        Of a screen on this cohort.
    candidate_id : str
    requisition : Requisition, optional
    contact : Contact, optional
        Lines to fill in by hand when left out.
    person : PersonDecision, optional
        What a person decided about this candidate.
    date : date, optional
        Today when left out.
    named : bool
        Whether the candidate's name stands on it beside the code.

    Raises
    ------
    UnknownName
        If the cohort has no such candidate.
    """
    told = explanation_of(cohort, influence, candidate_id)
    return NoticeSheet(
        requisition=requisition or Requisition(),
        candidate_code=candidate_id,
        candidate_name=cohort.name_of(candidate_id) if named else None,
        date=date or dt.date.today(),
        notice=notice(told, influence.screen.tie_breakers),
        screen=influence.screen.name,
        screen_digest=influence.screen.digest,
        screen_toml=influence.screen.to_toml(),
        person=person,
        contact=contact or Contact(),
        inputs=tuple(sorted(cohort.sources.items())),
    )
