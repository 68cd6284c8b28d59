from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from toolkit.fairness.adjust import benjamini_hochberg, holm


def test_three_comparisons_and_one_that_was_not_tested() -> None:
    p = np.array([0.03, np.nan, 0.01, 0.04])
    # Holm: .01·3, then .03·2, then .04·1 raised to the one before.
    assert holm(p) == pytest.approx([0.06, np.nan, 0.03, 0.06], nan_ok=True)
    # Step-up: .04·3/3, .03·3/2 = .045 lowered to .04, .01·3.
    assert benjamini_hochberg(p) == pytest.approx([0.04, np.nan, 0.03, 0.04], nan_ok=True)


# The other program takes half a second a table.
@settings(max_examples=15)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_both_agree_with_statsmodels(values: list[float]) -> None:
    p = np.array(values)
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1], abs=1e-12)
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1], abs=1e-12)


def test_one_test_is_left_as_it_is_and_none_stays_none() -> None:
    assert holm(np.array([0.2])).tolist() == [0.2]
    assert np.isnan(holm(np.array([np.nan, np.nan]))).all()
    assert benjamini_hochberg(np.array([])).tolist() == []
