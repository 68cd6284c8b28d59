from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest

from tests.inflation.examples import cohort_of
from toolkit.errors import InputError, UnknownName
from toolkit.inflation.inflation import Inflation, inflation

DAY = dt.date(2026, 11, 22)
SILENT = {"followers": 1_000_000, "following": 0, "posts": 1}
USUAL = {"followers": 400, "following": 300, "posts": 900}


def judged() -> Inflation:
    return inflation(cohort_of(SILENT, USUAL))


def test_a_dismissal_speaks_against_the_flag_and_changes_no_figure() -> None:
    found = judged()
    answer = found.dismiss("ann", "A singer who moved here from television.", DAY, "Jo Lee")
    after = found.with_dismissals({"ann": answer})
    ann = after.of("ann")
    assert ann.against[0] == (
        "Dismissed by Jo Lee on 2026-11-22: “A singer who moved here from television.”"
    )
    assert ann.dismissed == answer
    assert (ann.flagged, ann.suspicion) == (found.of("ann").flagged, found.of("ann").suspicion)
    assert np.array_equal(after.flagged, found.flagged)
    assert after.of("bo") == found.of("bo")


def test_it_stands_in_the_json() -> None:
    found = judged()
    data = found.with_dismissals({"ann": found.dismiss("ann", "Known.", DAY)}).to_dict()
    json.dumps(data)
    accounts = {a["candidate_id"]: a for a in data["accounts"]}  # type: ignore[attr-defined]
    assert data["dismissed"] == 1
    assert accounts["ann"]["dismissed"] == {
        "detectors": ["bought_followers"],
        "reason": "Known.",
        "date": "2026-11-22",
        "reviewer": None,
    }
    assert accounts["bo"]["dismissed"] is None


def test_a_new_finding_has_to_be_looked_at_again() -> None:
    found = judged()
    answer = found.dismiss("ann", "Known.", DAY)
    other = answer.__class__("ann", ("automated",), "Known.", DAY)
    assert found.with_dismissals({"ann": other}) is found
    assert answer.covers(())
    assert not answer.covers(("bought_followers", "automated"))


def test_it_can_be_taken_back() -> None:
    found = judged()
    after = found.with_dismissals({"ann": found.dismiss("ann", "Known.", DAY)})
    back = after.with_dismissals({})
    assert back.to_dict() == found.to_dict()


def test_a_candidate_of_another_cohort_is_left_out() -> None:
    found = judged()
    answer = found.dismiss("ann", "Known.", DAY)
    assert found.with_dismissals({"zoe": answer}) is found


def test_what_is_no_dismissal() -> None:
    found = judged()
    with pytest.raises(InputError, match="for a reason"):
        found.dismiss("ann", "  ", DAY)
    with pytest.raises(InputError, match="1,000 or fewer"):
        found.dismiss("ann", "x" * 1_001, DAY)
    with pytest.raises(InputError, match="no flag"):
        found.dismiss("bo", "Known.", DAY)
    with pytest.raises(UnknownName, match="zoe"):
        found.dismiss("zoe", "Known.", DAY)
