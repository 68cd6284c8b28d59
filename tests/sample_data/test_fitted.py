"""The fitted figures, computed again from the public sample.

`tests/data/klout_gnip_2013.csv`: 97 accounts of 1 July 2013, from
DrSkippy/Data-Science-45min-Intros, released under the Unlicense.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from sample_data.recipe import fitted

SAMPLE = Path(__file__).parents[1] / "data" / "klout_gnip_2013.csv"


@pytest.fixture(scope="module")
def sample():
    return pd.read_csv(SAMPLE)


@pytest.fixture(scope="module")
def logs(sample):
    return np.log10(1 + sample[["followers", "friends", "listed", "statuses"]])


def test_klout_on_the_four_logarithms(sample, logs):
    fit = sm.OLS(sample.klout_score, sm.add_constant(logs)).fit()

    np.testing.assert_allclose(fit.params["const"], fitted.KLOUT_CONSTANT, atol=5e-4)
    np.testing.assert_allclose(fit.params.drop("const"), fitted.KLOUT_SLOPES, atol=5e-4)
    np.testing.assert_allclose(np.sqrt(fit.scale), fitted.KLOUT_RESIDUAL_SD, atol=5e-4)
    assert fit.rsquared == pytest.approx(0.5135, abs=5e-5)


def test_the_logarithms_themselves(logs):
    np.testing.assert_allclose(logs.mean(), fitted.LOG_MEAN, atol=5e-7)
    np.testing.assert_allclose(logs.std(), fitted.LOG_SD, atol=5e-7)
    np.testing.assert_allclose(logs.corr(), fitted.LOG_CORRELATION, atol=5e-7)


def test_followers_alone_explain_less_than_is_often_said(sample, logs):
    correlation = np.corrcoef(logs.followers, sample.klout_score)[0, 1]

    assert correlation**2 == pytest.approx(0.41, abs=0.005)  # as the catalogue tells


def test_drawn_accounts_follow_the_fitted_distribution():
    shift = np.array([1.0, 1.0, 2.0, 0.0])
    drawn = fitted.log_counts(np.random.default_rng(1), 20_000, shift)

    np.testing.assert_allclose(drawn.mean(axis=0), fitted.LOG_MEAN + shift, atol=0.02)
    np.testing.assert_allclose(drawn.std(axis=0), fitted.LOG_SD, atol=0.02)
    np.testing.assert_allclose(np.corrcoef(drawn.T), fitted.LOG_CORRELATION, atol=0.02)
    assert (fitted.counts_of(drawn) >= 0).all()
