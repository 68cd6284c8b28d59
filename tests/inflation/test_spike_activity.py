from __future__ import annotations

import math

import numpy as np
import pytest

from toolkit.inflation.repository_events import EVENTS, RepositoryEvents
from toolkit.inflation.spike_activity import ACTIVITY_FEATURES, rows_of, with_activity
from toolkit.inflation.spike_features import MonthlyCounts, find_spikes

COUNTS = {name: np.array([0.0, 10.0]) for name in EVENTS} | {"stars": np.array([99.0, 30.0])}


def test_two_repositories_by_hand_and_one_that_is_not_known() -> None:
    counts = np.array([2.0, 1.0, 200.0, 3.0] * 3)
    spikes = find_spikes(MonthlyCounts(counts, np.array([4, 4, 4])))
    found = with_activity(spikes, np.array([1, -1, 0]), COUNTS)
    assert set(found) == {*spikes.features, *ACTIVITY_FEATURES}
    assert found["stars_share"] == pytest.approx([0.3, math.nan, 1.0], nan_ok=True)
    assert found["forks_beside"] == pytest.approx(
        [math.log10(11 / 31), math.nan, -2.0], nan_ok=True
    )
    assert found["size"].tolist() == spikes.features["size"].tolist()


def test_series_are_found_by_their_names() -> None:
    events = RepositoryEvents(np.array(["a", "b"], dtype=object), COUNTS)
    assert rows_of(np.array(["b", "c", "a"], dtype=object), events).tolist() == [1, -1, 0]
