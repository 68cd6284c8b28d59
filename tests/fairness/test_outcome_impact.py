from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from fairlearn.metrics import MetricFrame, false_positive_rate, true_positive_rate
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from toolkit.errors import InputError, TooFewData
from toolkit.fairness.calibration import bands_of
from toolkit.fairness.outcome_impact import outcome_impact
from toolkit.fairness.regression_lines import compare_lines, line


def made(seed: int = 3, size: int = 300) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame({"sex": draw.choice(["F", "M"], size), "score": draw.normal(50, 10, size)})
    women = frame["sex"] == "F"
    frame["result"] = 0.05 * frame["score"] + 0.6 * women + draw.normal(0, 1, size)
    frame["selected"] = frame["score"] + draw.normal(0, 8, size) > 52
    frame["good"] = (frame["result"] > 3).astype(float)
    return frame


def test_eight_people() -> None:
    """Two of three good women selected, one of one bad; all good men, and one bad in two."""
    groups = pd.DataFrame({"sex": ["F"] * 4 + ["M"] * 4})
    good = [1, 1, 1, 0, 1, 1, 0, 0]
    chosen = [1, 1, 0, 1, 1, 1, 1, 0]
    found = outcome_impact(groups, chosen, good).attributes["sex"]
    women, men = found.rates
    assert (women.good, women.bad, women.true_positive_rate) == (3, 1, pytest.approx(2 / 3))
    assert (women.false_positive_rate, women.good_of_selected) == (1, pytest.approx(2 / 3))
    assert (men.true_positive_rate, men.false_positive_rate) == (1, 0.5)
    assert found.referent is None  # four are too few to be compared with
    assert women.true_positive_gap is None


