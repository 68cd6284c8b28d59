from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from toolkit.review.drift import Drift, drift
from toolkit.review.ratings import Ratings, ratings_of


def drawn(
    seed: int,
    changes: list[float],
    n_candidates: int = 60,
    each: int = 3,
    same_order: bool = False,
) -> pd.DataFrame:
    """Incomplete ratings; each reviewer's severity rises by its change from first to last."""
    draw = np.random.default_rng(seed)
    n_reviewers = len(changes)
    true, severity = draw.normal(0, 1, n_candidates), draw.normal(0, 0.6, n_reviewers)
    rated = np.zeros((n_candidates, n_reviewers), dtype=bool)
    for row in rated:
        row[draw.choice(n_reviewers, each, replace=False)] = True
    rows = []
    for j, change in enumerate(changes):
        own = np.flatnonzero(rated[:, j])
        own = own if same_order else draw.permutation(own)
        for place, i in enumerate(own):
            t = place / (len(own) - 1)
            value = true[i] - severity[j] - change * t + draw.normal(0, 0.5)
            rows.append((f"c{i}", f"r{j}", place + 1, t, value))
    return pd.DataFrame(rows, columns=["candidate", "reviewer", "place", "t", "value"])


def ratings(frame: pd.DataFrame) -> Ratings:
    return ratings_of(
        frame["candidate"],
        frame["reviewer"],
        frame["value"],
        time=frame["place"].to_numpy(dtype=float),
    )


def found_in(frame: pd.DataFrame) -> Drift:
    found = drift(ratings(frame))
    assert found is not None
    return found


def test_a_reviewer_who_tires() -> None:
    found = found_in(drawn(1, [1.5, 0.0, 0.0, 0.0, 0.0]))
    tired = found.reviewers[0]
    assert tired.change.value == pytest.approx(1.5, abs=0.6)
    assert tired.change.low is not None
    assert tired.change.low > 0
    assert found.p is not None
    assert found.p < 0.01
    assert tired.last is not None
    assert tired.first is not None
    assert tired.last - tired.first == pytest.approx(tired.change.value)
    assert found.sentences()[0].startswith("r0 rates about ")
    assert "lower at the end than at the beginning (between" in found.sentences()[0]
    assert not found.relative


def test_it_is_the_regression_on_candidates_reviewers_and_time() -> None:
    frame = drawn(2, [0.4, -0.3, 0.0, 0.8])
    found = found_in(frame)
    fitted = smf.ols("value ~ C(candidate) + C(reviewer) + C(reviewer):t", frame).fit()
    for one in found.reviewers:
        name = f"C(reviewer)[{one.reviewer}]:t"
        assert one.change.value == pytest.approx(-fitted.params[name])
        assert one.se == pytest.approx(fitted.bse[name])
        assert one.p == pytest.approx(fitted.pvalues[name])
        low, high = fitted.conf_int().loc[name]
        assert (one.change.low, one.change.high) == (pytest.approx(-high), pytest.approx(-low))
    names = [f"C(reviewer)[{one.reviewer}]:t" for one in found.reviewers]
    test = fitted.f_test(", ".join(f"{name} = 0" for name in names))
    assert found.p == pytest.approx(float(test.pvalue))


def test_the_ends_are_contrasts_of_the_same_regression() -> None:
    frame = drawn(3, [0.4, -0.3, 0.6])
    found = found_in(frame)
    frame["late"] = frame["t"] - 0.5
    fitted = smf.ols("value ~ C(candidate) + C(reviewer, Sum) + C(reviewer):late", frame).fit()
    # With effects that add up to nothing, the first reviewer's is less the average at mid-time.
    own, slope = "C(reviewer, Sum)[S.r0]", "C(reviewer)[r0]:late"
    for severity, se, sign in (
        (found.reviewers[0].first, found.reviewers[0].first_se, -0.5),
        (found.reviewers[0].last, found.reviewers[0].last_se, 0.5),
    ):
        test = fitted.t_test(f"-({own}) - {sign} * ({slope}) = 0")
        assert severity == pytest.approx(float(test.effect[0]))
        assert se == pytest.approx(float(test.sd[0, 0]))


def test_changes_are_recovered_and_false_alarms_are_rare() -> None:
    changes = [0.8, 0.0, 0.0, -0.5, 0.0, 0.0]
    values, covered, alarms = [], [], []
    for seed in range(60):
        found = found_in(drawn(seed, changes))
        values.append([one.change.value for one in found.reviewers])
        covered += [
            one.change.low <= true <= one.change.high  # type: ignore[operator]
            for one, true in zip(found.reviewers, changes, strict=True)
        ]
        still = found_in(drawn(1000 + seed, [0.0] * 6))
        assert still.p is not None
        alarms.append(still.p < 0.05)
    assert np.mean(values, axis=0) == pytest.approx(changes, abs=0.1)
    assert 0.92 <= np.mean(covered) <= 0.98
    assert np.mean(alarms) <= 0.12


