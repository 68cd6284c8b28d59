from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint
from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.influence.campaign import buy_followers
from toolkit.influence.stress import stress
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen
from toolkit.ui.components.noise_picture import (
    DRAWN_AT_MOST,
    NOT_SELECTED,
    SELECTED,
    noise_points,
)
from toolkit.ui.components.stress_tables import campaign_frame, noise_frame
from toolkit.ui.pages import stress as page

ASSUMED = "assumed: a tenth of the spread among candidates"


def said_on(test: AppTest) -> str:
    return words(test).replace("\\", "")


def club() -> tuple[Cohort, Screen]:
    """One place for the best portfolio among those with a Klout of at least 50."""
    frame = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c", "d"],
            "name": ["Ann", "Bo", "Cy", "Di"],
            "klout": [55.0, 80.0, 45.0, 20.0],
            "portfolio": [5.0, 3.0, 4.0, 1.0],
        }
    )
    rule = Screen.from_toml(
        'name = "Club"\nplaces = 1\n[[gates]]\nsignal = "klout"\nat_least = 50\n'
        "[weights]\nportfolio = 1.0\n"
    )
    return cohort_from_frame(frame), rule


def test_ten_points_less_cost_the_best_portfolio_its_place_unless_the_gate_moves_too() -> None:
    test = opened(page.page, at_work(*club()))
    rescaled = test.table[0].value
    october = rescaled[rescaled["Change"].str.contains("points lower")]
    # Ann falls to 45, below the gate of 50; Bo, at 70, stays above it.
    assert october["Threshold"].tolist() == ["stays", "moves along"]
    assert october["Flips"].tolist() == ["2", "0"]
    assert [one.replace("\\", "") for one in october["Would lose a place"]] == ["a · Ann", "nobody"]
    assert [one.replace("\\", "") for one in october["Would win a place"]] == ["b · Bo", "nobody"]
    assert "Measured again, the scores would change" in said_on(test)


def test_without_noise_every_decision_is_certain() -> None:
    cohort, rule = club()
    points = noise_points(cohort, stress(cohort, rule, draws=20, noise={"klout": 0.0}))
    assert points["label"].tolist()[0] == "a · Ann"
    assert points["kind"].tolist() == [SELECTED, *[NOT_SELECTED] * 3]
    assert points["share"].tolist() == [1, 0, 0, 0]
    assert points["share"].between(points["low"], points["high"]).all()


def test_the_noise_is_said_and_can_be_changed() -> None:
    cohort, rule = club()
    test = opened(page.page, at_work(cohort, rule))
    spread = np.std([55, 80, 45, 20]) / 10
    assert f"Noise of Klout: standard deviation {spread:.2f}, {ASSUMED}." in said_on(test)
    (field,) = [one for one in test.number_input if one.label == "Noise of Klout"]
    checked(field.set_value(0.0).run())
    said = said_on(test)
    assert "Noise of Klout: standard deviation 0.00, as given." in said
    assert "would change 0.0 decisions on average" in said
    assert "no candidates are too close to call" in said


def test_the_table_holds_everyone_nearest_to_one_half_first() -> None:
    cohort, rule = agency(200), gated().changed(places=60)
    found = stress(cohort, rule, draws=100)
    frame = noise_frame(cohort, found)
    assert sorted(frame["Candidate"]) == sorted(cohort.candidate_ids)
    assert (frame["Selected in"] - 0.5).abs().is_monotonic_increasing
    share = frame["Selected in"]
    low, high = proportion_confint(np.rint(100 * share), 100, method="wilson")
    np.testing.assert_allclose(frame[["From", "To"]], np.column_stack([low, high]), atol=1e-9)
    close = (frame["From"] <= 0.95) & (frame["To"] >= 0.05)
    assert frame["Too close to call"].tolist() == np.where(close, "yes", "no").tolist()
    points = noise_points(cohort, found)
    never_certain = int(share.between(0, 1, inclusive="neither").sum())
    assert min(never_certain, DRAWN_AT_MOST) <= len(points) <= DRAWN_AT_MOST
    assert points["share"].is_monotonic_decreasing
    assert points["share"].iloc[0] > points["share"].iloc[-1]


def chosen(test: AppTest, label: str, value: str) -> AppTest:
    (box,) = [one for one in test.selectbox if one.label == label]
    return checked(box.set_value(value).run())


