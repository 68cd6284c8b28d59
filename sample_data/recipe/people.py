"""Names that nobody bears: syllables put together, and a few that say they are invented."""

from __future__ import annotations

from itertools import product

import numpy as np

_FIRST = ("Ba", "De", "Fi", "Go", "Ha", "Ju", "Ka", "Li", "Mo", "Ne", "Pe", "Ro", "Sa", "Ti", "Ve")
_FIRST += ("Wi", "Xa", "Yo", "Zu")
_LAST = ("lin", "mar", "nor", "rith", "sel", "tam", "vek", "wyn", "zel")
_FAMILY_FIRST = (
    "Acorn",
    "Brindle",
    "Copper",
    "Dapple",
    "Ember",
    "Fen",
    "Gravel",
    "Hazel",
    "Lantern",
)
_FAMILY_FIRST += ("Marble", "Nettle", "Otter", "Puddle", "Quill", "Saffron", "Thistle", "Umber")
_FAMILY_FIRST += ("Willow",)
_FAMILY_LAST = ("button", "feather", "gate", "kettle", "ladder", "marsh", "sedge", "spindle")
_FAMILY_LAST += ("whistle", "wick")

#: Names that test a reader, a font and a page; each says of itself that it is invented.
SPECIAL = (
    "Siorín O'Fenwhistle",
    "شخصية خيالية",
    "虚构人物",
    "Maximiliana Wilhelmine Theodosia Philippa Quillmarsh-Lanternfeather von und zu "
    "Puddlekettle-Thistlespindle auf Oberbrindlewick",
    "Επινόητος Χαρακτήρας",
    "Вымышлена Персонова",
    "Zöe Ångström-Ñandú",
)


def names(rng: np.random.Generator, size: int, special: tuple[str, ...]) -> list[str]:
    """Names of invented people, each once, the special ones spread among them.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the draws come from.
    size : int
        Number of names.
    special : tuple of str
        Names to include.
    """
    given = [a + b for a, b in product(_FIRST, _LAST)]
    family = [a + b for a, b in product(_FAMILY_FIRST, _FAMILY_LAST)]
    made: list[str] = []
    while len(made) < size:
        name = f"{given[rng.integers(len(given))]} {family[rng.integers(len(family))]}"
        if name not in made:
            made.append(name)
    for place, name in zip(rng.permutation(size), special, strict=False):
        made[place] = name
    return made


def shared_out(rng: np.random.Generator, counts: dict[str, int]) -> list[str]:
    """A column with each value as often as asked, in random order."""
    column = [value for value, count in counts.items() for _ in range(count)]
    return [column[place] for place in rng.permutation(len(column))]
