"""One figure for each candidate's structured evidence: portfolio ratings and task results.

Each evidence signal is put in standard deviations from its mean (population standard deviation,
as in a screen); a candidate's level is the mean of those that the candidate has. Signals on which
all are alike add nothing and are left out.
"""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.intake.cohort import Cohort

STRATA = 4


def evidence_level(cohort: Cohort) -> Floats:
    """Mean standardised evidence.

    Parameters
    ----------
    cohort : Cohort

    Returns
    -------
    float array, shape (n,)
        NaN for candidates without evidence; all NaN where no signal tells candidates apart.
    """
    total, count = np.zeros(len(cohort)), np.zeros(len(cohort))
    for name in cohort.evidence:
        values = cohort.signals[name].to_numpy(dtype=np.float64)
        known = ~np.isnan(values)
        if not known.any() or (spread := float(values[known].std())) == 0.0:
            continue
        total[known] += (values[known] - values[known].mean()) / spread
        count += known
    return np.where(count > 0, total / np.maximum(count, 1.0), np.nan)


def evidence_strata(level: Floats) -> Ints:
    """Quarters of the evidence, from 0 (least) to 3; −1 without evidence.

    Candidates with the same evidence are in the same stratum, so that strata may be unequal
    or empty.

    Parameters
    ----------
    level : float array, shape (n,)
    """
    known = ~np.isnan(level)
    strata = np.full(level.shape, -1, dtype=np.int64)
    if known.any():
        cuts = np.quantile(level[known], np.arange(1, STRATA) / STRATA)
        strata[known] = np.searchsorted(cuts, level[known], side="left")
    return strata
