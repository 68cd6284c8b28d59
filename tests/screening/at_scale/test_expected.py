from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.engine.rows import memory, table_of
from toolkit.engine.engine import Engine
from toolkit.screening.at_scale import cut
from toolkit.screening.at_scale.contest import Contest
from toolkit.screening.at_scale.expected import Composites, counted_closer, expected_cuts
from toolkit.screening.at_scale.near import Bracket, Kept, Near
from toolkit.screening.at_scale.select import Ground, ground_of_rows
from toolkit.screening.screen import Screen

EVERYBODY = Bracket(-(2**62), 2**62)


def ground(values: list[float], batch: int = 64) -> tuple[Ground, Engine]:
    index = pd.Index([f"c{at}" for at in range(len(values))], name="candidate_id")
    engine = memory(table_of(pd.DataFrame({"task": values, "other": values[::-1]}, index)), batch)
    screen = Screen(places=30, weights={"task": 0.7, "other": 0.3})
    return ground_of_rows(engine, screen), engine


def test_one_bin_of_a_thousand_is_kept() -> None:
    here, engine = ground([float(at * at % 997) for at in range(997)])
    contest = Contest(here.columns, here.frozen, ((), ("other",)))
    closer = counted_closer(engine, contest, [EVERYBODY] * 2, 30, ["task", "other"], most=40)
    everyone = np.array([np.sort(own)[::-1] for own in _composites(here, contest)])
    for bracket, best in zip(closer, everyone, strict=True):
        assert bracket.low <= best[29] <= bracket.high
    inside = [
        int(((best >= b.low) & (best <= b.high)).sum())
        for b, best in zip(closer, everyone, strict=True)
    ]
    assert 2 <= sum(inside) <= 40


def _composites(here: Ground, contest: Contest) -> list[np.ndarray]:
    return [np.asarray(own) for own in here.engine.add_up(["task", "other"], _Whole(contest)) or []]


class _Whole:
    def __init__(self, contest: Contest) -> None:
        self.of = Composites(contest)

    def __call__(self, batch: object) -> _Lists:
        return _Lists(self.of(batch))  # type: ignore[arg-type]


class _Lists(list[np.ndarray]):
    def __add__(self, other: object) -> _Lists:
        assert isinstance(other, _Lists)
        return _Lists(np.concatenate(both) for both in zip(self, other, strict=True))


def test_a_stretch_that_misses_the_cut_keeps_nobody() -> None:
    here, engine = ground([float(at) for at in range(100)])
    contest = Contest(here.columns, here.frozen, ((),))
    (bracket,) = counted_closer(engine, contest, [Bracket(2**61, 2**62)], 30, ["task", "other"], 1)
    ((composites),) = _composites(here, contest)
    assert not ((composites >= bracket.low) & (composites <= bracket.high)).any()


def test_many_who_are_alike_are_counted_closer_only_as_far_as_it_goes() -> None:
    here, engine = ground([1.0, 2.0] * 50)
    contest = Contest(here.columns, here.frozen, (("other",),))
    (bracket,) = counted_closer(engine, contest, [EVERYBODY], 30, ["task", "other"], most=3)
    assert bracket.low == bracket.high


def test_a_sample_expects_the_cut_where_it_is() -> None:
    here, _ = ground([float(at) for at in range(100)])
    contest = Contest(here.columns, here.frozen, ((),))
    expected = expected_cuts(contest, here.survey, 30)
    ((composites),) = _composites(here, contest)
    (bracket,) = expected.brackets
    assert bracket.low <= np.sort(composites)[-30] <= bracket.high
    assert expected.rows <= 100


@pytest.mark.parametrize("most", [0, 2**21])
def test_counting_closer_changes_no_count(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cut, "MOST_KEPT", most)
    here, _ = ground([float(at * at % 97) for at in range(400)])
    _, seats = here.seats(((), ("task",), ("other",)))
    assert seats.selected.tolist() == [[30], [30], [30]]
    assert [c.last is not None for c in seats.cuts] == [True] * 3


def test_rows_alike_are_put_together() -> None:
    def kept(*keys: int) -> Near:
        n = len(keys)
        part = Kept(np.array(keys)[:, None], np.zeros(n, np.uint16), np.ones(n, np.int64))
        return Near(np.array([n]), np.array([0]), (part,))

    both = (kept(5, 3, 5) + kept(3) + kept(9, 9)).fold()
    assert (both.kept.keys.ravel().tolist(), both.kept.count.tolist()) == ([3, 5, 9], [2, 2, 2])
    assert both.eligible.tolist() == [6]
