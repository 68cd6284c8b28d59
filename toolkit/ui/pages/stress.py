"""Stress: what happens to scores, and what that does to the decisions."""

from __future__ import annotations

import streamlit as st

from toolkit.influence.campaign import Campaign, moved_by_followers
from toolkit.influence.stress import ABSENT, CAMPAIGNS, Stress, noise_spread
from toolkit.influence.wording import (
    campaign_of_one_sentence,
    quantity,
    stress_headline,
)
from toolkit.intake.cohort import Cohort
from toolkit.sentence import listed
from toolkit.ui import places
from toolkit.ui.components.candidate_picker import candidate_label, candidate_picker
from toolkit.ui.components.empty_state import screen_missing
from toolkit.ui.components.formula import formula
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.noise_picture import noise_picture
from toolkit.ui.components.rescaling_form import rescaling_form
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.components.stress_settings import stress_settings
from toolkit.ui.components.stress_tables import (
    absence_table,
    buyers_first,
    campaign_table,
    noise_table,
    rescale_table,
)
from toolkit.ui.plain_text import plain
from toolkit.ui.results import cohort_of, screen_of
from toolkit.ui.state import Workspace, workspace
from toolkit.ui.stopping import unless_stopped
from toolkit.ui.stress_results import absence_of, buyer_of, campaign_of, rescaled_of, stress_of


def page() -> None:
    """Draw the page."""
    heading(places.STRESS.title)
    work = workspace()
    if screen_missing(work):
        return
    cohort, screen = cohort_of(work), screen_of(work)
    scores = [signal for signal in screen.signals if signal in cohort.scores]
    said = st.container()
    if not scores:
        with said:
            lead_sentence(
                "The screen uses no score, so there is nothing to put under stress: evidence and "
                "facts decide alone."
            )
        places.SCREEN.link("Edit the screen")
        return
    usual = {score: noise_spread(cohort, score, {}, work.catalogue) for score in scores}
    chosen = work.assumed = stress_settings(cohort, usual, work.cohort_key)
    found = stress_of(work, screen, chosen.noise, chosen.draws, chosen.seed)
    with said:
        first, *others = stress_headline(found)
        lead_sentence(plain(first))
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in others))
    _rescaled(work, cohort, found)
    _measured_again(cohort, found)
    _bought(work, cohort, found)
    _missing(work, cohort, found, chosen.seed)
    places.INFLUENCE.link("What each score changes")


def _rescaled(work: Workspace, cohort: Cohort, found: Stress) -> None:
    section(
        "The provider rescales",
        "The provider changes its formula overnight, and everyone's score with it, as it has "
        "happened. The people are the same.",
    )
    own = rescaling_form(cohort, list(found.spreads), work.cohort_key)
    tried = () if own is None else rescaled_of(work, found.decisions.screen, *own)
    if found.rescale or tried:
        rescale_table(cohort, (*tried, *found.rescale))
    without = [
        score for score in found.spreads if score not in {one.signal for one in found.rescale}
    ]
    if without:
        names = listed([plain(signal_name(cohort, score)) for score in without])
        st.markdown(f"No change with a figure is on record for {names}.")
    reforms = [
        (score, one)
        for score in found.spreads
        if score in work.catalogue
        for one in work.catalogue[score].rescalings
        if not one.has_figures
    ]
    for score, one in reforms:
        st.caption(
            f"{plain(one.date)}, {plain(signal_name(cohort, score))}: {plain(one.note)} There is "
            "no single figure for it, so it is left out here."
        )


def _measured_again(cohort: Cohort, found: Stress) -> None:
    section(
        "Measured again",
        "The same people on another day: each score varies by its noise, and the screen decides "
        "again.",
    )
    st.markdown(
        "\n".join(
            f"- Noise of {plain(signal_name(cohort, score))}: standard deviation "
            f"{plain(quantity(spread.standard_deviation, 2))}, {plain(spread.source)}."
            for score, spread in found.spreads.items()
        )
    )
    noise_picture(cohort, found)
    noise_table(cohort, found)
    formula(
        "Each draw adds independent normal noise to every score of the screen, rounds to the "
        "score's decimals and keeps it within its scale; the frozen screen decides. The interval "
        "of the share, *from* and *to*, says how exact the drawing is, not how well the noise is "
        "known. A decision is too close to call unless the whole interval lies above 95 % or "
        "below 5 %.",
        r"p_i = \frac{\text{draws in which } i \text{ is selected}}{N}, \qquad "
        r"\frac{p_i + z^2/2N \pm z\sqrt{p_i(1 - p_i)/N + z^2/4N^2}}{1 + z^2/N}, \quad z = 1.96",
        source="Wilson (1927).",
        title="How the share is worked out",
    )


def _bought(work: Workspace, cohort: Cohort, found: Stress) -> None:
    section(
        "Bought followers",
        "Each candidate in turn buys so many followers, and nobody else does.",
    )
    screen = found.decisions.screen
    if not moved_by_followers(screen.signals):
        st.markdown("No score of this screen is known to follow the number of followers.")
        return
    followers = st.number_input(
        "Followers bought",
        min_value=1,
        max_value=100_000_000,
        value=CAMPAIGNS[1],
        step=CAMPAIGNS[0],
        key="followers-bought",
        persist_state="session",
    )
    campaign = campaign_of(work, screen, int(followers))
    if not campaign.moves_anybody:
        st.markdown("No candidate's followers are known, so nobody's score can be moved.")
        return
    count = len(campaign.buys_a_place)
    if count == 0:
        bought = "One bought follower" if followers == 1 else f"{followers:,} bought followers"
        st.markdown(f"{bought} would buy nobody a place.")
    else:
        who = "One candidate" if count == 1 else f"{count:,} candidates"
        loser = campaign.displaced
        place = (
            "and a place is free"
            if loser is None
            else f"and {plain(candidate_label(cohort, loser))} would lose it"
        )
        each = "" if count == 1 else ", each alone"
        st.markdown(f"{who} could buy a place{each}, {place}.")
        campaign_table(cohort, campaign)
    _bought_by_one(work, cohort, found, campaign)
    formula(
        "A follower count rises by those bought. A score with a published relation to the "
        "audience rises along it: $f$ are the followers, $d$ those bought, $b$ the slope. What "
        "else the account does stays as it is. Only candidates with a known follower count can "
        "be moved.",
        r"b \cdot \bigl(\log_{10}(1 + f + d) - \log_{10}(1 + f)\bigr)",
        title="How the rise is worked out",
    )


def _bought_by_one(work: Workspace, cohort: Cohort, found: Stress, campaign: Campaign) -> None:
    chosen = candidate_picker(
        cohort, buyers_first(found.decisions, campaign), "One candidate", present=work.candidate
    )
    if chosen is None:
        return
    work.candidate = chosen
    one = buyer_of(work, found.decisions.screen, campaign.followers, chosen)
    st.markdown(plain(campaign_of_one_sentence(one, cohort)))


def _missing(work: Workspace, cohort: Cohort, found: Stress, seed: int) -> None:
    section(
        "Scores gone missing",
        "Each candidate's score is missing by chance, and the screen treats it as it treats "
        "missing values.",
    )
    percent = st.slider(
        "Scores missing, in percent",
        min_value=0,
        max_value=100,
        value=round(100 * ABSENT),
        step=5,
        key="scores-missing",
        persist_state="session",
    )
    with unless_stopped():
        absence_table(cohort, absence_of(work, found.decisions.screen, found, percent / 100, seed))
