"""Start: what this does, the three steps, samples, and what it does not claim."""

from __future__ import annotations

import streamlit as st

from toolkit.ui import places
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.samples import sample_cards
from toolkit.ui.components.server_link import server_link
from toolkit.ui.components.steps import steps
from toolkit.ui.components.work_in_hand import work_in_hand
from toolkit.ui.faults import shown_in_place
from toolkit.ui.opened_requisition import put_away
from toolkit.ui.opening import open_sample
from toolkit.ui.state import workspace
from toolkit.ui.team import person


def page() -> None:
    """Draw the page."""
    heading(
        "What would a score change?",
        "Cloutproof shows how much a social score would change who you hire: who is taken "
        "forward because of it, who is left out, whether the score is higher than the work "
        "behind it supports, and which groups it selects less. Beside it stands what holds up "
        "better: reviewing real work in the same way for everyone.",
    )
    work = workspace()
    if work_in_hand(work):
        put_away(work)
        st.rerun()
    section("Three steps")
    steps()
    section("Or look around with a sample", "The people in them are invented.")
    with shown_in_place():
        sample = sample_cards()
        if sample is not None:
            if work.opened is not None:
                # A sample is nobody's requisition.
                put_away(work)
            open_sample(work, sample)
            places.INFLUENCE.switch_to()
    section("What it does not claim")
    st.markdown(
        "- It does not say who would do the job well. It says whom a rule selects, and what "
        "would be different without a score.\n"
        "- It does not call anyone's score false. Figures can be *consistent with* a bought "
        "audience; the reasons are given, so that the person can answer.\n"
        "- It does not say that a method is lawful or just. It counts, and shows how sure the "
        "count is.\n"
        "- It does not decide. People do, and sign."
    )
    section("Your data")
    st.markdown(
        "Files are read where this app runs and nothing is sent anywhere else. The candidates "
        "leave its memory two minutes after you close the page, or at once when you forget them "
        "here. Sex, ethnicity and other group columns are kept apart from the start: no screen "
        "can use them and no reviewer sees them. Columns that look like passwords or logins are "
        "refused."
    )
    if person() is None:
        section(
            "With others",
            "Several people can work on the same requisitions: each signs in, reviewers rate "
            "without seeing scores or each other, and who decided what is kept with its reason.",
        )
        server_link("Work as a team", "set-up")
