"""What people write into the store: titles and longer texts, checked before they are kept."""

from __future__ import annotations

import re
import uuid
from datetime import date

from toolkit.errors import StoreError

#: Characters that no database keeps alike, or that nobody can see: all but tab and new line.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
LONGEST_TITLE = 200
LONGEST_TEXT = 20_000


def title(text: str, what: str) -> str:
    r"""One line without spaces around it.

    Parameters
    ----------
    text : str
    what : str
        What it is a title of, for instance ``"requisition"``.

    Raises
    ------
    StoreError
        If nothing is left of it, or it is too long.

    Examples
    --------
    >>> title("  Social media\n manager ", "requisition")
    'Social media manager'
    """
    line = " ".join(_CONTROL.sub(" ", text).split())
    if not line:
        raise StoreError(f"The {what} has no title. Give it one by which the team knows it.")
    if len(line) > LONGEST_TITLE:
        raise StoreError(
            f"The title has {len(line):,} characters. Put it in {LONGEST_TITLE} or fewer."
        )
    return line


def prose(text: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """A text of any number of lines, which may be empty.

    Parameters
    ----------
    text : str
    what : str
        What it is, for messages, for instance ``"reason"``.
    longest : int
        Characters that it may have.

    Raises
    ------
    StoreError
        If it is too long.
    """
    whole = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(whole) > longest:
        raise StoreError(
            f"The {what} has {len(whole):,} characters. Put it in {longest:,} or fewer."
        )
    return whole


def reason(text: str, missing: str) -> str:
    """A text that must not be empty.

    Parameters
    ----------
    text : str
    missing : str
        What is said where it is empty.

    Raises
    ------
    StoreError
    """
    whole = prose(text, "reason")
    if not whole:
        raise StoreError(missing)
    return whole


def day(text: str) -> str:
    """A date as the store keeps it.

    Raises
    ------
    StoreError
        If it is not a date like 2027-01-31.

    Examples
    --------
    >>> day("2027-01-31")
    '2027-01-31'
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise StoreError(f"'{text[:40]}' is not a date. Write it like 2027-01-31.") from error


def new_key() -> str:
    """A key for a new row, unlike any other."""
    return str(uuid.uuid4())


def as_key(text: str) -> str:
    """A key that came from outside.

    Raises
    ------
    StoreError
        If it does not have the form of a key.
    """
    try:
        return str(uuid.UUID(text))
    except (ValueError, AttributeError, TypeError) as error:
        raise StoreError("That is not a key of the store. Copy it whole.") from error
