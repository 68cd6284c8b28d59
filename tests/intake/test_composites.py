"""Composites of scores: computed from their parts, said so, and usable in a screen."""

from __future__ import annotations

import numpy as np

from toolkit.influence.influence import influence
from toolkit.intake.read import read_upload
from toolkit.scores.catalogue import load_catalogue
from toolkit.screening.screen import Screen

FILE = b"candidate_id,klout,peerindex,kred_influence\na,50,30,600\nb,40,70,\nc,,20,500\n"


def test_flaunt_is_klout_plus_peerindex() -> None:
    cohort = read_upload([("candidates.csv", FILE)])
    np.testing.assert_array_equal(cohort.signals["flaunt"], [80, 110, np.nan])
    flaunt = cohort.about["flaunt"]
    assert (flaunt.role, flaunt.low, flaunt.high) == ("score", 1, 200)
    assert any("was computed from Klout and PeerIndex (sum)" in i.message for i in cohort.issues)
    found = influence(cohort, Screen(name="s", places=1, weights={"flaunt": 1}))
    assert found.decisions.selected_ids == ["b"]
    assert found.scores == ["flaunt"]


def test_an_uploaded_column_is_not_computed_again() -> None:
    table = FILE.replace(b"kred_influence", b"flaunt").replace(b"600", b"90").replace(b"500", b"60")
    cohort = read_upload([("candidates.csv", table)])
    np.testing.assert_array_equal(cohort.signals["flaunt"], [90, np.nan, 60])
    assert not any("was computed" in issue.message for issue in cohort.issues)


def test_a_composite_of_the_users_own() -> None:
    own = """
[scores.buzz]
label = "Buzz"
kind = "custom"
direction = "higher"
parts = { klout = 2.0, kred_influence = 0.1 }
combine = "sum"
"""
    cohort = read_upload([("c.csv", FILE)], catalogue=load_catalogue().extended(own))
    np.testing.assert_allclose(cohort.signals["buzz"], [160, np.nan, np.nan])
    assert cohort.about["buzz"].label == "Buzz"
