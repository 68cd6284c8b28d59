from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.influence.frontier import frontier
from toolkit.influence.influence import Influence, influence
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen
from toolkit.ui.components.candidate_card import card_frame, effort_lines
from toolkit.ui.components.flip_lists import flip_frame
from toolkit.ui.components.frontier_picker import movable
from toolkit.ui.components.frontier_picture import points_frame, steps_frame
from toolkit.ui.components.movers_picture import (
    IN,
    MOVERS_DRAWN_AT_MOST,
    OUT,
    STAYS,
    in_plain_words,
    movers_frame,
)
from toolkit.ui.components.removal_picker import taken
from toolkit.ui.components.signal_table import in_words_frame, signal_frame
from toolkit.ui.components.waterfall_picture import waterfall_frame, waterfall_lines
from toolkit.ui.components.what_if_outcome import outcome_frame
from toolkit.ui.pages import influence as page
from toolkit.ui.state import Workspace


def four() -> tuple[Cohort, Screen]:
    """One place; Klout as a gate keeps the best portfolio out."""
    frame = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c", "d"],
            "name": ["Ann", "Bo", "Cy", "Di"],
            "klout": [70.0, 40.0, 60.0, np.nan],
            "portfolio": [2.0, 5.0, 3.0, 1.0],
        }
    )
    rule = Screen.from_toml(
        'name = "Club"\nplaces = 1\n[[gates]]\nsignal = "klout"\nat_least = 50\n'
        "[weights]\nportfolio = 1.0\n"
    )
    return cohort_from_frame(frame), rule


def test_the_best_portfolio_is_kept_out_by_the_gate_and_the_page_says_so() -> None:
    cohort, rule = four()
    test = opened(page.page, at_work(cohort, rule))
    said = words(test)
    assert "Klout decided the only place" in said
    assert "without it this candidate would not be taken forward, and this one would" in said
    assert "- c · Cy" in said
    assert "- b · Bo" in said


def test_the_picture_shows_who_crosses_the_cut() -> None:
    cohort, rule = four()
    found = influence(cohort, rule)
    frame, cut = movers_frame(cohort, found.decisions, found.without["klout"])
    by_side = {(row.candidate, row.side): row for row in frame.itertuples()}
    assert set(frame["candidate"]) == {"b", "c"}
    assert (by_side["c", 0].change, by_side["b", 0].change) == (OUT, IN)
    assert by_side["c", 0].slot < cut < by_side["c", 1].slot
    assert by_side["b", 1].slot < cut < by_side["b", 0].slot


def test_the_same_in_words() -> None:
    cohort, rule = four()
    found = influence(cohort, rule)
    said = in_plain_words(found.decisions, found.without["klout"], "Klout")
    assert said == (
        "On the left the screen as it is, on the right without Klout. Of those above the cut, "
        "one candidate drops below it and none stay; one candidate moves in."
    )


def test_a_lot_is_named_where_nothing_else_is_left_to_decide() -> None:
    cohort = cohort_from_frame(pd.DataFrame({"klout": [5.0, 9.0, 7.0, 1.0]}))
    found = influence(cohort, Screen(places=1, weights={"klout": 1.0}))
    said = in_plain_words(found.decisions, found.without["klout"], "Klout")
    assert found.signals["klout"].flips
    assert "four are alike at the cut, and a lot orders them" in said


def test_of_many_only_those_that_flip_are_drawn() -> None:
    cohort = agency(3000)
    rule = gated().changed(places=600)
    found = influence(cohort, rule)
    frame, _ = movers_frame(cohort, found.decisions, found.without["klout"])
    assert STAYS not in set(frame["change"])
    assert frame["candidate"].nunique() == 2 * MOVERS_DRAWN_AT_MOST
    said = in_plain_words(found.decisions, found.without["klout"], "Klout")
    assert "the first 15 each way are drawn" in said


@pytest.mark.parametrize("size", [3, 12, 3000])
def test_the_page_shows_the_librarys_figures(size: int) -> None:
    cohort, rule = agency(size), gated()
    test = opened(page.page, at_work(cohort, rule))
    found = influence(cohort, rule)
    shown = test.table[0].value
    assert list(shown["Flips"]) == [f"{found.signals[s].flips:,}" for s in _scores_first(found)]
    assert list(shown["Seats bought +20"]) == [
        f"{found.signals[s].seats_bought['20']:,}" for s in _scores_first(found)
    ]


def _scores_first(found: Influence) -> list[str]:
    return sorted(found.signals, key=lambda name: name not in found.scores)


