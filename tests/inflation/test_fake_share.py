from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from toolkit.inflation.fake_share import DetectorError, fake_share


def test_rogan_and_gladen_by_hand() -> None:
    # 30 of 100 positive with Se = Sp = .9: (.30 + .9 - 1) / .8 = .25.
    assert fake_share(30, 100, DetectorError(0.9, 0.9)).share == pytest.approx(0.25)


def test_without_errors_it_is_wilson() -> None:
    for positive, n in ((0, 20), (3, 50), (30, 100), (49, 50)):
        found = fake_share(positive, n, DetectorError(1.0, 1.0))
        low, high = proportion_confint(positive, n, method="wilson")
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


def test_known_errors_move_the_ends_of_wilson() -> None:
    """With Se and Sp known, the interval is Wilson's put through the same line."""
    found = fake_share(300, 1000, DetectorError(0.85, 0.92))
    low, high = proportion_confint(300, 1000, method="wilson")
    ends = [(p + 0.92 - 1) / 0.77 for p in (low, high)]
    assert [found.low, found.high] == pytest.approx(ends, abs=1e-4)


def lang_reiczigel(
    x: int, n: int, se: float, n_se: int, sp: float, n_sp: int
) -> tuple[float, float]:
    """The closed form of Lang and Reiczigel (2014), as an independent reference."""
    z = 1.959964
    p = (x + z * z / 2) / (n + z * z)
    se_, sp_ = (n_se * se + 1) / (n_se + 2), (n_sp * sp + 1) / (n_sp + 2)
    apart = se_ + sp_ - 1
    theta = (p + sp_ - 1) / apart
    v_se, v_sp = se_ * (1 - se_) / (n_se + 2), sp_ * (1 - sp_) / (n_sp + 2)
    shift = 2 * z * z * (theta * v_se - (1 - theta) * v_sp)
    spread = p * (1 - p) / (n + z * z) + theta**2 * v_se + (1 - theta) ** 2 * v_sp
    half = z * np.sqrt(spread) / apart
    return theta + shift - half, theta + shift + half


@pytest.mark.parametrize(("x", "n"), [(60, 200), (400, 1000), (900, 2000)])
def test_it_agrees_with_lang_and_reiczigel_where_samples_are_large(x: int, n: int) -> None:
    se, sp, n_se, n_sp = 0.9, 0.92, 500, 1300
    error = DetectorError(
        se, sp, float(np.sqrt(se * (1 - se) / n_se)), float(np.sqrt(sp * (1 - sp) / n_sp))
    )
    found = fake_share(x, n, error)
    assert (found.low, found.high) == pytest.approx(
        lang_reiczigel(x, n, se, n_se, sp, n_sp), abs=0.01
    )


def test_coverage_at_base_rates_of_0_to_60_percent() -> None:
    """Sensitivity and specificity are drawn anew in every simulated study, and estimated."""
    draw = np.random.default_rng(2014)
    rounds, n_se, n_sp = 600, 548, 1342
    shares = []
    for n in (50, 200, 1000, 2000):
        for truth in (0.0, 0.05, 0.15, 0.3, 0.45, 0.6):
            hits = 0
            for _ in range(rounds):
                se, sp = draw.uniform(0.8, 0.95), draw.uniform(0.85, 0.98)
                se_, sp_ = draw.binomial(n_se, se) / n_se, draw.binomial(n_sp, sp) / n_sp
                error = DetectorError(
                    se_, sp_, np.sqrt(se_ * (1 - se_) / n_se), np.sqrt(sp_ * (1 - sp_) / n_sp)
                )
                x = draw.binomial(n, truth * se + (1 - truth) * (1 - sp))
                found = fake_share(int(x), n, error)
                hits += found.low <= truth <= found.high
            shares.append(hits / rounds)
    # Three standard errors of 600 rounds are .03.
    assert min(shares) >= 0.93
    assert np.mean(shares) >= 0.94


@given(
    st.integers(1, 3000),
    st.floats(0, 1),
    st.floats(0.6, 1),
    st.floats(0.6, 1),
    st.floats(0, 0.2),
    st.floats(0, 0.2),
)
def test_the_interval_holds_the_estimate(
    n: int, seen: float, se: float, sp: float, se_sd: float, sp_sd: float
) -> None:
    found = fake_share(round(seen * n), n, DetectorError(se, sp, se_sd, sp_sd))
    assert 0 <= found.low <= found.share <= found.high <= 1
    wider = fake_share(round(seen * n), n, DetectorError(se, sp, se_sd + 0.1, sp_sd + 0.1))
    assert wider.low <= found.low + 1e-4
    assert wider.high >= found.high - 1e-4


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="not a share"):
        fake_share(5, 4, DetectorError(0.9, 0.9))
    with pytest.raises(ValueError, match="tells nothing"):
        fake_share(1, 4, DetectorError(0.5, 0.5))
