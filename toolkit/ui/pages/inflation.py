"""Inflated scores: whose score is higher than audience, activity and work support."""

from __future__ import annotations

import datetime as dt

import numpy as np
import streamlit as st

from toolkit.cli.output import json_text
from toolkit.inflation.inflation import Inflation
from toolkit.inflation.topics import topic_column
from toolkit.likeness import stems
from toolkit.ui import faults, places
from toolkit.ui.components.candidate_picker import candidate_label, candidate_picker
from toolkit.ui.components.detector_picture import (
    by_suspicion,
    detector_picture,
    detectors_reached,
)
from toolkit.ui.components.dismissal import answers_upload, dismissal
from toolkit.ui.components.empty_state import candidates_missing, empty_state
from toolkit.ui.components.follower_sample import sample_found, sample_upload
from toolkit.ui.components.formula import formula
from toolkit.ui.components.growth_curves import growth_curves
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.inflation_sentence import (
    facts_wanted,
    inflation_caution,
    inflation_sentence,
)
from toolkit.ui.components.rate_picker import rate_picker
from toolkit.ui.components.repositories_found import events_upload, repositories_found
from toolkit.ui.components.reward_picture import reward_picture
from toolkit.ui.components.suspicion_reasons import suspicion_reasons
from toolkit.ui.components.suspicion_table import suspicion_table
from toolkit.ui.components.topics import criteria_field, topics_found
from toolkit.ui.opened_requisition import keep_criteria, keep_dismissal
from toolkit.ui.plain_text import plain
from toolkit.ui.repository_results import take_repositories
from toolkit.ui.results import cohort_of, decisions_of, followers_of, inflation_of, take_followers
from toolkit.ui.state import Workspace, workspace

#: Suspected candidates whose reasons are listed; the picker finds the others.
_LISTED = 8


def page() -> None:
    """Draw the page."""
    heading(places.INFLATION.title)
    work = workspace()
    if candidates_missing(work):
        return
    found = inflation_of(work, work.screen)
    decisions = decisions_of(work, work.screen) if work.screen else None
    lead_sentence(inflation_sentence(found, decisions))
    if np.isnan(found.suspicion).all():
        empty_state(
            "Add account facts (followers, following, posts), an audit of the followers, a "
            "history of the counts, or evidence of work beside the score.",
            ("Bring more about the candidates", places.CANDIDATES),
        )
        facts_wanted(found)
        return
    inflation_caution(found)
    _reward(work, found)
    section("What each detector says")
    detector_picture(cohort_of(work), found)
    facts_wanted(found)
    _detectors_explained()
    rate = rate_picker(work.false_flag_rate)
    if rate != work.false_flag_rate:
        work.false_flag_rate = rate
        st.rerun()
    _reasons(work, found)
    _topics(work, found)
    section("Every candidate")
    suspicion_table(cohort_of(work), found, decisions)
    st.download_button(
        "Download all of it as JSON, dismissals included",
        data=lambda: json_text(found.to_dict()),
        file_name="inflated-scores.json",
        mime="application/json",
        on_click="ignore",
    )
    _answers(work, found)


def _reward(work: Workspace, found: Inflation) -> None:
    section("Does the screen reward it?")
    if found.reward is None:
        st.markdown("There is no screen yet, so nobody is selected.")
        places.SCREEN.link("Build a screen")
        return
    labels = {name: signal.label for name, signal in cohort_of(work).about.items()}
    reward_picture(found.reward, labels)


def _topics(work: Workspace, found: Inflation) -> None:
    cohort = cohort_of(work)
    if topic_column(cohort) is None:
        return
    section("What the score credits them with")
    criteria = criteria_field(work.criteria)
    if criteria.strip() and not stems(criteria):
        st.caption("These words say nothing to compare with. Write what the post asks for.")
    elif criteria != work.criteria:
        with faults.shown_in_place():
            keep_criteria(work, criteria)
            st.rerun()
    if found.topics is not None:
        topics_found(cohort, found.topics)