def test_the_lists_hold_everyone_who_flips() -> None:
    cohort, rule = agency(60), gated().changed(places=20)
    found = influence(cohort, rule)
    gone = taken(cohort, found, "klout")
    frame = flip_frame(cohort, found.decisions, gone.without, gone.change.lost)
    assert set(frame["Candidate"]) == set(found.signals["klout"].lost)
    assert list(frame["Rank without"]) == sorted(frame["Rank without"])


def test_a_figure_that_is_not_defined_is_a_dash() -> None:
    frame = cohort_from_frame(pd.DataFrame({"klout": [5.0, 5.0, 5.0]}))
    found = influence(frame, Screen(places=1, weights={"klout": 1.0}))
    shown = in_words_frame(signal_frame(found))
    assert shown["Effective weight"].tolist() == ["–"]


def test_without_candidates_or_screen_it_says_what_to_do_next() -> None:
    assert "There are no candidates yet" in words(opened(page.page))
    assert "There is no screen yet" in words(opened(page.page, at_work(agency())))


def test_a_screen_that_looks_at_nothing_leads_back_to_the_screen() -> None:
    test = opened(page.page, at_work(agency(), Screen(places=2)))
    assert "looks at no signal yet" in words(test)


def test_another_signal_can_be_taken_away() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    (box,) = [one for one in test.selectbox if one.label == "Take away"]
    assert box.options == ["Klout (score)", "Portfolio (evidence)", "Task (evidence)"]
    checked(box.set_value("task").run())
    assert any("Task" in head.value for head in test.subheader)


def test_the_card_says_what_would_change_the_decision() -> None:
    cohort, rule = four()
    card = card_frame(cohort, influence(cohort, rule), "b").set_index("Signal")
    row = card.loc["Klout \\(score\\)"]
    assert row["Decision without it"] == "**selected**"
    assert row["What would change the decision"].replace("\\", "") == (
        "Klout 10 higher (50 instead of 40) would win a place."
    )


def test_one_who_stays_is_spoken_of_as_one() -> None:
    cohort, rule = four()
    present = influence(cohort, rule).decisions
    said = in_plain_words(present, present, "the scores")
    assert said == "Without the scores the same candidate is taken forward."


def test_the_signals_flips_stand_where_a_narrow_window_shows_them() -> None:
    cohort, rule = four()
    shown = in_words_frame(signal_frame(influence(cohort, rule)))
    assert list(shown)[:3] == ["Signal", "Used as", "Flips"]


def test_the_card_says_when_a_margin_leads_beyond_everyone() -> None:
    # b trails in both, so that either alone has to lead beyond a; a, the other way.
    frame = pd.DataFrame({"candidate_id": ["a", "b"], "portfolio": [5.0, 1.0], "task": [1.0, 0.0]})
    cohort = cohort_from_frame(frame, roles={"portfolio": "evidence", "task": "evidence"})
    rule = Screen(places=1, weights={"portfolio": 0.5, "task": 0.5})
    card = card_frame(cohort, influence(cohort, rule), "b")["What would change the decision"]
    assert card.str.endswith(" Nobody here has as much\\.").all()
    card = card_frame(cohort, influence(cohort, rule), "a")["What would change the decision"]
    assert card.str.endswith(" Nobody here has as little\\.").all()


def test_the_card_names_failed_gates_and_replaced_values() -> None:
    cohort, rule = four()
    test = opened(page.page, at_work(cohort, rule))
    (picker,) = [one for one in test.selectbox if one.label == "Candidate"]
    checked(picker.set_value("b").run())
    said = words(test).replace("\\", "")
    assert "The condition Klout at least 50 is not met: the value is 40." in said
    assert "Klout decided this: without it this candidate would be taken forward." in said
    checked(picker.set_value("d").run())
    assert "No value for Klout: 60, the middle value of the others, stands in." in words(
        test
    ).replace("\\", "")


def _slide(test: AppTest, label: str, value: float) -> AppTest:
    (slider,) = [one for one in test.slider if one.label == label]
    return checked(slider.set_value(value).run())


def _work(test: AppTest) -> Workspace:
    work: Workspace = test.session_state["workspace"]
    return work


def test_a_slider_tries_a_screen_and_leaves_the_one_in_use() -> None:
    cohort, rule = agency(60), gated().changed(places=10)
    test = _slide(opened(page.page, at_work(cohort, rule)), "Klout at least", 60.0)
    assert _work(test).screen == rule
    tried = rule.changed(gates=({"signal": "klout", "at_least": 60.0},))
    expected = outcome_frame(influence(cohort, rule), influence(cohort, tried))
    pd.testing.assert_frame_equal(test.table[1].value, expected)
    now, then = decide(cohort, rule).selected, decide(cohort, tried).selected
    (line,) = [one.value for one in test.markdown if one.value.startswith("Coming in")]
    for code in cohort.candidate_ids[~now & then][:6]:
        assert code in line.split("Going out")[0].replace("\\", "")


