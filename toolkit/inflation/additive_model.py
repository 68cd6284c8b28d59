"""Additive models: a probability as a sum of readable curves, one for each fact.

logit p = intercept + Σⱼ shapeⱼ(factⱼ), every shape a step function that is held as a list of
edges and values. A shape can be printed, drawn and argued with; the sum can be taken apart,
which is where the reasons come from. The files in ``models/`` are plain JSON and need nothing
but NumPy: no version of the library that fitted them matters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from scipy.special import expit, logit

from toolkit.arrays import Floats

MODELS = "toolkit.inflation.models"


@dataclass(frozen=True, eq=False)
class Shape:
    """What one fact adds to the log odds.

    Parameters
    ----------
    feature : str
    edges : float array, shape (k,), increasing
    values : float array, shape (k + 1,)
        Added where ``edges[i - 1] < x <= edges[i]``; the first and last value also hold
        beyond the facts that were seen in fitting.
    missing : float
        Added where the fact is not known.
    """

    feature: str
    edges: Floats
    values: Floats
    missing: float = 0.0

    def at(self, x: Floats) -> Floats:
        """Contributions to the log odds, shape of `x`; `x` is NaN where unknown."""
        known: Floats = self.values[np.searchsorted(self.edges, x, side="left")]
        return np.where(np.isnan(x), self.missing, known)


@dataclass(frozen=True, eq=False)
class FalseFlags:
    """How often the model would flag an account or spike that is labelled genuine.

    Parameters
    ----------
    rates : float array, decreasing
        Shares of the genuine examples, held out of the fitting, that reach the threshold.
    thresholds : float array, increasing
        Probabilities, one for each rate.
    """

    rates: Floats
    thresholds: Floats

    def threshold(self, rate: float) -> float:
        """The operating point for a false-flag rate, interpolated in log rate and log odds.

        Rates beyond the table take its nearest end: more is not known.
        """
        found = np.interp(np.log(rate), np.log(self.rates[::-1]), logit(self.thresholds[::-1]))
        return float(expit(found))

    def rate(self, probability: Floats) -> Floats:
        """The false-flag rate of an operating point at each probability, shape kept.

        The inverse of `threshold`, as far as the table goes: 1 below its lowest threshold, the
        lowest rate above its highest. NaN stays NaN.
        """
        rising, last = np.unique(self.thresholds[::-1], return_index=True)
        logs = np.interp(
            logit(np.clip(probability, 1e-12, 1 - 1e-12)),
            logit(rising),
            np.log(self.rates[::-1][last]),
        )
        found: Floats = np.where(probability < self.thresholds[0], 1.0, np.exp(logs))
        return np.where(np.isnan(probability), np.nan, found)


@dataclass(frozen=True, eq=False)
class AdditiveModel:
    """A fitted sum of shapes, with where it comes from and how well it did.

    Parameters
    ----------
    name : str
    intercept : float
        Log odds of an example that is average in every fact.
    shapes : tuple of Shape
    false_flags : FalseFlags
    about : mapping
        ``trained_on``, ``performance`` and so on, as the model card shows them.
    """

    name: str
    intercept: float
    shapes: tuple[Shape, ...]
    false_flags: FalseFlags
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def features(self) -> tuple[str, ...]:
        return tuple(shape.feature for shape in self.shapes)

    def contributions(self, facts: Mapping[str, Floats]) -> Floats:
        """What each fact adds to the log odds.

        Parameters
        ----------
        facts : mapping of feature to float array, shape (n,)
            NaN where unknown; a feature that is left out is unknown for all. At least one.

        Returns
        -------
        float array, shape (n_features, n)
        """
        n = len(next(iter(facts.values())))
        unknown = np.full(n, np.nan)
        return np.array([shape.at(facts.get(shape.feature, unknown)) for shape in self.shapes])

    def probability(self, facts: Mapping[str, Floats]) -> Floats:
        """Probability for each example, shape (n,)."""
        odds = np.zeros(len(next(iter(facts.values()))))
        # One after the other: a sum of an array rounds a single example differently.
        for contribution in self.contributions(facts):
            odds += contribution
        found: Floats = expit(self.intercept + odds)
        return found

    def to_json(self) -> str:
        """The file that `read_model` reads."""
        shapes = [
            {
                "feature": s.feature,
                "edges": s.edges.tolist(),
                "values": s.values.tolist(),
                "missing": s.missing,
            }
            for s in self.shapes
        ]
        content = {
            "name": self.name,
            "formula": "logit p = intercept + sum of shapes; a shape adds values[i] where "
            "edges[i-1] < x <= edges[i], and `missing` where the fact is unknown",
            **self.about,
            "false_flags": {
                "rates": self.false_flags.rates.tolist(),
                "thresholds": self.false_flags.thresholds.tolist(),
            },
            "intercept": self.intercept,
            "shapes": shapes,
        }
        return readable_json(content)


def read_model(text: str) -> AdditiveModel:
    """The model of a JSON text written by `AdditiveModel.to_json`."""
    content = json.loads(text)
    own = {"name", "formula", "false_flags", "intercept", "shapes"}
    return AdditiveModel(
        name=content["name"],
        intercept=float(content["intercept"]),
        shapes=tuple(
            Shape(s["feature"], _array(s["edges"]), _array(s["values"]), float(s["missing"]))
            for s in content["shapes"]
        ),
        false_flags=FalseFlags(
            _array(content["false_flags"]["rates"]), _array(content["false_flags"]["thresholds"])
        ),
        about={key: value for key, value in content.items() if key not in own},
    )


@lru_cache(maxsize=8)
def shipped_model(name: str) -> AdditiveModel:
    """One of the models in ``models/``, read once."""
    return read_model(shipped_text(name))


def shipped_text(name: str) -> str:
    """The JSON text of one of the files in ``models/``."""
    return resources.files(MODELS).joinpath(f"{name}.json").read_text(encoding="utf-8")


def _array(numbers: Sequence[float]) -> Floats:
    return np.array(numbers, dtype=np.float64)


def readable_json(content: Mapping[str, Any]) -> str:
    """JSON text with a line for each list of numbers rather than for each number."""
    text = json.dumps(content, indent=2, ensure_ascii=False)
    lines: list[str] = []
    held: list[str] | None = None
    for line in text.splitlines():
        bare = line.strip()
        if held is None and line.endswith("["):
            held = [line]
        elif held is not None and bare in ("]", "],"):
            lines.append(held[0] + " ".join(part.strip() for part in held[1:]) + bare)
            held = None
        elif held is not None and _is_number(bare.rstrip(",")):
            held.append(line)
        elif held is not None:
            lines.extend(held)
            lines.append(line)
            held = [lines.pop()] if line.endswith("[") else None
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
