"""Which months of which series look like a bought campaign, for a table of nothing but series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import InputError
from toolkit.inflation.long_series import LEAST_MONTHS, LongSeries, long_series
from toolkit.inflation.months import month_name
from toolkit.inflation.repository_events import RepositoryEvents, repository_events
from toolkit.inflation.spike_activity import rows_of, with_activity
from toolkit.inflation.spike_features import FARTHEST_BACK, Spikes, find_spikes
from toolkit.inflation.suspicion import FALSE_FLAG_RATE
from toolkit.inflation.tree_model import TreeModel, shipped_trees

Counted = Literal["stars", "other"]
#: What the counts are → the model that judges their months by their shape alone.
BY_SHAPE: Mapping[Counted, str] = {"stars": "growth_spike_stars", "other": "growth_spike"}
#: The same with the place in the history, where that is known to say something.
MODELS: Mapping[Counted, str] = {"stars": "growth_spike_placed", "other": "growth_spike"}
#: The model for stars where the repository's other events are known.
BESIDE = "growth_spike_beside"


@dataclass(frozen=True)
class Spike:
    """One month that stands out.

    Parameters
    ----------
    series : str
    month : str
        As ``2024-05``.
    count : float
        What came in the month.
    share_of_total : float
        Of all that came in the series.
    bought : float or None
        Probability that it is one of a bought campaign, among spikes of which a share as large
        as in the training data is bought, and as new; None where the series is too short.
    by_shape : float or None
        The same without looking at the place in the history.
    suspected : bool
        It reaches the operating point; or it lies farther back in its history than any suspected
        campaign of the training data, and reaches that of its shape.
    events_known : bool
        The repository's other events were looked at too.
    """

    series: str
    month: str
    count: float
    share_of_total: float
    bought: float | None
    by_shape: float | None
    suspected: bool
    events_known: bool


@dataclass(frozen=True, eq=False)
class SpikesFound:
    """The months that stand out in a table of series.

    Parameters
    ----------
    series : LongSeries
    found : Spikes
        k months, series by series.
    bought, by_shape : float array, shape (k,)
        NaN where the series is too short to judge.
    counted : {"stars", "other"}
    operating_point, operating_point_by_shape : float
    false_flag_rate : float
        Share of organic spikes that may reach the operating point.
    events_known : bool array, shape (k,)
        Whose repository's other events were looked at too.
    operating_point_beside : float or None
        That of the months whose repository's events are known; None without a table of them.
    events : RepositoryEvents or None
    """

    series: LongSeries
    found: Spikes
    bought: Floats
    by_shape: Floats
    counted: Counted
    operating_point: float
    operating_point_by_shape: float
    false_flag_rate: float
    events_known: Bools
    operating_point_beside: float | None = None
    events: RepositoryEvents | None = None

    @property
    def suspected(self) -> Bools:
        """Which months are suspected, shape (k,)."""
        beside = self.operating_point_beside
        point = np.where(
            self.events_known,
            self.operating_point if beside is None else beside,
            self.operating_point,
        )
        by_shape = self.farther_back & (self.by_shape >= self.operating_point_by_shape)
        return (self.bought >= point) | by_shape

    @property
    def farther_back(self) -> Bools:
        """Which lie farther back than any suspected month of the training data, shape (k,)."""
        return self.found.features["months_after"] > FARTHEST_BACK

    @cached_property
    def spikes(self) -> tuple[Spike, ...]:
        """Every month that stands out, in the order of the file's series."""
        found = self.found
        month = self.series.first_month[found.series] + found.month
        rows = zip(
            self.series.names[found.series].tolist(),
            _month_names(month),
            found.count.tolist(),
            (found.count / found.total).tolist(),
            _known(self.bought),
            _known(self.by_shape),
            self.suspected.tolist(),
            self.events_known.tolist(),
            strict=True,
        )
        return tuple(Spike(*row) for row in rows)

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``spikes``."""
        lengths = self.series.monthly.lengths
        return {
            "series": int(lengths.size),
            "months": int(lengths.sum()),
            "not_judged": int((lengths < LEAST_MONTHS).sum()),
            "counted": self.counted,
            "false_flag_rate": self.false_flag_rate,
            "operating_point": self.operating_point,
            "operating_point_by_shape": self.operating_point_by_shape,
            "operating_point_beside": self.operating_point_beside,
            "suspected": int(self.suspected.sum()),
            "spikes": [dict(vars(spike)) for spike in self.spikes],
            "issues": [issue.to_dict() for issue in self.series.issues],
        }


def spikes(
    frame: pd.DataFrame,
    *,
    beside: pd.DataFrame | None = None,
    counted: Counted = "stars",
    false_flag_rate: float = FALSE_FLAG_RATE,
    file: str = "The table",
    sheet: str | None = None,
    beside_file: str = "The table of repositories",
    beside_sheet: str | None = None,
    today: dt.date | None = None,
) -> SpikesFound:
    """Find the months that stand out, and say how likely each is bought.

    Parameters
    ----------
    frame : DataFrame
        One row a month of a series: ``series``, ``month``, ``count``. See `long_series`.
    beside : DataFrame, optional
        What else happened in the repositories whose stars these are, one row each under the name
        of its series: see `toolkit.inflation.repository_events.repository_events`. Series without
        a row there are judged by their history alone.
    counted : {"stars", "other"}
        GitHub stars, on which the models were fitted and for which a large spike is less
        suspicious, or any other count, which is judged by its shape alone.
    false_flag_rate : float
        Share of organic spikes that may be suspected; gives the operating point.
    file, sheet, beside_file, beside_sheet : str, optional
        Where the tables stand, for messages.
    today : date, optional
        Months after this one are in the future.

    Raises
    ------
    InputError
        If a cell cannot be used; every such cell is named. If there is a table beside counts that
        are not of stars, or it names none of the series.
    ValueError
        If `counted` is neither of the two, or the rate is not between 0 and 1.

    Examples
    --------
    >>> stars = pd.DataFrame(
    ...     {
    ...         "series": "x",
    ...         "month": [f"2024-{m:02d}" for m in range(1, 9)],
    ...         "count": [2, 1, 3, 2, 260, 2, 1, 0],
    ...     }
    ... )
    >>> [(spike.month, spike.count) for spike in spikes(stars).spikes]
    [('2024-05', 260.0)]
    """
    if counted not in MODELS:
        raise ValueError(f"counted is 'stars' or 'other'; found {counted!r}.")
    if not 0.0 < false_flag_rate < 1.0:
        raise ValueError(f"A false-flag rate lies between 0 and 1; {false_flag_rate} does not.")
    series = long_series(frame, file=file, sheet=sheet, today=today)
    model, by_shape = shipped_trees(MODELS[counted]), shipped_trees(BY_SHAPE[counted])
    found = find_spikes(series.monthly)
    bought = judged(model, series, found)
    alone = SpikesFound(
        series,
        found,
        bought,
        bought if model is by_shape else judged(by_shape, series, found),
        counted,
        model.false_flags.threshold(false_flag_rate),
        by_shape.false_flags.threshold(false_flag_rate),
        false_flag_rate,
        np.zeros(len(found), dtype=np.bool_),
    )
    if beside is None:
        return alone
    if counted != "stars":
        raise InputError(
            f"{beside_file}: what else happened in a repository is looked at beside its stars; "
            "these counts are of something else. Leave the table out."
        )
    events = repository_events(beside, file=beside_file, sheet=beside_sheet)
    rows = rows_of(series.names, events)
    if not (rows >= 0).any():
        raise InputError(
            f"{beside_file}: it has none of the series, for instance '{series.names[0]}'. Give "
            "each repository the name of its series."
        )
    known = rows[found.series] >= 0
    better = shipped_trees(BESIDE)
    if known.any():
        features = with_activity(found, rows, events.counts)
        asked = series.judged[found.series] & known
        bought = np.where(asked, better.probability(features), bought)
    return replace(
        alone,
        bought=bought,
        events_known=known,
        operating_point_beside=better.false_flags.threshold(false_flag_rate),
        events=events,
    )


def judged(model: TreeModel, series: LongSeries, found: Spikes) -> Floats:
    """Probability of each spike; NaN in series that are too short to judge."""
    if not len(found):
        return np.empty(0)
    return np.where(series.judged[found.series], model.probability(found.features), np.nan)


def _known(probability: Floats) -> list[float | None]:
    return [None if p != p else p for p in probability.tolist()]


def _month_names(month: Ints) -> list[str]:
    months, of = np.unique(month, return_inverse=True)
    names = [month_name(int(one)) for one in months]
    return [names[i] for i in of]
