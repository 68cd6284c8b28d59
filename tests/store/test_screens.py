from __future__ import annotations

import pytest

from tests.store.team import SCREEN, team
from toolkit.errors import Conflict, NotAllowed, StoreError
from toolkit.store import requisitions
from toolkit.store.database import Database
from toolkit.store.screens import keep_screen, screens


def test_every_version_of_a_screen_is_kept(database: Database) -> None:
    staff = team(database)
    by = staff.recruiter
    made = requisitions.make_requisition(database, by, "Writer")
    assert screens(database, by, made.key) == ()
    first = keep_screen(database, by, made.key, SCREEN, 0)
    assert (first.version, first.sha256, first.screen) == (1, SCREEN.digest, SCREEN)
    changed = SCREEN.changed(places=3)
    second = keep_screen(database, by, made.key, changed, 1)
    assert screens(database, staff.auditor, made.key) == (second, first)
    # Nothing is different, so nothing is kept, whatever version was seen.
    assert keep_screen(database, by, made.key, changed, 1) == second
    with pytest.raises(Conflict, match="another screen"):
        keep_screen(database, by, made.key, SCREEN, 1)
    with pytest.raises(NotAllowed):
        keep_screen(database, staff.administrator, made.key, SCREEN, 2)
    requisitions.close_requisition(database, by, made.key, 1)
    with pytest.raises(StoreError, match="closed"):
        keep_screen(database, by, made.key, SCREEN, 2)
