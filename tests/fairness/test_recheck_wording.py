from __future__ import annotations

import pandas as pd
import pytest

from toolkit.fairness.recheck import recheck
from toolkit.fairness.recheck_wording import recheck_sentence


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            {"group": ["A", "B"], "rate": ["50%", "30%"], "impact_ratio": ["1.0", "0.6"]},
            "All 2 figures that can be recomputed follow from the others.",
        ),
        (
            {"group": ["A", "B"], "rate": ["50%", "30%"], "impact_ratio": ["1.0", "0.7"]},
            "1 of 2 figures does not follow from the others.",
        ),
        (
            {"group": ["A", "B"], "rate": ["50%", "30%"], "impact_ratio": ["0.8", "0.5"]},
            "2 of 2 figures do not follow from the others.",
        ),
        (
            {"group": ["A"], "rate": ["50%"]},
            "Nothing can be recomputed: no figure of this table follows from another.",
        ),
        (
            {"group": ["A"], "n": ["10"], "rate": ["50%"]},
            "The one figure that can be recomputed follows from the others.",
        ),
    ],
)
def test_how_many_figures_agree(table: dict[str, list[str]], said: str) -> None:
    assert recheck_sentence(recheck(pd.DataFrame(table))) == said
