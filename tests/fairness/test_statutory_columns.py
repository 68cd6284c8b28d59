from __future__ import annotations

import pytest

from toolkit.errors import InputError, UnknownName
from toolkit.fairness.law import law_named
from toolkit.fairness.statutory_columns import statutory_columns

CITY = law_named("nyc-ll144")


def test_columns_are_found_by_their_names() -> None:
    assert statutory_columns(CITY, ["id", "Sex", "Race/Ethnicity"]) == {
        "sex": "Sex",
        "race_ethnicity": "Race/Ethnicity",
    }


def test_what_a_person_says_comes_first() -> None:
    named = {"sex": "s", "race_ethnicity": None}
    assert statutory_columns(CITY, ["s", "sex", "race"], named)["sex"] == "s"
    with pytest.raises(UnknownName, match="no column 'sexx'"):
        statutory_columns(CITY, ["sex", "race"], {"sex": "sexx"})


def test_two_columns_that_could_be_it_are_not_chosen_between() -> None:
    with pytest.raises(InputError, match=r"'race' and 'ethnicity' could each hold.*--race"):
        statutory_columns(CITY, ["sex", "race", "ethnicity"])


def test_no_column_at_all() -> None:
    with pytest.raises(InputError, match=r"No column is named for the sex categories.*--sex"):
        statutory_columns(CITY, ["klout", "race"])
