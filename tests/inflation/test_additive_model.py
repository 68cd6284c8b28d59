from __future__ import annotations

import json
import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.inflation.additive_model import (
    AdditiveModel,
    FalseFlags,
    Shape,
    read_model,
    shipped_model,
    shipped_text,
)

SHIPPED = ("bought_followers", "automated")


def small_model() -> AdditiveModel:
    """Posts below 1 add 2, from 1 to 10 nothing, above −1; no picture adds 1.5."""
    return AdditiveModel(
        "small",
        -1.0,
        (
            Shape("posts", np.array([0.5, 10.5]), np.array([2.0, 0.0, -1.0]), 0.3),
            Shape("picture", np.array([0.5]), np.array([1.5, 0.0])),
        ),
        FalseFlags(np.array([0.1, 0.01]), np.array([0.5, 0.9])),
        {"trained_on": "nothing"},
    )


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_the_log_odds_are_a_sum() -> None:
    found = small_model().probability(
        {"posts": np.array([0.0, 5.0, 50.0]), "picture": np.array([0.0, 1.0, 1.0])}
    )
    # −1 + 2 + 1.5, −1 + 0 + 0, −1 − 1 + 0
    assert found == pytest.approx([sigmoid(2.5), sigmoid(-1.0), sigmoid(-2.0)])


def test_an_edge_belongs_to_the_step_before_it() -> None:
    shape = small_model().shapes[0]
    assert shape.at(np.array([0.5, 0.5001, 10.5, 11.0])).tolist() == [2.0, 0.0, 0.0, -1.0]


def test_unknown_facts_add_what_the_model_says() -> None:
    model = small_model()
    some = model.contributions({"posts": np.array([np.nan, 0.0]), "picture": np.array([np.nan, 0])})
    assert some.tolist() == [[0.3, 2.0], [0.0, 1.5]]
    assert model.contributions({"posts": np.array([0.0])})[1].tolist() == [0.0]


def test_an_operating_point_between_two_rates() -> None:
    flags = small_model().false_flags
    assert flags.threshold(0.1) == pytest.approx(0.5)
    assert flags.threshold(0.01) == pytest.approx(0.9)
    # Halfway in log rate is halfway in log odds: (0 + log 9) / 2.
    assert flags.threshold(math.sqrt(0.1 * 0.01)) == pytest.approx(sigmoid(math.log(9) / 2))


@pytest.mark.parametrize(("rate", "end"), [(0.9, 0.5), (1e-6, 0.9)])
def test_beyond_the_table_its_end_holds(rate: float, end: float) -> None:
    assert small_model().false_flags.threshold(rate) == pytest.approx(end)


@given(st.lists(st.floats(-20, 60) | st.just(math.nan), min_size=1, max_size=20))
def test_a_model_survives_its_file(posts: list[float]) -> None:
    facts = {"posts": np.array(posts), "picture": np.zeros(len(posts))}
    again = read_model(small_model().to_json())
    assert again.probability(facts).tolist() == small_model().probability(facts).tolist()
    assert again.about == {"trained_on": "nothing"}
    assert again.features == ("posts", "picture")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_says_where_it_comes_from_and_is_in_order(name: str) -> None:
    model = shipped_model(name)
    assert model.name == name
    assert {"finds", "trained_on", "performance"} <= set(model.about)
    assert np.all(np.diff(model.false_flags.rates) < 0)
    assert np.all(np.diff(model.false_flags.thresholds) >= 0)
    for shape in model.shapes:
        assert np.all(np.diff(shape.edges) > 0)
        assert shape.values.size == shape.edges.size + 1
        assert np.isfinite([*shape.values, shape.missing]).all()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_model_does_what_its_card_claims(name: str) -> None:
    held_out = next(iter(shipped_model(name).about["performance"].values()))
    assert held_out["calibration_error"] <= 0.05
    assert held_out["falsely_flagged_at_operating_point"] <= 0.01
    assert held_out["auc_low"] < held_out["auc"] < held_out["auc_high"]


def test_the_files_are_plain_json() -> None:
    for name in SHIPPED:
        assert json.loads(shipped_text(name))["name"] == name


def test_judging_needs_no_scikit_learn() -> None:
    code = "import sys, toolkit.inflation.inflation; print('sklearn' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_rate_of_a_threshold_is_the_rate_it_was_asked_for(name: str) -> None:
    table = shipped_model(name).false_flags
    for rate in (0.15, 0.05, 0.013, 0.004):
        again = table.rate(np.array([table.threshold(rate)]))
        assert again[0] == pytest.approx(rate, rel=1e-3)
    ends = table.rate(np.array([0.0, 1.0, np.nan]))
    assert (ends[0], ends[1]) == (1.0, pytest.approx(table.rates[-1]))
    assert np.isnan(ends[2])
