"""A page of the app as a test opens it, with what the session holds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen
from toolkit.ui.state import Workspace, content_hash


def opened(page: Callable[[], None], work: Workspace | None = None) -> AppTest:
    """The page after its first run; any fault on it fails the test with its traceback."""
    test = AppTest.from_string(f"from {page.__module__} import page\npage()\n", default_timeout=60)
    test.session_state["workspace"] = work or Workspace()
    return checked(test.run())


def checked(test: AppTest) -> AppTest:
    """The same page, on which no fault may stand."""
    assert not test.exception, test.exception[0].stack_trace
    return test


def at_work(cohort: Cohort, screen: Screen | None = None) -> Workspace:
    """A session with these candidates and this screen."""
    work = Workspace()
    work.take_cohort(cohort, "Applicants")
    work.cohort_key = content_hash(cohort.signals.to_csv())
    if screen is not None:
        work.take_screen(screen)
    return work


def agency(size: int = 12) -> Cohort:
    """Candidates with a score, evidence, a fact, names and a group column."""
    draw = np.random.default_rng(2011)
    frame = pd.DataFrame(
        {
            "candidate_id": [f"C-{number:04d}" for number in range(1, size + 1)],
            "name": [f"Person {number}" for number in range(1, size + 1)],
            "klout": draw.integers(10, 90, size).astype(float),
            "portfolio": draw.integers(1, 6, size).astype(float),
            "task": draw.integers(30, 100, size).astype(float),
            "years_experience": draw.integers(0, 12, size).astype(float),
            "sex": draw.choice(["Female", "Male"], size),
        }
    )
    return cohort_from_frame(frame, groups=["sex"])


def gated() -> Screen:
    """Half the evidence, and a Klout of at least 40."""
    return Screen(
        name="Agency screen",
        places=3,
        weights={"portfolio": 0.6, "task": 0.4},
        gates=(Gate(signal="klout", at_least=40),),
    )


def words(test: AppTest) -> str:
    """All running text on the page."""
    elements = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error]
    return "\n".join(element.value for element in [*test.title, *test.header, *elements])
