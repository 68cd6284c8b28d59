"""What rechecking a table passes around."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from toolkit.fairness.published_table import Figure, PublishedRow
from toolkit.sentence import Sentence

Cause = Literal[
    "not whole people",
    "more selected than people",
    "total is not the sum",
    "nobody in the group",
    "no count gives this rate",
    "above 1",
    "cut off, not rounded",
    "percent and fraction mixed",
    "rate of those not selected",
    "share of all selected",
    "rate of another row",
    "one person more or less",
    "last digit",
    "rounded before dividing",
    "referent under 2 %",
    "referent is not the highest",
    "divided by the overall rate",
    "upside down",
    "a difference, not a ratio",
    "ratio above 1",
    "no group has 1",
    "unexplained",
]


@dataclass(frozen=True)
class Range:
    """All values that the printed figures leave open; one value where counts are stated."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Fault:
    """A figure of a row that does not follow from the others, and why it may be so."""

    row: PublishedRow
    column: Figure
    recomputed: Sentence | str
    cause: Cause
    explanation: Sentence
