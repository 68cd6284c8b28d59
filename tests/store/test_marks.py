from __future__ import annotations

import pytest

from tests.store.panel_team import RUBRIC, criterion
from toolkit.errors import StoreError, UnknownName
from toolkit.review.rubric import Rubric
from toolkit.store.marks import Mark, checked_mark

GOOD = Mark(4, False, "Goals have figures and dates.", 3)


def test_a_mark_is_kept_with_a_tidy_note() -> None:
    assert checked_mark(RUBRIC, "plan", Mark(4, note="  Goals have dates. ", confidence=3)) == Mark(
        4, False, "Goals have dates.", 3
    )
    assert Mark(note="Not decided yet.").is_empty


def test_marks_that_cannot_be_given() -> None:
    for mark, message in (
        (Mark(6), "6 is not a rating"),
        (Mark(0), "0 is not a rating"),
        (Mark(3, no_basis=True), "not both"),
        (Mark(3, confidence=4), "how sure"),
    ):
        with pytest.raises(StoreError, match=message):
            checked_mark(RUBRIC, "plan", mark)
    with pytest.raises(UnknownName, match="no criterion 'poise'"):
        checked_mark(RUBRIC, "poise", GOOD)
    strict = Rubric("R", "1", (criterion("plan", "Plan", no_basis_allowed=False),))
    with pytest.raises(StoreError, match="every piece of work"):
        checked_mark(strict, "plan", Mark(no_basis=True))
