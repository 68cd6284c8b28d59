"""What a user sees when something goes wrong: what to do, and never a traceback."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from toolkit.errors import CloutproofError
from toolkit.ui.plain_text import plain
from toolkit.ui.stopping import unless_stopped

_log = logging.getLogger(__name__)

FAULT = (
    "Something went wrong on this page, and it is our mistake, not yours. What you uploaded "
    "and the screen are kept. Try again, or go to another page and come back."
)


@contextmanager
def shown_in_place() -> Iterator[None]:
    """Show an error that the user can mend where its result would have stood.

    The rest of the page goes on. Everything that is not a `CloutproofError` passes through.
    """
    try:
        yield
    except CloutproofError as error:
        st.error(plain(str(error)))


def calmly(page: Callable[[], None]) -> Callable[[], None]:
    """Draw a page so that no fault reaches the user as a traceback.

    Errors that a user can mend are shown as they stand; any other fault is logged in full
    on the server and shown as one sentence.
    """

    @functools.wraps(page)
    def guarded() -> None:
        try:
            with unless_stopped():
                page()
        except CloutproofError as error:
            st.error(plain(str(error)))
        except Exception:
            _log.exception("A fault on the page %s", page.__module__)
            st.error(FAULT)

    return guarded
