from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest

import toolkit
from toolkit.inflation.spike_features import find_spikes
from toolkit.inflation.spikes import Counted, spikes
from toolkit.inflation.tree_model import shipped_trees

TODAY = dt.date(2026, 11, 22)


def frame(**series: list[int]) -> pd.DataFrame:
    return pd.concat(
        pd.DataFrame(
            {
                "series": name,
                "month": [f"{2023 + at // 12}-{at % 12 + 1:02d}" for at in range(len(counts))],
                "count": counts,
            }
        )
        for name, counts in series.items()
    ).reset_index(drop=True)


def test_a_burst_out_of_nothing_is_suspected_and_a_launch_is_not() -> None:
    bought = [2, 1, 0, 1, 2, 260, 3, 1, 0, 1]
    launch = [5, 8, 6, 900, 700, 520, 410, 380, 300, 280, 260, 240]
    found = spikes(frame(bought=bought, launch=launch), today=TODAY)
    assert [(s.series, s.month, s.count, s.suspected) for s in found.spikes] == [
        ("bought", "2023-06", 260.0, True),
        ("launch", "2023-04", 900.0, False),
    ]
    assert found.spikes[0].share_of_total == pytest.approx(260 / 271)


def test_the_json_of_the_contract() -> None:
    data = spikes(frame(a=[2, 1, 0, 1, 2, 260, 3]), today=TODAY).to_dict()
    json.dumps(data, allow_nan=False)
    (spike,) = data["spikes"]  # type: ignore[misc]
    assert {"series", "month", "count", "bought"} <= set(spike)
    assert (spike["series"], spike["month"], spike["count"]) == ("a", "2023-06", 260)
    assert 0 <= spike["bought"] <= 1


@pytest.mark.parametrize("counted", ["stars", "other"])
def test_probabilities_are_those_of_the_model(counted: Counted) -> None:
    generator = np.random.default_rng(4)
    counts = generator.poisson(6, (40, 24)) + 300 * (generator.random((40, 24)) < 0.05)
    table = frame(**{f"s{i}": row.tolist() for i, row in enumerate(counts)})
    found = spikes(table, counted=counted, today=TODAY)
    model = shipped_trees("growth_spike_stars" if counted == "stars" else "growth_spike")
    again = find_spikes(found.series.monthly)
    assert found.bought == pytest.approx(model.probability(again.features))
    assert len(found.spikes) == len(again) > 20


def test_what_is_too_short_has_no_probability() -> None:
    (spike,) = spikes(frame(a=[1, 400, 2, 1]), today=TODAY).spikes
    assert (spike.bought, spike.suspected) == (None, False)


def test_no_spike_is_no_fault() -> None:
    data = spikes(frame(a=[5] * 8), today=TODAY).to_dict()
    assert (data["spikes"], data["suspected"]) == ([], 0)


def test_a_stricter_rate_suspects_less() -> None:
    table = frame(a=[2, 1, 0, 1, 2, 260, 3])
    points = [spikes(table, false_flag_rate=r, today=TODAY).operating_point for r in (0.2, 0.01)]
    assert points[0] < points[1]


def test_what_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="'stars' or 'other'"):
        spikes(frame(a=[1]), counted="likes", today=TODAY)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="between 0 and 1"):
        spikes(frame(a=[1]), false_flag_rate=0.0, today=TODAY)


def test_the_public_name() -> None:
    assert toolkit.spikes is spikes
