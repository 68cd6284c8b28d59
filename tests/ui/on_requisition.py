"""Pages as the navigation draws them for a team: on the requisition that the address names."""

from __future__ import annotations

from toolkit.ui.faults import calmly
from toolkit.ui.navigation import on_the_requisition
from toolkit.ui.opened_requisition import noting_sheets
from toolkit.ui.pages import candidates, inflation, requisitions, screen, start
from toolkit.ui.state import workspace


def requisitions_page() -> None:
    on_the_requisition(requisitions.page)


def candidates_page() -> None:
    on_the_requisition(candidates.page)


def screen_page() -> None:
    on_the_requisition(screen.page)


def inflation_page() -> None:
    on_the_requisition(inflation.page)


def handing_out_page() -> None:
    """As a page does it whose sheets are downloaded."""

    def hand_out() -> None:
        note = noting_sheets(workspace())
        note("candidate", [("ann", "a" * 64), ("somebody else", "b" * 64)])

    on_the_requisition(hand_out)


def start_page() -> None:
    on_the_requisition(start.page)


def calm_candidates_page() -> None:
    calmly(candidates_page)()
