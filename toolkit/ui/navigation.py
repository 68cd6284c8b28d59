"""Which function draws which place, in the sections of the navigation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from toolkit.ui import places
from toolkit.ui.faults import calmly
from toolkit.ui.pages import (
    agreement,
    alternatives,
    candidates,
    catalogue,
    explain,
    groups,
    inflation,
    influence,
    ranking,
    recheck,
    screen,
    sheets,
    start,
    statutory,
    stress,
    sweep,
    worth,
)

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

#: Sections as they stand in the navigation, each with its places in the order of the work.
SECTIONS: dict[str, dict[places.Place, Callable[[], None]]] = {
    "": {
        places.START: start.page,
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
        places.AGREEMENT: agreement.page,
        places.RANKING: ranking.page,
        places.SHEETS: sheets.page,
    },
    "Help": {
        places.CATALOGUE: catalogue.page,
    },
}


def opened_page() -> StreamlitPage:
    """Draw the navigation, and return the page that is open."""
    return st.navigation(
        {
            section: [place.page(calmly(draw)) for place, draw in pages.items()]
            for section, pages in SECTIONS.items()
        },
        expanded=True,
    )
