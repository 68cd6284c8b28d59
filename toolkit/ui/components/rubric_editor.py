"""The criteria of a rubric, each with what keeps it from being used where it stands."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from toolkit.review.rubric import ANCHORED, Criterion, Rubric
from toolkit.ui.plain_text import plain

_LINES = 90
_ANCHOR_HELP = "Describe the work, not the person who made it."


def rubric_editor(rubric: Rubric, revision: int) -> Rubric:
    """Edit a rubric, add and remove criteria.

    Parameters
    ----------
    rubric : Rubric
        At present; it may be unfinished.
    revision : int
        See `toolkit.ui`. The page raises it when the number of criteria changes.

    Returns
    -------
    Rubric
        From now on. Nothing is checked: what is missing or refused is said where it stands, as
        is each share, on the run after a change.
    """
    left, right = st.columns([4, 1])
    name = left.text_input("Name", rubric.name, key=f"rubric-name-{revision}")
    version = right.text_input("Version", rubric.version, key=f"rubric-version-{revision}")
    about = st.text_input("What it is for", rubric.about, key=f"rubric-about-{revision}")
    edited = []
    for position, criterion in enumerate(rubric.criteria):
        kept = _criterion(rubric, criterion, f"{revision}-{position}")
        if kept is not None:
            edited.append(kept)
    if st.button("Add a criterion", key=f"criterion-add-{revision}"):
        edited.append(_new(rubric))
    return Rubric(name.strip(), version.strip(), tuple(edited), about.strip())


def _criterion(rubric: Rubric, criterion: Criterion, key: str) -> Criterion | None:
    """One criterion's fields; None where it is removed."""
    missing, refused = criterion.missing(), criterion.refusals()
    mark = " · to be finished" if missing else " · refused" if refused else ""
    title = f"{plain(criterion.label) or 'New criterion'} · {_share(rubric, criterion)}{mark}"
    with st.expander(title, key=f"criterion-{key}", expanded=bool(missing or refused)):
        for one in refused:
            st.error(plain(one.sentence))
        if missing:
            st.info(f"Still to be written: {', '.join(missing)}.")
        left, right = st.columns([4, 1])
        label = left.text_input("What it is called", criterion.label, key=f"label-{key}")
        weight = right.number_input(
            "Weight",
            min(0.1, criterion.weight),
            max(1000.0, criterion.weight),
            criterion.weight,
            step=5.0,
            format="%g",
            key=f"weight-{key}",
        )
        definition = st.text_area(
            "What is rated", criterion.definition, height=_LINES, key=f"definition-{key}"
        )
        job = st.text_area(
            "What in the job it rests on", criterion.job_analysis, height=_LINES, key=f"job-{key}"
        )
        anchors = [
            column.text_area(
                f"How a {level} looks", text, height=130, help=_ANCHOR_HELP, key=f"at-{level}-{key}"
            ).strip()
            for column, level, text in zip(st.columns(3), ANCHORED, criterion.anchors, strict=True)
        ]
        left, right = st.columns(2)
        note = left.checkbox(
            "A rating needs a note of the evidence", criterion.note_required, key=f"note-{key}"
        )
        basis = right.checkbox(
            '"No basis to judge" is allowed', criterion.no_basis_allowed, key=f"basis-{key}"
        )
        edited = replace(
            criterion,
            label=label.strip(),
            definition=definition.strip(),
            job_analysis=job.strip(),
            weight=float(weight),
            anchors=(anchors[0], anchors[1], anchors[2]),
            note_required=note,
            no_basis_allowed=basis,
        )
        if st.button("Remove this criterion", key=f"criterion-remove-{key}", type="tertiary"):
            return None
    return edited


def _share(rubric: Rubric, criterion: Criterion) -> str:
    return f"{100 * rubric.share(criterion):.0f} % of the weight"


def _new(rubric: Rubric) -> Criterion:
    keys = {one.key for one in rubric.criteria}
    number = next(n for n in range(1, len(keys) + 2) if f"criterion_{n}" not in keys)
    weights = [one.weight for one in rubric.criteria]
    weight = sum(weights) / len(weights) if weights else 1.0
    return Criterion(f"criterion_{number}", "", "", "", round(weight, 1), ("", "", ""))
