from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.fairness.membership import MOST_GROUPS, membership


def test_groups_are_alphabetical_and_missing_is_minus_one() -> None:
    read = membership(pd.Series(["M", "F", None, "M"]), "sex")
    assert read.labels == ("F", "M")
    assert read.codes.tolist() == [1, 0, -1, 1]


@pytest.mark.parametrize("word", ["Unknown", "PREFER NOT TO SAY", "not stated", "n/a", "?"])
def test_an_answer_that_says_unknown_is_counted_and_named(word: str) -> None:
    read = membership(pd.Series(["F", word, word]), "sex")
    assert read.labels == ("F",)
    assert read.codes.tolist() == [0, -1, -1]
    assert read.read_as_unknown == {word: 2}


@pytest.mark.parametrize("word", ["None", "NA", "Other", "Two or more"])
def test_an_answer_that_may_be_a_group_stays_one(word: str) -> None:
    assert membership(pd.Series([word, "x"]), "g").labels == tuple(sorted([word, "x"]))


def test_blank_text_is_missing_and_blanks_around_a_label_do_not_matter() -> None:
    read = membership(pd.Series(["F", " F", "  ", ""]), "sex")
    assert read.labels == ("F",)
    assert read.codes.tolist() == [0, 0, -1, -1]
    assert read.read_as_unknown == {}


def test_numbers_are_written_whole() -> None:
    assert membership(pd.Series([1.0, 2.0, np.nan]), "sex").labels == ("1", "2")
    assert membership(pd.Series([1, 2, 2]), "sex").labels == ("1", "2")
    assert membership(pd.Series([True, False]), "disabled").labels == ("False", "True")


@pytest.mark.parametrize("dtype", [object, "str", "category"])
def test_the_type_of_the_column_does_not_matter(dtype: str) -> None:
    read = membership(pd.Series(["b", None, "a", "b"], dtype=dtype), "g")
    assert (read.labels, read.codes.tolist()) == (("a", "b"), [1, -1, 0, 1])


def test_a_category_without_people_is_kept() -> None:
    column = pd.Series(pd.Categorical(["a", "a"], categories=["b", "a"]))
    read = membership(column, "g")
    assert (read.labels, read.codes.tolist()) == (("a", "b"), [0, 0])


def test_all_unknown_and_no_rows() -> None:
    assert membership(pd.Series([None, None], dtype=object), "g").labels == ()
    assert membership(pd.Series([], dtype=object), "g").codes.tolist() == []


def test_a_column_of_names_is_refused() -> None:
    names = pd.Series([f"person {i}" for i in range(MOST_GROUPS + 1)])
    with pytest.raises(InputError, match="'surname' holds 501 different values") as caught:
        membership(names, "surname")
    assert "age bands" in str(caught.value)
