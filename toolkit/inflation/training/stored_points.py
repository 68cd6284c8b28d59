"""``python -m toolkit.inflation.training.stored_points DATA``: scikit-learn at invented points.

Two models are fitted on data that may not be passed on, so the tests cannot fit them anew. This
asks the fitted estimators themselves at points that are drawn and are nobody's; the tests hold the
committed files against the answers.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression

from toolkit.inflation.additive_model import readable_json
from toolkit.inflation.training.additive import edges_of, fitted_pipeline
from toolkit.inflation.training.bought_followers import RECIPE
from toolkit.inflation.training.labelled_accounts import instafake, kaggle, together
from toolkit.inflation.training.score_audience import COLUMNS, SAMPLE, SCORES

POINTS = 60


def stored_points(data: Path) -> str:
    """The JSON of ``tests/data/models/stored_points.json``."""
    draw = np.random.default_rng(0)
    facts = {
        "following_over_followers": draw.normal(0.2, 1.0, POINTS).round(3),
        "posts": draw.uniform(0.0, 4.0, POINTS).round(3),
        "posts_over_followers": draw.normal(-0.5, 1.0, POINTS).round(3),
        "has_picture": draw.integers(0, 2, POINTS).astype(np.float64),
        "has_bio": draw.integers(0, 2, POINTS).astype(np.float64),
    }
    known = together(instafake(data), kaggle(data))
    matrix = np.column_stack([known.features[f] for f in RECIPE.features])
    pipeline = fitted_pipeline(RECIPE, matrix, edges_of(RECIPE, matrix), known.labels)
    asked = np.column_stack([facts[f] for f in RECIPE.features])
    counts = {name: (10 ** draw.uniform(0.0, 5.0, POINTS)).round() for name in COLUMNS}
    sample = pd.read_csv(data / SAMPLE)
    expected = {}
    for score, (column, _, _) in SCORES.items():
        rows = sample.dropna(subset=[column])
        logs = np.log10(1.0 + rows[list(COLUMNS.values())].to_numpy(dtype=np.float64))
        line = LinearRegression().fit(logs, rows[column])
        at = np.log10(1.0 + np.column_stack(list(counts.values())))
        expected[score] = line.predict(at).round(6).tolist()
    return readable_json(
        {
            "bought_followers": {
                "facts": {name: values.tolist() for name, values in facts.items()},
                "probability": pipeline.predict_proba(asked)[:, 1].round(6).tolist(),
            },
            "score_above_audience": {
                "facts": {name: values.tolist() for name, values in counts.items()},
                "expected": expected,
            },
        }
    )


if __name__ == "__main__":
    sys.stdout.write(stored_points(Path(sys.argv[1])))
