"""Every error that a user of Cloutproof can meet, in one tree.

::

    CloutproofError
    ├── InputError            a file or folder cannot be used as it is
    │   ├── UnreadableFile    the bytes are not the format they claim to be
    │   ├── RefusedInput      it holds what this product never accepts (passwords, tokens)
    │   └── MappingError      a column mapping names what the file does not have
    ├── UnknownName           a signal, score, group or candidate that is not there
    ├── ScreenError           the screen contradicts itself or does not fit the cohort
    ├── CatalogueError        an entry of the score catalogue is wrong
    ├── TooFewData            a statistic was asked for that these data cannot carry
    ├── SheetError            a review sheet cannot be written or does not verify
    └── StoreError            the store cannot be opened, or refuses what was asked
        ├── NotAllowed        the person has no right to it
        │   └── SignedOut     nobody is signed in, or not any more
        └── Conflict          somebody else has changed it in the meantime

Every message says what was found, where, and what to do about it. The command line
prints the message and leaves with code 2; the browser shows it in place of a result.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CloutproofError(Exception):
    """Base of all errors that are shown to a user as they stand."""

    @property
    def message(self) -> str:
        """The message as it was made: a sentence can still be said in another language."""
        return self.args[0] if self.args and isinstance(self.args[0], str) else str(self)


class InputError(CloutproofError):
    """A file or folder cannot be used as it is."""


class UnreadableFile(InputError):
    """The bytes of a file are not the format that they claim to be.

    Parameters
    ----------
    message : str
    file : str, optional
        The file among several, as the user knows it.
    """

    def __init__(self, message: str, file: str | None = None) -> None:
        self.file = file
        super().__init__(message)


class RefusedInput(InputError):
    """The input holds what this product never accepts."""


class MappingError(InputError):
    """A column mapping names what the file does not have."""


class UnknownName(CloutproofError):
    """A signal, score, group or candidate that is not there.

    Parameters
    ----------
    kind : str
        What was looked for, for instance ``"signal"``.
    name : str
        The name that was not found.
    known : iterable of str
        The names that exist; close ones are suggested.
    where : str
        Where the name was used, for instance ``"the screen's weights"``.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], where: str = "") -> None:
        self.kind = kind
        self.name = name
        known = sorted(known)
        place = f" in {where}" if where else ""
        super().__init__(f"There is no {kind} '{name}'{place}. {did_you_mean(name, known)}")


class ScreenError(CloutproofError):
    """The screen contradicts itself or does not fit the cohort."""


class CatalogueError(CloutproofError):
    """An entry of the score catalogue is wrong."""


class TooFewData(CloutproofError):
    """A statistic was asked for that these data cannot carry."""


class SheetError(CloutproofError):
    """A review sheet cannot be written or does not verify."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A sentence that suggests the known names closest to one that was not found.

    Examples
    --------
    >>> did_you_mean("kluot", ["klout", "kred"])
    "Did you mean 'klout'?"
    >>> did_you_mean("x", ["klout", "kred"])
    "Known: 'klout', 'kred'."
    >>> did_you_mean("x", [])
    'There is none to choose from.'
    """
    known = list(known)
    close = difflib.get_close_matches(name.casefold(), [k.casefold() for k in known], n=3)
    matches = [k for k in known if k.casefold() in close]
    if matches:
        return f"Did you mean {' or '.join(repr(k) for k in matches)}?"
    if not known:
        return "There is none to choose from."
    shown = ", ".join(repr(k) for k in known[:12])
    more = f" and {len(known) - 12} more" if len(known) > 12 else ""
    return f"Known: {shown}{more}."


def first_line(error: Exception) -> str:
    r"""What another library says of an error, in short and fit to be shown.

    Examples
    --------
    >>> first_line(OSError("Not Parquet: \x01.\nMore"))
    'Not Parquet: �'
    >>> first_line(MemoryError())
    'MemoryError'
    """
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return "".join(c if c.isprintable() else "�" for c in lines[0]).rstrip(".")


class StoreError(CloutproofError):
    """The store cannot be opened, or refuses what was asked."""


class NotAllowed(StoreError):
    """The person has no right to what was asked."""


class SignedOut(NotAllowed):
    """Nobody is signed in, or not any more."""


class Conflict(StoreError):
    """Somebody else has changed it in the meantime; nothing was overwritten."""
