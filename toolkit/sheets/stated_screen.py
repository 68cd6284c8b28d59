"""The screen that a document speaks of, as it is recorded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StatedScreen:
    """A screen by name, hash and text.

    Parameters
    ----------
    name : str
    sha256 : str
    toml : str
        The rule as a screen file says it; empty where it is not known.
    """

    name: str
    sha256: str
    toml: str = ""
