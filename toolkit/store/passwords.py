"""Passwords of local accounts, kept as Argon2id hashes (RFC 9106)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from toolkit.errors import StoreError

SHORTEST = 12
#: Longer ones would only cost time to hash.
LONGEST = 1_000
_HASHER = PasswordHasher()
#: Checked where there is no account, so that the answer takes as long.
_NOBODYS = _HASHER.hash("nobody's password")


def hashed(password: str, sign_in: str) -> str:
    """The hash of a new password.

    Raises
    ------
    StoreError
        If it is too short or too long, or is what the person signs in with.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise StoreError(
            f"The password has {len(password)} characters. Choose one of {SHORTEST} to "
            f"{LONGEST:,}; a few words that nobody would guess are a good one."
        )
    if password.casefold() == sign_in.casefold() or len(set(password)) < 4:
        raise StoreError("That password is too easy to guess. Choose a few unrelated words.")
    return _HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether a password is the one whose hash is stored; as slow where none is."""
    try:
        right = _HASHER.verify(stored or _NOBODYS, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(stored)
