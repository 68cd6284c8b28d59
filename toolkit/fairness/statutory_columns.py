"""Which column of a table holds each attribute of a law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toolkit.errors import InputError, UnknownName
from toolkit.fairness.law import Attribute, Law
from toolkit.intake.plain_name import plain_name
from toolkit.sentence import Sentence, listed, say


def statutory_columns(
    law: Law, columns: Iterable[str], named: Mapping[str, str | None] | None = None
) -> dict[str, str]:
    """The column of each attribute: as named, or the one whose name says so.

    Parameters
    ----------
    law : Law
    columns : iterable of str
        Of the table.
    named : mapping of str to str, optional
        Columns chosen by a person, by attribute; None where none was.

    Raises
    ------
    UnknownName
        If a chosen column is not there.
    InputError
        If none is chosen, and none or several have such a name.

    Examples
    --------
    >>> from toolkit.fairness.law import law_named
    >>> statutory_columns(law_named("nyc-ll144"), ["Gender", "Race/Ethnicity", "Klout"])
    {'sex': 'Gender', 'race_ethnicity': 'Race/Ethnicity'}
    """
    there = list(columns)
    chosen: dict[str, str] = {}
    for attribute in law.attributes:
        name = (named or {}).get(attribute.name)
        if name is not None:
            if name not in there:
                raise UnknownName("column", name, there)
            chosen[attribute.name] = name
            continue
        fitting = fitting_columns(attribute, there)
        if len(fitting) != 1:
            raise InputError(_which(attribute, fitting, there))
        chosen[attribute.name] = fitting[0]
    return chosen


def fitting_columns(attribute: Attribute, columns: Iterable[str]) -> list[str]:
    """The columns whose name says that they hold the attribute."""
    return [column for column in columns if plain_name(column) in attribute.columns]


def _which(attribute: Attribute, fitting: list[str], columns: list[str]) -> Sentence:
    option = "--sex" if attribute.name == "sex" else "--race"
    title = attribute.title.lower()
    if fitting:
        return say(
            "{columns} could each hold the {title}. Say which column has them (on the command "
            "line: {option}). Where race and ethnicity stand apart, bring them into one column "
            "first.",
            columns=listed([f"'{column}'" for column in fitting]),
            title=title,
            option=option,
        )
    return say(
        "No column is named for the {title}; found: {columns}. Say which column has them (on the "
        "command line: {option}).",
        title=title,
        columns=", ".join(f"'{column}'" for column in columns[:8]),
        option=option,
    )
