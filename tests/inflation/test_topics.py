from __future__ import annotations

import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.inflation.inflation import inflation
from toolkit.inflation.topics import topic_match
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame

CRITERIA = "Plans and runs social media campaigns.\nWrites copy that people read; measures results."


def credited(*topics: str | None, column: str = "topics") -> Cohort:
    frame = pd.DataFrame(
        {
            "candidate_id": [f"c{i}" for i in range(len(topics))],
            "klout": [50.0 + i for i in range(len(topics))],
            column: pd.Series(topics, dtype="str"),
        }
    )
    return cohort_from_frame(frame)


def test_credited_with_juggling() -> None:
    found = topic_match(credited("juggling; rodents", "Social Media, bacon", None), CRITERIA)
    assert found is not None
    assert found.mismatch.tolist() == [True, False, False]
    first, second, third = (found.of(i) for i in range(3))
    assert first is not None
    assert first.sentence == (
        "The score credits juggling and rodents, of which the criteria say nothing."
    )
    assert second is not None
    assert (second.related, second.unrelated) == (("Social Media",), ("bacon",))
    assert third is None


def test_endings_do_not_matter() -> None:
    found = topic_match(credited("campaigning", "copywriting", "measurement"), CRITERIA)
    assert found is not None
    assert found.mismatch.tolist() == [False, True, True]
    assert topic_match(credited("writer"), CRITERIA).mismatch.tolist() == [False]  # type: ignore[union-attr]


def test_it_is_no_part_of_the_suspicion() -> None:
    cohort = credited("juggling", "social media", "korea")
    plain, told = inflation(cohort), inflation(cohort, criteria=CRITERIA)
    assert plain.of("c0").topics is None
    topics = told.of("c0").topics
    assert topics is not None
    assert topics.mismatch
    assert told.of("c0").suspicion == plain.of("c0").suspicion
    assert told.of("c0").to_dict()["topics"] == topics.to_dict()


def test_without_topics_or_words() -> None:
    assert topic_match(credited("x", column="city"), CRITERIA) is None
    with pytest.raises(InputError, match="no words"):
        topic_match(credited("juggling"), "The, of and …")


def test_twenty_thousand_candidates() -> None:
    cohort = credited(*["juggling, social media", "rodents"] * 10_000)
    found = topic_match(cohort, CRITERIA)
    assert found is not None
    assert int(found.mismatch.sum()) == 10_000
