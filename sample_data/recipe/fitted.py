"""Figures fitted to public samples, so that invented accounts behave like real ones.

No row of any sample is kept here, only the figures. Logarithms are log10(1 + count).
"""

from __future__ import annotations

import numpy as np

#: Order of the four counts in every array below.
COUNTS = ("followers", "following", "listed", "posts")

# ---------------------------------------------------------------- accounts and Klout
# 97 accounts, 1 July 2013: DrSkippy/Data-Science-45min-Intros (Unlicense), where
# "following" is the column friends and "posts" the column statuses. The counts are
# taken as jointly normal in the logarithm (a Gaussian copula with log-normal margins).
LOG_MEAN = np.array([2.459579, 2.400031, 0.217267, 3.690541])
LOG_SD = np.array([0.562077, 0.450778, 0.462776, 0.628005])
LOG_CORRELATION = np.array(
    [
        [1.000000, 0.640084, 0.677772, 0.693952],
        [0.640084, 1.000000, 0.263886, 0.475570],
        [0.677772, 0.263886, 1.000000, 0.380757],
        [0.693952, 0.475570, 0.380757, 1.000000],
    ]
)
#: Least squares of Klout on the four logarithms: R² = .5135.
KLOUT_CONSTANT = 19.8300
KLOUT_SLOPES = np.array([12.7878, -7.6022, -1.1904, 1.5769])
KLOUT_RESIDUAL_SD = 5.8839

# ---------------------------------------------------------------- Kred
# 3,815 scored accounts, March 2013: Dubois & Gaffney 2014 (DGaffney/influence_research_dubois).
# Least squares of Kred influence on the four logarithms and Klout: R² = .8502.
KRED_CONSTANT = -87.349
KRED_SLOPES = np.array([101.156, -15.629, -49.958, 96.251])
KRED_ON_KLOUT = 5.0804
KRED_RESIDUAL_SD = 67.87

# ---------------------------------------------------------------- stars over time
# 670 repositories with a spike: hehao98/StarScout, arXiv 2412.13459 (Apache-2.0). A spike is
# a month of at least 50 stars and 3 · (median + 1); suspected where at least half of it is
# in lockstep, organic where at most a tenth is.
STARS_LOG_SD = 0.93
SUSPECTED_SPIKE_LOG_MEAN, SUSPECTED_SPIKE_LOG_SD = 2.303, 0.460
SUSPECTED_NEXT_MONTH = 0.27  # median, as a share of the spike month
ORGANIC_SPIKE_LOG_MEAN, ORGANIC_SPIKE_LOG_SD = 2.779, 0.592
ORGANIC_MONTH_BEFORE, ORGANIC_NEXT_MONTH = 0.53, 0.43

# ---------------------------------------------------------------- followers, one by one
# 1,194 Instagram accounts, of them 200 fake: fcakyon/instafake-dataset, arXiv 1910.03090.
# Mean and standard deviation of the logarithm of followers, following, posts.
GENUINE_LOG_MEAN, GENUINE_LOG_SD = np.array([2.502, 2.592, 1.422]), np.array([0.353, 0.337, 0.658])
GENUINE_PICTURE, GENUINE_BIO = 0.987, 0.609
FAKE_LOG_MEAN, FAKE_LOG_SD = np.array([1.459, 2.870, 0.231]), np.array([0.782, 0.852, 0.356])
FAKE_PICTURE, FAKE_BIO = 0.605, 0.265


def log_counts(rng: np.random.Generator, size: int, shift: np.ndarray) -> np.ndarray:
    """Draw the logarithms of the four counts of invented accounts.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the draws come from.
    size : int
        Number of accounts.
    shift : array, shape (4,)
        By how much these accounts are larger than the sample's, in powers of ten.

    Returns
    -------
    array, shape (size, 4)
        In the order of `COUNTS`; none below 0.
    """
    draws = rng.standard_normal((size, 4)) @ np.linalg.cholesky(LOG_CORRELATION).T
    return np.maximum(LOG_MEAN + shift + LOG_SD * draws, 0.0)


def klout_of(logs: np.ndarray) -> np.ndarray:
    """The Klout that the fitted relation gives to accounts, before any residual."""
    return KLOUT_CONSTANT + logs @ KLOUT_SLOPES


def kred_of(logs: np.ndarray, klout: np.ndarray) -> np.ndarray:
    """The Kred influence that the fitted relation gives, before any residual."""
    return KRED_CONSTANT + logs @ KRED_SLOPES + KRED_ON_KLOUT * klout


def counts_of(logs: np.ndarray) -> np.ndarray:
    """Whole counts from logarithms."""
    return np.rint(10.0**logs - 1.0).astype(np.int64)
