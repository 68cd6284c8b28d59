import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from toolkit.errors import CatalogueError, UnknownName
from toolkit.scores.catalogue import load_catalogue
from toolkit.scores.composite import composite_column, computable

CATALOGUE = load_catalogue()
NAN = float("nan")

OWN = """
[scores.double]
parts = {klout = 2.0, kred_influence = 0.1}

[scores.best_of]
parts = {double = 1.0, peerindex = 1.0}
combine = "maximum"

[scores.against]
parts = {klout = 1.0, fakers_fake_share = -0.5}

[scores.open_ended]
parts = {klout = 1.0, followers = 0.001}
"""
EXTENDED = CATALOGUE.extended(OWN, "own.toml")


def test_flaunt_is_klout_plus_peerindex_and_missing_where_either_is():
    flaunt = composite_column(
        CATALOGUE,
        "flaunt",
        {"klout": np.array([50.0, 61.5, NAN]), "peerindex": np.array([30.0, NAN, 40.0])},
    )

    np.testing.assert_array_equal(flaunt, [80.0, NAN, NAN])


def test_a_composite_of_composites_is_computed_from_the_bottom():
    best = composite_column(
        EXTENDED,
        "best_of",
        {
            "klout": np.array([10.0, 40.0]),
            "kred_influence": np.array([100.0, 500.0]),
            "peerindex": np.array([80.0, 20.0]),
        },
    )

    np.testing.assert_allclose(best, [80.0, 130.0])  # 2·10 + .1·100 = 30; 2·40 + .1·500 = 130


def test_an_uploaded_part_is_taken_as_it_is():
    best = composite_column(
        EXTENDED, "best_of", {"double": np.array([7.0]), "peerindex": np.array([3.0])}
    )

    np.testing.assert_array_equal(best, [7.0])


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        ("flaunt", 1, 200),
        ("double", 2, 300),  # 2·1 + .1·0 to 2·100 + .1·1000
        ("best_of", 2, 300),  # max(2, 0) to max(300, 100)
        ("against", 1 - 50, 100),  # a negative multiplier turns the ends round
        ("open_ended", 1, None),
    ],
)
def test_the_scale_follows_from_the_parts(key, low, high):
    assert (EXTENDED[key].low, EXTENDED[key].high) == (low, high)


def test_what_can_be_computed_from_the_columns_at_hand():
    assert computable(EXTENDED, ["klout", "peerindex"]) == ["flaunt"]
    assert computable(EXTENDED, ["klout", "peerindex", "kred_influence"]) == [
        "flaunt",
        "double",
        "best_of",
    ]
    assert computable(EXTENDED, []) == []


def test_what_is_not_there_is_told():
    with pytest.raises(UnknownName, match="no column 'peerindex' in the parts of 'flaunt'"):
        composite_column(CATALOGUE, "flaunt", {"klout": np.array([1.0])})
    with pytest.raises(UnknownName, match=r"no score 'flunt'.*Did you mean 'flaunt'"):
        composite_column(CATALOGUE, "flunt", {})
    with pytest.raises(CatalogueError, match="'klout' is not made of other scores"):
        composite_column(CATALOGUE, "klout", {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[scores.x]\nparts = {kluot = 1}",
            "own.toml, score 'x', key 'parts': there is no score 'kluot'. Did you mean 'klout'?",
        ),
        (
            "[scores.x]\nparts = {x = 1}",
            "own.toml, score 'x', key 'parts': a score cannot be made of itself (x → x). "
            "Take one of these parts out.",
        ),
        (
            "[scores.x]\nparts = {y = 1}\n[scores.y]\nparts = {z = 1}\n[scores.z]\nparts = {x = 1}",
            "own.toml, score 'z', key 'parts': a score cannot be made of itself (x → y → z → x). "
            "Take one of these parts out.",
        ),
    ],
)
def test_parts_must_be_there_and_must_not_go_round_in_a_circle(text, message):
    with pytest.raises(CatalogueError) as error:
        CATALOGUE.extended(text, "own.toml")

    assert str(error.value) == message


def test_a_diamond_is_not_a_circle():
    extended = CATALOGUE.extended(
        "[scores.a]\nparts = {klout = 1}\n[scores.b]\nparts = {klout = 1}\n"
        "[scores.top]\nparts = {a = 1, b = 1}"
    )

    assert (extended["top"].low, extended["top"].high) == (2, 200)


values = arrays(
    np.float64,
    6,
    elements=st.one_of(st.integers(1, 100).map(float), st.just(NAN)),
)


@given(klout=values, peerindex=values)
def test_composites_stay_within_the_scale_of_their_parts(klout, peerindex):
    columns = {"klout": klout, "peerindex": peerindex}
    flaunt = composite_column(CATALOGUE, "flaunt", columns)

    missing = np.isnan(klout) | np.isnan(peerindex)
    np.testing.assert_array_equal(np.isnan(flaunt), missing)
    assert not CATALOGUE["flaunt"].outside(flaunt).any()
