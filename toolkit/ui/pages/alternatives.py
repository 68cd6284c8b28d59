"""Alternatives: other weights that are as valid and select groups more alike."""

from __future__ import annotations

import streamlit as st

from toolkit.errors import ScreenError, TooFewData
from toolkit.fairness.alternatives.result import Alternatives
from toolkit.fairness.alternatives.wording import STATEMENT, headline, highlighted
from toolkit.ui import places
from toolkit.ui.components.alternatives_picture import alternatives_picture
from toolkit.ui.components.alternatives_settings import alternatives_settings
from toolkit.ui.components.alternatives_table import (
    alternative_picker,
    front_table,
    one_alternative,
)
from toolkit.ui.components.attribute_picker import attribute_picker
from toolkit.ui.components.empty_state import empty_state, screen_missing
from toolkit.ui.components.formula import formula
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.plain_text import plain
from toolkit.ui.results import alternatives_of, cohort_of, screen_of
from toolkit.ui.state import workspace


def page() -> None:
    """Draw the page."""
    heading(places.ALTERNATIVES.title)
    work = workspace()
    if screen_missing(work):
        return
    cohort, screen = cohort_of(work), screen_of(work)
    if cohort.groups.empty or not len(cohort.groups.columns):
        empty_state(
            "There are no group columns, so no screen can be audited by group. Add a column such "
            "as sex or age band to the file, or mark a column as a group. Groups judge screens "
            "and never enter one.",
            ("Mark a column as a group", places.CANDIDATES),
        )
        return
    said = st.container()
    attributes = attribute_picker(
        cohort, work.cohort_key, "With several, the smallest ratio over the groups of all of them."
    )
    chosen = alternatives_settings(cohort, screen, work.cohort_key)
    if not attributes or not chosen.signals:
        st.markdown("Choose at least one group column and one signal.")
        return
    try:
        found = alternatives_of(work, screen, attributes, chosen)
    except (ScreenError, TooFewData) as error:
        empty_state(plain(str(error)), ("Edit the screen", places.SCREEN))
        return
    with said:
        first, *others = headline(found)
        lead_sentence(plain(first))
        cautions = [*others, found.measure.definition, *found.cautions, STATEMENT]
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in cautions))
    section("Every screen that was tried")
    alternatives_picture(found)
    section("The front", "The most valid first. Held-out figures are beside those that are shown.")
    front_table(cohort, found)
    if found.front:
        section("One of them")
        best = highlighted(found)
        first_shown = 0 if best is None else found.front.index(best)
        key = f"{work.cohort_key[:16]}-{screen.digest[:16]}-{'-'.join(attributes)}"
        at = alternative_picker(cohort, found.front, first_shown, key)
        one_alternative(cohort, found, min(at, len(found.front) - 1))
    _how(found)
    places.GROUPS.link("Selection rates by group")


def _how(found: Alternatives) -> None:
    repeated = f", {found.repeats} times over" if found.repeats > 1 else ""
    formula(
        "A screen is on the front if no other screen tried has both figures at least as high, and "
        "one of them higher. Group membership judges screens after they have decided; none of "
        "them can read it.",
        r"q \text{ dominates } p \iff v_q \ge v_p,\; r_q \ge r_p,\; (v_q, r_q) \ne (v_p, r_p)",
        source="De Corte, Lievens and Sackett (2007).",
        title="How the front is found",
    )
    formula(
        (
            f"The candidates are divided into {found.folds} parts{repeated}. Without each part the "
            "whole search is made anew, and the same choice (the largest ratio among screens that "
            "give up no more validity) decides on that part, with its share of the places. So "
            "everyone is decided on by a screen that was chosen without them. The screen as it is "
            "was not chosen, and loses only what dividing costs: compare held-out figures with "
            "each other."
            if found.folds
            else "There are too few places or people to divide the candidates."
        ),
        r"\text{expect less} = \text{figure shown} - \text{held-out figure}",
        source="Song, Wee and Newman (2017), on diversity shrinkage.",
        title="How the held-out figures are made",
    )
