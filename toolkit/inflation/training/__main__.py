"""``python -m toolkit.inflation.training DATA [OUT]``: fit and write every model."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from toolkit.inflation.training import (
    automated,
    bought_followers,
    repositories,
    score_audience,
    star_spikes,
)
from toolkit.inflation.training.additive import Recipe
from toolkit.inflation.training.calibration_picture import calibration_picture

HERE = Path(__file__).parents[1] / "models"
PICTURES = Path(__file__).parents[3] / "docs" / "models"


def _spikes(recipe: Recipe) -> Callable[[Path], str]:
    return lambda data: star_spikes.train(data, recipe).to_json()


#: File → what makes its text, from a data folder.
MODELS: dict[str, Callable[[Path], str]] = {
    "bought_followers": lambda data: bought_followers.train(data).to_json(),
    "automated": lambda data: automated.train(data).to_json(),
    **{recipe.name: _spikes(recipe) for recipe in star_spikes.RECIPES},
    "repositories": lambda data: repositories.train(data).to_json(),
    "score_above_audience": score_audience.train,
}


def main(arguments: Sequence[str]) -> int:
    """Fit every model on the data in a folder and write the files; 2 on a wrong call."""
    if not 1 <= len(arguments) <= 2 or not Path(arguments[0]).is_dir():
        print("Name the folder that holds calibration/ and scores/.", file=sys.stderr)
        return 2
    data, out = Path(arguments[0]), Path(arguments[1]) if len(arguments) == 2 else HERE
    pictures = PICTURES if out == HERE else out
    for name, train in MODELS.items():
        text = train(data)
        (out / f"{name}.json").write_text(text, encoding="utf-8")
        print(f"{name}.json written")
        if (picture := picture_of(text)) is not None:
            (pictures / f"{name}.svg").write_text(picture, encoding="utf-8")
    return 0


def picture_of(text: str) -> str | None:
    """The calibration picture of a model's file; None where it gives no probabilities."""
    content = json.loads(text)
    if "performance" not in content:
        return None
    return calibration_picture(content["name"], content["performance"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
