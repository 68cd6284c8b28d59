"""What the store keeps of a random token: enough to know it again, not to make it."""

from __future__ import annotations

import hashlib


def token_hash(token: str) -> str:
    """SHA-256 of a token, in hexadecimal.

    A token is 32 random bytes, so that a plain hash cannot be guessed backwards; passwords
    are hashed slowly instead (`toolkit.store.passwords`).
    """
    return hashlib.sha256(token.encode()).hexdigest()
