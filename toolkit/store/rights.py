"""Who may do what: one table, asked below every page and command."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolkit.errors import NotAllowed


class Role(StrEnum):
    """What a person is to the team."""

    ADMINISTRATOR = "administrator"
    RECRUITER = "recruiter"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"


class Action(StrEnum):
    """What can be done, in words that complete "you may not ..."."""

    SEE_PEOPLE = "see the people of this team"
    CHANGE_PEOPLE = "invite people or change what they may do"
    SEE_REQUISITION = "see requisitions"
    CHANGE_REQUISITION = "make or change requisitions"
    SEE_CANDIDATES = "see candidates by name and with their scores"
    CHANGE_CANDIDATES = "upload candidates"
    CHANGE_SCREEN = "change the screen"
    CHANGE_RUBRIC = "write the rubric"
    ASSIGN_REVIEWS = "hand out reviews"
    RATE = "rate candidates"
    SEE_PANEL = "see what other reviewers gave"
    AGREE_RATINGS = "write down what the panel agreed"
    SEE_AGREEMENT = "see how far reviewers agree"
    DISMISS_FLAG = "dismiss a flag"
    DECIDE = "decide about candidates"
    ISSUE_SHEETS = "issue review sheets"
    MAKE_REPORTS = "make reports on a requisition"
    SEE_GROUPS = "see figures by group"
    SEE_LOG = "see the log"
    EXPORT_CANDIDATE = "export what is kept of a candidate"
    ERASE_CANDIDATE = "erase a candidate"
    BACK_UP = "back the store up"


_EVERY_REQUISITION = {Action.SEE_REQUISITION}
#: What each role may do. Figures by group are for the auditor alone, and only ever counted
#: together; whoever decides does not see them.
RIGHTS: dict[Role, frozenset[Action]] = {
    Role.ADMINISTRATOR: frozenset(
        _EVERY_REQUISITION
        | {
            Action.SEE_PEOPLE,
            Action.CHANGE_PEOPLE,
            Action.CHANGE_REQUISITION,
            Action.EXPORT_CANDIDATE,
            Action.ERASE_CANDIDATE,
            Action.BACK_UP,
        }
    ),
    Role.RECRUITER: frozenset(
        _EVERY_REQUISITION
        | {
            Action.SEE_PEOPLE,
            Action.CHANGE_REQUISITION,
            Action.SEE_CANDIDATES,
            Action.CHANGE_CANDIDATES,
            Action.CHANGE_SCREEN,
            Action.CHANGE_RUBRIC,
            Action.ASSIGN_REVIEWS,
            Action.SEE_PANEL,
            Action.AGREE_RATINGS,
            Action.SEE_AGREEMENT,
            Action.DISMISS_FLAG,
            Action.DECIDE,
            Action.ISSUE_SHEETS,
            Action.MAKE_REPORTS,
            Action.EXPORT_CANDIDATE,
        }
    ),
    Role.REVIEWER: frozenset({Action.RATE}),
    Role.AUDITOR: frozenset(
        _EVERY_REQUISITION
        | {Action.SEE_AGREEMENT, Action.SEE_GROUPS, Action.SEE_LOG, Action.MAKE_REPORTS}
    ),
}


@dataclass(frozen=True)
class Person:
    """Somebody who works with the store.

    Parameters
    ----------
    id : str
    name : str
    sign_in : str
        What they sign in with, an e-mail address as a rule; in small letters.
    role : Role
    active : bool
    """

    id: str
    name: str
    sign_in: str
    role: Role
    active: bool = True

    def may(self, action: Action) -> bool:
        """Whether the person may do this."""
        return self.active and action in RIGHTS[self.role]


def require(person: Person, action: Action) -> None:
    """Stop whoever has no right to an action.

    Raises
    ------
    NotAllowed
        With a sentence that says who may.
    """
    if person.may(action):
        return
    if not person.active:
        raise NotAllowed("This account is closed. Ask an administrator.")
    who = [f"{role.value}s" for role in Role if action in RIGHTS[role]]
    raise NotAllowed(
        f"As {person.role.value} you may not {action.value}. It is open to {' and '.join(who)}."
    )
