"""Which months of which series look like a bought campaign, for a table of nothing but series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.inflation.long_series import LEAST_MONTHS, LongSeries, long_series
from toolkit.inflation.months import month_name
from toolkit.inflation.spike_features import Spikes, find_spikes
from toolkit.inflation.suspicion import FALSE_FLAG_RATE
from toolkit.inflation.tree_model import TreeModel, shipped_trees

Counted = Literal["stars", "other"]
#: What the counts are → the model that judges their months.
MODELS: Mapping[Counted, str] = {"stars": "growth_spike_stars", "other": "growth_spike"}


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
        Probability that its shape is one of a bought campaign, among spikes of which a share
        as large as in the training data is bought; None where the series is too short.
    suspected : bool
        It reaches the operating point.
    """

    series: str
    month: str
    count: float
    share_of_total: float
    bought: float | None
    suspected: bool


@dataclass(frozen=True, eq=False)
class SpikesFound:
    """The months that stand out in a table of series.

    Parameters
    ----------
    series : LongSeries
    found : Spikes
        k months, series by series.
    bought : float array, shape (k,)
        NaN where the series is too short to judge.
    counted : {"stars", "other"}
    operating_point : float
    false_flag_rate : float
        Share of organic spikes that may reach the operating point.
    """

    series: LongSeries
    found: Spikes
    bought: Floats
    counted: Counted
    operating_point: float
    false_flag_rate: float

    @property
    def suspected(self) -> Bools:
        """Which months reach the operating point, shape (k,)."""
        return self.bought >= self.operating_point

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
            self.bought.tolist(),
            self.suspected.tolist(),
            strict=True,
        )
        return tuple(
            Spike(name, when, count, share, None if bought != bought else bought, suspected)
            for name, when, count, share, bought, suspected in rows
        )

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
            "suspected": int(self.suspected.sum()),
            "spikes": [dict(vars(spike)) for spike in self.spikes],
            "issues": [issue.to_dict() for issue in self.series.issues],
        }


def spikes(
    frame: pd.DataFrame,
    *,
    counted: Counted = "stars",
    false_flag_rate: float = FALSE_FLAG_RATE,
    file: str = "The table",
    sheet: str | None = None,
    today: dt.date | None = None,
) -> SpikesFound:
    """Find the months that stand out, and say how likely each is bought.

    Parameters
    ----------
    frame : DataFrame
        One row a month of a series: ``series``, ``month``, ``count``. See `long_series`.
    counted : {"stars", "other"}
        GitHub stars, on which the models were fitted and for which a large spike is less
        suspicious, or any other count, which is judged by its shape alone.
    false_flag_rate : float
        Share of organic spikes that may be suspected; gives the operating point.
    file, sheet : str, optional
        Where the table stands, for messages.
    today : date, optional
        Months after this one are in the future.

    Raises
    ------
    InputError
        If a cell cannot be used; every such cell is named.
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
    model = shipped_trees(MODELS[counted])
    found = find_spikes(series.monthly)
    return SpikesFound(
        series,
        found,
        judged(model, series, found),
        counted,
        model.false_flags.threshold(false_flag_rate),
        false_flag_rate,
    )


def judged(model: TreeModel, series: LongSeries, found: Spikes) -> Floats:
    """Probability of each spike; NaN in series that are too short to judge."""
    if not len(found):
        return np.empty(0)
    return np.where(series.judged[found.series], model.probability(found.features), np.nan)


def _month_names(month: Ints) -> list[str]:
    months, of = np.unique(month, return_inverse=True)
    names = [month_name(int(one)) for one in months]
    return [names[i] for i in of]
