from __future__ import annotations

import pandas as pd
import pytest

from toolkit.errors import InputError, UnknownName
from toolkit.fairness.categories import categorised, check_own, unmapped
from toolkit.fairness.law import law_named

CITY = law_named("nyc-ll144")
SEX, RACE = CITY.attributes


def column(*values: object) -> pd.Series:
    return pd.Series(list(values), name="who", dtype=object)


def test_what_people_write_becomes_what_the_law_says() -> None:
    made = categorised(column("BLACK", "Latina", "white", "Asian", None, "Unknown"), RACE, CITY)
    assert made.column.tolist()[:4] == [
        "Black or African American",
        "Hispanic or Latino",
        "White",
        "Asian",
    ]
    assert made.column.isna().tolist() == [False] * 4 + [True] * 2
    assert made.read_as == {
        "BLACK": "Black or African American",
        "Latina": "Hispanic or Latino",
        "white": "White",
    }
    assert made.read_as_unknown == {"Unknown": 1}
    assert list(made.column.cat.categories) == [category.name for category in RACE.categories]


def test_the_whole_wording_is_known_too() -> None:
    made = categorised(column("White (Not Hispanic or Latino)"), RACE, CITY)
    assert made.column.tolist() == ["White"]


def test_nothing_is_guessed() -> None:
    with pytest.raises(
        InputError,
        match=r"Column 'who': 'Caucasion' \(in 2 rows\), 'Other' \(in 1 row\) belong to no "
        r"category of Local Law 144. Did you mean 'White'.*--map 'Caucasion=White'",
    ):
        categorised(column("Caucasion", "Other", "Asian", "Caucasion"), RACE, CITY)
    with pytest.raises(InputError, match="Known: 'Male', 'Female'"):
        categorised(column("Non-binary"), SEX, CITY)


def test_what_a_person_says_about_a_value_counts() -> None:
    made = categorised(
        column("Non-binary", "M", "X"), SEX, CITY, {"Non-binary": "unknown", "X": "female"}
    )
    assert made.column.tolist()[1:] == ["Male", "Female"]
    assert made.read_as_unknown == {"Non-binary": 1}
    # Said of another attribute, it does not concern this one.
    with pytest.raises(InputError, match="'X'"):
        categorised(column("X"), SEX, CITY, {"X": "Asian"})


def test_a_mapping_that_nothing_answers_to() -> None:
    columns = {"sex": column("M", "F")}
    with pytest.raises(UnknownName, match=r"no category 'Femal' in New York City.*'Female'"):
        check_own(CITY, {"F": "Femal"}, columns)
    with pytest.raises(UnknownName, match="no value 'Q' in the group columns"):
        check_own(CITY, {"Q": "Female"}, columns)
    check_own(CITY, {"M": "unknown", "F": "Female"}, columns)


def test_values_that_still_need_a_category() -> None:
    values = column("Non-binary", "M", "X", None, "unknown")
    assert unmapped(values, SEX) == ("Non-binary", "X")
    assert unmapped(values, SEX, {"X": "Female", "Non-binary": "unknown"}) == ()
