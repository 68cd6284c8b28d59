"""One score of the catalogue, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

Kind = Literal["influence", "audience", "activity", "audit", "test", "finance", "game", "custom"]
Direction = Literal["higher", "lower"]
Combine = Literal["sum", "maximum"]
RescalingKind = Literal["shift", "scale", "affine", "piecewise", "reform"]

KINDS: tuple[Kind, ...] = get_args(Kind)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
COMBINES: tuple[Combine, ...] = get_args(Combine)
RESCALING_KINDS: tuple[RescalingKind, ...] = get_args(RescalingKind)


@dataclass(frozen=True)
class Source:
    """Where a figure of the catalogue comes from.

    Parameters
    ----------
    title : str
        The citation, as it is shown beside the figure.
    address : str, optional
        Where it can be read.
    """

    title: str
    address: str | None = None

    def __str__(self) -> str:
        return f"{self.title}, {self.address}" if self.address else self.title


@dataclass(frozen=True)
class Rescaling:
    """One change by which a provider moves many scores at once.

    Parameters
    ----------
    date : str
        Year, month or day: ``"2012"``, ``"2011-10"`` or ``"2011-10-26"``; empty for one that
        is supposed and not on record.
    kind : {"shift", "scale", "affine", "piecewise", "reform"}
        A shift adds `amount` points, a scale multiplies by `amount`, an affine change does
        first that and then adds `shift`; a piecewise one goes through `points`. A reform
        changed the scores in a way that no figure describes.
    amount : float or None
        Points (shift) or factor (scale, affine); None for the others.
    note : str
        What happened, and to whom.
    source : Source, optional
        Who reports it.
    shift : float
        Points that an affine change adds after multiplying.
    points : tuple of (float, float)
        For a piecewise change: old and new value, two pairs or more, the old ones rising and
        the new ones not falling. Between two pairs, and beyond the outermost, values move
        along the straight line.
    """

    date: str
    kind: RescalingKind
    amount: float | None = None
    note: str = ""
    source: Source | None = None
    shift: float = 0.0
    points: tuple[tuple[float, float], ...] = ()

    @property
    def has_figures(self) -> bool:
        """Whether it can be applied to values."""
        return self.kind != "reform"

    def applied_to(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """What the values would become, unclipped; a reform leaves them as they are.

        Parameters
        ----------
        values : float array, shape (n_candidates,)
            NaN where missing, and it stays so.
        """
        if self.kind == "piecewise":
            return _through(self.points, values)
        if self.amount is None:
            return values.copy()
        if self.kind == "shift":
            return values + self.amount
        return values * self.amount + self.shift


def _through(
    points: tuple[tuple[float, float], ...], values: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Along straight lines through the points, the outermost lines going on beyond them."""
    old, new = np.array(points, dtype=np.float64).T
    part = np.clip(np.searchsorted(old, values, side="right") - 1, 0, old.size - 2)
    slope = np.diff(new) / np.diff(old)
    moved: npt.NDArray[np.float64] = new[part] + (values - old[part]) * slope[part]
    return moved


@dataclass(frozen=True)
class Price:
    """What units of a score have been sold for.

    Parameters
    ----------
    per : float
        Units that the prices are for.
    low, high : float
        Lowest and highest price reported, in `currency`.
    currency : str
        As the source writes it, for instance ``"US dollars"``.
    year : str
        When the prices were seen.
    source : Source, optional
        Who reports them.
    """

    per: float
    low: float
    high: float
    currency: str
    year: str
    source: Source | None = None

    def __str__(self) -> str:
        """The prices in words.

        Examples
        --------
        >>> str(Price(1000, 1, 18, "US dollars", "2013"))
        '1 to 18 US dollars for 1,000 in 2013'
        """
        low = "" if self.low == self.high else f"{self.low:,g} to "
        return f"{low}{self.high:,g} {self.currency} for {self.per:,g} in {self.year}"


@dataclass(frozen=True)
class Score:
    """What the catalogue knows of one score.

    Parameters
    ----------
    key : str
        Name in screens, files and JSON: lower case letters, digits, underscores.
    label : str
        Name shown to people.
    aliases : tuple of str
        Column names under which real files carry it, beside `key` and `label`.
    kind : str
        One of `KINDS`: what sort of thing the number measures.
    low, high : float or None
        Ends of the scale, both admissible; None where the scale is open.
    direction : {"higher", "lower"}
        Which end is presented as the better one.
    decimals : int
        Decimals that the provider publishes.
    service_from, service_to : str or None
        When it was first offered and when it was switched off, as year, month or day. None
        where that is not known, or where it has not ended.
    moved_by : tuple of str
        What makes it rise and fall.
    known_games : tuple of str
        How it has been inflated, and faults that have been reported.
    rescalings : tuple of Rescaling
        Changes by the provider, oldest first.
    noise_sd : float or None
        Standard deviation, in points, between two measurements of the same person when
        nothing about the person has changed; None where no source gives one.
    price : Price or None
        What units of it have been sold for; None where no source gives a price.
    sources : mapping of str to Source
        Where each of the figures comes from, by the name of the field: ``"scale"``,
        ``"service"``, ``"moved_by"``, ``"known_games"``, ``"noise_sd"``, ``"price"``, ...
    parts : mapping of str to float
        For a composite: key of each part and its multiplier.
    combine : {"sum", "maximum"} or None
        For a composite: how the multiplied parts are put together.
    levels : tuple of str
        For an ordinal score: the names of 0, 1, 2, ... in this order.
    caution : str
        What a reader must know before the number is used.
    """

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    kind: Kind = "custom"
    low: float | None = None
    high: float | None = None
    direction: Direction = "higher"
    decimals: int = 0
    service_from: str | None = None
    service_to: str | None = None
    moved_by: tuple[str, ...] = ()
    known_games: tuple[str, ...] = ()
    rescalings: tuple[Rescaling, ...] = ()
    noise_sd: float | None = None
    price: Price | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    parts: Mapping[str, float] = field(default_factory=dict)
    combine: Combine | None = None
    levels: tuple[str, ...] = ()
    caution: str = ""

    @property
    def is_composite(self) -> bool:
        """True where it is made of other scores."""
        return bool(self.parts)

    @property
    def scale(self) -> str:
        """The scale in words.

        Examples
        --------
        >>> Score("klout", "Klout", low=1, high=100).scale
        '1 to 100'
        >>> Score("followers", "Followers", low=0).scale
        '0 or more'
        """
        if self.low is None and self.high is None:
            return "any number"
        if self.high is None:
            return f"{self.low:,.12g} or more"
        if self.low is None:
            return f"{self.high:,.12g} or less"
        return f"{self.low:,.12g} to {self.high:,.12g}"

    def outside(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Which values the scale does not admit; missing values are not outside.

        Parameters
        ----------
        values : float array, shape (n,)
            In the score's own units; NaN where missing.

        Returns
        -------
        bool array, shape (n,)
        """
        wrong = np.zeros(values.shape, dtype=np.bool_)
        if self.low is not None:
            wrong |= values < self.low
        if self.high is not None:
            wrong |= values > self.high
        return wrong

    @property
    def names(self) -> tuple[str, ...]:
        """Key, label and aliases: everything that `Catalogue.recognise` answers to."""
        return (self.key, self.label, *self.aliases)
