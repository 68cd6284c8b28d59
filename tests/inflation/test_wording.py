from __future__ import annotations

import inspect
import re

import numpy as np
import pytest

from toolkit.inflation import wording
from toolkit.inflation.suspicion import DETECTORS

NEVER = re.compile(r"fraud|cheat|liar|guilty|biased|\bfair\b|debias", re.IGNORECASE)


def test_the_sentence_of_the_reward_test() -> None:
    said = wording.reward_sentence(4.07, 1.9, 12.31, 0.0004, (9, 12, 21, 108), 4)
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
    assert verdict in wording.reward_sentence(1.0, low, high, 0.3, (1, 2, 3, 4), 1)


def test_without_strata_the_evidence_is_not_mentioned_as_held() -> None:
    said = wording.reward_sentence(np.inf, 1.5, np.inf, 0.03, (3, 3, 1, 9), 1)
    assert "Whatever their evidence" in said
    assert "higher than these numbers can tell" in said
    assert "to no upper limit, p = 0.030" in said


def test_rounding_does_not_cross_one() -> None:
    said = wording.reward_sentence(2.0, 0.9996, 4.0, 0.0501, (1, 2, 3, 4), 1)
    assert "interval 0.9996 to 4, p = 0.050" in said


def test_every_detector_has_a_title() -> None:
    assert tuple(wording.TITLES) == DETECTORS


def test_no_sentence_accuses() -> None:
    assert NEVER.findall(inspect.getsource(wording)) == []


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0 %"), (0.994, "99 %"), (0.9951, "over 99 %"), (1.0, "100 %"), (0.004, "under 1 %")],
)
def test_shares(share: float, said: str) -> None:
    assert wording.percent(share) == said


def test_what_is_not_known_afterwards_is_said() -> None:
    said = wording.spike("stars", "2024-01", 300.0, 0.6, 4.0, None)
    assert "what came afterwards is not known" in said


def test_an_audit_without_inactive_share() -> None:
    assert "inactive" not in wording.audited(55.0, float("nan"))
