"""Columns about persons that a screen must not see: groups, and what stands in for them.

Group columns (sex, ethnicity, ...) are wanted, but apart: for measuring who is selected.
Postcodes, dates of birth and identity numbers stand in for them or identify a person; they
are kept out altogether. Contact details are of no use to a screen and are left behind.
"""

from __future__ import annotations

from typing import Literal

from toolkit.intake.plain_name import plain_name
from toolkit.intake.vocabulary import vocabulary

KeptOut = Literal["postcode", "birth", "identity", "contact"]


def is_group_name(column: str) -> bool:
    """True where a column name says that it holds membership of a protected group.

    Examples
    --------
    >>> [is_group_name(n) for n in ("Gender", "Race/Ethnicity", "age band", "average", "stage")]
    [True, True, True, False, False]
    """
    plain, known = plain_name(column), vocabulary()
    return plain in known.group_names or not known.group_words.isdisjoint(plain.split("_"))


def kept_out(column: str) -> KeptOut | None:
    """Why a column is left out of the candidates, or None.

    Examples
    --------
    >>> kept_out("ZIP code"), kept_out("Date of birth"), kept_out("Email 2"), kept_out("City")
    ('postcode', 'birth', 'contact', None)
    """
    plain, known = plain_name(column), vocabulary().kept_out
    words = set(plain.split("_"))
    if plain in known["postcode"] or words & known["postcode_words"]:
        return "postcode"
    if is_group_name(column):
        return None
    if words & known["birth_words"]:
        return "birth"
    if plain in known["identity"] or words & {"ssn", "passport", "iban"}:
        return "identity"
    return "contact" if plain in known["contact"] else None
