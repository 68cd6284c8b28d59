from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from toolkit.estimate import Estimate
from toolkit.review.independence import (
    APART,
    ONE_THING,
    PERHAPS,
    UNKNOWN,
    Overlap,
    overlaps,
    same_saying,
)
from toolkit.review.ratings import ratings_of
from toolkit.review.rubric import Criterion, Rubric, rubric_templates


def rubric_of(*pairs: tuple[str, str]) -> Rubric:
    return Rubric(
        "R",
        "1",
        tuple(
            Criterion(f"c{n}", label, definition, "Job.", 1.0, ("a", "b", "c"))
            for n, (label, definition) in enumerate(pairs)
        ),
    )


def rated(first: np.ndarray, second: np.ndarray) -> pd.DataFrame:
    """Two criteria, each a table of candidates by reviewers."""
    tables = {"first": first, "second": second}
    rows = [
        (f"c{i}", f"r{j}", name, table[i, j])
        for name, table in tables.items()
        for i, j in np.argwhere(~np.isnan(table))
    ]
    return pd.DataFrame(rows, columns=["candidate", "reviewer", "criterion", "value"])


def overlap_of(first: np.ndarray, second: np.ndarray) -> Overlap:
    frame = rated(first, second)
    (found,) = overlaps(
        ratings_of(frame["candidate"], frame["reviewer"], frame["value"], frame["criterion"])
    )
    return found


def test_two_names_for_one_criterion() -> None:
    (found,) = same_saying(
        rubric_of(
            ("Teamwork", "Works well with colleagues and shares information."),
            ("Collaboration", "Shares information and works together with colleagues."),
            ("Accuracy", "Whether figures are right and sourced."),
        )
    )
    assert (found.first, found.second) == ("Teamwork", "Collaboration")
    assert 0.35 <= found.similarity <= 1
    assert "'Teamwork' and 'Collaboration' say much the same" in found.sentence


@pytest.mark.parametrize("name", rubric_templates())
def test_the_shipped_rubrics_say_each_thing_once(name: str) -> None:
    assert same_saying(rubric_templates()[name]) == ()


def test_a_criterion_copied_is_found_whatever_its_weight() -> None:
    rubric = rubric_templates()["data_task"]
    twin = replace(rubric.criteria[1], key="again", weight=1.0)
    (found,) = same_saying(replace(rubric, criteria=(*rubric.criteria, twin)))
    assert found.first == found.second == rubric.criteria[1].label
    assert found.similarity == pytest.approx(1)


def test_one_criterion_is_like_no_other() -> None:
    assert same_saying(rubric_of(("Clarity", "How easily the reader follows."))) == ()


def test_the_correlation_is_that_of_the_candidates_means() -> None:
    draw = np.random.default_rng(1)
    first, second = draw.integers(1, 6, (2, 30, 3)).astype(float)
    found = overlap_of(first, second)
    expected = stats.pearsonr(first.mean(axis=1), second.mean(axis=1))
    interval = expected.confidence_interval(0.95)
    assert found.candidates == 30
    assert found.correlation.value == pytest.approx(expected.statistic)
    assert found.correlation.low == pytest.approx(interval.low)
    assert found.correlation.high == pytest.approx(interval.high)


def test_only_reviewers_who_rated_both_count() -> None:
    draw = np.random.default_rng(2)
    first, second = draw.normal(3, 1, (2, 20, 3))
    first[:, 2], second[5, 0] = np.nan, np.nan
    found = overlap_of(first, second)
    both = ~(np.isnan(first) | np.isnan(second))
    means = [np.where(both, one, 0).sum(1) / both.sum(1) for one in (first, second)]
    assert found.correlation.value == pytest.approx(stats.pearsonr(*means).statistic)


@pytest.mark.parametrize(
    ("estimate", "verdict", "said"),
    [
        (Estimate(0.95, 0.90, 0.98), ONE_THING, "measure one thing (correlation 0.95, between"),
        (Estimate(0.90, 0.70, 0.97), PERHAPS, "more ratings will tell"),
        (Estimate(0.60, 0.10, 0.88), APART, "are told apart"),
        (Estimate(0.40, 0.10, 0.60), APART, "are told apart"),
        (Estimate(1.0, why="exact"), ONE_THING, "measure one thing"),
        (Estimate.none("Too few."), UNKNOWN, "cannot be compared. Too few."),
    ],
)
def test_what_is_said(estimate: Estimate, verdict: str, said: str) -> None:
    found = Overlap("a", "b", 30, estimate)
    assert found.verdict == verdict
    assert said in found.sentence
    assert found.to_dict()["verdict"] == verdict


def test_one_criterion_and_words_have_no_overlap() -> None:
    assert overlaps(ratings_of(["c1", "c2"], ["a", "a"], [1, 2])) == ()
    assert overlaps(ratings_of(["c1", "c1"], ["a", "a"], ["x", "y"], ["p", "q"])) == ()
