"""Fits Klout and Kred on log audience and activity, for every set of facts."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from toolkit.arrays import Floats
from toolkit.inflation.additive_model import readable_json
from toolkit.inflation.score_relation import Relation

SAMPLE = "scores/klout_kred_2013.csv.gz"
CHECK = "scores/klout_gnip_2013.csv"
SCORES = {"klout": ("klout_score", 1, 100), "kred_influence": ("kred_influence", 0, 1000)}
COLUMNS = {
    "followers": "followers_count",
    "following": "friends_count",
    "posts": "statuses_count",
    "listed": "listed_count",
}
CHECK_COLUMNS = {
    "followers": "followers",
    "following": "friends",
    "posts": "statuses",
    "listed": "listed",
}
OPTIONAL = ("following", "posts", "listed")
DIGITS = 8


def train(data: Path) -> str:
    """The JSON of ``score_above_audience``."""
    sample, check = pd.read_csv(data / SAMPLE), pd.read_csv(data / CHECK)
    scores = {}
    for score, (column, low, high) in SCORES.items():
        known = sample.dropna(subset=[column])
        facts = {name: known[c].to_numpy(dtype=np.float64) for name, c in COLUMNS.items()}
        fits = [
            least_squares(known[column].to_numpy(dtype=np.float64), facts, ("followers", *chosen))
            for size in range(len(OPTIONAL), -1, -1)
            for chosen in itertools.combinations(OPTIONAL, size)
        ]
        # To two digits: the range of the sample, and nobody's count.
        about: dict[str, object] = {
            "audience": [float(f"{end:.2g}") for end in _ends(facts["followers"])]
        }
        if score == "klout":
            about["check"] = _checked(fits, check)
        scores[score] = {
            "low": low,
            "high": high,
            "about": about,
            "relations": [_plain(fit) for fit in fits],
        }
    about = {
        "formula": "score = b0 + sum of b * log10(1 + fact) + e; coefficients in the order "
        "intercept, facts; inverse = inverse of X'X; spread = residual standard deviation",
        "source": "3,863 real Twitter accounts, March 2013, collected for Dubois and Gaffney "
        "(2014), The Multiple Facets of Influence; github.com/DGaffney/influence_research_dubois. "
        "Only fitted coefficients and summary figures are kept here.",
    }
    return readable_json({"name": "score_above_audience", "about": about, "scores": scores})


def _ends(values: Floats) -> tuple[float, float]:
    return float(values.min()), float(values.max())


def least_squares(scores: Floats, facts: dict[str, Floats], names: tuple[str, ...]) -> Relation:
    """One fit, by the normal equations of the logs."""
    x = np.column_stack([np.ones(scores.size), *(np.log10(1.0 + facts[n]) for n in names)])
    inverse = np.linalg.inv(x.T @ x)
    b = np.linalg.lstsq(x, scores)[0]
    residual = scores - x @ b
    rest = float(residual @ residual)
    return Relation(
        names,
        b,
        inverse,
        float(np.sqrt(rest / (scores.size - b.size))),
        scores.size,
        1.0 - rest / float(((scores - scores.mean()) ** 2).sum()),
    )


def _plain(fit: Relation) -> dict[str, Any]:
    return {
        "facts": list(fit.facts),
        "n": fit.n,
        "r_squared": round(fit.r_squared, 4),
        "spread": _short(fit.spread),
        "coefficients": [_short(b) for b in fit.coefficients],
        "inverse": [[_short(v) for v in row] for row in fit.inverse],
    }


def _checked(fits: list[Relation], check: pd.DataFrame) -> dict[str, object]:
    """How the relation does on 97 accounts of another sample, four months later."""
    facts = {name: check[c].to_numpy(dtype=np.float64) for name, c in CHECK_COLUMNS.items()}
    scores = check["klout_score"].to_numpy(dtype=np.float64)
    expected, error = fits[0].expected(facts)
    z = (scores - expected) / error
    return {
        "source": "97 real Twitter accounts, 1 July 2013, "
        "github.com/DrSkippy/Data-Science-45min-Intros",
        "n": len(scores),
        "mean_residual": _short(float((scores - expected).mean())),
        "residual_spread": _short(float((scores - expected).std(ddof=1))),
        "share_above_95": _short(float((z > 1.6449).mean())),
        "share_above_99": _short(float((z > 2.3263).mean())),
    }


def _short(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
