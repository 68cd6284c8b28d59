"""The browser app: page set-up and navigation, nothing else."""

import streamlit as st

from toolkit.ui import places
from toolkit.ui.faults import calmly
from toolkit.ui.look import dress_page
from toolkit.ui.pages import (
    candidates,
    catalogue,
    explain,
    groups,
    inflation,
    influence,
    screen,
    sheets,
    start,
    stress,
    sweep,
    worth,
)

opened = st.navigation(
    [
        places.START.page(calmly(start.page)),
        places.CANDIDATES.page(calmly(candidates.page)),
        places.SCREEN.page(calmly(screen.page)),
        places.INFLUENCE.page(calmly(influence.page)),
        places.EXPLAIN.page(calmly(explain.page)),
        places.WORTH.page(calmly(worth.page)),
        places.STRESS.page(calmly(stress.page)),
        places.SWEEP.page(calmly(sweep.page)),
        places.INFLATION.page(calmly(inflation.page)),
        places.GROUPS.page(calmly(groups.page)),
        places.SHEETS.page(calmly(sheets.page)),
        places.CATALOGUE.page(calmly(catalogue.page)),
    ]
)
dress_page(opened.title)
opened.run()
