"""What one browser session holds: candidates, screen, and what was computed from them.

Streamlit forgets a widget's value as soon as the widget is not drawn, so nothing lives in
widgets: a component is given the present value, returns the new one, and the page puts it
here. Everything computed is kept under the content hashes it was computed from.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

import streamlit as st

from toolkit.inflation.dismissal import Dismissal
from toolkit.inflation.followers import Followers
from toolkit.inflation.repositories import RepositoriesFound
from toolkit.inflation.suspicion import FALSE_FLAG_RATE
from toolkit.intake.cohort import Cohort
from toolkit.intake.documents.document import Document
from toolkit.intake.mapping import ColumnMapping
from toolkit.intake.raw_table import RawTable
from toolkit.intake.read_file import Reading
from toolkit.progress import Progress
from toolkit.review.rubric import Rubric
from toolkit.review.task import Task
from toolkit.scores.catalogue import Catalogue, load_catalogue
from toolkit.screening.screen import Screen
from toolkit.ui.components.progress import stoppable, stopped_notice, working
from toolkit.ui.components.stress_settings import StressSettings
from toolkit.ui.stopping import Stopped

T = TypeVar("T")

#: Results kept a session; the one not asked for longest goes first.
KEPT_AT_MOST = 40
_NAME = "workspace"


@dataclass
class OpenedRequisition:
    """Which requisition is open, and what of it this session has seen.

    Parameters
    ----------
    key, title : str
    version : int
        Of the requisition itself.
    closed : bool
    cohort_version, screen_version : int
        The newest that were seen; 0 where there was none.
    cohort_sha256 : str
        Of the upload as it was seen; an erasure changes it.
    cohort_key : str
        The workspace's key of the candidates that are kept.
    screen_digest : str
        Of the screen that is kept.
    """

    key: str
    title: str
    version: int
    closed: bool = False
    cohort_version: int = 0
    cohort_sha256: str = ""
    cohort_key: str = ""
    screen_version: int = 0
    screen_digest: str = ""


@dataclass(frozen=True)
class Seen:
    """What of a requisition's writing this session saw last.

    Parameters
    ----------
    requisition : str
        Its key.
    version : int
        0 where nothing had been kept.
    content : Rubric, Task or None
        As it stood then.
    """

    requisition: str
    version: int
    content: Rubric | Task | None


@dataclass
class Workspace:
    """Everything that one session works on.

    Parameters
    ----------
    catalogue : Catalogue
        The shipped scores and the user's own.
    own_scores : str
        The user's own scores as TOML text.
    reading : Reading or None
        The tables of the upload, freed of what is never accepted, kept so that a corrected
        mapping can be applied to them. The files themselves are not kept.
    mapping : ColumnMapping or None
        What each column is; None until files were read.
    problem : str
        Why there is no cohort although files were read.
    cohort : Cohort or None
    cohort_name : str
        What the candidates are called on the pages: a sample's or the first file's name.
    cohort_key : str
        Content hash of the files, the mapping and the user's own scores.
    screen : Screen or None
    other_screen : Screen or None
        The screen that is compared with `screen`.
    candidate : str or None
        Who was looked at last, so that another page begins with the same one.
    own_rubric : str
        The user's own rubric of the review sheets as TOML text; empty for the shipped one.
    rubric : Rubric or None
        The rubric that is being written; it may be unfinished, or refused.
    rubric_seen : Seen or None
        The rubric of the opened requisition as it was last seen or kept.
    task, task_seen
        The same for a task.
    counts : RawTable or None
        A table of counts by group, looked at instead of the candidates.
    revision : int
        Grows whenever values are replaced from outside their widgets (a preset, a file).
        It is part of those widgets' keys, so that they start again from the new values.
    criteria : str
        What the post asks for, in the user's words; topics of scores are compared with it.
    dismissals : dict of str to Dismissal
        A reviewer's answers to flags, by candidate.
    false_flag_rate : float
        Share of genuine candidates that the inflation detectors may flag.
    samples : dict of str to (str, Followers)
        A candidate's sample of followers, with the file's name.
    repositories : dict of str to (str, RepositoriesFound)
        What happened in a candidate's repositories, with the file's name.
    portfolios : dict of str to tuple of Document
        What was read from a candidate's documents; the files themselves are not kept.
    opened : OpenedRequisition or None
        The requisition of the team's store that all this belongs to.
    assumed : StressSettings
        What was said about the scores' noise, and how often it is drawn.
    kept : ordered mapping of tuple of str to object
        Results by what they were computed from.
    stopped : set of tuple of str
        Results that the user stopped; not made again before the user asks for it.
    """

    catalogue: Catalogue = field(default_factory=load_catalogue)
    own_scores: str = ""
    reading: Reading | None = None
    mapping: ColumnMapping | None = None
    problem: str = ""
    cohort: Cohort | None = None
    cohort_name: str = ""
    cohort_key: str = ""
    screen: Screen | None = None
    other_screen: Screen | None = None
    own_rubric: str = ""
    rubric: Rubric | None = None
    rubric_seen: Seen | None = None
    task: Task | None = None
    task_seen: Seen | None = None
    counts: RawTable | None = None
    candidate: str | None = None
    revision: int = 0
    criteria: str = ""
    false_flag_rate: float = FALSE_FLAG_RATE
    dismissals: dict[str, Dismissal] = field(default_factory=dict)
    samples: dict[str, tuple[str, Followers]] = field(default_factory=dict)
    repositories: dict[str, tuple[str, RepositoriesFound]] = field(default_factory=dict)
    portfolios: dict[str, tuple[Document, ...]] = field(default_factory=dict)
    opened: OpenedRequisition | None = None
    assumed: StressSettings = field(default_factory=StressSettings)
    kept: OrderedDict[tuple[str, ...], object] = field(default_factory=OrderedDict)
    stopped: set[tuple[str, ...]] = field(default_factory=set)

    def take_cohort(
        self,
        cohort: Cohort,
        name: str,
        reading: Reading | None = None,
        mapping: ColumnMapping | None = None,
    ) -> None:
        """Work on these candidates from now on; a screen that does not fit them goes."""
        self.cohort, self.cohort_name = cohort, name
        self.reading, self.mapping, self.problem = reading, mapping, ""
        before = self.cohort_key
        self.cohort_key = content_hash(
            dict(cohort.sources), mapping.to_toml() if mapping else "", self.own_scores
        )
        if self.cohort_key != before:
            # Answers and samples are about these candidates; others may bear the same codes.
            self.dismissals.clear()
            self.samples.clear()
            self.repositories.clear()
            self.portfolios.clear()
            self.assumed = StressSettings()
        if self.screen and not _fits(self.screen, cohort):
            self.screen = None
        if self.other_screen and not _fits(self.other_screen, cohort):
            self.other_screen = None
        self.revision += 1

    def take_problem(
        self, problem: str, name: str, reading: Reading, mapping: ColumnMapping
    ) -> None:
        """Hold tables that make no cohort yet, so that the mapping can be corrected."""
        self.cohort, self.cohort_name, self.cohort_key = None, name, ""
        self.reading, self.mapping, self.problem = reading, mapping, problem
        self.revision += 1

    def take_screen(self, screen: Screen) -> None:
        """Replace the screen from outside its widgets: a preset, a file, a sample."""
        self.screen = screen
        self.revision += 1

    def take_own_scores(self, toml_text: str) -> None:
        """Replace the user's own scores.

        Raises
        ------
        CatalogueError
            If the text does not describe scores; nothing is changed then.
        """
        self.catalogue = load_catalogue().extended(toml_text)
        self.own_scores = toml_text

    def forget_everything(self) -> None:
        """Drop candidates, screens and results; the user's own scores stay."""
        self.reading, self.mapping, self.cohort = None, None, None
        self.cohort_name = self.cohort_key = self.problem = ""
        self.screen = self.other_screen = self.counts = self.opened = None
        self.dismissals.clear()
        self.samples.clear()
        self.repositories.clear()
        self.portfolios.clear()
        self.kept.clear()
        self.stopped.clear()
        self.revision += 1

    def keep(self, *key: str, make: Callable[[], T], doing: str) -> T:
        """The result under this key, made only if it is not there yet.

        Parameters
        ----------
        key : str
            What the result is, and the content hashes of all it depends on.
        make : callable
            Makes the result.
        doing : str
            What is shown while it is made, for instance ``"Removing each score in turn"``.
        """
        if key not in self.kept:
            with working(doing):
                self._put(key, make())
        self.kept.move_to_end(key)
        return cast(T, self.kept[key])

    def keep_long(self, *key: str, make: Callable[[Progress], T], doing: str) -> T:
        """The same for a result that may take long: with a bar, and a button that stops it.

        Parameters
        ----------
        key : str
            As in `keep`.
        make : callable
            Makes the result, and tells how far it is.
        doing : str
            As in `keep`.

        Raises
        ------
        Stopped
            If the user stopped it. A notice stands in its place then, with a button that
            starts it again; `toolkit.ui.stopping.unless_stopped` lets the page go on.
        """
        name = content_hash(key)[:16]
        if key not in self.kept:
            if key in self.stopped:
                stopped_notice(doing, f"start-{name}", lambda: self.stopped.discard(key))
                raise Stopped
            with stoppable(doing, f"stop-{name}", lambda: self.stopped.add(key)) as progress:
                self._put(key, make(progress))
        self.kept.move_to_end(key)
        return cast(T, self.kept[key])

    def _put(self, key: tuple[str, ...], result: object) -> None:
        self.kept[key] = result
        while len(self.kept) > KEPT_AT_MOST:
            self.kept.popitem(last=False)


def workspace() -> Workspace:
    """The session's workspace, empty at first."""
    if _NAME not in st.session_state:
        st.session_state[_NAME] = Workspace()
    return cast(Workspace, st.session_state[_NAME])


def content_hash(*parts: object) -> str:
    """SHA-256 over plain values, for keys of kept results."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _fits(screen: Screen, cohort: Cohort) -> bool:
    return all(signal in cohort.about for signal in screen.signals)
