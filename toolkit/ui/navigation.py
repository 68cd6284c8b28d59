"""Which function draws which place, in the sections of the navigation, and who sees which.

Every place has a page in every session, so that an address always answers; the pages that
are not a person's to use are left out of the navigation and say whose they are. What may be
done is checked once more where it is done, in the store.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from toolkit.errors import SignedOut, StoreError
from toolkit.store import sessions
from toolkit.store.rights import Person
from toolkit.ui import places, team
from toolkit.ui.components.not_open import not_open
from toolkit.ui.components.signed_in import signed_in
from toolkit.ui.components.signed_out import signed_out, unavailable
from toolkit.ui.faults import calmly
from toolkit.ui.opened_requisition import follow
from toolkit.ui.pages import (
    agreement,
    alternatives,
    candidates,
    catalogue,
    explain,
    groups,
    inflation,
    influence,
    log,
    my_reviews,
    panel,
    people,
    portfolios,
    ranking,
    recheck,
    requisitions,
    rubric_and_tasks,
    screen,
    sheets,
    start,
    statutory,
    stress,
    sweep,
    worth,
)
from toolkit.ui.plain_text import plain
from toolkit.ui.sign_in.provider import passwords_are_used
from toolkit.ui.state import workspace

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

#: Sections as they stand in the navigation, each with its places in the order of the work.
SECTIONS: dict[str, dict[places.Place, Callable[[], None]]] = {
    "": {
        places.START: start.page,
        places.REQUISITIONS: requisitions.page,
        places.CANDIDATES: candidates.page,
        places.SCREEN: screen.page,
    },
    "What scores do": {
        places.INFLUENCE: influence.page,
        places.EXPLAIN: explain.page,
        places.WORTH: worth.page,
        places.STRESS: stress.page,
        places.SWEEP: sweep.page,
        places.INFLATION: inflation.page,
    },
    "Groups": {
        places.GROUPS: groups.page,
        places.ALTERNATIVES: alternatives.page,
        places.STATUTORY: statutory.page,
        places.RECHECK: recheck.page,
    },
    "Review": {
        places.RUBRIC: rubric_and_tasks.page,
        places.PORTFOLIOS: portfolios.page,
        places.MY_REVIEWS: my_reviews.page,
        places.PANEL: panel.page,
        places.AGREEMENT: agreement.page,
        places.RANKING: ranking.page,
        places.SHEETS: sheets.page,
    },
    "Team": {
        places.PEOPLE: people.page,
        places.LOG: log.page,
    },
    "Help": {
        places.CATALOGUE: catalogue.page,
    },
}


def opened_page() -> StreamlitPage:
    """Draw the navigation for whoever works here, and return the page that is open."""
    try:
        somebody = team.person()
    except SignedOut as error:
        return _everywhere(functools.partial(signed_out, str(error)))
    except StoreError as error:
        # Rather nothing than a page without knowing for whom.
        return _everywhere(functools.partial(unavailable, str(error)))
    team.leave_nothing_of_others(somebody)
    if somebody is not None and signed_in(
        somebody.name, somebody.role, by_password=passwords_are_used()
    ):
        sessions.end(team.store(), team.token() or "")
        st.session_state.clear()
        st.rerun()
    return st.navigation(
        {
            section: [_page(place, draw, somebody) for place, draw in pages.items()]
            for section, pages in SECTIONS.items()
        },
        expanded=True,
    )


def _page(place: places.Place, draw: Callable[[], None], somebody: Person | None) -> StreamlitPage:
    shown = place.found_by(somebody)
    if not shown:
        draw = _to_first(somebody) if place.first else functools.partial(not_open, place, somebody)
    elif somebody is not None:
        draw = functools.partial(on_the_requisition, draw)
    return place.page(calmly(draw), shown=shown)


def on_the_requisition(draw: Callable[[], None]) -> None:
    """Draw a page on the requisition that the address names, where it names one."""
    told = follow(workspace())
    if told:
        st.info(plain(told))
    draw()


def _to_first(somebody: Person | None) -> Callable[[], None]:
    """The bare address opens what a person finds first."""
    mine = (place for pages in SECTIONS.values() for place in pages if place.found_by(somebody))
    return next(mine).switch_to


def _everywhere(draw: Callable[[], None]) -> StreamlitPage:
    """The same at every address, without a navigation."""
    return st.navigation([place.page(draw) for place in places.ALL], position="hidden")
