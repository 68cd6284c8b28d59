"""A code that only whoever sees the server's output can know.

The first visitor of a new store becomes its administrator. Where that visitor is not on this
computer, they have to show that the server is theirs.
"""

from __future__ import annotations

import hmac
import logging
import secrets

_log = logging.getLogger(__name__)
_code = secrets.token_hex(4)


def show_code() -> None:
    """Write the code where the server writes, for whoever runs it."""
    _log.warning("Set-up code of this server: %s", _code)


def is_code(given: str) -> bool:
    """Whether this is the code."""
    return hmac.compare_digest(given.strip().lower().encode(), _code.encode())