def _reasons(work: Workspace, found: Inflation) -> None:
    section("The reasons", "The most suspected first. Each reason can be looked at and answered.")
    cohort, suspected = cohort_of(work), found.flagged_ids
    order = by_suspicion(found)
    listed = [one for one in order if one in set(suspected)][:_LISTED]
    for one in listed:
        why = ", ".join(detectors_reached(found, one)).lower()
        with st.expander(f"{plain(candidate_label(cohort, one))}: {why}"):
            _about(work, found, one)
    if len(suspected) > _LISTED:
        more = len(suspected) - _LISTED
        st.caption(f"{more:,} more {'is' if more == 1 else 'are'} suspected; choose below.")
    chosen = candidate_picker(
        cohort, order, "Any candidate, the most suspected first", work.candidate
    )
    work.candidate = chosen
    if chosen is not None:
        with st.container(border=True):
            # The form for dismissing stands once on a page.
            _about(work, found, chosen, answerable=chosen not in listed)
        _followers(work, chosen)
        _repositories(work, chosen)


def _about(work: Workspace, found: Inflation, candidate_id: str, answerable: bool = True) -> None:
    evidence = found.of(candidate_id)
    suspicion_reasons(evidence)
    growth_curves(found.curves(candidate_id))
    if not (evidence.flagged and answerable):
        return
    # Whoever is signed in does not have to say who they are.
    answer = dismissal(candidate_id, evidence.dismissed, asks_who=work.opened is None)
    if answer is None:
        return
    with faults.shown_in_place():
        made = None
        if answer.reason is not None:
            made = found.dismiss(candidate_id, answer.reason, dt.date.today(), answer.reviewer)
        keep_dismissal(work, candidate_id, made)
        st.rerun()


def _followers(work: Workspace, candidate_id: str) -> None:
    section(
        "A sample of the followers",
        f"Of {plain(candidate_label(cohort_of(work), candidate_id))}, chosen above: how many of "
        "them look fake, with the detector's own error taken out.",
    )
    with faults.shown_in_place():
        brought = sample_upload(candidate_id)
        if brought is not None:
            take_followers(work, candidate_id, *brought)
            # The share speaks in the figures above, too.
            st.rerun()
        sample = followers_of(work, candidate_id)
        if sample is not None:
            sample_found(*sample, key=f"followers-{candidate_id}")


def _repositories(work: Workspace, candidate_id: str) -> None:
    section(
        "What happened in the repositories",
        f"Of {plain(candidate_label(cohort_of(work), candidate_id))}, chosen above: whose stars "
        "came with next to nothing else.",
    )
    with faults.shown_in_place():
        brought = events_upload(candidate_id)
        if brought is not None:
            take_repositories(work, candidate_id, *brought)
        if candidate_id in work.repositories:
            repositories_found(
                *work.repositories[candidate_id], key=f"repositories-{candidate_id}-found"
            )


def _answers(work: Workspace, found: Inflation) -> None:
    # In a team everybody dismisses in their own name.
    if work.opened is None:
        with faults.shown_in_place():
            brought = answers_upload()
            if brought is not None:
                work.dismissals.update(brought)
                st.rerun()
    for left_out in found.not_standing(work.dismissals):
        st.caption(plain(left_out[:1].upper() + left_out[1:]))


def _detectors_explained() -> None:
    formula(
        "Five detectors look at different things: whether the **followers** are consistent with "
        "bought ones (following far above followers, a large audience for hardly any posts, an "
        "audit that finds many of them fake); whether the account looks **automated**; whether a "
        "history shows a **spike** with the shape of a bought campaign; whether the score is "
        "above what its **audience** explains on the published relation; and whether it is above "
        "what candidates with such **work** have. Each gives a probability $p$, and suspects "
        "from its own operating point $c$ on. A quiet detector never makes up for a loud one.",
        r"\text{strength} = \operatorname{logit}^{-1}(\operatorname{logit} p - "
        r"\operatorname{logit} c), \qquad \text{suspicion} = \max_{\text{detectors}} "
        r"\text{strength} \ge \tfrac{1}{2}",
        title="How the detectors judge",
    )
