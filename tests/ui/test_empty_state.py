"""What a page says to somebody of a team while it has nothing to show."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.store.team import opening, team, upload
from tests.ui.team import opened_as, team_store
from toolkit.store.database import Database
from toolkit.ui import places
from toolkit.ui.navigation import on_the_requisition
from toolkit.ui.pages import groups, statutory

__all__ = ["team_store"]

NO_GROUPS = "candidate_id,name,klout,portfolio\nann,Ann Arbor,60,2\nbo,Bo Diddley,55,3\n"


def groups_page() -> None:
    on_the_requisition(groups.page)


def statutory_page() -> None:
    on_the_requisition(statutory.page)


def said(test: AppTest) -> str:
    return "\n".join(one.value for one in [*test.markdown, *test.caption])


def links(test: AppTest) -> list[str]:
    return [one.proto.page for one in test.get("page_link")]


def test_an_auditor_without_group_columns_is_told_who_can_bring_them(
    team_store: Database,
) -> None:
    people = team(team_store)
    without = upload(NO_GROUPS)
    key = opening(team_store, people.recruiter, without).key
    test = opened_as(people.auditor, team_store, statutory_page, requisition=key)
    told = "Mark a column as a group: that is done by recruiters, on the page Candidates."
    assert "There are no group columns" in said(test)
    assert told in said(test)
    assert places.CANDIDATES.path not in links(test)


def test_without_a_requisition_the_way_leads_to_one(team_store: Database) -> None:
    people = team(team_store)
    test = opened_as(people.auditor, team_store, groups_page)
    assert "Open a requisition; its candidates stand here then." in said(test)
    assert links(test) == [places.REQUISITIONS.path]
    assert not places.CANDIDATES.found_by(people.auditor)
    assert places.CANDIDATES.found_by(people.recruiter)
