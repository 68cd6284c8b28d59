"""The committed models are what their training makes of the data, where these may be shipped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from toolkit.inflation.additive_model import shipped_model
from toolkit.inflation.training import automated, star_spikes
from toolkit.inflation.training.__main__ import main
from toolkit.inflation.training.additive import Recipe, fit
from toolkit.inflation.training.labelled_accounts import twitter_bots

DATA = Path(__file__).parents[2] / "data"


def test_automated() -> None:
    bots = twitter_bots(DATA)
    again = fit(automated.RECIPE, bots.features, bots.labels)
    committed = shipped_model("automated")
    assert committed.features == again.features
    assert again.probability(bots.features) == pytest.approx(
        committed.probability(bots.features), abs=1e-4
    )


@pytest.mark.parametrize("recipe", [star_spikes.SHAPE, star_spikes.STARS], ids=lambda r: r.name)
def test_growth_spikes(recipe: Recipe) -> None:
    spikes = star_spikes.labelled_spikes(DATA)
    again = fit(recipe, spikes.features, spikes.labels)
    committed = shipped_model(recipe.name)
    assert committed.features == again.features
    assert again.probability(spikes.features) == pytest.approx(
        committed.probability(spikes.features), abs=1e-4
    )


def test_the_claims_of_a_model_that_can_be_tried() -> None:
    """The suspected series and owners as the set describes them."""
    spikes = star_spikes.labelled_spikes(DATA)
    assert len(spikes.owners) == 261 + 1517
    assert np.unique(spikes.owners).size < len(spikes.owners)


def test_a_wrong_call_says_what_to_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Name the folder" in said.err
