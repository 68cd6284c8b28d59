from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.influence.reference_validities import reference_validities
from toolkit.influence.worth import worth
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen
from toolkit.ui.components.correlation_picture import correlation_frame, reference_frame
from toolkit.ui.pages import worth as page


def test_the_page_says_what_the_score_says_about_the_work() -> None:
    cohort = agency(40)
    test = opened(page.page, at_work(cohort, gated()))
    said = words(test).replace("\\", "")
    expected = stats.pearsonr(cohort.signals["klout"], cohort.signals["portfolio"]).statistic
    shown = f"{abs(expected):.2f}".removeprefix("0")
    assert f"Klout's correlation with Portfolio is {'−' if expected < 0 else ''}{shown}" in said
    assert "Does it go with Portfolio?" in said
    table = test.table[0].value
    assert table["Candidates with both"].tolist() == ["40 of 40"]
    assert shown in table["Pearson"][0]


def test_another_criterion_is_chosen() -> None:
    test = opened(page.page, at_work(agency(40), gated()))
    picker = next(one for one in test.selectbox if one.label == "Measured against")
    assert picker.options == ["Portfolio (evidence)", "Task (evidence)"]
    checked(picker.set_value("task").run())
    assert "Does it go with Task?" in words(test)


def test_without_a_screen_all_scores_are_measured() -> None:
    test = opened(page.page, at_work(agency(30)))
    assert test.table[0].value["Score"].tolist() == ["Klout"]
    assert "the screen as it is" not in words(test).lower()


@pytest.mark.parametrize("size", [1, 3, 12])
def test_few_candidates_get_sentences_instead_of_figures(size: int) -> None:
    said = words(opened(page.page, at_work(agency(size), gated())))
    assert "at least 20 are needed" in said.replace("\\", "")
    assert ("too few, or too alike, for a correlation" in said) == (size < 4)


def test_nothing_to_measure_against_says_what_to_do() -> None:
    cohort = cohort_from_frame(pd.DataFrame({"klout": [50.0, 60.0]}))
    said = words(opened(page.page, at_work(cohort, Screen(places=1, weights={"klout": 1}))))
    assert "There is nothing to measure a score against" in said
    assert "There are no candidates yet" in words(opened(page.page))


def test_the_picture() -> None:
    draw = np.random.default_rng(1)
    frame = pd.DataFrame(
        {"klout": draw.normal(50, 10, 30), "kred": np.full(30, 5.0), "task": draw.normal(size=30)}
    )
    found = worth(cohort_from_frame(frame))
    own = correlation_frame(found.pairs)
    assert own["score"].tolist() == ["Klout"]
    assert own["low"][0] < own["r"][0] < own["high"][0]
    published = reference_frame(reference_validities())
    assert len(published) == 21
    assert published["r"].max() == 0.54


def test_markup_in_labels_is_shown_as_it_stands() -> None:
    draw = np.random.default_rng(2)
    frame = pd.DataFrame({"klout": draw.normal(50, 9, 30), "task *x*": draw.normal(size=30)})
    cohort = cohort_from_frame(frame, roles={"task *x*": "evidence"})
    said = words(opened(page.page, at_work(cohort)))
    assert "Task *x*" not in said
    assert "Task \\*x\\*" in said


def test_whom_it_would_select_beside_evidence_on_the_same_candidates() -> None:
    cohort, rule = agency(40), gated()
    test = opened(page.page, at_work(cohort, rule))
    quality = next(one.value for one in test.table if "Selected by" in one.value)
    assert quality["Selected by"].tolist() == [
        "the score alone",
        "evidence alone",
        "evidence and the score",
    ]
    screen = next(one.value for one in test.table if "The screen" in one.value)
    assert screen["The screen"].tolist() == ["As it is", "Without Klout"]
    portfolio = cohort.signals["portfolio"]
    best = (
        rule.weights["portfolio"] * (portfolio - portfolio.mean()) / portfolio.std()
        + rule.weights["task"]
        * (cohort.signals["task"] - cohort.signals["task"].mean())
        / cohort.signals["task"].std()
    ).nlargest(3)
    assert screen["Mean of those selected"][1] == f"{portfolio[best.index].mean():.2f}"
    # The screen looks at the portfolio itself.
    assert screen["Would do well"].tolist() == ["–", "–"]


def quality(test: AppTest) -> pd.DataFrame:
    return next(one.value for one in test.table if "Selected by" in one.value)


def field(test: AppTest, label: str) -> NumberInput:
    return next(one for one in test.number_input if one.label == label)


def test_how_many_would_do_well_and_how_many_are_taken_can_be_changed() -> None:
    cohort, rule = agency(40), gated()
    test = opened(page.page, at_work(cohort, rule))
    base, taken = (
        field(test, label)
        for label in ("Would do well, in percent of all", "Taken, in percent of all")
    )
    assert (base.value, taken.value) == (50.0, 7.5)  # three places for forty
    portfolio = cohort.signals["portfolio"]
    level = min(sorted(set(portfolio)), key=lambda one: abs((portfolio >= one).mean() - 0.5))
    share = 100 * (portfolio >= level).mean()
    assert (
        f"Of the 40 candidates whose Portfolio is known, {share:.0f} % reach {level:g} or more."
        in words(test).replace("\\", "")
    )
    checked(base.set_value(99.0).run())
    assert "100 % reach 1 or more" in words(test)
    checked(base.set_value(30.0).run())
    checked(taken.set_value(20.0).run())
    r = stats.pearsonr(cohort.signals["klout"], portfolio).statistic
    both = stats.multivariate_normal(cov=[[1, r], [r, 1]])
    well = both.cdf([stats.norm.ppf(0.3), stats.norm.ppf(0.2)]) / 0.2
    assert quality(test)["Would do well"][0].startswith(f"{100 * well:.0f} %")
    assert "The top 20 % are taken, and 30 % of all candidates would do well" in words(test)


def test_of_a_result_of_yes_and_no_the_share_of_yes_is_where_the_field_begins() -> None:
    draw = np.random.default_rng(3)
    frame = pd.DataFrame({"klout": draw.normal(50, 9, 40), "stayed": [1.0] * 30 + [0.0] * 10})
    cohort = cohort_from_frame(frame, outcomes=["stayed"])
    test = opened(page.page, at_work(cohort))
    assert field(test, "Would do well, in percent of all").value == 75
    assert field(test, "Taken, in percent of all").value == 20
    said = words(test).replace("\\", "")
    assert "Of the 40 candidates whose Stayed is known, 75 % reach 1 or more." in said
