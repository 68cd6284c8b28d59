from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.inflation.examples import cohort_of
from toolkit.errors import InputError
from toolkit.inflation.dismissal import Dismissal
from toolkit.inflation.dismissal_file import dismissals_text, read_dismissals
from toolkit.inflation.inflation import inflation

DAY = dt.date(2026, 11, 22)
SILENT = {"followers": 1_000_000, "following": 0, "posts": 1}
ENTRY = {
    "candidate_id": "ann",
    "detectors": ["bought_followers"],
    "reason": "A singer.",
    "date": "2026-11-22",
    "reviewer": None,
}


def test_what_the_page_downloads_is_read_back() -> None:
    found = inflation(cohort_of(SILENT, {"followers": 400, "following": 300, "posts": 900}))
    answers = {"ann": found.dismiss("ann", "A singer.", DAY, "Jo Lee")}
    downloaded = json.dumps(found.with_dismissals(answers).to_dict())
    assert read_dismissals(downloaded) == answers


def test_the_answers_alone() -> None:
    answers = {
        "ann": Dismissal("ann", ("bought_followers", "automated"), "Été – known.", DAY, "Jo"),
        "bo": Dismissal("bo", ("growth_spike",), "A launch.", DAY),
    }
    assert read_dismissals(dismissals_text(answers)) == answers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing", "is not JSON"),
        ("[]", "neither 'dismissals' nor 'accounts'"),
        ('{"dismissals": ["ann"]}', "'ann' is no dismissal"),
        ({"candidate_id": None}, "dismissal 1: 'candidate_id' is missing"),
        ({"detectors": ["guess"]}, "candidate 'ann': 'detectors' is"),
        ({"detectors": [{}]}, "candidate 'ann': 'detectors' is"),
        ({"reason": ""}, "write what speaks against it"),
        ({"reason": 5}, "are texts"),
        ({"date": "autumn"}, "'date' is 'autumn'. Write it as"),
    ],
)
def test_what_cannot_be_used_is_told(text: str | dict[str, object], said: str) -> None:
    if isinstance(text, dict):
        text = json.dumps({"dismissals": [ENTRY | text]})
    with pytest.raises(InputError, match=said):
        read_dismissals(text, "a.json")


def test_the_same_candidate_twice() -> None:
    with pytest.raises(InputError, match="dismissal 2: 'ann' is dismissed earlier too"):
        read_dismissals(json.dumps({"dismissals": [ENTRY, ENTRY]}))


def test_why_an_answer_does_not_stand() -> None:
    found = inflation(cohort_of(SILENT))
    answers = {
        "ann": Dismissal("ann", ("automated",), "A team.", DAY),
        "zoe": Dismissal("zoe", ("automated",), "A team.", DAY),
    }
    after = found.with_dismissals(answers)
    assert after.dismissals == {}
    assert after.not_standing(answers) == [
        "the dismissal for 'ann' is left out: another detector flags the candidate now, which "
        "nobody has looked at.",
        "the dismissal for 'zoe' is left out: there is no such candidate.",
    ]
