"""Fits which spikes of stars look bought, on the suspected campaigns of StarScout.

The study records next to no lockstep before 2024: all but one of the suspected spikes fall into
that year, and two organic ones in five before it. A model that is shown all years learns the
calendar (how long ago a spike was then tells it apart with an AUC of .78, within 2024 with one of
.54), so only the spikes of 2024 are used, and nothing that dates them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Floats
from toolkit.inflation.additive_model import AdditiveModel
from toolkit.inflation.spike_features import MonthlyCounts, find_spikes
from toolkit.inflation.training.additive import Labels, Recipe, finished, fit, held_out
from toolkit.inflation.training.measures import measures

SERIES = "calibration/github_stars/star_series.csv.gz"
#: The year in which the study looked for lockstep.
LABELLED_YEAR = "2024"

#: Any count: only the shape of the history is looked at.
SHAPE = Recipe(
    name="growth_spike",
    features={
        "share_of_total": 1,
        "over_next_largest": 1,
        "over_median": 0,
        "over_before": 1,
        "over_after": 1,
        "lift": 0,
        "spikes": -1,
    },
    rounds=250,
    bins=12,
)
#: Stars, on which the models were fitted: a large spike is less suspicious.
STARS = replace(SHAPE, name="growth_spike_stars", features={**SHAPE.features, "size": -1})


@dataclass(frozen=True)
class LabelledSpikes:
    """Spikes with a label: 1 for a suspected campaign, 0 for organic growth."""

    features: dict[str, Floats]
    labels: Labels
    owners: npt.NDArray[np.object_]
    unclear: int
    other_years: int


def labelled_spikes(data: Path) -> LabelledSpikes:
    """Spikes of 2024 of which most stars, or next to none, came in lockstep.

    Suspected: at least 50 stars and half of the month's from accounts in lockstep. Organic:
    at most a tenth. Those between are left out, and so are those of other years.
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
    in_year = rows["month"].str.startswith(LABELLED_YEAR).to_numpy()[at]
    clear = (suspected | organic) & in_year
    return LabelledSpikes(
        {name: values[clear] for name, values in spikes.features.items()},
        suspected[clear].astype(np.int64),
        rows["owner"].to_numpy(dtype=object)[at][clear],
        int((in_year & ~clear).sum()),
        int((~in_year).sum()),
    )


def train(data: Path, recipe: Recipe) -> AdditiveModel:
    """The model of one of the two recipes."""
    spikes = labelled_spikes(data)
    out = held_out(recipe, spikes.features, spikes.labels, spikes.owners)
    genuine = out[:, spikes.labels == 0]
    model = finished(fit(recipe, spikes.features, spikes.labels), genuine, {})
    threshold = model.false_flags.threshold(0.01)
    about = {
        "finds": "months of a history that look like a bought campaign",
        "trained_on": "spikes of 2024 in 670 star histories, half of the owners of StarScout "
        "(He et al., arXiv 2412.13459), Apache-2.0; labels are suspicions of that study",
        "left_out": f"{spikes.unclear} spikes with between 10 % and half of the stars in lockstep; "
        f"{spikes.other_years} spikes of other years, in which the study records hardly any",
        "performance": {
            "held_out, owners kept together": measures(spikes.labels, out, spikes.owners, threshold)
        },
    }
    return finished(model, genuine, about)
