"""The names in a group column, as the categories of a law."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.errors import InputError, UnknownName, did_you_mean
from toolkit.fairness.law import UNKNOWN, Attribute, Law
from toolkit.fairness.membership import membership
from toolkit.intake.plain_name import plain_name


@dataclass(frozen=True, eq=False)
class Categorised:
    """A group column in the words of a law.

    Parameters
    ----------
    column : Series of category, shape (n_rows,)
        Categories of the law, all of them declared; missing where unknown.
    read_as : mapping of str to str
        What stood in the column, and the category it was taken for, where the two differ.
    read_as_unknown : mapping of str to int
        Answers that say nothing of a category, and in how many rows they stand.
    """

    column: pd.Series
    read_as: Mapping[str, str]
    read_as_unknown: Mapping[str, int]


def categorised(
    column: pd.Series, attribute: Attribute, law: Law, own: Mapping[str, str] | None = None
) -> Categorised:
    """Bring a column to the categories of one attribute of a law.

    A value is taken for a category if it is its name, its wording or one of its other
    spellings in the law's file, whatever the capitals and marks, or if `own` says so. Nothing
    else is guessed.

    Parameters
    ----------
    column : Series, shape (n_rows,)
        As `membership` reads it; its unknown words are unknown here too.
    attribute : Attribute
    law : Law
        For messages.
    own : mapping of str to str, optional
        Further values and their category, or ``"unknown"``. Entries that name a category of
        another attribute do not concern this one.

    Raises
    ------
    InputError
        If a value belongs to no category.

    Examples
    --------
    >>> from toolkit.fairness.law import law_named
    >>> law = law_named("nyc-ll144")
    >>> made = categorised(pd.Series(["M", "woman", "x"]), law.attributes[0], law, {"x": "unknown"})
    >>> made.column.tolist(), dict(made.read_as)
    (['Male', 'Female', nan], {'M': 'Male', 'woman': 'Female'})
    """
    read = membership(column, attribute.name)
    meant = _meanings(read.labels, attribute, own or {})
    order = {category.name: i for i, category in enumerate(attribute.categories)}
    rows = np.bincount(read.codes[read.codes >= 0], minlength=len(read.labels)).tolist()
    # One more entry than there are labels: code −1 (unknown) reads the last one.
    lookup = np.full(len(read.labels) + 1, -1, dtype=np.intp)
    read_as: dict[str, str] = {}
    unknown = dict(read.read_as_unknown)
    strange: list[tuple[str, int]] = []
    for i, label in enumerate(read.labels):
        category = meant[label]
        if category is None:
            strange.append((label, rows[i]))
        elif category == UNKNOWN:
            unknown[label] = unknown.get(label, 0) + rows[i]
        else:
            lookup[i] = order[category]
            if label != category:
                read_as[label] = category
    if strange:
        raise InputError(_unmapped(strange, attribute, law, str(column.name)))
    codes = pd.Categorical.from_codes(lookup[read.codes], categories=pd.Index(list(order)))
    return Categorised(pd.Series(codes, index=column.index), read_as, unknown)


def unmapped(
    column: pd.Series, attribute: Attribute, own: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Values of a column that belong to no category and still have to be given one.

    Parameters
    ----------
    column, attribute, own
        As in `categorised`.
    """
    labels = membership(column, attribute.name).labels
    meant = _meanings(labels, attribute, own or {})
    return tuple(label for label, category in meant.items() if category is None)


def check_own(law: Law, own: Mapping[str, str], columns: Mapping[str, pd.Series]) -> None:
    """Refuse a mapping that nothing in the columns or in the law answers to.

    Parameters
    ----------
    law : Law
    own : mapping of str to str
        Values and their category, or ``"unknown"``.
    columns : mapping of str to Series
        The column of each attribute of the law.

    Raises
    ------
    UnknownName
        If a category is not one of the law's, or a value stands in no column.
    """
    known = {name for a in law.attributes for name in a.by_name()} | {UNKNOWN}
    labels = {
        label for name, column in columns.items() for label in membership(column, name).labels
    }
    for value, category in own.items():
        if plain_name(category) not in known:
            names = [c.name for a in law.attributes for c in a.categories]
            raise UnknownName("category", category, [*names, UNKNOWN], law.name)
        if value not in labels:
            raise UnknownName("value", value, labels, "the group columns, to map to a category")


def _meanings(
    labels: Iterable[str], attribute: Attribute, own: Mapping[str, str]
) -> dict[str, str | None]:
    """The category of each value, or ``"unknown"``; None where nothing says."""
    known = attribute.by_name()
    names = {**known, UNKNOWN: UNKNOWN}
    told = {
        value: names[plain_name(category)]
        for value, category in own.items()
        if plain_name(category) in names
    }
    return {label: told.get(label, known.get(plain_name(label))) for label in labels}


def _unmapped(strange: list[tuple[str, int]], attribute: Attribute, law: Law, column: str) -> str:
    names = attribute.by_name()
    shown = ", ".join(f"'{label}' (in {_rows(count)})" for label, count in strange[:6])
    more = f" and {len(strange) - 6:,} more" if len(strange) > 6 else ""
    first = strange[0][0]
    close = difflib.get_close_matches(plain_name(first), names, n=1, cutoff=0.75)
    meant = names[close[0]] if close else ""
    guess = (
        f"Did you mean '{meant}'?"
        if meant
        else did_you_mean("", [category.name for category in attribute.categories])
    )
    example = f"{first}={meant or attribute.categories[0].name}"
    return (
        f"Column '{column}': {shown}{more} belong to no category of {law.short}. {guess} Say "
        f"which category each belongs to, or '{UNKNOWN}' (on the command line: --map '{example}')."
    )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
