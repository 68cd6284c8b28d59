import numpy as np
import pandas as pd
import pytest

from tests.sample_data.requisition import SAMPLES, rule, selected, table
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.intake.read import read_cohort
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen

SCORES = ["github_stars", "linkedin_ssi", "stackoverflow_reputation"]


@pytest.fixture(scope="module")
def signals():
    scores = table("engineer-2026", "scores")
    tasks = table("engineer-2026", "tasks")
    ids = table("engineer-2026", "candidates").candidate_id
    wide = scores.pivot(index="candidate_id", columns="score", values="value")
    wide = wide.join(
        tasks.pivot(index="candidate_id", columns="task", values="result").add_prefix("task_"),
        how="outer",
    )
    return wide.reindex(ids)


@pytest.fixture(scope="module")
def with_scores(signals):
    return selected(signals, rule("engineer-2026"))


@pytest.fixture(scope="module")
def with_tasks(signals):
    return selected(signals, rule("engineer-2026", "evidence-screen"))


def rates(chosen: list[str], attribute: str) -> pd.Series:
    """Selection rate of each group of at least 30, as a share of the highest."""
    groups = table("engineer-2026", "groups").set_index("candidate_id")[attribute]
    sizes = groups.value_counts()
    rate = pd.Series(groups.index.isin(chosen), groups.index).groupby(groups).mean()
    rate = rate[sizes[sizes >= 30].index]
    return rate / rate.max()


def test_four_hundred_people_and_forty_places(signals, with_scores, with_tasks):
    assert len(signals) == 400
    assert len(with_scores) == len(with_tasks) == 40
    assert set(SCORES) < set(signals.columns)
    assert len(set(with_scores) & set(with_tasks)) < 25


def test_the_screens_decide_as_worked_out_by_hand(signals):
    roles = dict.fromkeys(["task_code_review", "task_debugging"], "evidence")
    cohort = cohort_from_frame(signals, roles=roles)
    for name in ("screen", "evidence-screen"):
        written = rule("engineer-2026", name)
        decisions = decide(cohort, Screen.model_validate(written))
        chosen = [i for i, yes in zip(signals.index, decisions.selected, strict=True) if yes]

        by_hand = selected(signals, {**written, "places": 400})
        tied = {i for i, t in zip(signals.index, decisions.tied_at_cut, strict=True) if t}
        assert set(chosen) - tied == set(by_hand[:40]) - tied


def test_scores_select_fewer_women_and_the_tasks_do_not(with_scores, with_tasks):
    assert rates(with_scores, "sex")["Female"] < 0.65
    assert rates(with_tasks, "sex").min() >= 0.80


def test_scores_select_fewer_of_two_ethnic_groups_and_the_tasks_do_not(with_scores, with_tasks):
    by_scores = rates(with_scores, "ethnicity")

    assert by_scores["Black or African American"] < 0.65
    assert by_scores["Hispanic or Latino"] < 0.75
    assert rates(with_tasks, "ethnicity").min() >= 0.80


def test_some_groups_are_too_small_and_some_membership_is_unknown():
    groups = table("engineer-2026", "groups")

    assert groups.sex.value_counts()["Non-binary"] == 7
    assert groups.ethnicity.value_counts()["Native American"] == 6
    assert groups.isna().sum().tolist() == [0, 21, 32, 10, 32]


def test_nine_people_gained_most_of_their_stars_within_two_months(signals, with_scores):
    history = table("engineer-2026", "score_history")
    totals = history.pivot(index="candidate_id", columns="date", values="value")
    new = totals.diff(axis=1).iloc[:, 1:]
    peak = new.to_numpy().argmax(axis=1)
    rows = np.arange(len(new))
    before = new.to_numpy()[rows, np.maximum(peak - 1, 0)]
    sudden = new[(new.max(axis=1) >= 100) & (before < 0.1 * new.max(axis=1))]

    assert len(totals) == 60
    assert totals.shape[1] == 18
    assert (new.to_numpy() >= 0).all()
    assert len(sudden) == 9
    share = (sudden.max(axis=1) * 1.27) / signals.github_stars[sudden.index]
    assert share.between(0.6, 1.0).all()
    assert len(set(sudden.index) & set(with_scores)) >= 3


def test_the_last_month_of_a_history_is_the_score(signals):
    history = table("engineer-2026", "score_history")
    last = history.sort_values("date").groupby("candidate_id").value.last()

    assert (last == signals.github_stars[last.index]).all()


def test_each_candidate_is_rated_by_two_or_three_of_five_reviewers():
    ratings = table("engineer-2026", "ratings")
    panels = ratings.groupby("candidate_id").reviewer.nunique()

    assert sorted(ratings.reviewer.unique()) == ["R1", "R2", "R3", "R4", "R5"]
    assert set(panels) == {2, 3}
    assert ratings.rating.between(1, 5).all()
    assert not ratings.duplicated(["candidate_id", "criterion", "reviewer"]).any()
    means = ratings.groupby("reviewer").rating.mean()
    assert means["R1"] == means.min()
    assert means["R3"] == means.max()
    assert means["R3"] - means["R1"] > 0.7


def test_tasks_go_with_later_results_and_stars_hardly_do(signals):
    later = table("engineer-2026", "outcomes").set_index("candidate_id").performance_12m
    known = signals.loc[later.index]

    assert known.task_code_review.corr(later, method="spearman") > 0.35
    assert known.task_debugging.corr(later, method="spearman") > 0.35
    assert abs(known.github_stars.corr(later, method="spearman")) < 0.25


def test_every_table_names_candidates_only(signals):
    for name in ("accounts", "scores", "followers", "groups", "outcomes", "portfolio", "ratings"):
        assert set(table("engineer-2026", name).candidate_id) <= set(signals.index), name


def test_half_of_the_sampled_audiences_are_mostly_made_of_silent_followers():
    followers = table("engineer-2026", "followers")
    silent = (followers.following > 5 * followers.followers) & (followers.posts <= 3)
    share = silent.groupby(followers.candidate_id).mean()

    assert followers.groupby("candidate_id").size().tolist() == [40] * 8
    assert sorted(share > 0.2) == [False] * 4 + [True] * 4


def test_the_screens_fit_the_folder_as_it_is_read():
    cohort = read_cohort(SAMPLES / "engineer-2026")
    for name in ("screen", "evidence-screen"):
        screen = Screen.read(SAMPLES / "engineer-2026" / f"{name}.toml")
        assert int(decide(cohort, screen).selected.sum()) == 40
