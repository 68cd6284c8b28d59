"""What else happened in the repository whose stars rose: proportions of its other events.

News brings forks, questions and repairs along with the stars; bought stars come alone. The events
are counted over the whole history of a repository, as for `toolkit.inflation.repositories`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Floats, Ints
from toolkit.inflation.repository_events import OTHERS, RepositoryEvents
from toolkit.inflation.spike_features import Spikes

ACTIVITY_FEATURES = ("stars_share", *(f"{name}_beside" for name in OTHERS))


def with_activity(spikes: Spikes, rows: Ints, counts: Mapping[str, Floats]) -> dict[str, Floats]:
    """The features of k spikes, with those of the repository's events.

    ``stars_share`` is stars / all events; ``forks_beside`` and the six like it are
    log₁₀((1 + events) / (1 + stars)). One is added so that none beside a few stars says less than
    none beside thousands.

    Parameters
    ----------
    spikes : Spikes
    rows : int array, shape (s,)
        Where each series' repository stands in `counts`; −1 where it has none.
    counts : mapping of count to float array, shape (r,)
        As in `RepositoryEvents`.

    Returns
    -------
    dict of str to float array, shape (k,)
        NaN where there is no repository.
    """
    row = rows[spikes.series]
    stars = counts["stars"]
    everything = stars + np.sum([counts[name] for name in OTHERS], axis=0)
    of_rows = {"stars_share": stars / np.where(everything > 0, everything, np.nan)}
    for name in OTHERS:
        of_rows[f"{name}_beside"] = np.log10((1.0 + counts[name]) / (1.0 + stars))
    return spikes.features | {
        name: np.where(row >= 0, values[row.clip(0)], np.nan) for name, values in of_rows.items()
    }


def rows_of(names: npt.NDArray[np.object_], events: RepositoryEvents) -> Ints:
    """Where the repository of each series stands among the events, shape (s,); −1 nowhere."""
    place = {name: row for row, name in enumerate(events.names.tolist())}
    return np.array([place.get(name, -1) for name in names.tolist()], dtype=np.int64)
