"""Everybody with an account."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.store.rights import Person
from toolkit.store.sessions import Session
from toolkit.ui.components.table import table


def people_table(people: Sequence[Person], sessions: Sequence[Session]) -> None:
    """Names, roles, and where somebody is signed in now.

    Parameters
    ----------
    people : sequence of Person
    sessions : sequence of Session
        Those that are open, the latest used first.
    """
    rows = []
    for one in people:
        own = [session for session in sessions if session.person == one.id]
        seen = pd.Timestamp(own[0].seen_at) if own else None
        state = "Open" if one.active else "Closed"
        rows.append((one.name, one.sign_in, one.role.capitalize(), state, len(own), seen))
    table(
        pd.DataFrame(
            rows, columns=["Name", "Signs in as", "Role", "Account", "Browsers", "Last seen (UTC)"]
        ),
        key="people",
        file_name="people.csv",
        says="Everybody with an account: name, sign-in, role, and browsers they are signed in with",
    )
