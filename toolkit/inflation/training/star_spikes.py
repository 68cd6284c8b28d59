"""Fits which spikes of stars look bought, on the suspected campaigns of StarScout.

The study finds next to no lockstep before 2024: all but one of the suspected spikes fall into that
year, and only half of the organic ones. Whether that is because campaigns are new or because the
study looked harder, a model that may see the calendar learns the year and not the campaign. So no
feature dates a spike, and every figure is given twice: over all years, and among the spikes of 2024
alone, where the year says nothing. What a calendar feature would add is measured and left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools, Floats
from toolkit.inflation.spike_features import SHAPE_FEATURES, MonthlyCounts, find_spikes
from toolkit.inflation.training.additive import Labels, Recipe, false_flags, held_out
from toolkit.inflation.training.measures import auc, measures
from toolkit.inflation.training.trees import fit_trees
from toolkit.inflation.tree_model import TreeModel

SERIES = "calibration/github_stars/star_series.csv.gz"
#: The year of all suspected spikes but one.
LABELLED_YEAR = "2024"
#: Only ever measured, never shipped.
CALENDAR = "months_to_the_end"
#: What may only raise the suspicion, and what may only lower it.
SIGNS = {
    "share_of_total": 1,
    "over_next_largest": 1,
    "over_before": 1,
    "over_after": 1,
    "spikes": -1,
    "size": -1,
}

#: Stars, on which the models were fitted: a large spike is less suspicious.
STARS = Recipe(
    name="growth_spike_stars",
    features={name: SIGNS.get(name, 0) for name in SHAPE_FEATURES},
    rounds=100,
    rate=0.08,
    leaves=6,
)
#: Any count: only the shape of the history is looked at.
SHAPE = replace(
    STARS,
    name="growth_spike",
    features={name: sign for name, sign in STARS.features.items() if name != "size"},
)


@dataclass(frozen=True)
class LabelledSpikes:
    """Spikes with a label: 1 for a suspected campaign, 0 for organic growth.

    `in_year` is true for those of `LABELLED_YEAR`; `unclear` spikes are left out.
    """

    features: dict[str, Floats]
    labels: Labels
    owners: npt.NDArray[np.object_]
    in_year: Bools
    unclear: int


def labelled_spikes(data: Path) -> LabelledSpikes:
    """Spikes of which most stars, or next to none, came in lockstep.

    Suspected: at least 50 stars and half of the month's from accounts in lockstep. Organic:
    at most a tenth. Those between are left out.
    """
    rows = pd.read_csv(data / SERIES).sort_values(["repo", "month"], kind="stable")
    starts = np.flatnonzero(rows["repo"].to_numpy() != rows["repo"].shift().to_numpy())
    monthly = MonthlyCounts(
        rows["n_stars"].to_numpy(dtype=np.float64),
        np.diff(np.append(starts, len(rows))).astype(np.int64),
    )
    spikes = find_spikes(monthly)
    at = starts[spikes.series] + spikes.month
    lockstep = rows["n_stars_clustered"].to_numpy(dtype=np.float64)[at]
    share = lockstep / spikes.count
    suspected, organic = (share >= 0.5) & (lockstep >= 50), share <= 0.1
    clear = suspected | organic
    month = pd.PeriodIndex(rows["month"], freq="M")
    to_the_end = (month.year.max() * 12 + 12 - month.year * 12 - month.month).to_numpy(np.float64)
    features = {**spikes.features, CALENDAR: to_the_end[at]}
    return LabelledSpikes(
        {name: values[clear] for name, values in features.items()},
        suspected[clear].astype(np.int64),
        rows["owner"].to_numpy(dtype=object)[at][clear],
        rows["month"].str.startswith(LABELLED_YEAR).to_numpy()[at][clear],
        int((~clear).sum()),
    )


def train(data: Path, recipe: Recipe) -> TreeModel:
    """The model of one of the two recipes."""
    spikes = labelled_spikes(data)
    owners = np.asarray(spikes.owners)

    def asked(features: Recipe) -> Floats:
        return held_out(features, spikes.features, spikes.labels, owners, fitter=fit_trees)

    out = asked(recipe)
    dated = asked(replace(recipe, features={**recipe.features, CALENDAR: 0}))
    year = spikes.in_year
    # The stricter of two tables, so that the promise holds among the spikes of one year too.
    everywhere = false_flags(out[:, spikes.labels == 0])
    in_year = false_flags(out[:, (spikes.labels == 0) & year])
    table = replace(everywhere, thresholds=np.maximum(everywhere.thresholds, in_year.thresholds))
    threshold = table.threshold(0.01)
    about = {
        "finds": "months of a history that look like a bought campaign",
        "trained_on": "spikes in 670 star histories, half of the owners of StarScout (He et al., "
        "arXiv 2412.13459), Apache-2.0; labels are suspicions of that study",
        "left_out": f"{spikes.unclear} spikes with between 10 % and half of the stars in lockstep",
        "performance": {
            "held_out, all years": measures(spikes.labels, out, owners, threshold),
            "held_out, spikes of 2024": measures(
                spikes.labels[year], out[:, year], owners[year], threshold
            ),
        },
        "auc_if_a_feature_dated_the_spike": {
            "all years": _auc(spikes.labels, dated),
            "spikes of 2024": _auc(spikes.labels[year], dated[:, year]),
        },
    }
    model = fit_trees(recipe, spikes.features, spikes.labels)
    return replace(model, false_flags=table, about=about)


def _auc(labels: Labels, out: Floats) -> float:
    return auc(np.tile(labels, len(out)), out.ravel())
