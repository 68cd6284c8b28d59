"""Headers of applicant tracking systems, recognised as a whole."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from toolkit.intake.plain_name import plain_name


@dataclass(frozen=True)
class Preset:
    """The columns of one system's files.

    Parameters
    ----------
    name : str
    signature : set of str
        Plain names of the columns that give the system away.
    roles : mapping of str to str
        Plain column name → role, written as in a mapping file.
    """

    name: str
    signature: frozenset[str]
    roles: Mapping[str, str]


@cache
def presets() -> tuple[Preset, ...]:
    """The shipped presets."""
    text = resources.files("toolkit.intake").joinpath("presets.toml").read_text("utf-8")
    return tuple(
        Preset(
            raw["name"],
            frozenset(map(plain_name, raw["signature"])),
            {plain_name(column): role for column, role in raw["columns"].items()},
        )
        for raw in tomllib.loads(text)["presets"]
    )


def preset_of(columns: Iterable[str]) -> Preset | None:
    """The preset whose signature these columns hold, or None.

    Examples
    --------
    >>> preset_of(["candidateID", "lastName", "firstName", "keySkills"]).name
    'OpenCATS export'
    """
    names = {plain_name(column) for column in columns}
    return next((preset for preset in presets() if preset.signature <= names), None)