@given(st.integers(0, 10_000))
def test_error_rates_are_fairlearn_s_from_the_rows(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size = int(draw.integers(20, 120))
    groups = pd.DataFrame({"g": draw.choice(["a", "b", "c"], size)})
    good, chosen = draw.random(size) < 0.5, draw.random(size) < 0.4
    found = outcome_impact(groups, chosen, good.astype(float)).attributes["g"]
    frame = MetricFrame(
        metrics={"tpr": true_positive_rate, "fpr": false_positive_rate},
        y_true=good,
        y_pred=chosen,
        sensitive_features=groups["g"],
    )
    for rates in found.rates:
        if rates.good:
            assert rates.true_positive_rate == pytest.approx(frame.by_group["tpr"][rates.group])
        else:
            assert rates.true_positive_rate is None
        if rates.bad:
            assert rates.false_positive_rate == pytest.approx(frame.by_group["fpr"][rates.group])
    if all(rates.good and rates.good + rates.bad >= 5 for rates in found.rates):
        assert found.true_positive_gap == pytest.approx(frame.difference()["tpr"])


def test_the_gap_has_newcombe_s_interval() -> None:
    frame = made()
    found = outcome_impact(frame[["sex"]], frame["selected"], frame["good"]).attributes["sex"]
    referent = next(rates for rates in found.rates if rates.group == found.referent)
    other = next(rates for rates in found.rates if rates.group != found.referent)
    for kind, people in (("true", "good"), ("false", "bad")):
        counts = []
        for rates in (other, referent):
            n = getattr(rates, people)
            counts += [round(getattr(rates, f"{kind}_positive_rate") * n), n]
        low, high = confint_proportions_2indep(*counts, method="newcomb", compare="diff")
        assert getattr(other, f"{kind}_positive_gap_low") == pytest.approx(low, rel=1e-9)
        assert getattr(other, f"{kind}_positive_gap_high") == pytest.approx(high, rel=1e-9)


@given(st.integers(0, 10_000))
def test_lines_agree_with_statsmodels(seed: int) -> None:
    frame = made(seed, 60)
    women, men = (frame[frame["sex"] == sex] for sex in "FM")
    x, y = women["score"].to_numpy(), women["result"].to_numpy()
    own = line(x, y)
    fit = smf.ols("result ~ score", women).fit()
    ends = fit.conf_int()
    assert own.slope.value == pytest.approx(fit.params["score"])
    assert (own.slope.low, own.slope.high) == pytest.approx(tuple(ends.loc["score"]))
    assert own.intercept.value == pytest.approx(fit.params["Intercept"])
    assert (own.intercept.low, own.intercept.high) == pytest.approx(tuple(ends.loc["Intercept"]))
    found = compare_lines(x, y, men["score"].to_numpy(), men["result"].to_numpy())
    full = smf.ols("result ~ score * sex", frame).fit()
    parallel = smf.ols("result ~ score + sex", frame).fit()
    single = smf.ols("result ~ score", frame).fit()
    assert found.slopes_p == pytest.approx(full.compare_f_test(parallel)[1], rel=1e-6)
    assert found.intercepts_p == pytest.approx(parallel.compare_f_test(single)[1], rel=1e-6)
    assert found.lines_p == pytest.approx(full.compare_f_test(single)[1], rel=1e-6)
    assert found.mean_residual == pytest.approx(single.resid[women.index].mean(), abs=1e-9)
    r_w, r_m = (np.corrcoef(g["score"], g["result"])[0, 1] for g in (women, men))
    assert found.correlation_difference == pytest.approx(r_w - r_m)


def test_one_line_that_promises_too_little_of_women_is_seen() -> None:
    frame = made(size=600)
    found = outcome_impact(
        frame[["sex"]], frame["selected"], frame["result"], scores=frame["score"]
    )
    table = found.attributes["sex"]
    assert table.rates == ()  # a result is not good or bad by itself
    other = next(v for v in table.validity if v.group != table.referent)
    sign = 1 if other.group == "F" else -1
    assert other.compared.mean_residual is not None
    assert sign * other.compared.mean_residual > 0.1
    assert (other.compared.intercepts_p or 1) < 0.001
    assert (other.compared.slopes_p or 0) > 0.01
    assert sum(band.n for v in table.validity for band in v.bands) == 600
    json.dumps(found.to_dict(), allow_nan=False)


def test_bands_hold_equal_scores_together() -> None:
    assert bands_of(np.array([1.0, 1, 1, 1, 2, 3])).tolist() == [0, 0, 0, 0, 1, 1]
    assert bands_of(np.ones(7)).tolist() == [0] * 7
    sizes = np.bincount(bands_of(np.arange(100.0)))
    assert sizes.tolist() == [20] * 5


def test_a_good_outcome_from_a_value_on() -> None:
    frame = made()
    by_value = outcome_impact(
        frame[["sex"]], frame["selected"], frame["result"], good_from=3.000001
    )
    by_yes = outcome_impact(frame[["sex"]], frame["selected"], frame["good"])
    assert by_value.attributes["sex"].rates == by_yes.attributes["sex"].rates


def test_outcomes_of_the_selected_alone_have_no_error_rates() -> None:
    frame = made()
    frame.loc[~frame["selected"], "good"] = np.nan
    found = outcome_impact(frame[["sex"]], frame["selected"], frame["good"])
    assert found.note.startswith("Outcomes are known of the selected alone.")
    rates = found.attributes["sex"].rates[0]
    assert rates.true_positive_rate is None
    assert rates.good_of_selected is not None
    assert found.not_known == int((~frame["selected"]).sum())


def test_bad_input_is_named() -> None:
    groups = pd.DataFrame({"sex": ["F", "M"]})
    with pytest.raises(TooFewData, match="Nobody's outcome is known in 'result'"):
        outcome_impact(groups, [1, 0], [np.nan, np.nan], outcome_name="result")
    with pytest.raises(InputError, match="must be a number"):
        outcome_impact(groups, [1, 0], [1.0, 2.0], good_from=np.inf)
    found = outcome_impact(groups, [1, 0], [1.0, 2.0], scores=[1.0, np.nan])
    assert found.attributes["sex"].validity[0].line.slope.value is None


def test_outcomes_of_people_of_unknown_group_alone_leave_nothing_to_compare() -> None:
    groups = pd.DataFrame({"sex": ["F", "M", None]})
    found = outcome_impact(groups, [1, 0, 1], [np.nan, np.nan, 1.0]).attributes["sex"]
    assert [rates.true_positive_rate for rates in found.rates] == []
    groups = pd.DataFrame({"sex": pd.Categorical([None, None], categories=["F", "M"])})
    found = outcome_impact(groups, [1, 0], [1.0, 0.0]).attributes["sex"]
    assert [rates.true_positive_rate for rates in found.rates] == [None, None]
    assert found.unknown == 2
