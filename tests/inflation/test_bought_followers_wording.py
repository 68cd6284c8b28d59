from __future__ import annotations

from toolkit.inflation.bought_followers_wording import audited


def test_an_audit_without_inactive_share() -> None:
    assert "inactive" not in audited(55.0, float("nan"))
