"""Fits a tree model: histogram boosting with interactions, then written out tree by tree.

The trees are read from the fitted estimator, which scikit-learn does not promise to keep as they
are; a test compares the file's answers with those of the estimator, so a change shows at once. The
file itself depends on nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from toolkit.arrays import Floats
from toolkit.inflation.additive_model import FalseFlags
from toolkit.inflation.training.additive import DECIMALS, Labels, Recipe
from toolkit.inflation.tree_model import Tree, TreeModel


def fit_trees(recipe: Recipe, facts: Mapping[str, Floats], labels: Labels) -> TreeModel:
    """Fit the recipe's trees; the false-flag table is empty until it is cross-validated.

    Parameters
    ----------
    recipe : Recipe
    facts : mapping of feature to float array, shape (n,)
    labels : int array, shape (n,)
        1 for what the model is to find.
    """
    boosting = fitted_boosting(recipe, facts, labels)
    trees = tuple(_tree(one[0].nodes) for one in boosting._predictors)
    return TreeModel(
        recipe.name,
        round(float(np.ravel(boosting._baseline_prediction)[0]), DECIMALS),
        tuple(recipe.features),
        trees,
        FalseFlags(np.array([1.0]), np.array([0.5])),
    )


def fitted_boosting(
    recipe: Recipe, facts: Mapping[str, Floats], labels: Labels
) -> HistGradientBoostingClassifier:
    """The estimator behind the model."""
    boosting = HistGradientBoostingClassifier(
        max_iter=recipe.rounds,
        learning_rate=recipe.rate,
        max_leaf_nodes=recipe.leaves,
        min_samples_leaf=20,
        l2_regularization=1.0,
        monotonic_cst=list(recipe.features.values()),
        early_stopping=False,
        random_state=0,
    )
    return boosting.fit(np.column_stack([facts[f] for f in recipe.features]), labels)


def _tree(nodes: npt.NDArray[np.void]) -> Tree:
    leaf = nodes["is_leaf"].astype(bool)
    return Tree(
        np.where(leaf, -1, nodes["feature_idx"]).astype(np.int64),
        # A feature that is only asked whether it is known has an infinite threshold.
        np.where(leaf, 0.0, np.minimum(nodes["num_threshold"], 1e300)).astype(np.float64),
        np.where(leaf, 0, nodes["left"]).astype(np.int64),
        np.where(leaf, 0, nodes["right"]).astype(np.int64),
        np.where(leaf, False, nodes["missing_go_to_left"].astype(bool)),
        np.where(leaf, np.round(nodes["value"], DECIMALS), 0.0) + 0.0,
    )
