from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.inflation.repository_events import EVENTS, repository_events, repository_features


def table(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Rows of a name and eight counts, numbered as in a spreadsheet."""
    frame = pd.DataFrame(list(rows), columns=["repository", *EVENTS])
    return frame.set_axis(range(2, 2 + len(rows)))


def test_proportions_by_hand() -> None:
    read = repository_events(table(("a", 60, 30, 6, 12, 3, 6, 3, 0)))
    features = {name: x.item() for name, x in repository_features(read.counts).items()}
    assert features == {
        "stars_share": 0.5,
        "forks_per_star": 0.5,
        "issues_per_star": 0.1,
        "comments_per_star": 0.2,
        "pull_requests_per_star": 0.05,
        "pushes_per_star": 0.1,
        "branches_per_star": 0.05,
        "releases_per_star": 0.0,
    }


@given(st.lists(st.integers(0, 10_000), min_size=8, max_size=8), st.sampled_from([2, 8, 1024]))
@settings(max_examples=60)
def test_size_alone_changes_nothing(counts: list[int], times: int) -> None:
    small = {name: np.array([float(c)]) for name, c in zip(EVENTS, counts, strict=True)}
    large = {name: times * c for name, c in small.items()}
    before, after = repository_features(small), repository_features(large)
    for name, value in before.items():
        assert after[name] == pytest.approx(value, nan_ok=True)


def test_names_of_the_public_record_are_understood() -> None:
    frame = table(("a", "1,200", 3, 0, 0, 0, 2, 1, 0))
    events = ["Watch", "Fork", "Issues", "IssueComment", "PullRequest", "Push", "Create", "Release"]
    frame.columns = pd.Index(["repo_name", *(f"{event}Event" for event in events)])
    read = repository_events(frame)
    assert read.names.tolist() == ["a"]
    assert read.counts["stars"].tolist() == [1200]
    assert read.counts["branches"].tolist() == [1]


def test_every_bad_row_is_named() -> None:
    with pytest.raises(InputError) as caught:
        repository_events(
            table(
                ("a", 60, -3, 0, 0, 0, 0, 0, 0),
                ("a", 60, 3, 0, 0, 0, 0, 0, 0),
                (None, 60, 3, 0, 0, 0, 0, 0, 0),
                ("b", 60, 3, None, 0, 0, 0, 0, 0),
            ),
            file="r.csv",
        )
    said = str(caught.value)
    assert "row 2, column 'forks': '-3" in said
    assert "is negative" in said
    assert "row 3, column 'repository': 'a' stands in an earlier row too" in said
    assert "row 4, column 'repository': '(empty)' names no repository" in said
    assert "row 5, column 'issues': '(empty)' is not a count" in said


def test_few_stars_are_told_and_not_judged() -> None:
    read = repository_events(table(("a", 49, *[0] * 7), ("b", 50, *[0] * 7)))
    assert read.judged.tolist() == [False, True]
    (issue,) = read.issues
    assert (issue.level, issue.row) == ("warning", 2)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match="no column for 'pushes'"):
        repository_events(table(("a", *[60] * 8)).drop(columns="pushes"))


def test_no_rows() -> None:
    with pytest.raises(InputError, match="no rows"):
        repository_events(table())
