"""Explain one candidate: how the decision came about, and what would change it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.inflation.inflation import Inflation
from toolkit.influence.attribution import Attribution
from toolkit.influence.explain import explanation_of
from toolkit.influence.explanation_wording import (
    circumstances,
    headline,
    noise_sentence,
    other_sentences,
    score_sentences,
    spread_sentences,
)
from toolkit.influence.score_noise import ScoreNoise
from toolkit.influence.stress import noise_spread
from toolkit.ui import places
from toolkit.ui.components.attribution_toggle import attribution_toggle
from toolkit.ui.components.candidate_card import card_frame, effort_list, flipped_first
from toolkit.ui.components.candidate_picker import candidate_picker
from toolkit.ui.components.empty_state import screen_missing
from toolkit.ui.components.explanation_words import (
    explanation_downloads,
    explanation_to_copy,
    sentence_list,
)
from toolkit.ui.components.formula import formula
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.noise_share_picture import noise_share_picture
from toolkit.ui.components.stress_settings import stress_settings
from toolkit.ui.components.suspicion_reasons import suspicion_reasons
from toolkit.ui.components.waterfall_choice import waterfall_choice
from toolkit.ui.components.waterfall_picture import waterfall_picture
from toolkit.ui.plain_text import plain
from toolkit.ui.results import (
    attribution_of,
    cohort_of,
    inflation_of,
    influence_of,
    noise_of,
    rank_attribution_of,
    screen_of,
)
from toolkit.ui.state import Workspace, workspace
from toolkit.ui.stopping import unless_stopped


def page() -> None:
    """Draw the page."""
    heading(places.EXPLAIN.title)
    work = workspace()
    if screen_missing(work):
        return
    cohort, found = cohort_of(work), influence_of(work, screen_of(work))
    chosen = candidate_picker(cohort, flipped_first(found), present=work.candidate)
    work.candidate = chosen
    if chosen is None:
        return
    told = explanation_of(cohort, found, chosen)
    lead_sentence(plain(headline(told)))
    sentence_list([*circumstances(told), *score_sentences(told), *other_sentences(told)])
    shared: Attribution | None = None
    with unless_stopped():
        shared = _parts(work, chosen)
    if told.signals:
        section(
            "What would change the decision",
            "The smallest change of each value, with everything else and everyone else as it is.",
        )
        with st.container(key="candidate-signals"):
            st.table(card_frame(cohort, found, chosen), hide_index=True)
        effort_list(cohort, found, int(cohort.candidate_ids.get_indexer(pd.Index([chosen]))[0]))
    noise: ScoreNoise | None = None
    with unless_stopped():
        noise = _measured_again(work, chosen)
    judged = _suspicion(work, chosen)
    section("To take away", "The same figures and words as on this page.")
    whole = explanation_of(cohort, found, chosen, attribution=shared, noise=noise, inflation=judged)
    explanation_to_copy(whole)
    explanation_downloads(whole, "explanation")
    places.SHEETS.link("The review sheet of this candidate", {"candidate": chosen})
    places.INFLUENCE.link("What each score changes for everyone", {"candidate": chosen})


def _parts(work: Workspace, chosen: str) -> Attribution | None:
    section("How the decision came about", "From where everyone starts, step by step.")
    cohort, found = cohort_of(work), influence_of(work, screen_of(work))
    if not attribution_toggle(len(found.signals), len(cohort)):
        st.markdown("The decisions are not shared out among the signals.")
        return None
    shared = attribution_of(work, found.screen)
    with unless_stopped():
        if waterfall_choice() == "rank":
            ranked = rank_attribution_of(work, found.screen)
            waterfall_picture(cohort, found.decisions, ranked, chosen, "rank")
        else:
            waterfall_picture(cohort, found.decisions, shared, chosen)
    formula(
        "The part of a signal is Shapley's value: the mean of what it changes in this decision "
        "when it joins the signals $S$ that are there already, over all orders in which the "
        "signals can join. $v(S)$ is the decision of the screen restricted to $S$, with the "
        "places given out anew, and the start is places over candidates. For the rank, $v(S)$ is "
        "the percentile rank that this screen gives, and the start is the middle.",
        r"\phi_i = \sum_{S \not\ni i} \frac{|S|!\,(k-|S|-1)!}{k!}"
        r"\,\bigl(v(S \cup \{i\}) - v(S)\bigr), \qquad v(\varnothing) = \frac{\text{places}}{n}",
        source="Shapley (1953).",
        title="How the parts are worked out",
    )
    return shared


def _measured_again(work: Workspace, chosen: str) -> ScoreNoise | None:
    section(
        "With the scores measured again",
        "The same people on another day: each score varies by its noise, and the screen decides "
        "again.",
    )
    cohort, found = cohort_of(work), influence_of(work, screen_of(work))
    scores = [signal for signal in found.screen.signals if signal in cohort.scores]
    if not scores:
        st.markdown("The screen uses no score, so nothing is measured again.")
        return None
    usual = {score: noise_spread(cohort, score, {}, work.catalogue) for score in scores}
    work.assumed = stress_settings(cohort, usual, work.cohort_key)
    noise = noise_of(work, found.screen)
    told = explanation_of(cohort, found, chosen, noise=noise)
    if told.noise is not None:
        st.markdown(plain(noise_sentence(told.noise)))
        noise_share_picture(told.noise)
        labels = {one.signal: one.label for one in told.signals}
        sentence_list(spread_sentences(told.noise.spreads, labels))
    places.STRESS.link("Everyone's share, and what else can happen to scores")
    return noise


def _suspicion(work: Workspace, chosen: str) -> Inflation | None:
    section("Is a score suspected to be inflated?")
    if not st.toggle("Look at the scores, too", key="explain-inflation", persist_state="session"):
        return None
    judged = inflation_of(work, screen_of(work))
    suspicion_reasons(judged.of(chosen))
    return judged
