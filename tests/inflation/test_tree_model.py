from __future__ import annotations

import json

import numpy as np
import pytest

from toolkit.inflation.additive_model import FalseFlags, shipped_text
from toolkit.inflation.tree_model import Tree, TreeModel, read_trees, shipped_trees

SHIPPED = ("growth_spike", "growth_spike_stars", "growth_spike_placed", "growth_spike_beside")


def small() -> TreeModel:
    """Log odds 0; a share above one half adds 2, unless empty months (or unknown) take 1 off."""
    share = Tree(
        np.array([0, -1, 1, -1, -1]),
        np.array([0.5, 0, 0.2, 0, 0]),
        np.array([1, 0, 3, 0, 0]),
        np.array([2, 0, 4, 0, 0]),
        np.array([True, False, False, False, False]),
        np.array([0.0, 0.0, 0.0, 2.0, 1.0]),
    )
    return TreeModel(
        "small", 0.0, ("share", "empty"), (share,), FalseFlags(np.array([0.1]), np.array([0.7]))
    )


def test_four_examples_by_hand() -> None:
    facts = {
        "share": np.array([0.5, 0.6, 0.6, np.nan]),
        "empty": np.array([0.0, 0.2, np.nan, 0.9]),
    }
    odds = np.log(small().probability(facts) / (1 - small().probability(facts)))
    assert odds == pytest.approx([0.0, 2.0, 1.0, 0.0])


def test_a_file_says_what_the_model_says() -> None:
    again = read_trees(small().to_json())
    draw = np.random.default_rng(0)
    facts = {"share": draw.random(50), "empty": draw.random(50)}
    assert again.probability(facts).tolist() == small().probability(facts).tolist()
    assert again.to_json() == small().to_json()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_is_in_order(name: str) -> None:
    model = shipped_trees(name)
    assert json.loads(shipped_text(name))["name"] == name
    assert {"finds", "trained_on", "performance"} <= set(model.about)
    assert np.all(np.diff(model.false_flags.thresholds) >= 0)
    assert model.to_json() == shipped_text(name)
    for tree in model.trees:
        asking = np.flatnonzero(tree.feature >= 0)
        assert tree.feature.max() < len(model.features)
        # Every node leads on to later ones, so no example goes round in circles.
        assert (tree.left[asking] > asking).all()
        assert (tree.right[asking] > asking).all()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_model_does_what_its_card_claims(name: str) -> None:
    for held_out in shipped_trees(name).about["performance"].values():
        assert held_out["calibration_error"] <= 0.05
        assert held_out["falsely_flagged_at_operating_point"] <= 0.01
        assert held_out["auc_low"] < held_out["auc"] < held_out["auc_high"]


def test_a_larger_spike_is_never_more_suspicious() -> None:
    for name in SHIPPED[1:]:
        never_more_suspicious_by_size(shipped_trees(name))


def never_more_suspicious_by_size(model: TreeModel) -> None:
    draw = np.random.default_rng(5)
    facts = {f: draw.random(200) * 2 for f in model.features}
    by_size = [model.probability({**facts, "size": np.full(200, s)}) for s in (1.7, 2.5, 3.5, 5.0)]
    assert np.all(np.diff(by_size, axis=0) <= 1e-9)


def test_many_examples_go_through_in_parts() -> None:
    facts = {"share": np.full(120_000, 0.6), "empty": np.zeros(120_000)}
    assert np.unique(small().probability(facts)).size == 1
