from __future__ import annotations

import datetime as dt
from fractions import Fraction
from importlib import resources

import pytest

from toolkit.errors import InputError, UnknownName
from toolkit.fairness.law import law_named, load_laws, read_law


def text_of(key: str) -> str:
    folder = resources.files("toolkit.fairness").joinpath("laws")
    return folder.joinpath(f"{key}.toml").read_text(encoding="utf-8")


def test_new_york_sets_no_limit_and_the_guideline_has_a_rule_of_thumb() -> None:
    city = law_named("nyc-ll144")
    assert city.limit is None
    assert (
        "This law sets no limit of 0.80, nor any other limit, for the impact ratio."
        in city.says("selection")
    )
    assert city.small is not None
    assert (city.small.share, city.small.of) == (Fraction(1, 50), "data")
    assert [wanted.name for wanted in city.dates] == [
        "audit",
        "data_from",
        "data_to",
        "distribution",
    ]
    guideline = law_named("ugesp")
    assert guideline.limit is not None
    assert any("rule of thumb" in said for said in guideline.says("selection"))


@pytest.mark.parametrize("key", list(load_laws()))
def test_every_law_is_dated_and_names_its_sources(key: str) -> None:
    law = law_named(key)
    assert law.key == key
    assert dt.date(2026, 1, 1) <= law.as_of
    assert all(source.cite for source in law.sources)
    for attribute in law.attributes:
        assert attribute.by_name()


def test_the_words_of_one_kind_of_rate_stay_with_it() -> None:
    city = law_named("nyc-ll144")
    assert not any("scoring rate is" in said for said in city.says("selection"))
    assert not any("selection rate is" in said for said in city.says("scoring"))


def test_a_law_that_is_not_there() -> None:
    with pytest.raises(UnknownName, match=r"no law 'nyc-ll145'. Did you mean 'nyc-ll144'"):
        law_named("nyc-ll145")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("as_of = 2026-11-22", "", "as_of: Field required"),
        ("as_of = 2026-11-22", 'as_of = "soon"', "as_of"),
        ('share = "0.02"', "share = 0.02", "write the share as text"),
        ('share = "0.02"', 'share = "2"', "between 0 and 1"),
        ('of = "data"', 'of = "people"', "small.of"),
        ('also = ["f", "w",', 'also = ["m", "w",', "'m' means Male and Female"),
        ("[small]", "[tiny]", "tiny: Extra inputs are not permitted"),
        ("key =", "key ", "is not valid TOML"),
    ],
)
def test_a_broken_file_says_what_is_wrong(before: str, after: str, message: str) -> None:
    text = text_of("nyc-ll144")
    assert before in text
    with pytest.raises(InputError, match=message):
        read_law(text.replace(before, after, 1), "my.toml")
