from __future__ import annotations

from toolkit.inflation.growth_spike_wording import spike


def test_what_is_not_known_afterwards_is_said() -> None:
    said = spike("stars", "2024-01", 300.0, 0.6, 4.0, None)
    assert "what came afterwards is not known" in said
