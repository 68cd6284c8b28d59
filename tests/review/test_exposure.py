from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from toolkit.review.exposure import Exposure, exposure


def drawn(seed: int, effect: float, n: int = 40, m: int = 4) -> pd.DataFrame:
    """Every reviewer rates every candidate, sees the score and moves by its effect."""
    draw = np.random.default_rng(seed)
    score = draw.normal(50, 12, n)
    own, shared = draw.normal(0, 0.3, m), draw.normal(0, 0.2, n)
    rows = [
        (
            f"c{i}",
            f"r{j}",
            score[i],
            3.0,
            3
            + own[j]
            + shared[i]
            + draw.normal(0, 0.4)
            + effect * (score[i] - score.mean()) / score.std(),
        )
        for i in range(n)
        for j in range(m)
    ]
    return pd.DataFrame(rows, columns=["candidate", "reviewer", "score", "before", "after"])


def found_in(frame: pd.DataFrame) -> Exposure:
    return exposure(
        frame["candidate"].tolist(),
        frame["reviewer"].tolist(),
        frame["before"].to_numpy(),
        frame["after"].to_numpy(),
        frame["score"].to_numpy(),
        "Klout",
    )


def test_two_points_more_for_the_higher_score() -> None:
    n = 10
    frame = pd.DataFrame(
        {
            "candidate": [f"c{i}" for i in range(n)],
            "reviewer": "Ann",
            "before": 3.0,
            "score": [40.0, 60.0] * (n // 2),
        }
    )
    frame["after"] = np.where(frame["score"] > 50, 4.0, 2.0)
    found = found_in(frame)
    # 60 lies one standard deviation above the mean, and its ratings rose by one point.
    assert found.slope.value == pytest.approx(1.0)
    assert (found.changed, found.towards, found.reviews) == (10, 10, 10)
    assert found.mean.value == pytest.approx(0.0)
    assert found.sentences()[0] == (
        "10 of 10 reviews were changed after Klout was shown, 10 of them towards it."
    )
    assert "1.00 points higher than before" in found.sentences()[1]
    assert "consistent with an effect of seeing it" in found.sentences()[1]


def test_it_is_the_regression_with_clusters() -> None:
    frame = drawn(1, 0.3).iloc[:-7]
    found = found_in(frame)
    each = frame.drop_duplicates("candidate")["score"]
    frame = frame.assign(
        z=(frame["score"] - each.mean()) / each.std(ddof=0),
        change=frame["after"] - frame["before"],
        cluster=pd.factorize(frame["candidate"])[0],
    )
    fitted = smf.ols("change ~ z + C(reviewer)", frame).fit(
        cov_type="cluster", cov_kwds={"groups": frame["cluster"]}, use_t=True
    )
    low, high = fitted.conf_int().loc["z"]
    assert found.slope.value == pytest.approx(fitted.params["z"])
    assert found.slope.low == pytest.approx(low)
    assert found.slope.high == pytest.approx(high)
    mean = smf.ols("change ~ 1", frame).fit(
        cov_type="cluster", cov_kwds={"groups": frame["cluster"]}, use_t=True
    )
    low, high = mean.conf_int().loc["Intercept"]
    assert found.mean.low == pytest.approx(low)
    assert found.mean.high == pytest.approx(high)


def test_the_effect_is_recovered_and_none_is_seldom_claimed() -> None:
    effects, covered, claimed = [], [], []
    for seed in range(80):
        slope = found_in(drawn(seed, 0.25)).slope
        effects.append(slope.value)
        covered.append(slope.low <= 0.25 <= slope.high)  # type: ignore[operator]
        claimed.append(found_in(drawn(500 + seed, 0.0)).slope.differs_from_zero)
    assert np.mean(effects) == pytest.approx(0.25, abs=0.03)
    assert 0.88 <= np.mean(covered) <= 1.0
    assert np.mean(claimed) <= 0.12


def test_what_ratings_are_worth_before_does_not_matter() -> None:
    frame = drawn(3, 0.2)
    better = frame["score"].to_numpy() / 10
    shifted = frame.assign(before=frame["before"] + better, after=frame["after"] + better)
    assert found_in(shifted).slope.value == pytest.approx(found_in(frame).slope.value)


def test_several_criteria_are_averaged() -> None:
    frame = drawn(4, 0.2)
    twice = pd.concat([frame, frame], ignore_index=True)
    assert found_in(twice).slope.value == pytest.approx(found_in(frame).slope.value)
    assert found_in(twice).reviews == found_in(frame).reviews
    up_and_down = pd.concat(
        [frame.assign(after=frame["before"] + 1), frame.assign(after=frame["before"] - 1)]
    )
    # Nothing changed on average, but every review was changed.
    assert found_in(up_and_down).changed == len(frame)
    assert found_in(up_and_down).towards == 0


def test_nothing_changed() -> None:
    frame = drawn(5, 0.0).assign(after=3.0)
    found = found_in(frame)
    assert found.changed == 0
    assert found.slope.value == 0
    assert found.sentences() == ["None of 160 reviews was changed after Klout was shown."]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda f: f[f["candidate"].isin([f"c{i}" for i in range(5)])], "Scores of 5 candidates"),
        (lambda f: f.assign(score=50.0), "All candidates shown have the same score"),
        (
            lambda f: f.drop_duplicates("candidate").assign(reviewer=lambda g: g["candidate"]),
            "No reviewer was shown two candidates",
        ),
    ],
)
def test_thin_data_are_refused_in_words(change, why: str) -> None:
    found = found_in(change(drawn(6, 0.3)))
    assert found.slope.value is None
    assert why in (found.slope.why or "")
    assert any("cannot be said" in one for one in found.sentences())


def test_without_scores_or_reviews() -> None:
    frame = drawn(7, 0.3)
    frame.loc[frame["candidate"] == "c0", "score"] = np.nan
    found = found_in(frame)
    assert found.without_score == 4
    assert found.sentences()[-1] == "4 reviews of candidates without it are left out."
    nobody = found_in(frame.iloc[:0])
    assert nobody.sentences() == ["No review was rated again after Klout was shown."]
    assert nobody.to_dict()["reviews"] == 0


def test_changes_that_do_not_follow_the_score() -> None:
    found = next(
        one
        for one in (found_in(drawn(seed, 0.0)) for seed in range(20))
        if not one.slope.differs_from_zero
    )
    assert "do not follow the score as far as can be told" in found.sentences()[1]
