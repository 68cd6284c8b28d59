"""Scores made of other scores, computed where their parts were uploaded and they were not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from toolkit.intake.cohort import Signal
from toolkit.intake.issue import Issue
from toolkit.scores.catalogue import Catalogue
from toolkit.scores.composite import composite_column, computable


def with_composites(
    signals: pd.DataFrame, about: Mapping[str, Signal], catalogue: Catalogue
) -> tuple[pd.DataFrame, dict[str, Signal], list[Issue]]:
    """Add the catalogue's composites whose parts are all there.

    Parameters
    ----------
    signals : DataFrame of float64
        One column a signal.
    about : mapping of str to Signal
        What is known of each.
    catalogue : Catalogue
        With the user's own scores.

    Returns
    -------
    signals : DataFrame
        With a column for each composite; NaN where a part is missing.
    about : dict of str to Signal
    issues : list of Issue
        A note for each column that was not uploaded but computed.
    """
    found, issues = dict(about), []
    for key in computable(catalogue, signals.columns):
        score = catalogue[key]
        columns = {name: signals[name].to_numpy(dtype=np.float64) for name in signals.columns}
        signals = signals.assign(**{key: composite_column(catalogue, key, columns)})
        found[key] = Signal(key, score.label, "score", score.low, score.high)
        parts = " and ".join(catalogue[part].label for part in score.parts)
        issues.append(
            Issue(
                "note",
                f"{score.label} was computed from {parts} ({score.combine}), as the catalogue "
                "defines it. It counts only if a screen uses it.",
                column=key,
            )
        )
    return signals, found, issues
