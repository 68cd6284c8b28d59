"""The detectors side by side for the most suspected candidates."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from toolkit.inflation.inflation import Inflation
from toolkit.inflation.wording import TITLES
from toolkit.intake.cohort import Cohort
from toolkit.ui.components.candidate_picker import candidate_label
from toolkit.ui.components.picture import picture

#: Candidates in the picture; the table below holds everyone.
DRAWN_AT_MOST = 25
#: A detector's strength at its operating point.
SUSPECTED_FROM = 0.5
SUSPECTED, QUIET, UNKNOWN = "suspected", "not suspected", "not enough facts"
_KINDS = [SUSPECTED, QUIET, UNKNOWN]
_COLOURS = ["#d5822b", "#1b8a84", "#8c979a"]
_SHAPES = ["square", "circle", "cross"]
_ROW, _AROUND = 26, 225


def by_suspicion(found: Inflation) -> list[str]:
    """Every candidate's id, the most suspected first, those without facts last."""
    ids = np.array([str(one) for one in found.candidate_ids], dtype=object)
    order = np.lexsort((ids, -np.nan_to_num(found.suspicion, nan=-1.0)))
    return [str(one) for one in ids[order]]


def detectors_reached(found: Inflation, candidate_id: str) -> list[str]:
    """Titles of the detectors that suspect this candidate."""
    place = int(found.candidate_ids.get_indexer(pd.Index([candidate_id]))[0])
    return [
        TITLES[name]
        for name, finding in found.findings.items()
        if finding.strength[place] >= SUSPECTED_FROM
    ]


def detector_picture(cohort: Cohort, found: Inflation) -> None:
    """One row a candidate, one column a detector.

    Parameters
    ----------
    cohort : Cohort
        For names.
    found : Inflation
        On this cohort.
    """
    judged = int(np.count_nonzero(~np.isnan(found.suspicion)))
    shown = by_suspicion(found)[: min(judged, DRAWN_AT_MOST)]
    if not shown:
        return
    more = judged - len(shown)
    picture(
        _chart(detector_frame(cohort, found, shown)),
        "The most suspected candidates, one column a detector. A square reached the point from "
        "which a detector suspects, a circle did not (the larger, the nearer to it), a cross says "
        "that there were not enough facts."
        + (f" {more:,} more candidates are in the table below." if more else ""),
    )


def detector_frame(cohort: Cohort, found: Inflation, ids: list[str]) -> pd.DataFrame:
    """One row a candidate and detector: ``label``, ``detector``, ``kind``, ``strength``."""
    places = found.candidate_ids.get_indexer(pd.Index(ids))
    rows = []
    for name, finding in found.findings.items():
        for one, strength in zip(ids, finding.strength[places], strict=True):
            known = not np.isnan(strength)
            rows.append(
                {
                    "label": candidate_label(cohort, one),
                    "detector": TITLES[name],
                    "kind": UNKNOWN
                    if not known
                    else SUSPECTED
                    if strength >= SUSPECTED_FROM
                    else QUIET,
                    "strength": float(strength) if known else 0.2,
                }
            )
    return pd.DataFrame(rows)


def _chart(frame: pd.DataFrame) -> Any:
    kinds = [kind for kind in _KINDS if kind in set(frame["kind"])]
    at = [_KINDS.index(kind) for kind in kinds]
    legend = alt.Legend(orient="top", title=None, columns=1)
    return (
        alt.Chart(frame)
        .mark_point(filled=True, opacity=1)
        .encode(
            x=alt.X(
                "detector:N",
                title=None,
                sort=list(TITLES.values()),
                axis=alt.Axis(
                    orient="top", labelAngle=-90, labelLimit=140, labelOverlap=False, grid=True
                ),
            ),
            y=alt.Y(
                "label:N",
                title=None,
                sort=list(dict.fromkeys(frame["label"])),
                axis=alt.Axis(labelLimit=150, grid=True),
            ),
            size=alt.Size(
                "strength:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[28, 190])
            ),
            color=alt.Color(
                "kind:N",
                legend=legend,
                scale=alt.Scale(domain=kinds, range=[_COLOURS[i] for i in at]),
            ),
            shape=alt.Shape(
                "kind:N",
                legend=legend,
                scale=alt.Scale(domain=kinds, range=[_SHAPES[i] for i in at]),
            ),
            tooltip=[
                alt.Tooltip("label:N", title="Candidate"),
                alt.Tooltip("detector:N", title="Detector"),
                alt.Tooltip("kind:N", title="Judgement"),
            ],
        )
        .properties(height=_ROW * frame["label"].nunique() + _AROUND)
    )
