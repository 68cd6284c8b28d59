from __future__ import annotations

import pytest

from toolkit.errors import InputError
from toolkit.fairness.rules import Rules


def test_a_group_of_exactly_the_minimum_share_meets_it() -> None:
    assert Rules().meets_share(7, 350)
    assert not Rules().meets_share(6, 350)
    assert 0.07 * 100 > 7  # what floating point makes of it
    assert Rules(minimum_share=0.07).meets_share(7, 100)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"minimum_people": 0}, "minimum group size is 0"),
        ({"minimum_share": 1.0}, "minimum share of a referent is 1.0"),
        ({"confidence": 95}, "confidence is 95"),
        ({"alpha": 0}, "alpha is 0"),
        ({"power": float("nan")}, "power is nan"),
    ],
)
def test_a_threshold_outside_its_range_is_refused(change: dict[str, float], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Rules(**change)  # type: ignore[arg-type]
