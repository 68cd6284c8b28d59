"""Fits what happens beside bought stars, on the suspected repositories of StarScout.

A repository counts as suspected where the study suspects at least half of its stars. Where it
suspects a few among many genuine ones, the other events are those of a genuine repository; to
learn from it is to learn how the study came by its sample. How the model does on those is
measured all the same, and so is what models would do that are fitted on them too, with and without
the size of the repository.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools, Floats
from toolkit.inflation.additive_model import AdditiveModel
from toolkit.inflation.repository_events import (
    LEAST_STARS,
    OTHERS,
    repository_events,
    repository_features,
)
from toolkit.inflation.training.additive import Labels, Recipe, false_flags, fit, held_out
from toolkit.inflation.training.measures import auc, measures
from toolkit.inflation.training.trees import fit_trees

EVENTS = "calibration/github_stars/repo_events.csv.gz"
MOST = 0.5

RECIPE = Recipe(
    name="repositories",
    features={"stars_share": 1, **{f"{name}_per_star": 0 for name in OTHERS}},
    rounds=200,
    rate=0.08,
    folds=5,
)


#: Only ever measured, never shipped: fitted on any suspected share, of proportions alone and with
#: how many stars and other events there are.
ANY_SHARE = replace(RECIPE, name="any share", rounds=150, leaves=12)
SIZES = ("stars", "others")
WITH_SIZE = replace(ANY_SHARE, features={**ANY_SHARE.features, **dict.fromkeys(SIZES, 0)})


@dataclass(frozen=True)
class LabelledRepositories:
    """Repositories: 1 for those of the suspected group, 0 for those of the random sample.

    `sizes` are counts. `share` is that of the stars which the study suspects, `clear` is false
    where it is below one half or not known.
    """

    features: dict[str, Floats]
    sizes: dict[str, Floats]
    labels: Labels
    owners: npt.NDArray[np.object_]
    share: Floats
    clear: Bools


def labelled_repositories(data: Path) -> LabelledRepositories:
    """The repositories with stars enough to be judged; one that is in both groups is left out."""
    rows = pd.read_csv(data / EVENTS)
    rows = rows[(rows["WatchEvent"] >= LEAST_STARS) & ~rows["repo"].duplicated(keep=False)]
    events = repository_events(rows)
    labels: Labels = (rows["group"] == "suspected").to_numpy(dtype=np.bool_).astype(np.int64)
    share = rows["p_fake"].to_numpy(dtype=np.float64)
    return LabelledRepositories(
        repository_features(events.counts),
        {
            "stars": events.counts["stars"],
            "others": np.sum([events.counts[name] for name in OTHERS], axis=0),
        },
        labels,
        rows["owner"].to_numpy(dtype=object),
        share,
        (labels == 0) | (share >= MOST),
    )


def train(data: Path) -> AdditiveModel:
    """The model ``repositories``."""
    known = labelled_repositories(data)
    labels, clear = known.labels, known.clear
    facts = {**known.features, **known.sizes, "clear": clear.astype(np.float64)}
    out = held_out(RECIPE, facts, labels, known.owners, fitter=fit_clear)
    table = false_flags(out[:, labels == 0])
    some = (labels == 0) | (known.share < MOST)
    everything = np.ones(labels.size, dtype=np.bool_)
    groups = {"most stars": clear, "fewer than half": some, "any": everything}
    trials = {
        "as shipped": out,
        **{
            words: held_out(recipe, facts, labels, known.owners, fitter=fit_trees)
            for words, recipe in (
                ("fitted on any share", ANY_SHARE),
                ("fitted on any share, with size", WITH_SIZE),
            )
        },
    }
    about = {
        "finds": "repositories whose stars look bought",
        "trained_on": "event counts of repositories under hashed names, suspected ones of "
        "StarScout (He et al., arXiv 2412.13459) against a random sample, Apache-2.0; "
        "labels are suspicions of that study",
        "left_out": f"{int((~clear).sum())} suspected repositories of whose stars less than half, "
        "or an unknown share, are suspected",
        "performance": {
            "held_out": measures(
                labels[clear], out[:, clear], known.owners[clear], table.threshold(0.01)
            )
        },
        "auc_by_suspected_share": {
            words: {of: _auc(labels[rows], trial[:, rows]) for of, rows in groups.items()}
            for words, trial in trials.items()
        },
    }
    return replace(
        fit_clear(RECIPE, facts, labels),
        false_flags=table,
        about=about,
    )


def fit_clear(recipe: Recipe, facts: Mapping[str, Floats], labels: Labels) -> AdditiveModel:
    """Fit on those whose fact ``clear`` is 1; the others are only ever asked about."""
    clear = facts["clear"] == 1
    return fit(recipe, {name: x[clear] for name, x in facts.items()}, labels[clear])


def _auc(labels: Labels, out: Floats) -> float:
    return auc(np.tile(labels, len(out)), out.ravel())