def test_the_order_of_better_candidates_does_not_matter() -> None:
    """Whoever meets the best candidates last is not called mild."""
    frame = drawn(4, [0.0] * 4)
    means = frame.groupby("candidate")["value"].mean()
    frame["place"] = frame["candidate"].map(means)
    found = found_in(frame)
    shifted = frame.assign(value=frame["value"] + 5 * frame["candidate"].map(means))
    again = found_in(shifted)
    for one, other in zip(found.reviewers, again.reviewers, strict=True):
        assert other.change.value == pytest.approx(one.change.value, abs=1e-9)


def test_dates_count_by_their_distance_and_places_by_their_rank() -> None:
    frame = drawn(5, [0.5, 0.0, 0.0])
    by_place = found_in(frame.assign(place=frame["place"] ** 3))
    assert by_place.reviewers == found_in(frame).reviewers
    dated = drift(
        ratings_of(
            frame["candidate"],
            frame["reviewer"],
            frame["value"],
            time=20_000 + frame["place"].to_numpy(dtype=float),
            time_is="date",
        )
    )
    assert dated is not None
    assert dated.by == "date"
    assert dated.reviewers[0].change.value == pytest.approx(
        by_place.reviewers[0].change.value  # type: ignore[arg-type]
    )


def test_where_all_rate_in_the_same_order_changes_are_relative() -> None:
    frame = drawn(6, [1.0, 0.0, 0.0], n_candidates=40, each=3, same_order=True)
    found = found_in(frame)
    assert found.relative
    assert np.mean([one.change.value for one in found.reviewers]) == pytest.approx(0, abs=1e-9)  # type: ignore[arg-type]
    assert found.reviewers[0].change.value == pytest.approx(2 / 3, abs=0.4)
    assert found.reviewers[0].first is None
    assert "All rated in the same order" in found.sentences()[-1]


def test_thin_data_are_refused_in_words() -> None:
    frame = drawn(7, [0.0, 0.0], n_candidates=5, each=2)
    found = found_in(frame)
    assert found.reviewers == ()
    assert found.sentences() == [
        "Whether severity changes over time cannot be said. No reviewer has 8 ratings, made one "
        "after the other, of candidates whom somebody else rated too."
    ]
    assert found.to_dict()["why"] == found.why


def test_too_little_left_to_judge_by() -> None:
    frame = drawn(8, [0.0, 0.0], n_candidates=8, each=2)
    found = found_in(frame)
    assert found.why is not None
    assert "ratings are left to judge by; at least 10 are needed" in found.why


def test_a_reviewer_with_few_ratings_has_no_trend_and_spoils_none() -> None:
    frame = drawn(9, [0.5, 0.0, 0.0])
    few = frame[frame["reviewer"] == "r2"].index[4:]
    found = found_in(frame.drop(index=few))
    assert found.reviewers[2].change.value is None
    assert found.reviewers[2].p is None
    assert found.reviewers[0].change.value is not None


def test_without_times_there_is_nothing_to_say() -> None:
    assert drift(ratings_of(["a", "a"], ["x", "y"], [1, 2])) is None
    assert drift(ratings_of(["a"], ["x"], ["good"], time=np.array([1.0]))) is None


def test_ratings_without_a_time_are_counted() -> None:
    frame = drawn(10, [0.0] * 3)
    frame.loc[[0, 5], "place"] = np.nan
    found = found_in(frame)
    assert found.without_time == 2
    assert found.sentences()[-1] == "2 ratings say not when they were made: left out."


def test_reviewers_who_cannot_be_compared_are_still_compared_with_themselves() -> None:
    one = drawn(11, [1.5, 0.0], each=2)
    other = drawn(12, [0.0, 0.0], each=2)
    for column in ("candidate", "reviewer"):
        other[column] = "other-" + other[column]
    both = found_in(pd.concat([one, other], ignore_index=True))
    alone = found_in(one)
    for mine, before in zip(both.reviewers[:2], alone.reviewers, strict=True):
        assert mine.change.value == pytest.approx(before.change.value)
        # Severity beside reviewers with whom nobody links them is nothing that can be told.
        assert mine.first is None
        assert before.first is not None