def test_a_change_of_ones_own_stands_above_those_on_record() -> None:
    test = opened(page.page, at_work(*club()))
    assert not [row for row in test.table[0].value["When"] if "supposed" in row]
    chosen(test, "Change", "points")
    first = test.table[0].value.iloc[0]
    # Ten points less, as in October 2011: the field begins there.
    assert (first["When"], first["Change"], first["Flips"]) == (
        "yours, supposed",
        "10 points lower",
        "2",
    )
    (field,) = [one for one in test.number_input if one.label == "Points"]
    checked(field.set_value(-5.0).run())
    assert test.table[0].value.iloc[0]["Flips"] == "0"
    chosen(test, "Change", "bent")
    (field,) = [one for one in test.text_input if one.label == "Old and new scores"]
    checked(field.set_value("50:30, 80:80").run())
    first = test.table[0].value.iloc[0]
    assert (first["Change"], first["Flips"]) == ("50 becomes 30, 80 becomes 80", "2")
    checked(field.set_value("50:30").run())
    assert "needs two pairs" in test.error[0].value
    chosen(test, "Change", "factor")
    assert test.table[0].value.iloc[0]["Change"] == "times 1\\.1"


def followed() -> tuple[Cohort, Screen]:
    """The follower count is the only signal: whoever buys enough is first."""
    frame = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c"],
            "name": ["Ann", "Bo", "Cy"],
            "followers": [9_000.0, 5_000.0, 100.0],
        }
    )
    accounts = pd.DataFrame(
        {"candidate_id": ["a", "b", "c"], "followers": [9_000.0, 5_000.0, 100.0]}
    )
    cohort = cohort_from_frame(frame, accounts=accounts)
    return cohort, Screen(places=1, weights={"followers": 1.0})


def test_who_could_buy_a_place_depends_on_how_many_are_bought() -> None:
    cohort, rule = followed()
    test = opened(page.page, at_work(cohort, rule))
    assert "2 candidates could buy a place, each alone, and a · Ann would lose it." in said_on(test)
    (field,) = [one for one in test.number_input if one.label == "Followers bought"]
    checked(field.set_value(4_500).run())
    assert "One candidate could buy a place, and a · Ann would lose it." in said_on(test)
    frame = campaign_frame(cohort, buy_followers(cohort, decide(cohort, rule), 4_500))
    assert frame["Name"].tolist() == ["Bo"]
    assert frame.filter(like="would rise by").to_numpy().tolist() == [[4_500.0]]
    assert (
        "With 4,500 more followers, Bo goes in Followers from 5,000 to 9,500 and moves from rank 2 "
        "to 1: the place of Ann is won." in said_on(test)
    )
    chosen(test, "One candidate", "c")
    assert "Cy goes in Followers from 100 to 4,600 and stays at rank 3: not selected" in said_on(
        test
    )
    checked(field.set_value(1).run())
    assert "One bought follower would buy nobody a place." in said_on(test)


def test_unknown_followers_can_move_nobody() -> None:
    said = said_on(opened(page.page, at_work(*club())))
    assert "No candidate's followers are known" in said


def test_nothing_goes_missing_at_nought_percent() -> None:
    test = opened(page.page, at_work(agency(60), gated()))
    (slider,) = [one for one in test.slider if one.label == "Scores missing, in percent"]
    assert not test.table[-1].value["Decisions that would change"][0].startswith("0.0 on")
    checked(slider.set_value(0).run())
    assert test.table[-1].value["Decisions that would change"].tolist() == [
        "0.0 on average (0.0 to 0.0)"
    ]


def test_a_screen_without_scores_has_nothing_to_put_under_stress() -> None:
    test = opened(page.page, at_work(agency(), Screen(places=2, weights={"task": 1})))
    assert "uses no score, so there is nothing to put under stress" in said_on(test)
    assert not test.table


def test_without_candidates_or_screen_it_says_what_to_do_next() -> None:
    assert "There are no candidates yet" in words(opened(page.page))
    assert "There is no screen yet" in words(opened(page.page, at_work(agency())))


@pytest.mark.parametrize("size", [1, 3, 3000])
def test_few_candidates_and_many(size: int) -> None:
    test = opened(page.page, at_work(agency(size), gated()))
    assert "Measured again, the scores would change" in said_on(test)


def test_markup_in_names_is_shown_as_it_stands() -> None:
    cohort, rule = club()
    cohort.candidates.loc["a", "name"] = "![](https://example.org/x.png)"
    test = opened(page.page, at_work(cohort, rule))
    assert "![](https" not in words(test)
    assert "![](https" not in test.table[0].value.to_csv()
