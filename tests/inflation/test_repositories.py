from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from tests.inflation.test_repository_events import table
from toolkit.inflation.additive_model import shipped_model, shipped_text
from toolkit.inflation.repositories import repositories
from toolkit.inflation.repository_events import EVENTS, repository_features

DATA = Path(__file__).parents[1] / "data" / "calibration" / "github_stars" / "repo_events.csv.gz"
NOTHING_BUT_STARS = ("bare", 182, 0, 0, 0, 0, 2, 2, 0)
ALIVE = ("alive", 182, 41, 60, 130, 45, 150, 30, 12)


def test_stars_with_nothing_beside_them() -> None:
    bare, alive = repositories(table(NOTHING_BUT_STARS, ALIVE)).repositories
    assert (bare.repository, bare.suspected, alive.suspected) == ("bare", True, False)
    assert bare.bought is not None
    assert alive.bought is not None
    assert bare.bought > 0.9
    assert alive.bought < 0.3
    assert alive.reasons == ()
    (reason,) = bare.reasons
    assert reason.startswith("182 stars beside ")
    assert "no forks" in reason or "no comments" in reason or "4 other events" in reason
    assert reason.endswith("consistent with bought stars")


def test_the_json_of_the_contract() -> None:
    data = repositories(table(NOTHING_BUT_STARS, ("few", *[3] * 8))).to_dict()
    json.dumps(data, allow_nan=False)
    first, second = data["repositories"]  # type: ignore[misc]
    assert {"repository", "suspected", "bought", "reasons"} <= set(first)
    assert (second["bought"], second["suspected"]) == (None, False)
    assert (data["suspected"], data["not_judged"]) == (1, 1)


def test_ten_times_of_everything_is_no_more_suspicious() -> None:
    large = [(f"{row[0]}10", *(10 * int(c) for c in row[1:])) for row in (NOTHING_BUT_STARS, ALIVE)]
    found = repositories(table(NOTHING_BUT_STARS, ALIVE, *large)).bought
    assert found[2:] == pytest.approx(found[:2])


def test_many_stars_alone_are_not_suspected() -> None:
    """A well-known repository with a hundred thousand stars and the work to show for them."""
    known = ("known", 100_000, 22_000, 18_000, 60_000, 20_000, 30_000, 6_000, 200)
    assert not repositories(table(known)).repositories[0].suspected


def test_the_stated_share_of_random_repositories_is_suspected() -> None:
    rows = pd.read_csv(DATA).drop_duplicates("repo").set_axis(range(17_964))
    found = repositories(rows, false_flag_rate=0.05)
    random = (rows["group"] == "random_sample").to_numpy() & found.events.judged
    assert found.suspected[random].mean() == pytest.approx(0.05, abs=0.01)
    most = (rows["p_fake"] >= 0.5).to_numpy() & found.events.judged
    rows_in = most | random
    assert roc_auc_score(most[rows_in], found.bought[rows_in]) > 0.95


def test_a_rate_outside_its_range() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        repositories(table(ALIVE), false_flag_rate=1.0)


def test_the_target_is_met_held_out_where_most_stars_are_suspected() -> None:
    held_out = shipped_model("repositories").about["performance"]["held_out"]
    assert held_out["auc"] >= 0.95
    assert held_out["calibration_error"] <= 0.05


def test_the_model_looks_at_proportions_only() -> None:
    model = shipped_model("repositories")
    ones = {name: np.ones(1) for name in EVENTS}
    assert set(model.features) == set(repository_features(ones))
    assert model.to_json() == shipped_text("repositories")
