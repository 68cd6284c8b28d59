from __future__ import annotations

import pytest

from toolkit.review.planning import PUBLISHED, plan_sentence


@pytest.mark.parametrize(
    ("single", "each", "said"),
    [
        (PUBLISHED, 1, "one alone would reach .44; 3 would reach .70."),
        (PUBLISHED, 2, "the mean of 2 would reach .61; 3 would reach .70."),
        (PUBLISHED, 3, "the mean of 3 would reach .70, which is enough where .70 is asked for."),
        (PUBLISHED, 4, "the mean of 4 would reach .76; 3 would reach .70."),
        (0.9, 1, "one alone would reach .90, which is enough where .70 is asked for."),
    ],
)
def test_what_so_many_reviewers_would_reach(single: float, each: int, said: str) -> None:
    """Spearman-Brown from a published .44: two .61, three .70, four .76."""
    assert plan_sentence(single, each).endswith(said)
