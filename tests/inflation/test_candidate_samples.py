from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.inflation.examples import cohort_of
from toolkit.errors import InputError, UnknownName
from toolkit.inflation.candidate_samples import candidate_samples, samples_of_tables
from toolkit.inflation.followers import Followers, followers
from toolkit.inflation.inflation import inflation
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.intake.raw_table import RawTable

SOLD = {"followers": "3", "following": "4200", "posts": "0", "has_picture": "0", "has_bio": "0"}
REAL = {"followers": "420", "following": "380", "posts": "95", "has_picture": "1", "has_bio": "1"}
ORDINARY = {"followers": 900, "following": 280, "posts": 900, "has_picture": True, "has_bio": True}


def rows(sold: int, real: int, who: str = "") -> pd.DataFrame:
    frame = pd.DataFrame([SOLD] * sold + [REAL] * real)
    return frame.assign(candidate_id=who) if who else frame


def table(frame: pd.DataFrame, file: str) -> RawTable:
    return RawTable(file, None, frame.set_axis(range(2, len(frame) + 2)))


def with_samples(*samples: pd.DataFrame) -> Cohort:
    ids = ["ann", "bo"]
    accounts = pd.DataFrame([{"candidate_id": who, **ORDINARY} for who in ids])
    return cohort_from_frame(
        pd.DataFrame(index=pd.Index(ids)),
        accounts=accounts,
        follower_samples=pd.concat(samples, ignore_index=True),
    )


def test_a_sample_of_fakes_is_a_reason_beside_an_ordinary_account() -> None:
    draw = pd.concat([rows(1, 0)] * 380 + [rows(0, 1)] * 20)
    cohort = cohort_of(ORDINARY, ORDINARY)
    alone, found = inflation(cohort), inflation(cohort, samples={"ann": unlike_never(draw)})
    ann, bo = found.of("ann"), found.of("bo")
    assert not alone.of("ann").flagged
    assert ann.flagged
    assert "Of 400 sampled followers about" in ann.reasons[0]
    assert "onsistent with bought followers" in ann.reasons[0]
    # What the account says is not swept aside.
    assert any("does not look like one that is sold" in text for text in ann.against)
    assert any("drawn in another way" in text for text in ann.would_change)
    assert bo == alone.of("bo")


def unlike_never(frame: pd.DataFrame) -> Followers:
    """The sample, taken as one of accounts like those of the training data."""
    return replace(followers(frame), distance=0.0)


def test_few_fakes_speak_against_a_flag_of_the_account_and_do_not_take_it_away() -> None:
    ring = {"followers": 100_000, "following": 150_000, "posts": 4_000}
    alone = inflation(cohort_of(ring)).of("ann")
    found = inflation(cohort_of(ring), samples={"ann": unlike_never(rows(0, 2_000))}).of("ann")
    assert (alone.flagged, found.flagged) == (True, True)
    assert found.suspicion == alone.suspicion
    assert found.against[0].startswith("Of 2,000 sampled followers about 0 %")


def test_a_sample_too_small_raises_no_alarm_and_asks_for_a_larger_one() -> None:
    found = inflation(cohort_of(ORDINARY), samples={"ann": unlike_never(rows(2, 4))}).of("ann")
    assert not found.flagged
    assert any("too unsure" in text for text in found.against)
    assert "A larger sample of the followers." in found.would_change


def test_one_unlike_the_training_data_counts_neither_way() -> None:
    odd = followers(pd.DataFrame([{**SOLD, "followers": "9000000"}] * 300))
    assert odd.unlike
    alone = inflation(cohort_of(ORDINARY)).of("ann")
    found = inflation(cohort_of(ORDINARY), samples={"ann": odd}).of("ann")
    assert (found.suspicion, found.reasons) == (alone.suspicion, alone.reasons)
    assert "count neither way" in found.against[0]


def test_a_sample_is_enough_where_no_account_is_known() -> None:
    cohort = cohort_from_frame(pd.DataFrame({"klout": [50.0]}, index=pd.Index(["ann"])))
    assert inflation(cohort).of("ann").bought_followers is None
    sample = unlike_never(rows(380, 20))
    assert (inflation(cohort, samples={"ann": sample}).of("ann").bought_followers or 0) > 0.9


def test_samples_that_came_with_the_candidates_are_used() -> None:
    cohort = with_samples(rows(30, 70, "bo"), rows(1, 99, "ann"))
    found = candidate_samples(cohort)
    assert {who: int(sample.counted.sum()) for who, sample in found.items()} == {"bo": 30, "ann": 1}
    assert any("100 sampled followers" in text for text in inflation(cohort).of("bo").against)
    # One that is brought apart takes the place of the one that came along.
    brought = inflation(cohort, samples={"bo": unlike_never(rows(0, 7))}).of("bo")
    assert any("7 sampled followers" in text for text in brought.against)


def test_a_sample_without_counts_says_nothing() -> None:
    empty = rows(3, 0, "ann").assign(following=None)
    assert candidate_samples(with_samples(empty, rows(1, 1, "bo"))).keys() == {"bo"}


def test_tables_by_code_and_by_name() -> None:
    ids = pd.Index(["ann", "bo", "cem"])
    both = pd.concat([rows(3, 7, "ann"), rows(0, 5, "bo")])
    found = samples_of_tables([table(both, "all.csv"), table(rows(1, 1), "dir/cem.csv")], ids)
    assert {who: sample.n for who, sample in found.items()} == {"ann": 10, "bo": 5, "cem": 2}


@pytest.mark.parametrize(
    ("tables", "error", "said"),
    [
        ([table(rows(1, 1), "dee.csv")], UnknownName, "no candidate 'dee'"),
        ([table(rows(1, 1), "ann.csv")] * 2, InputError, "already"),
        ([table(pd.DataFrame({"a": ["1"]}), "ann.csv")], InputError, "found: 'a'"),
        (
            [table(pd.concat([rows(1, 0, "ann"), rows(1, 0)]), "all.csv")],
            InputError,
            "row 3, column 'candidate_id': no candidate is named",
        ),
        (
            [table(rows(1, 1).assign(followers=["5", "-2"]), "ann.csv")],
            InputError,
            "row 3, column 'followers': '-2' is negative",
        ),
    ],
)
def test_bad_tables_are_told(tables: list[RawTable], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        samples_of_tables(tables, pd.Index(["ann", "bo"]))


def test_a_sample_of_a_stranger_is_told() -> None:
    with pytest.raises(UnknownName, match="no candidate 'zoe'"):
        inflation(cohort_of(ORDINARY), samples={"zoe": followers(rows(1, 1))})
