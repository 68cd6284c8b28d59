from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.influence.sweep import sweep
from toolkit.influence.sweep_pair import sweep_pair
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen
from toolkit.ui.components.sweep_figure import FIGURES
from toolkit.ui.components.sweep_grid import cutoff_name, grid_of_one, grid_of_two
from toolkit.ui.components.sweep_picture import (
    coarse_frame,
    current_words,
    sweep_frame,
)
from toolkit.ui.pages import sweep as page

FLIPS, EVIDENCE, _, RATIO = FIGURES


def said_on(test: AppTest) -> str:
    return words(test).replace("\\", "")


def pick(test: AppTest, label: str, value: str) -> AppTest:
    (box,) = [one for one in test.selectbox if one.label == label]
    return checked(box.set_value(value).run())


def pair() -> tuple[Cohort, Screen]:
    """One place: the better portfolio against the higher Klout, far apart alike."""
    frame = pd.DataFrame(
        {"candidate_id": ["a", "b"], "klout": [80.0, 40.0], "portfolio": [2.0, 5.0]}
    )
    return cohort_from_frame(frame), Screen(places=1, weights={"portfolio": 0.8, "klout": 0.2})


def test_the_map_of_two_candidates_is_drawn_on_the_whiteboard() -> None:
    # Both z-scores are ±1, so Klout takes the place from portfolio above a weight of one half,
    # and at any weight as soon as the cut-off passes b's 40. Beyond a's 80 nobody is selected.
    cohort, rule = pair()
    found = sweep(
        cohort, rule, "klout", weights=[0, 20, 49, 51, 100], cutoffs=[-np.inf, 40, 41, 81]
    )
    cells = grid_of_one("Klout", found, 0)
    frame = sweep_frame(cells, FLIPS)
    grid = frame.pivot(index="row", columns="column", values="figure")
    grid = grid.loc[["0", "20", "49", "51", "100"]]
    assert grid[["none", "40", "41", "81"]].to_numpy().tolist() == [
        [0, 0, 2, 1],
        [0, 0, 2, 1],
        [0, 0, 2, 1],
        [2, 2, 2, 1],
        [2, 2, 2, 1],
    ]
    assert current_words(cells, FLIPS) == (
        "The diamond marks the screen in use, with a weight of 20 % and no cut-off: flips 0."
    )
    evidence = sweep_frame(cells, EVIDENCE)
    assert evidence["figure"].isna().tolist() == (frame["column"] == "81").tolist()
    assert evidence.loc[evidence["figure"].isna(), "shown"].unique().tolist() == ["–"]


def test_the_page_says_which_screen_differs_most() -> None:
    test = opened(page.page, at_work(*pair()))
    said = said_on(test)
    assert "Of 10,201 screens with another weight of Klout or another cut-off" in said
    assert "2 decisions" in said
    assert "with a weight of 20 % and no cut-off: flips 0." in said
    table = test.table[0].value
    assert table["Weight of Klout"].tolist() == [f"{weight} %" for weight in range(0, 101, 10)]
    # By weight alone the place goes over above one half; at exactly one half a lot decides.
    assert table["No cut-off"].tolist()[:5] == ["0"] * 5
    assert table["No cut-off"].tolist()[6:] == ["2"] * 5


def test_the_table_is_what_deciding_anew_gives() -> None:
    cohort, rule = agency(60), gated().changed(places=15)
    test = opened(page.page, at_work(cohort, rule))
    plain = decide(cohort, rule.without("klout")).selected
    table = test.table[0].value.set_index("Weight of Klout")
    steps = np.unique(np.round(np.linspace(1, 100, 100)))
    for title, cutoff in {"No cut-off": None, "At least 40": 40, "At least 60": 60}.items():
        assert cutoff is None or steps[cutoff - 1] == cutoff
        for percent in (0, 30):
            weights = {name: w * (100 - percent) for name, w in rule.weights.items()}
            gates = () if cutoff is None else ({"signal": "klout", "at_least": cutoff},)
            tried = rule.changed(weights=weights | {"klout": percent}, gates=gates)
            flips = int((decide(cohort, tried).selected != plain).sum())
            assert table.loc[f"{percent} %", title] == str(flips), (title, percent)


def test_another_figure_and_groups() -> None:
    cohort = agency(200)
    test = opened(page.page, at_work(cohort, gated().changed(places=50)))
    (box,) = [one for one in test.selectbox if one.label == "Figure"]
    assert box.options == ["Flips", "Evidence", "Inflated share"]
    pick(test, "Groups", "sex")
    (box,) = [one for one in test.selectbox if one.label == "Figure"]
    assert box.options == ["Flips", "Evidence", "Inflated share", "Smallest impact ratio"]
    pick(test, "Figure", "smallest_ratio")
    assert "Smallest impact ratio among groups large enough" in said_on(test)
    found = sweep(cohort, gated().changed(places=50), "klout", attribute="sex")
    expected = coarse_frame(grid_of_one("Klout", found, 0), RATIO)
    pd.testing.assert_frame_equal(test.table[0].value, expected)


def trio() -> tuple[Cohort, Screen]:
    """One place: a leads by portfolio, b by Klout, c by Kred, by the same length each."""
    frame = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c"],
            "portfolio": [3.0, 1, 1],
            "klout": [10.0, 70, 10],
            "kred_influence": [100.0, 100, 700],
        }
    )
    weights = {"portfolio": 0.5, "klout": 0.3, "kred_influence": 0.2}
    return cohort_from_frame(frame), Screen(places=1, weights=weights)


