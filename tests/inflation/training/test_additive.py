from __future__ import annotations

import numpy as np
import pytest

from toolkit.inflation.training.additive import (
    PARTITIONS,
    Labels,
    Recipe,
    bin_numbers,
    edges_of,
    false_flags,
    fit,
    fitted_pipeline,
    held_out,
)

SMALL = Recipe("small", {"posts": -1, "picture": -1, "age": 0}, rounds=40, bins=8, folds=4)


def drawn(n: int = 600) -> tuple[dict[str, np.ndarray], Labels]:
    generator = np.random.default_rng(1)
    posts, age = generator.exponential(2, n), generator.normal(size=n)
    picture = (generator.random(n) < 0.7).astype(float)
    odds = 1.5 - 1.2 * posts - 1.0 * picture + np.abs(age)
    labels = (generator.random(n) < 1 / (1 + np.exp(-odds))).astype(np.int64)
    return {"posts": posts, "picture": picture, "age": age}, labels


def test_a_fact_falls_into_the_bin_between_two_edges() -> None:
    found = bin_numbers(np.array([[0.0], [1.0], [1.5], [9.0], [np.nan]]), [np.array([1.0, 2.0])])
    assert found[:4, 0].tolist() == [0, 0, 1, 2]
    assert np.isnan(found[4, 0])


@pytest.mark.parametrize("unknown", [(), (("age",),)])
def test_the_model_says_what_its_pipeline_says(unknown: tuple[tuple[str, ...], ...]) -> None:
    """On the examples, on others, beyond all of them and where facts are unknown."""
    recipe = Recipe(**{**vars(SMALL), "unknown_together": unknown})
    facts, labels = drawn()
    model = fit(recipe, facts, labels)
    matrix = np.column_stack([facts[f] for f in recipe.features])
    pipeline = fitted_pipeline(recipe, matrix, edges_of(recipe, matrix), labels)
    generator = np.random.default_rng(2)
    asked = np.vstack([matrix, generator.normal(0, 5, (200, 3)), [[1e9] * 3, [-1e9] * 3]])
    if unknown:
        asked[::2, 2] = np.nan
    found = model.probability(dict(zip(recipe.features, asked.T, strict=True)))
    assert found == pytest.approx(pipeline.predict_proba(asked)[:, 1], abs=1e-4)


def test_signs_are_kept() -> None:
    facts, labels = drawn()
    model = fit(SMALL, facts, labels)
    posts, picture = model.shapes[0], model.shapes[1]
    assert np.all(np.diff(posts.values) <= 0)
    assert np.all(np.diff(picture.values) <= 0)


def test_a_shape_is_centred_and_the_rest_is_average() -> None:
    facts, labels = drawn()
    model = fit(SMALL, facts, labels)
    for shape in model.shapes:
        assert shape.at(facts[shape.feature]).mean() == pytest.approx(0, abs=1e-4)
        assert shape.missing == 0.0


def test_held_out_is_worse_than_seen_and_keeps_owners_together() -> None:
    facts, labels = drawn()
    owners = np.arange(labels.size) // 3
    out = held_out(SMALL, facts, labels, owners)
    seen = fit(SMALL, facts, labels).probability(facts)
    assert not np.isnan(out).any()

    def loss(p: np.ndarray) -> float:
        return float(-np.log(np.where(labels == 1, p, 1 - p)).mean())

    assert all(loss(seen) < loss(one) < np.log(2) for one in out)


def test_held_out_with_facts_unknown_never_looks_at_them() -> None:
    facts, labels = drawn()
    owners = np.arange(labels.size)
    hidden = held_out(SMALL, facts, labels, owners, unknown=("posts", "picture", "age"))
    # With nothing known there is one probability for each fold.
    assert hidden.shape == (PARTITIONS, labels.size)
    assert np.unique(hidden).size <= SMALL.folds * PARTITIONS


def test_no_more_genuine_examples_reach_a_threshold_than_its_rate_says() -> None:
    genuine = np.random.default_rng(0).beta(1, 8, 1_000)
    table = false_flags(genuine)
    for rate, threshold in zip(table.rates, table.thresholds, strict=True):
        assert (genuine >= threshold).mean() <= rate
        assert (genuine >= threshold - 1e-3).mean() > rate - 0.01
