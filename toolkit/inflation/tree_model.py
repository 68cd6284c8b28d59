"""Boosted trees as plain JSON: a probability as a sum of small decision trees.

logit p = intercept + Σₜ treeₜ(facts). Where shape is a matter of several facts at once (a month
that holds half of everything is one thing beside empty months and another in a history that lives
on), a sum of one curve for each fact says less. Every tree is a list of questions that can be
read, and reading the file takes NumPy alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import expit

from toolkit.arrays import Bools, Floats, Ints
from toolkit.inflation.additive_model import FalseFlags, readable_json, shipped_text

#: Examples that go through the trees at a time.
AT_ONCE = 50_000


@dataclass(frozen=True, eq=False)
class Tree:
    """One tree of k nodes; node 0 is where every example begins.

    Parameters
    ----------
    feature : int array, shape (k,)
        Which feature a node asks about; −1 at a leaf.
    threshold : float array, shape (k,)
        An example whose feature is at most this goes to the left.
    left, right : int array, shape (k,)
        Nodes that follow.
    unknown_left : bool array, shape (k,)
        Whether an example goes to the left where the feature is unknown.
    value : float array, shape (k,)
        Added to the log odds at a leaf.
    """

    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    unknown_left: Bools
    value: Floats

    def at(self, matrix: Floats) -> Floats:
        """What the tree adds to the log odds, shape (n,), for a matrix (n, n_features)."""
        node = np.zeros(len(matrix), dtype=np.int64)
        moving = np.flatnonzero(self.feature[node] >= 0)
        while moving.size:
            here = node[moving]
            x = matrix[moving, self.feature[here]]
            goes_left = np.where(np.isnan(x), self.unknown_left[here], x <= self.threshold[here])
            node[moving] = np.where(goes_left, self.left[here], self.right[here])
            moving = moving[self.feature[node[moving]] >= 0]
        return self.value[node]


@dataclass(frozen=True, eq=False)
class TreeModel:
    """A fitted sum of trees, with where it comes from and how well it did.

    Parameters
    ----------
    name : str
    intercept : float
        Log odds before any tree.
    features : tuple of str
    trees : tuple of Tree
    false_flags : FalseFlags
    about : mapping
        ``trained_on``, ``performance`` and so on, as the model card shows them.
    """

    name: str
    intercept: float
    features: tuple[str, ...]
    trees: tuple[Tree, ...]
    false_flags: FalseFlags
    about: Mapping[str, Any] = field(default_factory=dict)

    def probability(self, facts: Mapping[str, Floats]) -> Floats:
        """Probability for each example, shape (n,).

        Parameters
        ----------
        facts : mapping of feature to float array, shape (n,)
            NaN where unknown.
        """
        matrix = np.column_stack([facts[feature] for feature in self.features])
        odds = np.full(len(matrix), self.intercept)
        for start in range(0, len(matrix), AT_ONCE):
            part = matrix[start : start + AT_ONCE]
            for tree in self.trees:
                odds[start : start + AT_ONCE] += tree.at(part)
        found: Floats = expit(odds)
        return found

    def to_json(self) -> str:
        """The file that `read_trees` reads."""
        content = {
            "name": self.name,
            "formula": "logit p = intercept + sum of trees; from node 0, an example goes to `left` "
            "where features[feature] <= threshold (or, unknown, where unknown_left is 1), else to "
            "`right`, until feature is -1, and adds `value`",
            **self.about,
            "false_flags": {
                "rates": self.false_flags.rates.tolist(),
                "thresholds": self.false_flags.thresholds.tolist(),
            },
            "intercept": self.intercept,
            "features": list(self.features),
            "trees": [
                {name: _plain(part) for name, part in vars(tree).items()} for tree in self.trees
            ],
        }
        return readable_json(content)


def read_trees(text: str) -> TreeModel:
    """The model of a JSON text written by `TreeModel.to_json`."""
    content = json.loads(text)
    own = {"name", "formula", "false_flags", "intercept", "features", "trees"}
    return TreeModel(
        name=content["name"],
        intercept=float(content["intercept"]),
        features=tuple(content["features"]),
        trees=tuple(
            Tree(
                np.array(t["feature"], dtype=np.int64),
                np.array(t["threshold"], dtype=np.float64),
                np.array(t["left"], dtype=np.int64),
                np.array(t["right"], dtype=np.int64),
                np.array(t["unknown_left"], dtype=np.bool_),
                np.array(t["value"], dtype=np.float64),
            )
            for t in content["trees"]
        ),
        false_flags=FalseFlags(
            np.array(content["false_flags"]["rates"], dtype=np.float64),
            np.array(content["false_flags"]["thresholds"], dtype=np.float64),
        ),
        about={key: value for key, value in content.items() if key not in own},
    )


@lru_cache(maxsize=8)
def shipped_trees(name: str) -> TreeModel:
    """One of the tree models in ``models/``, read once."""
    return read_trees(shipped_text(name))


def _plain(part: Ints | Floats | Bools) -> list[float]:
    """Yes and no as 1 and 0, which take less room."""
    found: list[float] = (part.astype(np.int64) if part.dtype == np.bool_ else part).tolist()
    return found
