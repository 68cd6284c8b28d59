"""The committed models are what their training makes of the data, where these may be shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from toolkit.inflation.additive_model import shipped_model
from toolkit.inflation.score_relation import score_relations
from toolkit.inflation.spike_features import FARTHEST_BACK
from toolkit.inflation.training import automated, repositories, star_spikes
from toolkit.inflation.training.__main__ import main
from toolkit.inflation.training.additive import Recipe, edges_of, fit, fitted_pipeline
from toolkit.inflation.training.labelled_accounts import twitter_bots
from toolkit.inflation.training.trees import fitted_boosting
from toolkit.inflation.tree_model import shipped_trees

DATA = Path(__file__).parents[2] / "data"


def test_automated() -> None:
    bots = twitter_bots(DATA)
    again = fit(automated.RECIPE, bots.features, bots.labels)
    committed = shipped_model("automated")
    assert committed.features == again.features
    assert again.probability(bots.features) == pytest.approx(
        committed.probability(bots.features), abs=1e-4
    )


@pytest.mark.parametrize("recipe", star_spikes.RECIPES, ids=lambda r: r.name)
def test_growth_spikes(recipe: Recipe) -> None:
    spikes = star_spikes.labelled_spikes(DATA)
    boosting = fitted_boosting(recipe, spikes.features, spikes.labels)
    matrix = np.column_stack([spikes.features[f] for f in recipe.features])
    committed = shipped_trees(recipe.name)
    assert committed.features == tuple(recipe.features)
    assert star_spikes.CALENDAR not in committed.features
    placed = recipe in (star_spikes.PLACED, star_spikes.BESIDE)
    assert (star_spikes.POSITION in committed.features) == placed
    assert committed.probability(spikes.features) == pytest.approx(
        boosting.predict_proba(matrix)[:, 1], abs=1e-4
    )


def test_repositories() -> None:
    known = repositories.labelled_repositories(DATA)
    recipe, clear = repositories.RECIPE, known.clear
    matrix = np.column_stack([known.features[f] for f in recipe.features])
    labels = known.labels[clear]
    pipeline = fitted_pipeline(recipe, matrix[clear], edges_of(recipe, matrix[clear]), labels)
    committed = shipped_model("repositories")
    assert committed.features == tuple(recipe.features)
    assert committed.probability(known.features) == pytest.approx(
        pipeline.predict_proba(matrix)[:, 1], abs=1e-3
    )


def stored_points(name: str) -> dict[str, Any]:
    """What scikit-learn said at invented points, where the data may not be passed on."""
    stored = json.loads((DATA / "models" / "stored_points.json").read_text(encoding="utf-8"))
    found = stored[name]
    found["facts"] = {fact: np.array(values) for fact, values in found["facts"].items()}
    return found  # type: ignore[no-any-return]


def test_bought_followers() -> None:
    stored = stored_points("bought_followers")
    found = shipped_model("bought_followers").probability(stored["facts"])
    assert len(found) == 60
    assert found == pytest.approx(stored["probability"], abs=1e-4)
    assert found.min() < 0.1 < 0.9 < found.max()


def test_score_above_audience() -> None:
    stored = stored_points("score_above_audience")
    for score, expected in stored["expected"].items():
        whole = score_relations()[score].relations[0]
        assert set(whole.facts) == set(stored["facts"])
        assert whole.expected(stored["facts"])[0] == pytest.approx(expected, abs=1e-3)


def test_repositories_counted_by_hand() -> None:
    rows = pd.read_csv(DATA / repositories.EVENTS)
    rows = rows[rows["WatchEvent"] >= 50]
    # One repository is in both groups.
    both = set(rows["repo"][rows["group"] == "suspected"]) & set(
        rows["repo"][rows["group"] == "random_sample"]
    )
    rows = rows[~rows["repo"].isin(both)]
    known = repositories.labelled_repositories(DATA)
    assert len(both) == 1
    assert known.labels.size == len(rows)
    assert int((known.labels == 0).sum()) == 4_791
    assert int((known.clear & (known.labels == 1)).sum()) == int((rows["p_fake"] >= 0.5).sum())


def test_labels_counted_by_hand() -> None:
    rows = pd.read_csv(DATA / star_spikes.SERIES)
    median = rows.groupby("repo")["n_stars"].transform("median")
    spikes = rows[(rows["n_stars"] >= 50) & (rows["n_stars"] >= 3 * (median + 1))]
    share = spikes["n_stars_clustered"] / spikes["n_stars"]
    suspected = (share >= 0.5) & (spikes["n_stars_clustered"] >= 50)
    of_2024 = spikes["month"].str.startswith("2024")
    assert (int(suspected.sum()), int((suspected & of_2024).sum())) == (261, 260)
    found = star_spikes.labelled_spikes(DATA)
    assert int(found.labels.sum()) == 261
    assert int((found.labels == 0).sum()) == int((share <= 0.1).sum())
    assert int(found.in_year.sum()) == int(((suspected | (share <= 0.1)) & of_2024).sum())
    assert found.unclear + found.labels.size == len(spikes)
    last = rows.groupby("repo")["month"].transform("max")
    left = pd.PeriodIndex(last, freq="M").year * 12 + pd.PeriodIndex(last, freq="M").month
    month = pd.PeriodIndex(rows["month"], freq="M")
    left = pd.Series(left - month.year * 12 - month.month, index=rows.index)
    # No suspected campaign lies farther back.
    assert left[spikes.index][suspected].max() == FARTHEST_BACK


def test_a_wrong_call_says_what_to_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Name the folder" in said.err
