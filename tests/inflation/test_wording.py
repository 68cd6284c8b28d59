from __future__ import annotations

import re
from pathlib import Path

import pytest

from toolkit.inflation import wording
from toolkit.inflation.suspicion import DETECTORS

NEVER = re.compile(r"fraud|cheat|liar|guilty|biased|\bfair\b|debias", re.IGNORECASE)
PACKAGE = Path(wording.__file__).parent


def test_every_detector_has_a_title() -> None:
    assert tuple(wording.TITLES) == DETECTORS


def test_no_sentence_accuses() -> None:
    sources = {path.stem: path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py")}
    assert {name for name in sources if name.endswith("wording")} >= {"wording", "reward_wording"}
    assert {name: found for name, text in sources.items() if (found := NEVER.findall(text))} == {}


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0 %"), (0.994, "99 %"), (0.9951, "over 99 %"), (1.0, "100 %"), (0.004, "under 1 %")],
)
def test_shares(share: float, said: str) -> None:
    assert wording.percent(share) == said
