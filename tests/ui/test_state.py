from __future__ import annotations

import pytest

from tests.ui.opened import agency, gated
from toolkit.errors import CatalogueError
from toolkit.intake.read_file import read_files
from toolkit.intake.recognise import recognise
from toolkit.screening.screen import Screen
from toolkit.ui.state import KEPT_AT_MOST, Workspace, content_hash


def test_a_result_is_made_once_for_the_same_content() -> None:
    work = Workspace()
    made = []
    for key in ("a", "a", "b", "a"):
        work.keep("result", key, make=lambda: made.append(1) or len(made), doing="Working")
    assert len(made) == 2


def test_the_result_not_asked_for_longest_goes_first() -> None:
    work = Workspace()
    for number in range(KEPT_AT_MOST + 1):
        work.keep(str(number), make=lambda: number, doing="Working")  # noqa: B023
        work.keep("0", make=lambda: -1, doing="Working")
    assert ("0",) in work.kept
    assert ("1",) not in work.kept
    assert len(work.kept) == KEPT_AT_MOST


def test_a_screen_that_does_not_fit_the_new_candidates_goes() -> None:
    work = Workspace()
    work.take_cohort(agency(), "first")
    work.take_screen(gated())
    work.take_cohort(agency(20), "second")
    assert work.screen == gated()
    work.take_screen(Screen(weights={"kred_influence": 1}))
    work.take_cohort(agency(), "third")
    assert work.screen is None


def test_forgetting_leaves_nothing_of_the_candidates() -> None:
    work = Workspace()
    reading = read_files([("a.csv", b"id,klout\n1,50\n")])
    work.take_cohort(agency(), "first", reading, recognise(reading.tables, work.catalogue))
    work.take_screen(gated())
    work.keep("x", make=lambda: 1, doing="Working")
    work.forget_everything()
    assert (work.cohort, work.screen, work.reading, work.mapping) == (None, None, None, None)
    assert dict(work.kept) == {}


def test_scores_that_cannot_be_read_change_nothing() -> None:
    work = Workspace()
    with pytest.raises(CatalogueError):
        work.take_own_scores("[scores.klout]\nlabel = 'Klout again'\n")
    assert work.own_scores == ""
    work.take_own_scores("[scores.glow]\nlabel = 'Glow'\nlow = 0\nhigh = 10\n")
    assert work.catalogue["glow"].label == "Glow"


def test_a_content_hash_does_not_depend_on_the_order_of_a_mapping() -> None:
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1})
    assert content_hash({"a": 1}) != content_hash({"a": 2})
