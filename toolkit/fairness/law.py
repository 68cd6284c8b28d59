"""What a law or guideline asks to be tabulated, read from dated files in ``laws/``.

Laws change, and what they say is not for code to know: categories and their wording,
thresholds, dates and statements are data, each file with the day on which it was last
compared with its source.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from toolkit.errors import InputError, UnknownName
from toolkit.intake.plain_name import plain_name

RateKind = Literal["selection", "scoring"]
#: Values that a mapping of categories may name instead of a category.
UNKNOWN = "unknown"

Text = Annotated[str, Field(min_length=1)]


def _share(value: object) -> Fraction:
    # Written as text in the files, since 0.02 has no exact binary form.
    if not isinstance(value, str):
        raise ValueError('write the share as text, for instance "0.02" or "4/5"')
    share = Fraction(value)
    if not 0 < share < 1:
        raise ValueError("a share lies between 0 and 1")
    return share


Share = Annotated[Fraction, BeforeValidator(_share)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Source(_Part):
    """Where the law can be read."""

    title: Text
    cite: Text


class Category(_Part):
    """One category of an attribute.

    Parameters
    ----------
    name : str
        Short name, used in results.
    wording : str
        The words of the law, where they are longer.
    also : tuple of str
        Other names that mean the same in files.
    """

    name: Text
    wording: str = ""
    also: tuple[Text, ...] = ()

    @property
    def label(self) -> str:
        return self.wording or self.name


class Attribute(_Part):
    """One way in which a law divides people.

    Parameters
    ----------
    name : str
        Key in results, for instance ``"sex"``.
    title : str
    columns : tuple of str
        Plain names under which a column holds it.
    categories : tuple of Category
        In the order of the law.
    """

    name: Text
    title: Text
    columns: tuple[Text, ...] = Field(min_length=1)
    categories: tuple[Category, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _each_name_once(self) -> Attribute:
        self.by_name()
        return self

    def by_name(self) -> dict[str, str]:
        """Every known spelling, as a plain name, to the category's name."""
        found: dict[str, str] = {}
        for category in self.categories:
            for name in (category.name, category.wording, *category.also):
                other = found.setdefault(plain_name(name), category.name) if name else None
                if other not in (None, category.name):
                    raise ValueError(f"'{name}' means {other} and {category.name}")
        return found

    def label_of(self, name: str) -> str:
        """The law's wording of a category."""
        return next(c.label for c in self.categories if c.name == name)


class SmallCategories(_Part):
    """When a category may be left out of the ratios.

    Parameters
    ----------
    share : Fraction
        A category below it may be left out.
    of : {"data", "labour force"}
        What it is a share of. Shares of the labour force are not in the data, so that only
        the user can say whether a category is below.
    cite, statement : str
    """

    share: Share
    of: Literal["data", "labour force"]
    cite: Text
    statement: Text


class Limit(_Part):
    """A ratio below which a law or guideline says something.

    Four-fifths is the only one so far, and is compared in whole numbers by
    `four_fifths.below_four_fifths`.
    """

    below: Literal["4/5"]
    cite: Text
    statement: Text


class WantedDate(_Part):
    """A date that has to stand beside the tables."""

    name: Literal["audit", "data_from", "data_to", "distribution"]
    label: Text


class Statement(_Part):
    """A sentence that stands under the tables; `about` limits it to one kind of rate."""

    text: Text
    about: RateKind | None = None


class Law(_Part):
    """A law or guideline that says how selection is to be tabulated.

    Parameters
    ----------
    key : str
        Name of the file, and of the law on the command line.
    name, short, jurisdiction : str
    as_of : date
        When the file was last compared with its sources.
    applies_from : date
    rates : tuple of {"selection", "scoring"}
        Rates that it knows.
    intersection : bool
        Whether combinations of the attributes are tabulated.
    by_job : bool
        Whether tables are kept for each job.
    sources : tuple of Source
    attributes : tuple of Attribute
    small : SmallCategories, optional
    limit : Limit, optional
        None where it sets none.
    dates : tuple of WantedDate
    statements : tuple of Statement
    """

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Text
    short: Text
    jurisdiction: Text
    as_of: dt.date
    applies_from: dt.date
    rates: tuple[RateKind, ...] = Field(min_length=1)
    intersection: bool
    by_job: bool
    sources: tuple[Source, ...] = Field(min_length=1)
    attributes: tuple[Attribute, ...] = Field(min_length=1)
    small: SmallCategories | None = None
    limit: Limit | None = None
    dates: tuple[WantedDate, ...] = ()
    statements: tuple[Statement, ...] = ()

    def attribute(self, name: str) -> Attribute:
        """One attribute by its key.

        Raises
        ------
        UnknownName
            If the law has no such attribute.
        """
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute
        raise UnknownName("attribute", name, [a.name for a in self.attributes], self.name)

    def says(self, rate: RateKind) -> tuple[str, ...]:
        """The sentences that stand under tables of this kind of rate."""
        own = [said.text for said in self.statements if said.about in (None, rate)]
        more = [part.statement for part in (self.limit, self.small) if part is not None]
        return (*own, *more)


def read_law(text: str, where: str) -> Law:
    """Read one law from the text of its file.

    Parameters
    ----------
    text : str
        TOML.
    where : str
        Name of the file, for messages.

    Raises
    ------
    InputError
        If the text is not TOML, or something in it is missing, unknown or of the wrong kind.
    """
    try:
        return Law.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where} is not valid TOML: {error}. Mend it at that place.") from None
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'the file'}: {fault['msg']}"
            for fault in error.errors()
        )
        raise InputError(f"{where} does not describe a law. {faults}.") from None


@cache
def load_laws() -> Mapping[str, Law]:
    """The laws that come with the product, by key."""
    laws = {}
    for file in sorted(resources.files("toolkit.fairness").joinpath("laws").iterdir(), key=str):
        if file.name.endswith(".toml"):
            law = read_law(file.read_text(encoding="utf-8"), file.name)
            laws[law.key] = law
    return MappingProxyType(laws)


def law_named(key: str) -> Law:
    """A law by its key.

    Raises
    ------
    UnknownName
        If there is no such law here.

    Examples
    --------
    >>> law_named("nyc-ll144").limit is None, law_named("ugesp").limit.below
    (True, '4/5')
    """
    laws = load_laws()
    if key not in laws:
        raise UnknownName("law", key, laws)
    return laws[key]
