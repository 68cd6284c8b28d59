"""Show that work is going on, and let it be stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from toolkit.progress import Progress

#: Seconds until work counts as long: before that, neither bar nor button flashes up.
LONG = 0.4
#: Seconds between two movements of the bar.
_BETWEEN = 0.05


def working(doing: str) -> AbstractContextManager[None]:
    """A line that says what is being done while the block runs, with the seconds so far."""
    return st.spinner(f"{doing} …", show_time=True)


@contextmanager
def stoppable(
    doing: str, key: str, on_stop: Callable[[], None], say: Callable[[float], str] | None = None
) -> Iterator[Progress]:
    """A line, a bar and a button "Stop" while the block runs; all of them go when it ends.

    A click on the button, as on any widget, makes Streamlit begin the page anew: the next
    report of progress never returns, and the block is left there and then. `on_stop` is
    called before the page is drawn again, and has to see to it that the work is not simply
    begun once more.

    Parameters
    ----------
    doing : str
        What is shown, for instance ``"Removing each score in turn"``.
    key : str
        Of the button, unique on the page.
    on_stop : callable
        Notes that the user stopped this.
    say : callable, optional
        Words beside the bar for a share of the work.

    Yields
    ------
    callable
        To be told the share of the work that is done.
    """
    began = time.monotonic()
    drawn_at = began + LONG - _BETWEEN
    with working(doing):
        place = st.empty()
        bar: DeltaGenerator | None = None

        def advance(share: float) -> None:
            nonlocal bar, drawn_at
            now = time.monotonic()
            if now - drawn_at < _BETWEEN:
                return
            drawn_at = now
            words = None if say is None else say(share)
            if bar is None:
                with place.container(horizontal=True, vertical_alignment="center"):
                    bar = st.progress(min(share, 1.0), text=words)
                    st.button("Stop", key=key, on_click=on_stop)
            else:
                bar.progress(min(share, 1.0), text=words)

        try:
            yield advance
        except Exception:
            # An error takes the place of bar and button; a new run of the page draws over them.
            place.empty()
            raise
        place.empty()


def stopped_notice(doing: str, key: str, on_start: Callable[[], None]) -> None:
    """Say that work was stopped, and offer to start it again.

    Parameters
    ----------
    doing : str
        What was being done.
    key : str
        Of the button, unique on the page.
    on_start : callable
        Notes that it may be made again.
    """
    with st.container(border=True):
        st.markdown(
            f"**Stopped: {doing[:1].lower()}{doing[1:]}.** Nothing of it was kept; candidates and "
            "screen are as they were."
        )
        st.button("Start again", key=key, on_click=on_start)
