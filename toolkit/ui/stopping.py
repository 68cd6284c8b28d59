"""What becomes of a page when the user stops a long computation on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Stopped(Exception):
    """A result was not made because the user stopped it; a notice stands in its place."""


@contextmanager
def unless_stopped() -> Iterator[None]:
    """Leave out what needs a result that the user stopped; the rest of the page goes on.

    Without this, a page ends where the result would have been.
    """
    with suppress(Stopped):
        yield
