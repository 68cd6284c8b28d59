from __future__ import annotations

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.fairness.alternatives.alternatives import alternatives
from toolkit.fairness.alternatives.wording import headline
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen
from toolkit.ui.components.alternatives_picture import cloud_frame, front_frame, marked_frame
from toolkit.ui.components.alternatives_table import front_words, weight_words
from toolkit.ui.pages import alternatives as page


def said_on(test: AppTest) -> str:
    return words(test).replace("\\", "")


def favoured(size: int = 80) -> tuple[Cohort, Screen]:
    """Klout favours men and says nothing about the work."""
    draw = np.random.default_rng(5)
    man, able = draw.random(size) < 0.5, draw.normal(size=size)
    frame = pd.DataFrame(
        {
            "candidate_id": [f"C-{i:03d}" for i in range(size)],
            "klout": np.round(40 + 12 * man + draw.normal(0, 6, size)),
            "task": np.round(50 + 10 * able),
            "sex": np.where(man, "Male", "Female"),
        }
    )
    outcomes = pd.DataFrame(
        {"performance": able + draw.normal(size=size)}, index=frame["candidate_id"]
    )
    cohort = cohort_from_frame(frame, roles={"task": "evidence"}, groups=["sex"])
    cohort = Cohort(
        cohort.candidates, cohort.signals, cohort.about, groups=cohort.groups, outcomes=outcomes
    )
    return cohort, Screen(name="s", places=20, weights={"task": 0.5, "klout": 0.5})


def test_the_page_says_what_python_finds() -> None:
    cohort, screen = favoured()
    test = opened(page.page, at_work(cohort, screen))
    found = alternatives(cohort, screen, "sex", "performance", signals=("klout", "task"))
    said = said_on(test)
    for sentence in (*headline(found), found.measure.definition, *found.cautions):
        assert sentence in said
    assert "A higher impact ratio alone makes no screen lawful or valid" in said
    shown = test.table[0].value
    assert shown["Flips"].tolist() == front_words(cohort, found)["Flips"].tolist()
    assert len(shown) == len(found.front) + len(found.compared)
    for word in ("debiased", "unbiased", " fair "):
        assert word not in said


def test_validity_by_evidence_and_another_screen_of_the_front() -> None:
    cohort, screen = favoured()
    test = opened(page.page, at_work(cohort, screen))
    (box,) = [one for one in test.selectbox if one.label == "Validity"]
    assert box.options[0] == "correlation with Performance (later result)"
    checked(box.set_value("").run())
    assert "best on it by construction" in said_on(test)
    (box,) = [one for one in test.selectbox if one.label == "Screen"]
    checked(box.set_value(len(box.options) - 1).run())
    found = alternatives(cohort, screen, "sex", signals=("klout", "task"))
    at = len(found.front) - 1
    expected = weight_words(cohort, found, found.front[at])
    pd.testing.assert_frame_equal(test.table[1].value, expected)
    flips = next(metric for metric in test.metric if metric.label == "Flips")
    assert flips.value == f"{found.front[at].flips:,}"


def test_gates_may_vary_where_there_are_some() -> None:
    cohort = agency(60)
    test = opened(page.page, at_work(cohort, gated().changed(places=15)))
    (toggle,) = test.toggle
    before = said_on(test)
    checked(toggle.set_value(True).run())
    assert said_on(test) != before
    plain = opened(page.page, at_work(*favoured()))
    assert len(plain.toggle) == 0


def test_the_picture_holds_every_screen_the_front_and_the_named_ones() -> None:
    cohort, screen = favoured()
    found = alternatives(cohort, screen, "sex", "performance")
    cloud = cloud_frame(found)
    assert 0 < len(cloud) <= found.screens
    front = front_frame(found.front)
    assert front["validity"].tolist() == [one.validity.value for one in found.front]
    assert (front["ratio"].diff().dropna() > 0).all()
    marked = marked_frame(found)["screen"].tolist()
    assert marked[:2] == ["The screen as it is", "Evidence only"]


def test_what_cannot_be_searched_is_said_with_a_way_on() -> None:
    cohort, screen = favoured()
    test = opened(page.page, at_work(cohort, screen.changed(places=None)))
    assert "has a place for everyone" in said_on(test)
    test = opened(page.page, at_work(favoured(6)[0], screen.changed(places=2)))
    assert "fewer than two groups of at least 5 people" in said_on(test)


def test_without_groups_candidates_or_a_screen_it_says_what_to_do_next() -> None:
    assert "There are no candidates yet" in words(opened(page.page))
    assert "There is no screen yet" in words(opened(page.page, at_work(agency())))
    bare = cohort_from_frame(pd.DataFrame({"candidate_id": ["a", "b"], "klout": [1.0, 2.0]}))
    test = opened(page.page, at_work(bare, Screen(places=1, weights={"klout": 1})))
    assert "no screen can be audited by group" in said_on(test)
