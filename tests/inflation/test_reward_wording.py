from __future__ import annotations

import numpy as np
import pytest

from toolkit.inflation.reward_wording import reward_sentence


def test_the_sentence_of_the_reward_test() -> None:
    said = reward_sentence(4.07, 1.9, 12.31, 0.0004, (9, 12, 21, 108), 4)
    assert said == (
        "9 of 12 candidates with a suspicion are selected, 21 of 108 of the others. With the same "
        "evidence, the odds of a suspected candidate are 4.1 times those of another (95 % interval "
        "1.9 to 12, p below 0.001). The screen selects suspected candidates more often than chance "
        "explains."
    )


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.5, 2.0, "can be chance"), (1.2, 9.0, "more often than"), (0.1, 0.8, "less often than")],
)
def test_the_verdict_follows_the_interval(low: float, high: float, verdict: str) -> None:
    assert verdict in reward_sentence(1.0, low, high, 0.3, (1, 2, 3, 4), 1)


def test_without_strata_the_evidence_is_not_mentioned_as_held() -> None:
    said = reward_sentence(np.inf, 1.5, np.inf, 0.03, (3, 3, 1, 9), 1)
    assert "Whatever their evidence" in said
    assert "higher than these numbers can tell" in said
    assert "to no upper limit, p = 0.030" in said


def test_rounding_does_not_cross_one() -> None:
    said = reward_sentence(2.0, 0.9996, 4.0, 0.0501, (1, 2, 3, 4), 1)
    assert "interval 0.9996 to 4, p = 0.050" in said
