"""The pages by name: where each lives in the address bar, and links between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from toolkit.store.rights import Person, Role

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


@dataclass(frozen=True)
class Place:
    """One page of the app.

    Parameters
    ----------
    title : str
        Name in the navigation and in the browser's tab.
    path : str
        Address below the app's root.
    first : bool
        True for the page that the bare address opens.
    roles : tuple of Role
        Who of a team finds it in the navigation. What they may do there is checked in the
        store, not here.
    for_teams : bool
        True where it needs a store with several people; whoever works alone does not find it
        in the navigation then.
    """

    title: str
    path: str
    first: bool = False
    roles: tuple[Role, ...] = (Role.RECRUITER,)
    for_teams: bool = False

    @property
    def address(self) -> str:
        """The address below the root; the first page has the root itself."""
        return "" if self.first else self.path

    def found_by(self, somebody: Person | None) -> bool:
        """Whether somebody, or who works alone, finds it in the navigation."""
        if somebody is None:
            return not self.for_teams
        return somebody.role in self.roles

    def page(self, draw: Callable[[], None], *, shown: bool = True) -> StreamlitPage:
        """The place as Streamlit's navigation wants it, drawn by `draw`."""
        return st.Page(
            draw,
            title=self.title,
            url_path=self.path,
            default=self.first,
            visibility="visible" if shown else "hidden",
        )

    def link(self, label: str | None = None, query: Mapping[str, str] | None = None) -> None:
        """A link to this place that keeps the session.

        Parameters
        ----------
        label : str, optional
            Words of the link; the place's title when left out.
        query : mapping of str to str, optional
            What the address carries, for instance ``{"candidate": "C-017"}``.
        """
        # Streamlit knows a page by its address alone, so a page that draws nothing will do
        # as the target; the pages themselves can then link to each other without a cycle.
        target = self.page(_nothing)
        st.page_link(target, label=label or self.title, query_params=dict(query or {}))

    def switch_to(self) -> None:
        """Leave the page that is being drawn and go to this place."""
        st.switch_page(self.page(_nothing))


def _nothing() -> None:
    pass


_EVERYBODY = tuple(Role)
_AUDITOR = (Role.AUDITOR,)

START = Place("Start", "start", first=True)
REQUISITIONS = Place(
    "Requisitions",
    "requisitions",
    roles=(Role.ADMINISTRATOR, Role.RECRUITER, Role.AUDITOR),
    for_teams=True,
)
CANDIDATES = Place("Candidates", "candidates")
SCREEN = Place("Screen", "screen")
INFLUENCE = Place("What each score changes", "what-each-score-changes")
EXPLAIN = Place("Explain one candidate", "explain-one-candidate")
WORTH = Place("What the score is worth", "what-the-score-is-worth")
STRESS = Place("Stress", "stress")
SWEEP = Place("Every weight and cut-off", "every-weight-and-cut-off")
INFLATION = Place("Inflated scores", "inflated-scores")
GROUPS = Place("Groups", "groups", roles=_AUDITOR)
ALTERNATIVES = Place("Alternatives", "alternatives", roles=_AUDITOR)
STATUTORY = Place("Statutory tables", "statutory-tables", roles=_AUDITOR)
RECHECK = Place("Recheck a published table", "recheck-a-published-table", roles=_AUDITOR)
RUBRIC = Place("Rubric and tasks", "rubric-and-tasks")
PORTFOLIOS = Place("Portfolios", "portfolios")
MY_REVIEWS = Place("My reviews", "my-reviews", roles=(Role.REVIEWER,), for_teams=True)
PANEL = Place("Panel", "panel", for_teams=True)
AGREEMENT = Place("Agreement", "agreement", roles=(Role.RECRUITER, Role.AUDITOR))
RANKING = Place("Ranking", "ranking")
SHEETS = Place("Review sheets", "review-sheets", roles=(Role.RECRUITER, Role.AUDITOR))
PEOPLE = Place("People", "people", roles=(Role.ADMINISTRATOR,), for_teams=True)
LOG = Place("Log", "log", roles=_AUDITOR, for_teams=True)
CATALOGUE = Place("Catalogue and methods", "catalogue-and-methods", roles=_EVERYBODY)

ALL = (
    START,
    REQUISITIONS,
    CANDIDATES,
    SCREEN,
    INFLUENCE,
    EXPLAIN,
    WORTH,
    STRESS,
    SWEEP,
    INFLATION,
    GROUPS,
    ALTERNATIVES,
    STATUTORY,
    RECHECK,
    RUBRIC,
    PORTFOLIOS,
    MY_REVIEWS,
    PANEL,
    AGREEMENT,
    RANKING,
    SHEETS,
    PEOPLE,
    LOG,
    CATALOGUE,
)