def test_two_scores_at_once() -> None:
    cohort, rule = trio()
    test = opened(page.page, at_work(cohort, rule))
    pick(test, "Map of", "weights")
    said = said_on(test)
    assert "with 30 % of the weight on Klout and 20 % of the weight on Kred influence" in said
    assert "the map is a triangle" in said
    table = test.table[0].value.set_index("Weight of Klout")
    assert table.loc["0 %", "0 %"] == "0"
    assert table.loc["60 %", "20 %"] == "2"
    assert table.loc["60 %", "60 %"] == "–"
    pick(test, "Map of", "cutoffs")
    table = test.table[0].value.set_index("Cut-off on Klout")
    assert table.loc["No cut-off", "No cut-off"] == "0"
    assert table.iloc[-1, -1] == "1"  # nobody reaches both
    pick(test, "Score upwards", "kred_influence")
    assert test.table[0].value.columns[0] == "Cut-off on Kred influence"
    (box,) = [one for one in test.selectbox if one.label == "Score to the right"]
    assert box.options == ["Klout"]


def test_the_table_holds_the_screen_in_use() -> None:
    cohort, rule = trio()
    rule = rule.changed(weights={"portfolio": 0.62, "klout": 0.25, "kred_influence": 0.13})
    found = sweep_pair(cohort, rule, "klout", "kred_influence")
    frame = coarse_frame(grid_of_two(("Klout", "Kred"), found, (0, 0)), FLIPS)
    assert "25 %" in frame["Weight of Klout"].tolist()
    assert "13 %" in frame.columns


def test_a_map_of_one_colour_is_not_drawn() -> None:
    cohort, rule = trio()
    test = opened(page.page, at_work(cohort, rule.changed(places=0)))
    said = said_on(test)
    assert "No weight of Klout and no cut-off on it changes a decision." in said
    assert "**0 all over the map**, so there is nothing to draw." in said
    pick(test, "Figure", "evidence")
    assert "not defined for any of these screens" in said_on(test)


def test_uneven_steps_are_said() -> None:
    frame = pd.DataFrame(
        {"candidate_id": list("abcd"), "followers": [1.0, 10, 1000, 10**6], "task": [4.0, 3, 2, 1]}
    )
    cohort = cohort_from_frame(frame, roles={"task": "evidence"})
    rule = Screen(places=2, weights={"task": 1, "followers": 0.5})
    test = opened(page.page, at_work(cohort, rule))
    assert "Steps of the cut-off on Followers are candidates' own values" in said_on(test)
    assert "At least 1,000,000" in test.table[0].value.columns
    assert "Steps of" not in said_on(opened(page.page, at_work(*trio())))


def test_without_group_columns_none_are_asked_for() -> None:
    test = opened(page.page, at_work(*pair()))
    assert [one.label for one in test.selectbox] == ["Score", "Figure"]


def test_the_inflated_share_is_offered_where_accounts_speak() -> None:
    frame = pd.DataFrame({"candidate_id": ["a", "b", "c"], "klout": [80.0, 40.0, 50.0]})
    accounts = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c"],
            "followers": [100.0, 900.0, 800.0],
            "following": [90_000.0, 400.0, 300.0],
            "posts": [1.0, 4_000.0, 800.0],
        }
    )
    cohort = cohort_from_frame(frame, accounts=accounts)
    test = opened(page.page, at_work(cohort, Screen(places=1, weights={"klout": 1})))
    pick(test, "Figure", "inflated_share")
    assert "suspected to be inflated" in said_on(test)
    shown = test.table[0].value["No cut-off"]
    assert set(shown) <= {"0 %", "100 %"}


def test_a_screen_off_the_map_is_said() -> None:
    cohort = agency(40)
    rule = gated().changed(gates=({"signal": "klout", "at_most": 60},))
    said = said_on(opened(page.page, at_work(cohort, rule)))
    assert "The screen in use does not lie on this map" in said


def test_a_score_that_the_screen_does_not_use_can_be_gone_through() -> None:
    test = opened(page.page, at_work(agency(40), Screen(places=5, weights={"task": 1})))
    (box,) = [one for one in test.selectbox if one.label == "Score"]
    assert box.options == ["Klout (not in the screen)"]
    assert "with a weight of 0 % and no cut-off: flips 0." in said_on(test)


def test_without_a_score_it_leads_back_to_the_columns() -> None:
    cohort = cohort_from_frame(pd.DataFrame({"task": [5.0, 6.0]}), roles={"task": "evidence"})
    said = said_on(opened(page.page, at_work(cohort, Screen(places=1, weights={"task": 1}))))
    assert "None of these candidates' columns is a score" in said


def test_without_candidates_or_screen_it_says_what_to_do_next() -> None:
    assert "There are no candidates yet" in words(opened(page.page))
    assert "There is no screen yet" in words(opened(page.page, at_work(agency())))


@pytest.mark.parametrize("size", [1, 3, 3000])
def test_few_candidates_and_many(size: int) -> None:
    test = opened(page.page, at_work(agency(size), gated()))
    assert "cut-off" in said_on(test)


def test_a_cut_off_is_named_at_the_scores_decimals() -> None:
    assert cutoff_name(-np.inf, 0) == "none"
    assert cutoff_name(1234.0, 0) == "1,234"
