"""Events of the log, the latest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from toolkit.store.event_log import Event
from toolkit.ui.components.table import table


def event_table(events: Sequence[Event], actors: Mapping[str, str]) -> None:
    """List them.

    Parameters
    ----------
    events : sequence of Event
    actors : mapping of str to str
        What to call whoever acted, by key.
    """
    if not events:
        st.info("No event fits.")
        return
    table(
        pd.DataFrame(
            {
                "Event": [event.seq for event in events],
                "When (UTC)": pd.to_datetime([event.at for event in events]).tz_localize(None),
                "Who": [actors.get(event.actor, event.actor) for event in events],
                "What": [event.action for event in events],
                "About": [event.subject for event in events],
                "Detail": [event.detail for event in events],
                "Hash": [event.hash for event in events],
            }
        ),
        key="events",
        file_name="events.csv",
        says="Events of the log, the latest first",
    )
