"""Begin with a practice that people have really run."""

from __future__ import annotations

import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.screening.presets import PRESETS, Ingredients, Preset
from toolkit.screening.screen import Screen
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.plain_text import plain


def preset_picker(cohort: Cohort, key: str, places: int) -> Screen | None:
    """Choose a practice and the score it relies on.

    Parameters
    ----------
    cohort : Cohort
        Whose signals the practice is made of.
    key : str
        Unique on the page.
    places : int
        Places, where the practice has a number of them.

    Returns
    -------
    Screen or None
        The practice as a screen, on the run in which its button was pressed.

    Raises
    ------
    ScreenError
        If the practice needs a column that the candidates do not have.
    """
    chosen = st.selectbox(
        "Practice",
        list(PRESETS),
        format_func=lambda one: PRESETS[one].title,
        key=f"preset-{key}",
    )
    preset = PRESETS[chosen]
    st.markdown(preset.story)
    ingredients = _ingredients(cohort, preset, key, places)
    if st.button("Use this practice", key=f"preset-use-{key}", type="primary"):
        return preset.screen(ingredients)
    return None


def _ingredients(cohort: Cohort, preset: Preset, key: str, places: int) -> Ingredients:
    evidence = tuple(cohort.evidence)
    experience = next((name for name in cohort.about if "experience" in name.casefold()), None)
    if preset.key == "evidence-only" or not cohort.scores:
        return Ingredients(
            score=next(iter(cohort.scores), next(iter(cohort.about), "")),
            evidence=evidence,
            places=places,
            experience=experience,
        )
    left, right = st.columns(2)
    score = left.selectbox(
        "Score",
        cohort.scores,
        format_func=lambda name: signal_name(cohort, name),
        key=f"preset-score-{key}",
    )
    threshold = right.number_input(
        f"Threshold on {plain(signal_name(cohort, score))}",
        value=_usual_threshold(cohort, score),
        format="%.10g",
        key=f"preset-threshold-{key}-{score}",
        help="Used by practices with a cut-off.",
    )
    return Ingredients(
        score=score,
        evidence=evidence,
        places=places,
        threshold=threshold,
        second_score=next((name for name in cohort.scores if name != score), None),
        experience=experience,
    )


def _usual_threshold(cohort: Cohort, score: str) -> float:
    """50 on a scale that ends at 100, as the practices had it; elsewhere the middle value."""
    if cohort.about[score].high == 100:
        return 50.0
    column = cohort.fixed(score)
    return (column.median or 0) / column.halves_per_unit
