"""The library's results for the session's candidates and screen, each computed once."""

from __future__ import annotations

from toolkit.influence.influence import Influence, influence
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.screen import Screen
from toolkit.ui.state import Workspace


def cohort_of(work: Workspace) -> Cohort:
    """The session's candidates, on a page that has checked that there are some."""
    assert work.cohort is not None
    return work.cohort


def screen_of(work: Workspace) -> Screen:
    """The session's screen, on a page that has checked that there is one."""
    assert work.screen is not None
    return work.screen


def decisions_of(work: Workspace, screen: Screen) -> Decisions:
    """Who this screen selects among the session's candidates."""
    cohort = cohort_of(work)
    return work.keep(
        "decisions",
        work.cohort_key,
        screen.digest,
        make=lambda: decide(cohort, screen),
        doing="Deciding",
    )


def influence_of(work: Workspace, screen: Screen) -> Influence:
    """What each signal of this screen changes among the session's candidates."""
    cohort = cohort_of(work)
    return work.keep(
        "influence",
        work.cohort_key,
        screen.digest,
        make=lambda: influence(cohort, screen),
        doing="Taking each signal away in turn",
    )