def test_the_tried_screen_is_taken_on_request() -> None:
    test = _slide(opened(page.page, at_work(agency(60), gated())), "Places", 7)
    button = next(one for one in test.button if one.label == "Use this screen")
    checked(button.click().run())
    used = _work(test).screen
    assert used is not None
    assert used.places == 7


def test_back_to_the_screen_in_use() -> None:
    test = _slide(opened(page.page, at_work(agency(60), gated())), "Places", 7)
    button = next(one for one in test.button if one.label == "Back to the screen in use")
    checked(button.click().run())
    assert next(one for one in test.slider if one.label == "Places").value == 3


def test_sliders_start_at_weights_and_gates_of_any_size() -> None:
    rule = gated().changed(
        places=None,
        share=0.125,
        weights={"portfolio": -3.5, "task": 0.123},
        gates=(
            {"signal": "klout", "at_least": -20, "at_most": 400},
            {"signal": "years_experience", "one_of": (1, 2)},
        ),
    )
    test = opened(page.page, at_work(agency(60), rule))
    found = {slider.label: slider.value for slider in test.slider}
    assert found["Weight of Portfolio"] == -3.5
    assert found["Klout between"] == (-20.0, 400.0)
    assert _work(test).screen == rule
    assert "Both columns are the same" in words(test)


def test_markup_in_names_is_shown_as_it_stands() -> None:
    cohort, rule = four()
    cohort.candidates.loc["b", "name"] = "![](https://example.org/x.png)"
    said = words(opened(page.page, at_work(cohort, rule)))
    assert "![](https" not in said


def test_a_waterfall_leads_from_the_chance_to_the_decision() -> None:
    # Two candidates, one place, one signal each way. Alone, klout takes a and portfolio takes b;
    # together the gate on klout keeps b out. For a: klout ½(1 − ½) + ½(1 − 0) = ¾, portfolio
    # ½(0 − ½) + ½(1 − 1) = −¼, from ½ to 1.
    frame = pd.DataFrame(
        {"candidate_id": ["a", "b"], "klout": [70.0, 40.0], "portfolio": [2.0, 5.0]}
    )
    cohort = cohort_from_frame(frame)
    rule = Screen.from_toml(
        'name = "Club"\nplaces = 1\n[[gates]]\nsignal = "klout"\nat_least = 50\n'
        "[weights]\nportfolio = 1.0\n"
    )
    found = influence(cohort, rule, attribution=True)
    assert found.attribution is not None
    steps = waterfall_frame(cohort, found.decisions, found.attribution, "a")
    assert steps["part"].tolist() == [0.5, 0.75, -0.25, 1.0]
    assert steps["to"].tolist() == [0.5, 1.25, 1.0, 1.0]
    assert [line.replace("\\", "") for line in waterfall_lines(steps)] == [
        "What everyone starts with: 50.0 % of a place",
        "Klout (score): +75.0 % of a place",
        "Portfolio (evidence): −25.0 % of a place",
        "Selected: 100.0 % of a place",
    ]
    test = opened(page.page, at_work(cohort, rule))
    assert test.table[0].value["Share of the decisions"].tolist() == ["75 %", "25 %"]
    said = words(test).replace("\\", "")
    assert "- Klout (score): +75.0 % of a place" in said
    assert "one signal; arrows to the right speak for a place" in said


def test_the_waterfall_of_the_rank_leads_from_the_middle_to_the_rank() -> None:
    # On portfolio alone b is the better (¾, and a ¼), on the gate alone a is; together a is.
    # For a: klout ½(¾ − ½) + ½(¾ − ¼) = ⅜, portfolio ½(¼ − ½) + ½(¾ − ¾) = −⅛, from ½ to ¾.
    frame = pd.DataFrame(
        {"candidate_id": ["a", "b"], "klout": [70.0, 40.0], "portfolio": [2.0, 5.0]}
    )
    cohort = cohort_from_frame(frame)
    rule = Screen(places=1, weights={"portfolio": 1.0}, gates=(Gate(signal="klout", at_least=50),))
    test = opened(page.page, at_work(cohort, rule))
    (choice,) = [one for one in test.radio if one.label == "What is drawn"]
    (picker,) = [one for one in test.selectbox if one.label == "Candidate"]
    checked(picker.set_value("a").run())
    checked(choice.set_value("rank").run())
    said = words(test).replace("\\", "")
    assert "- Where everyone starts: 50.0 % of the candidates" in said
    assert "- Klout (score): +37.5 % of the candidates" in said
    assert "- Portfolio (evidence): −12.5 % of the candidates" in said
    assert "- Percentile rank: 75.0 % of the candidates" in said
    # Both parts are as large for b, so klout has ⅜ of ½.
    assert test.table[0].value["Share of the ranks"].tolist() == ["75 %", "25 %"]
    assert "of a place" not in said


