from __future__ import annotations

import pytest
from sqlalchemy import insert

from toolkit.errors import NotAllowed
from toolkit.store import people
from toolkit.store.access import check_may_open
from toolkit.store.database import Database
from toolkit.store.event_log import now
from toolkit.store.requisitions import make_requisition
from toolkit.store.rights import Role
from toolkit.store.tables import ASSIGNMENTS, CANDIDATES, RUBRICS

SECRET = "four unrelated words"


def test_reviewers_open_what_they_review_and_others_what_there_is(database: Database) -> None:
    ada = people.make_first_administrator(database, "Ada", "ada@example.org", SECRET)
    mine = make_requisition(database, ada, "Mine").key
    other = make_requisition(database, ada, "Other").key
    team = {Role.ADMINISTRATOR: ada}
    for role in set(Role) - {Role.ADMINISTRATOR}:
        token = people.invite(database, ada, role.value, role)
        team[role] = people.accept_invitation(database, token, role.value, SECRET)
    with database.writing() as connection:
        connection.execute(
            insert(CANDIDATES).values(id="c", requisition_id=mine, code="C-1", name="Cy")
        )
        connection.execute(
            insert(RUBRICS).values(
                id="r", requisition_id=mine, version=1, content="{}", sha256="0", made_at=now()
            )
        )
        connection.execute(
            insert(ASSIGNMENTS).values(
                id="a",
                requisition_id=mine,
                candidate_id="c",
                reviewer_id=team[Role.REVIEWER].id,
                rubric_id="r",
                position=1,
            )
        )
    for role, somebody in team.items():
        check_may_open(database, somebody, mine)
        if role is not Role.REVIEWER:
            check_may_open(database, somebody, other)
    said = set()
    for somebody, key in ((team[Role.REVIEWER], other), *((one, "none") for one in team.values())):
        with pytest.raises(NotAllowed) as refused:
            check_may_open(database, somebody, key)
        said.add(str(refused.value))
    assert len(said) == 1
