"""Ratings whose agreement is published."""

from __future__ import annotations

import numpy as np

#: Shrout and Fleiss (1979), table 2: six targets by four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]],
    dtype=np.float64,
)

_ = np.nan
#: Krippendorff (2011), Computing Krippendorff's alpha-reliability: twelve units
#: by four observers.
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
).T

#: Fleiss (1971), table 1: how many of six psychiatrists gave each of 30 patients each of five
#: diagnoses.
FLEISS_COUNTS = np.array(
    [
        [0, 0, 0, 6, 0],
        [0, 3, 0, 0, 3],
        [0, 1, 4, 0, 1],
        [0, 0, 0, 0, 6],
        [0, 3, 0, 3, 0],
        [2, 0, 4, 0, 0],
        [0, 0, 4, 0, 2],
        [2, 0, 3, 1, 0],
        [2, 0, 0, 4, 0],
        [0, 0, 0, 0, 6],
        [1, 0, 0, 5, 0],
        [1, 1, 0, 4, 0],
        [0, 3, 3, 0, 0],
        [1, 0, 0, 5, 0],
        [0, 2, 0, 3, 1],
        [0, 0, 5, 0, 1],
        [3, 0, 0, 1, 2],
        [5, 1, 0, 0, 0],
        [0, 2, 0, 4, 0],
        [1, 0, 2, 0, 3],
        [0, 0, 0, 0, 6],
        [0, 1, 0, 5, 0],
        [0, 2, 0, 1, 3],
        [2, 0, 0, 4, 0],
        [1, 0, 0, 4, 1],
        [0, 5, 0, 1, 0],
        [4, 0, 0, 0, 2],
        [0, 2, 0, 4, 0],
        [1, 0, 5, 0, 0],
        [0, 0, 0, 0, 6],
    ],
    dtype=np.float64,
)


def drawn(
    n_candidates: int, n_reviewers: int, each: int, seed: int, residual: float = 0.6
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """An incomplete table, the candidates' true values and the reviewers' true severities."""
    draw = np.random.default_rng(seed)
    true, severity = draw.normal(0, 1, n_candidates), draw.normal(0, 0.6, n_reviewers)
    whole = true[:, None] - severity + draw.normal(0, residual, (n_candidates, n_reviewers))
    table = np.full_like(whole, np.nan)
    for row in range(n_candidates):
        kept = draw.choice(n_reviewers, each, replace=False)
        table[row, kept] = whole[row, kept]
    return table, true, severity
