"""Fits which spikes of stars look bought, on the suspected campaigns of StarScout.

The study finds next to no lockstep before 2024: all but one of the suspected spikes fall into that
year, and only half of the organic ones. Whether that is because campaigns are new or because the
study looked harder, a model that may see the calendar learns the year and not the campaign. The
place of a spike in its history is a fact of shape (a history that stops soon afterwards says
something), but where all histories end at about the same time it is nearly a date as well. So there
are models without it, which find a campaign however long ago it was, and models with it, whose
probabilities hold where campaigns are as new as in the study; a month that lies farther back than
any suspected one is flagged by its shape alone. Every figure is given twice, over all years and
among the spikes of 2024 alone, and what the place adds is measured beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.metrics import average_precision_score

from toolkit.arrays import Bools, Floats
from toolkit.inflation.additive_model import FalseFlags
from toolkit.inflation.repository_events import repository_events
from toolkit.inflation.spike_activity import ACTIVITY_FEATURES, with_activity
from toolkit.inflation.spike_features import (
    FARTHEST_BACK,
    SHAPE_FEATURES,
    MonthlyCounts,
    find_spikes,
)
from toolkit.inflation.training.additive import Labels, Recipe, false_flags, held_out
from toolkit.inflation.training.measures import auc, measures
from toolkit.inflation.training.trees import fit_trees
from toolkit.inflation.tree_model import TreeModel

SERIES = "calibration/github_stars/star_series.csv.gz"
EVENTS = "calibration/github_stars/repo_events.csv.gz"
#: The year of all suspected spikes but one.
LABELLED_YEAR = "2024"
#: Only ever measured, never shipped.
CALENDAR = "months_to_the_end"
POSITION = "months_after"
#: What may only raise the suspicion, and what may only lower it.
SIGNS = {
    "share_of_total": 1,
    "over_next_largest": 1,
    "over_before": 1,
    "over_after": 1,
    "spikes": -1,
    "size": -1,
    "stars_share": 1,
}
#: Stars, on which the models were fitted: the size says something too.
STARS = Recipe(
    name="growth_spike_stars",
    features={name: SIGNS.get(name, 0) for name in SHAPE_FEATURES if name != POSITION},
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
#: Stars, with the place of the spike in its history.
PLACED = replace(STARS, name="growth_spike_placed", features={**STARS.features, POSITION: 0})
#: The same, with the other events of the repository beside them.
BESIDE = replace(
    PLACED,
    name="growth_spike_beside",
    features={**PLACED.features, **{name: SIGNS.get(name, 0) for name in ACTIVITY_FEATURES}},
    rounds=150,
)
RECIPES = (SHAPE, STARS, PLACED, BESIDE)


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
    events = pd.read_csv(data / EVENTS).drop_duplicates("repo", ignore_index=True)
    place = pd.Index(events["repo"]).get_indexer(pd.Index(rows["repo"].to_numpy()[starts]))
    features = with_activity(spikes, place.astype(np.int64), repository_events(events).counts)
    features[CALENDAR] = to_the_end[at]
    return LabelledSpikes(
        {name: values[clear] for name, values in features.items()},
        suspected[clear].astype(np.int64),
        rows["owner"].to_numpy(dtype=object)[at][clear],
        rows["month"].str.startswith(LABELLED_YEAR).to_numpy()[at][clear],
        int((~clear).sum()),
    )


def train(data: Path, recipe: Recipe) -> TreeModel:
    """The model of one of the recipes."""
    spikes = labelled_spikes(data)
    labels, owners, year = spikes.labels, np.asarray(spikes.owners), spikes.in_year

    def asked(features: Mapping[str, int]) -> Floats:
        changed = replace(recipe, features=features)
        return held_out(changed, spikes.features, labels, owners, fitter=fit_trees)

    placeless = {name: sign for name, sign in recipe.features.items() if name != POSITION}
    out = asked(recipe.features)
    table = _stricter(out, labels, year)
    threshold = table.threshold(0.01)
    about: dict[str, object] = {
        "finds": "months of a history that look like a bought campaign",
        "trained_on": "spikes in 670 star histories, half of the owners of StarScout (He et al., "
        "arXiv 2412.13459), Apache-2.0; labels are suspicions of that study",
        "left_out": f"{spikes.unclear} spikes with between 10 % and half of the stars in lockstep",
        "performance": {
            "held_out, all years": measures(labels, out, owners, threshold),
            "held_out, spikes of 2024": measures(
                labels[year], out[:, year], owners[year], threshold
            ),
        },
        "auc_if_a_feature_dated_the_spike": _by_year(
            _auc, labels, asked({**placeless, CALENDAR: 0}), year
        ),
    }
    if POSITION in recipe.features:
        without = asked(placeless)
        about["without_the_place"] = {
            "auc": _by_year(_auc, labels, without, year),
            "average_precision": _by_year(_average_precision, labels, without, year),
        }
        by_shape = held_out(STARS, spikes.features, labels, owners, fitter=fit_trees)
        shape_table = _stricter(by_shape, labels, year)
        far = spikes.features[POSITION] > FARTHEST_BACK
        flags = {}
        for rate in (0.05, 0.01):
            flagged = out >= table.threshold(rate)
            flagged |= far & (by_shape >= shape_table.threshold(rate))
            flags[f"{rate:.0%}"] = {
                "found": _share(flagged[:, labels == 1]),
                "falsely flagged": _share(flagged[:, labels == 0]),
                "falsely flagged in 2024": _share(flagged[:, (labels == 0) & year]),
                "falsely flagged farther back": _share(flagged[:, (labels == 0) & far]),
                "found if all lay farther back": _share(
                    by_shape[:, labels == 1] >= shape_table.threshold(rate)
                ),
            }
        about["flags_with_those_farther_back_by_shape"] = flags
    return replace(fit_trees(recipe, spikes.features, labels), false_flags=table, about=about)


def _stricter(out: Floats, labels: Labels, year: Bools) -> FalseFlags:
    """The stricter of two tables, so that the promise holds among the spikes of one year too."""
    everywhere = false_flags(out[:, labels == 0])
    in_year = false_flags(out[:, (labels == 0) & year])
    return replace(everywhere, thresholds=np.maximum(everywhere.thresholds, in_year.thresholds))


def _by_year(
    figure: Callable[[Labels, Floats], float], labels: Labels, out: Floats, year: Bools
) -> dict[str, float]:
    return {
        "all years": figure(labels, out),
        "spikes of 2024": figure(labels[year], out[:, year]),
    }


def _auc(labels: Labels, out: Floats) -> float:
    return auc(np.tile(labels, len(out)), out.ravel())


def _average_precision(labels: Labels, out: Floats) -> float:
    return round(float(average_precision_score(np.tile(labels, len(out)), out.ravel())), 4)


def _share(flagged: Bools) -> float:
    return round(float(flagged.mean()), 4)
