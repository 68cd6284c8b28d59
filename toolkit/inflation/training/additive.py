"""Fits an additive model: boosted steps without interactions, then written out as shapes.

Each fact is cut into bins, scikit-learn's histogram boosting is fitted on the bin numbers with
``interaction_cst="no_interactions"``, and the fitted sum is read off through its public
interface, one fact at a time. The result does not need scikit-learn any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from toolkit.arrays import Floats
from toolkit.inflation.additive_model import AdditiveModel, FalseFlags, Shape

#: Decimals that are kept of edges and contributions.
DECIMALS = 5
#: Partitions into folds: operating points must not hang on one draw of them.
PARTITIONS = 3
RATES = np.array([0.2, 0.1, 0.05, 0.025, 0.02, 0.01, 0.005, 0.002])

Labels = npt.NDArray[np.int64]


class Model(Protocol):
    """What can be asked for probabilities."""

    def probability(self, facts: Mapping[str, Floats]) -> Floats: ...


@dataclass(frozen=True)
class Recipe:
    """What is fitted, and how.

    Parameters
    ----------
    name : str
    features : mapping of feature to {-1, 0, 1}
        Whether the probability may only fall (−1) or only rise (1) with it.
    unknown_together : sequence of sequences of features
        Facts that real files often lack. Each group is also fitted as unknown, on a copy of
        the rows; other unknown facts count as average.
    rounds, rate, leaves, bins : int, float, int, int
        Boosting rounds, learning rate, leaves of a tree and bins of a fact.
    folds : int
    """

    name: str
    features: Mapping[str, int]
    unknown_together: Sequence[Sequence[str]] = ()
    rounds: int = 150
    rate: float = 0.06
    leaves: int = 5
    bins: int = 32
    folds: int = 10


Fitter = Callable[[Recipe, Mapping[str, Floats], Labels], Model]


def fit(recipe: Recipe, facts: Mapping[str, Floats], labels: Labels) -> AdditiveModel:
    """Fit the recipe's model; its false-flag table is empty until it is cross-validated.

    Parameters
    ----------
    recipe : Recipe
    facts : mapping of feature to float array, shape (n,)
    labels : int array, shape (n,)
        1 for what the model is to find.
    """
    matrix = _matrix(recipe, facts)
    edges = edges_of(recipe, matrix)
    pipeline = fitted_pipeline(recipe, matrix, edges, labels)
    unknown = np.full((1, matrix.shape[1]), np.nan)
    with_nothing_known = float(pipeline.decision_function(unknown)[0])
    intercept = with_nothing_known
    shapes = []
    for j, (feature, cuts) in enumerate(zip(recipe.features, edges, strict=True)):
        probes = np.repeat(unknown, cuts.size + 1, axis=0)
        probes[:, j] = np.append(cuts, np.inf)
        values = pipeline.decision_function(probes) - with_nothing_known
        raw = Shape(feature, cuts, values)
        average = float(np.nanmean(raw.at(matrix[:, j])))
        learnt = any(feature in group for group in recipe.unknown_together)
        shapes.append(replace(raw, values=values - average, missing=-average if learnt else 0.0))
        intercept += average
    return AdditiveModel(
        recipe.name, round(intercept, DECIMALS), tuple(map(_rounded, shapes)), _no_table()
    )


def edges_of(recipe: Recipe, matrix: Floats) -> list[Floats]:
    """Where the bins of each fact are cut, for a matrix of shape (n, n_features)."""
    return [_edges(column, recipe.bins) for column in matrix.T]


def fitted_pipeline(
    recipe: Recipe, matrix: Floats, edges: Sequence[Floats], labels: Labels
) -> Pipeline:
    """The scikit-learn pipeline behind the model: bin numbers, then boosting.

    Parameters
    ----------
    recipe : Recipe
    matrix : float array, shape (n, n_features)
    edges : sequence of float arrays
    labels : int array, shape (n,)
    """
    boosting = HistGradientBoostingClassifier(
        max_iter=recipe.rounds,
        learning_rate=recipe.rate,
        max_leaf_nodes=recipe.leaves,
        min_samples_leaf=20,
        l2_regularization=1.0,
        interaction_cst="no_interactions",
        monotonic_cst=list(recipe.features.values()),
        early_stopping=False,
        random_state=0,
    )
    bins = FunctionTransformer(bin_numbers, kw_args={"edges": edges})
    names = list(recipe.features)
    copies = [matrix]
    for group in recipe.unknown_together:
        copy = matrix.copy()
        copy[:, [names.index(feature) for feature in group]] = np.nan
        copies.append(copy)
    pipeline = Pipeline([("bins", bins), ("boosting", boosting)])
    weights = np.full(len(labels) * len(copies), 1.0 / len(copies))
    return pipeline.fit(
        np.vstack(copies), np.tile(labels, len(copies)), boosting__sample_weight=weights
    )


def bin_numbers(matrix: Floats, edges: Sequence[Floats]) -> Floats:
    """The number of the bin that each fact falls into, NaN where it is unknown."""
    codes = [
        np.searchsorted(e, column, side="left") for e, column in zip(edges, matrix.T, strict=True)
    ]
    return np.where(np.isnan(matrix), np.nan, np.array(codes, dtype=np.float64).T)


def held_out(
    recipe: Recipe,
    facts: Mapping[str, Floats],
    labels: Labels,
    owners: npt.ArrayLike,
    unknown: Sequence[str] = (),
    fitter: Fitter | None = None,
) -> Floats:
    """Probability of each example by a model that saw neither it nor its owner's others.

    Parameters
    ----------
    owners : array, shape (n,)
        Examples of one owner stay together in one fold.
    unknown : sequence of features
        Not told to the model when it is asked, though it was fitted with them.
    fitter : callable, optional
        What fits a model to a recipe, facts and labels; `fit` when left out.

    Returns
    -------
    float array, shape (PARTITIONS, n)
    """
    nothing = np.full(len(labels), np.nan)
    asked = {f: nothing if f in unknown else values for f, values in facts.items()}
    found = np.full((PARTITIONS, len(labels)), np.nan)
    for partition in range(PARTITIONS):
        folds = StratifiedGroupKFold(recipe.folds, shuffle=True, random_state=partition)
        for seen, unseen in folds.split(nothing, labels, np.asarray(owners)):
            model = (fitter or fit)(recipe, _rows(facts, seen), labels[seen])
            found[partition, unseen] = model.probability(_rows(asked, unseen))
    return found


def false_flags(genuine: Floats) -> FalseFlags:
    """The table of operating points, from held-out probabilities of genuine examples, any shape.

    The threshold for a rate is the smallest probability that no more than this share of the
    genuine examples reaches.
    """
    ordered = np.sort(genuine, axis=None)[::-1]
    allowed = np.floor(RATES * ordered.size).astype(int)
    thresholds = np.nextafter(ordered[allowed.clip(max=ordered.size - 1)], 1.0)
    rising = np.maximum.accumulate(np.ceil(thresholds * 10**DECIMALS) / 10**DECIMALS)
    return FalseFlags(RATES, rising.clip(10.0**-DECIMALS, 1 - 10.0**-DECIMALS))


def finished(model: AdditiveModel, genuine: Floats, about: Mapping[str, Any]) -> AdditiveModel:
    """The model with its table of operating points and its provenance."""
    return replace(model, false_flags=false_flags(genuine), about=about)


def _matrix(recipe: Recipe, facts: Mapping[str, Floats]) -> Floats:
    return np.column_stack([facts[feature] for feature in recipe.features])


def _rows(facts: Mapping[str, Floats], rows: npt.NDArray[np.intp]) -> dict[str, Floats]:
    return {feature: values[rows] for feature, values in facts.items()}


def _edges(column: Floats, bins: int) -> Floats:
    """Cuts between bins with about the same number of examples, halfway between values."""
    known = np.unique(column[~np.isnan(column)])
    if known.size < 2:
        return np.empty(0)
    halfway = (known[1:] + known[:-1]) / 2
    if halfway.size >= bins:
        at = np.quantile(column[~np.isnan(column)], np.linspace(0, 1, bins + 1)[1:-1])
        halfway = np.unique(
            halfway[np.searchsorted(known, at, side="left").clip(max=halfway.size - 1)]
        )
    return np.unique(np.round(halfway, DECIMALS))


def _rounded(shape: Shape) -> Shape:
    """Steps alike after rounding become one."""
    values = np.round(shape.values, DECIMALS) + 0.0
    kept = np.flatnonzero(np.diff(values))
    return Shape(
        shape.feature,
        shape.edges[kept],
        np.append(values[kept], values[-1]),
        round(shape.missing, DECIMALS) + 0.0,
    )


def _no_table() -> FalseFlags:
    return FalseFlags(np.array([1.0]), np.array([0.5]))
