from __future__ import annotations

import pytest

from toolkit.errors import NotAllowed
from toolkit.store.rights import RIGHTS, Action, Person, Role, require

#: Written out once more, from the rules of the product and not from the table.
ALLOWED = {
    Action.SEE_PEOPLE: "administrator recruiter",
    Action.CHANGE_PEOPLE: "administrator",
    Action.SEE_REQUISITION: "administrator recruiter auditor",
    Action.CHANGE_REQUISITION: "administrator recruiter",
    Action.SEE_CANDIDATES: "recruiter",
    Action.CHANGE_CANDIDATES: "recruiter",
    Action.CHANGE_SCREEN: "recruiter",
    Action.CHANGE_RUBRIC: "recruiter",
    Action.ASSIGN_REVIEWS: "recruiter",
    Action.RATE: "reviewer",
    Action.SEE_PANEL: "recruiter",
    Action.AGREE_RATINGS: "recruiter",
    Action.SEE_AGREEMENT: "recruiter auditor",
    Action.DISMISS_FLAG: "recruiter",
    Action.DECIDE: "recruiter",
    Action.ISSUE_SHEETS: "recruiter",
    Action.MAKE_REPORTS: "recruiter auditor",
    Action.SEE_GROUPS: "auditor",
    Action.SEE_LOG: "auditor",
    Action.EXPORT_CANDIDATE: "administrator recruiter",
    Action.ERASE_CANDIDATE: "administrator",
    Action.BACK_UP: "administrator",
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_every_role_and_action(role: Role, action: Action) -> None:
    person = Person("1", "Ann", "ann", role)
    if role.value in ALLOWED[action].split():
        require(person, action)
    else:
        with pytest.raises(NotAllowed, match=f"As {role.value} you may not {action.value}"):
            require(person, action)


def test_a_closed_account_may_nothing() -> None:
    closed = Person("1", "Ann", "ann", Role.ADMINISTRATOR, active=False)
    for action in Action:
        with pytest.raises(NotAllowed, match="closed"):
            require(closed, action)


def test_the_refusal_says_who_may() -> None:
    with pytest.raises(NotAllowed, match="open to recruiters and auditors"):
        require(Person("1", "Ann", "ann", Role.REVIEWER), Action.SEE_AGREEMENT)


def test_who_decides_does_not_see_groups() -> None:
    assert not any({Action.SEE_GROUPS, Action.DECIDE} <= rights for rights in RIGHTS.values())
