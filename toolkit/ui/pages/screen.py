"""The page of this name; see `toolkit.ui.places`."""

from __future__ import annotations

from toolkit.ui import places
from toolkit.ui.components.empty_state import screen_missing
from toolkit.ui.components.heading import heading
from toolkit.ui.state import workspace


def page() -> None:
    heading(places.SCREEN.title)
    work = workspace()
    if screen_missing(work):
        return
