"""What stands in place of a page that somebody does not find in their navigation."""

from __future__ import annotations

from toolkit.store.rights import Person
from toolkit.ui.components.heading import heading
from toolkit.ui.components.server_link import server_link
from toolkit.ui.places import START, Place


def not_open(place: Place, somebody: Person | None) -> None:
    """Say whose page it is, and lead back."""
    if somebody is None:
        heading(
            place.title,
            "This page is for several people who work on the same requisitions. "
            "You are working alone, and nothing is kept after you close the page.",
        )
        server_link("Work as a team", "set-up")
    else:
        whose = " and ".join(f"{role.value}s" for role in place.roles)
        heading(place.title, f"This page is for {whose}; you are signed in as {somebody.role}.")
    START.link("Go to the start")
