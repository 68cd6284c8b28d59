from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.review.known import KRIPPENDORFF, SHROUT_FLEISS, drawn
from toolkit.errors import TooFewData
from toolkit.review.agreement import Agreement, agreement
from toolkit.review.agreement_wording import headline, sentences
from toolkit.review.ratings import ratings_of, ratings_of_table


def of(table: np.ndarray) -> Agreement:
    names = [f"R{number}" for number in range(table.shape[1])]
    return agreement(ratings_of_table(pd.DataFrame(table, columns=names)))


def test_shrout_and_fleiss_in_one_piece() -> None:
    found = of(SHROUT_FLEISS).to_dict()
    assert round(found["icc"]["ICC(A,1)"], 4) == 0.2898
    assert round(found["variance"]["candidate"], 4) == 2.5556
    assert found["connected"] is True
    assert found["complete"] is True
    # (5.2444 + 1.0194) / 2.5556 · .7 / .3 = 5.72 reviewers.
    assert found["reviewers_needed"] == {"phi": 0.7, "reviewers": 6}
    assert found["d_study"][3]["phi"] == pytest.approx(0.6201, abs=5e-5)
    severity = {one["reviewer"]: one["severity"] for one in found["severity"]}
    assert min(severity, key=lambda name: severity[name]) == "R0"
    assert max(severity, key=lambda name: severity[name]) == "R1"


def test_the_keys_of_the_contract() -> None:
    found = of(KRIPPENDORFF).to_dict()
    assert {"ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)"} <= set(
        found["icc"]
    )
    assert {"nominal", "ordinal", "interval", "nominal_low"} <= set(found["alpha"])
    assert {"ac1", "ac2_ordinal", "ac2_quadratic", "ac1_high"} <= set(found["gwet"])
    assert {"candidate", "reviewer", "residual", "residual_low"} <= set(found["variance"])
    assert {"reviewer", "severity", "se", "ratings"} <= set(found["severity"][0])
    assert {"reviewers", "phi", "phi_low"} <= set(found["d_study"][0])
    assert "fleiss_kappa_low" in found


def test_several_criteria_each_and_together() -> None:
    table, *_ = drawn(20, 4, 3, 1)
    candidate, reviewer = np.nonzero(~np.isnan(table))
    value = table[candidate, reviewer]
    n = len(value)
    ratings = ratings_of(
        [*map(str, candidate), *map(str, candidate)],
        [*map(str, reviewer), *map(str, reviewer)],
        [*value, *(value + 1)],
        ["design"] * n + ["writing"] * n,
    )
    found = agreement(ratings)
    alone = of(table).overall
    assert set(found.criteria) == {"design", "writing"}
    for one in (found.overall, found.criteria["design"], found.criteria["writing"]):
        assert one.icc["ICC(A,1)"].value == pytest.approx(alone.icc["ICC(A,1)"].value, abs=1e-5)
    assert found.overall.ratings == n


def test_words_are_compared_as_words() -> None:
    found = agreement(ratings_of(["a", "a", "b", "b"], ["Ann", "Bo"] * 2, ["x", "x", "y", "x"]))
    assert found.overall.alpha["nominal"].value is not None
    assert found.overall.alpha["interval"].value is None
    assert "without an order" in found.overall.icc["ICC(A,1)"].why
    assert found.overall.severity == ()
    assert "cannot be said" in headline(found)


def test_reviewers_on_two_islands() -> None:
    table = np.array(
        [
            [1.0, 2, np.nan, np.nan],
            [3, 5, np.nan, np.nan],
            [np.nan, np.nan, 2, 1],
            [np.nan, np.nan, 4, 5],
        ]
    )
    whole = of(table).overall
    assert not whole.connected
    assert whole.islands == (("R0", "R1"), ("R2", "R3"))
    assert "cannot all be compared" in sentences(whole)[0]


def test_everybody_the_same_is_refused_in_words() -> None:
    whole = of(np.full((3, 3), 4.0)).overall
    assert whole.icc["ICC(A,1)"].value is None
    assert "the same" in whole.icc["ICC(A,1)"].why
    assert whole.needed is None


def test_one_candidate_is_too_few() -> None:
    whole = of(np.array([[1.0, 3.0]])).overall
    assert "two candidates" in whole.icc["ICC(A,1)"].why
    assert whole.variance["candidate"].value is None


def test_no_ratings_at_all() -> None:
    with pytest.raises(TooFewData, match="no ratings"):
        of(np.full((2, 2), np.nan))


def test_words_for_a_panel() -> None:
    table, *_ = drawn(120, 12, 3, 2)
    found = of(table)
    said = sentences(found.overall)
    assert headline(found).startswith("Where one reviewer rates, ")
    assert "reviewers a candidate would reach a dependability of 0.70" in said[0]
    assert any("points lower than the average reviewer" in line for line in said)


def test_a_variance_of_reviewers_that_all_but_vanishes_has_no_interval() -> None:
    # Three candidates, two reviewers with means of 8/3 and 3: the variance between the two is so
    # far below its error that no quantile of the chi-square is above zero.
    reviewers = of(np.array([[4.0, 4.0], [1.0, 1.0], [3.0, 4.0]])).overall.variance["reviewer"]
    assert reviewers.value == pytest.approx(0.0, abs=1e-6)
    assert (reviewers.low, reviewers.high) == (None, None)
    assert reviewers.why == "It cannot be told from nothing."


def test_the_words_give_no_share_below_nothing() -> None:
    found = of(np.array([[13.0, 11.0], [3.0, 3.0], [8.0, 10.0]]))
    low = found.overall.icc["ICC(A,1)"].low
    assert low is not None
    assert low < 0
    assert "(0 % to " in headline(found)
    assert "-" not in headline(found)
