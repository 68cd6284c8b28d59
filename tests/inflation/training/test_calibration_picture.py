from __future__ import annotations

from xml.etree import ElementTree

import numpy as np

from toolkit.inflation.training.__main__ import picture_of
from toolkit.inflation.training.calibration_picture import calibration_picture
from toolkit.inflation.training.measures import calibration_error, reliability

SVG = "{http://www.w3.org/2000/svg}"


def test_two_bins_by_hand() -> None:
    labels = np.array([0, 0, 1, 1])
    given = np.array([0.05, 0.07, 0.05, 0.95])
    found = reliability(labels, given)
    assert found == {"n": [3, 1], "predicted": [0.0567, 0.95], "observed": [0.3333, 1.0]}
    # The calibration error is the mean gap, weighted by the size of the bins.
    gap = 3 / 4 * (0.3333 - 0.0567) + 1 / 4 * 0.05
    assert abs(calibration_error(labels, given) - gap) < 1e-3


def test_a_point_for_every_bin_and_the_same_in_words() -> None:
    table = {"n": [3, 1], "predicted": [0.0567, 0.95], "observed": [0.3333, 1.0]}
    text = calibration_picture("a < b", {"held_out": {"reliability": table}, "other": {}})
    root = ElementTree.fromstring(text)
    assert len(root.findall(f"{SVG}circle")) == 3
    title = root.findtext(f"{SVG}title") or ""
    assert "Calibration of a < b." in title
    assert "0.95 given, 1.00 observed" in title
    assert "all facts known" in text


def test_a_relation_without_probabilities_has_no_picture() -> None:
    assert picture_of('{"name": "x"}') is None
