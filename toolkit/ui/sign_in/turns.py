"""How many passwords are hashed at a time.

A hash takes 64 MiB and a part of a second, on purpose. A flood of attempts must not take
the memory and the processors from those who are at work.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from toolkit.errors import StoreError

AT_A_TIME = 2
#: Whoever comes while so many wait is asked to try again.
WAITING = 8
_places = threading.BoundedSemaphore(AT_A_TIME + WAITING)
_turns = threading.BoundedSemaphore(AT_A_TIME)


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for one's turn to hash.

    Raises
    ------
    StoreError
        If too many wait already.
    """
    if not _places.acquire(blocking=False):
        raise StoreError("Many people are signing in at this moment. Try again in a minute.")
    try:
        with _turns:
            yield
    finally:
        _places.release()
