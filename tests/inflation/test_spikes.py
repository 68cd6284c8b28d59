from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest

import toolkit
from toolkit.errors import InputError
from toolkit.inflation.repository_events import EVENTS
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
    names = {
        "stars": ("growth_spike_placed", "growth_spike_stars"),
        "other": ("growth_spike", "growth_spike"),
    }
    model, by_shape = map(shipped_trees, names[counted])
    again = find_spikes(found.series.monthly)
    assert found.bought == pytest.approx(model.probability(again.features))
    assert found.by_shape == pytest.approx(by_shape.probability(again.features))
    assert len(found.spikes) == len(again) > 20


def test_what_is_too_short_has_no_probability() -> None:
    (spike,) = spikes(frame(a=[1, 400, 2, 1]), today=TODAY).spikes
    assert (spike.bought, spike.by_shape, spike.suspected) == (None, None, False)


def test_a_campaign_of_years_ago_is_suspected_by_its_shape() -> None:
    """The study knows none that lies so far back, so that its place says it is none."""
    counts = [2, 1, 0, 1, 2, 260, 3, *[1, 0] * 12]
    found = spikes(frame(a=counts), today=TODAY)
    (spike,) = found.spikes
    assert spike.by_shape is not None
    assert spike.by_shape >= found.operating_point_by_shape
    assert spike.suspected


def repositories(**counts: float) -> pd.DataFrame:
    return pd.DataFrame([dict.fromkeys(EVENTS, 0) | counts | {"repository": "a"}])


def test_what_else_happened_is_looked_at() -> None:
    table = frame(a=[5, 4, 6, 5, 7, 300, 40, 30], b=[2, 1, 0, 1, 2, 260, 3, 1])
    alone = spikes(table, today=TODAY)
    empty = spikes(table, beside=repositories(stars=420, pushes=2), today=TODAY)
    busy = repositories(
        stars=420, forks=150, issues=200, comments=500, pull_requests=180, pushes=300
    )
    lively = spikes(table, beside=busy, today=TODAY)
    assert [spike.events_known for spike in empty.spikes] == [True, False]
    assert (lively.spikes[0].bought or 0) < (empty.spikes[0].bought or 0)
    assert empty.spikes[1] == alone.spikes[1]
    assert alone.operating_point_beside is None
    model = shipped_trees("growth_spike_beside")
    assert lively.operating_point_beside == model.false_flags.threshold(0.05)


@pytest.mark.parametrize(
    ("beside", "counted", "said"),
    [
        (repositories(stars=5), "other", "these counts are of something else"),
        (repositories(stars=5).assign(repository="z"), "stars", "none of the series"),
        (repositories(stars=-5), "stars", "column 'stars': '-5' is negative"),
    ],
)
def test_a_table_beside_that_cannot_be_used(
    beside: pd.DataFrame, counted: Counted, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        spikes(frame(a=[2, 1, 0, 1, 2, 260, 3]), beside=beside, counted=counted, today=TODAY)


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