def test_the_card_says_what_a_change_of_the_score_would_take() -> None:
    cohort, rule = four()
    lines = effort_lines(cohort, influence(cohort, rule), 1)
    said = lines[0].replace("\\", "")
    assert said.startswith("**Klout:** It would take about ")
    assert "own audience is not known" in said
    assert "At 1 to 18 US dollars for 1,000 in 2013" in said


def _equal_weights() -> tuple[Cohort, Screen]:
    """b has 5 + 5 against the 13 of a; three points are missing, and four are enough."""
    frame = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c", "d"],
            "portfolio": [3.0, 5.0, 0.0, 10.0],
            "task": [10.0, 5.0, 0.0, 0.0],
        }
    )
    cohort = cohort_from_frame(frame, roles={"portfolio": "fact", "task": "fact"})
    weights = {"portfolio": 1.0, "task": 1.0}
    return cohort, Screen(places=1, scale="range", weights=weights, tie_breakers=("portfolio",))


def test_the_steps_of_two_signals_turn_at_every_pair() -> None:
    cohort, rule = _equal_weights()
    found = frontier(cohort, decide(cohort, rule), "b", "portfolio", "task")
    points = points_frame(found)
    assert points["kind"].tolist() == [
        "present values",
        "one alone",
        "both together",
        "both together",
        "one alone",
    ]
    assert points["first"].tolist() == [5, 5, 6, 7, 8]
    assert points["second"].tolist() == [5, 8, 7, 6, 5]
    steps = steps_frame(found)
    corners = list(zip(steps["first"], steps["second"], strict=True))
    # From the task's margin across at 8, down to 7, across, down to 6, across, down to 5.
    assert corners == [(5, 8), (6, 8), (6, 7), (7, 7), (7, 6), (8, 6), (8, 5)]


def test_two_signals_moved_together_in_picture_and_words() -> None:
    test = opened(page.page, at_work(*_equal_weights()))
    (picker,) = [one for one in test.selectbox if one.label == "Candidate"]
    checked(picker.set_value("b").run())
    said = words(test).replace("\\", "")
    assert "- portfolio 3 higher (8 instead of 5) would win a place." in said.lower()
    assert "together less of each is enough: portfolio 2 higher (7) and" in said.lower()
    assert "At each point of the steps the place is won with nothing to spare" in said
    (second,) = [one for one in test.selectbox if one.label == "Second signal"]
    assert len(second.options) == 1


def test_signals_without_a_value_cannot_be_moved() -> None:
    cohort, rule = four()
    assert movable(cohort, rule.signals, "a") == ["klout", "portfolio"]
    assert movable(cohort, rule.signals, "d") == ["portfolio"]
    test = opened(page.page, at_work(cohort, rule))
    (picker,) = [one for one in test.selectbox if one.label == "Candidate"]
    checked(picker.set_value("d").run())
    assert not [one for one in test.subheader if one.value == "Two signals moved together"]


def test_nothing_is_shared_out_where_it_was_switched_off() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    assert "Share of the decisions" in test.table[0].value
    (toggle,) = [one for one in test.toggle if one.label == "Share the decisions out"]
    checked(toggle.set_value(False).run())
    assert "Share of the decisions" not in test.table[0].value
    assert "of a place" not in words(test)


def _facts(count: int) -> tuple[Cohort, Screen]:
    draw = np.random.default_rng(5)
    names = [f"fact_{number}" for number in range(count)]
    frame = pd.DataFrame(draw.normal(size=(6, count)), columns=names)
    return cohort_from_frame(frame), Screen(places=2, weights=dict.fromkeys(names, 1.0))


def test_nine_signals_are_shared_out_on_request_only() -> None:
    test = opened(page.page, at_work(*_facts(9)))
    assert "Share of the decisions" not in test.table[0].value
    (toggle,) = [one for one in test.toggle if one.label == "Share the decisions out"]
    checked(toggle.set_value(True).run())
    assert "Share of the decisions" in test.table[0].value


def test_beyond_twelve_signals_it_says_estimated_with_standard_errors() -> None:
    test = opened(page.page, at_work(*_facts(13)))
    (toggle,) = [one for one in test.toggle if one.label == "Share the decisions out"]
    checked(toggle.set_value(True).run())
    assert "Share of the decisions (estimated)" in test.table[0].value
    said = words(test)
    assert "estimated from random orders" in said
    assert ", standard error " in said
