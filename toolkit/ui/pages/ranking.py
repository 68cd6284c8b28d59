"""Ranking: who comes out ahead in the review, how sure, and whom the screen takes instead."""

from __future__ import annotations

import streamlit as st

from toolkit.errors import TooFewData
from toolkit.intake.plain_name import shown_name
from toolkit.review.ranking import Ranking
from toolkit.review.ranking_wording import beside_the_screen, headline
from toolkit.ui import faults, places
from toolkit.ui.components.chances_picture import chances_picture
from toolkit.ui.components.formula import formula
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.ranking_table import ranking_table
from toolkit.ui.components.ratings_source import RatingsSource, ratings_source
from toolkit.ui.plain_text import plain
from toolkit.ui.results import decisions_of
from toolkit.ui.review_results import official_of, ranking_of
from toolkit.ui.state import Workspace, workspace

_PLACES_AT_FIRST = 5


def page() -> None:
    """Draw the page."""
    heading(places.RANKING.title)
    work = workspace()
    with faults.shown_in_place():
        source = ratings_source(work, official_of())
        if source is None:
            return
        ratings, key = source.ratings, source.key
        if ratings.in_words or not len(ratings):
            raise TooFewData("There are no ratings in numbers here. Look at other ratings.")
        said = st.container()
        wanted, weights = _rule(work, source)
        found = ranking_of(work, ratings, key, wanted, weights)
        with said:
            lead_sentence(plain(headline(found)))
        _results(work, found)


def _rule(work: Workspace, source: RatingsSource) -> tuple[int, dict[str, float]]:
    """How many are taken, and what each criterion weighs."""
    ratings, key = source.ratings, source.key[:8]
    people = len(ratings.candidates)
    first = min(_PLACES_AT_FIRST, people)
    if work.cohort is not None and work.screen is not None:
        first = min(int(decisions_of(work, work.screen).places), people)
    columns = st.columns(4)
    wanted = columns[0].number_input(
        "Places", 1, people, max(first, 1), key=f"ranking-places-{key}", persist_state="session"
    )
    if source.weights is not None:
        # Reviewers rated by a rubric whose weights they knew.
        return int(wanted), dict(source.weights)
    weights = {
        criterion: columns[number % 3 + 1].number_input(
            f"Weight of {plain(shown_name(criterion))}",
            0.0,
            100.0,
            1.0,
            0.5,
            key=f"ranking-weight-{key}-{criterion}",
            persist_state="session",
        )
        for number, criterion in enumerate(ratings.criteria)
        if len(ratings.criteria) > 1
    }
    return int(wanted), weights or dict.fromkeys(ratings.criteria, 1.0)


def _results(work: Workspace, found: Ranking) -> None:
    selected = None
    names: dict[str, str] = {}
    if work.cohort is not None:
        known = set(work.cohort.ids).intersection(found.candidates)
        names = {code: work.cohort.name_of(code) for code in known}
        if work.screen is not None:
            decisions = decisions_of(work, work.screen)
            taken = zip(decisions.candidate_ids.astype(str), decisions.selected, strict=True)
            selected = {code: bool(one) for code, one in taken}
            if not selected.keys() & set(found.candidates):
                selected = None
    if selected is not None:
        st.markdown(plain(beside_the_screen(found, selected)))
    if found.why_not is None:
        section("How sure is each place?")
        chances_picture(found, names)
    section(
        "Everybody",
        "Within a tier candidates cannot be told apart. The total decides; what stands beside it "
        "is advice.",
    )
    ranking_table(found, names, selected)
    formula(
        "The official total is the weighted mean over criteria of the reviewers' mean rating. "
        "The adjusted one gives back what severe reviewers took. Probabilities come from 4,000 "
        "draws of the candidates' effects, given the ratings.",
        r"\text{total}_i = \sum_c w_c \, \bar y_{ic}, \qquad "
        r"\text{adjusted}_i = \text{total}_i + \frac{1}{n_i} \sum_{j \in R(i)} \text{severity}_j",
        source="Searle, Casella and McCulloch (1992), Variance Components.",
        title="How the ranking is worked out",
    )
    places.AGREEMENT.link("How far the reviewers agree")
