from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.influence.explain import explain
from toolkit.influence.explanation_wording import headline, noise_sentence
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen
from toolkit.ui.components.explanation_words import explanation_frame
from toolkit.ui.pages import explain as page


def said_on(test: AppTest) -> str:
    return words(test).replace("\\", "")


def club() -> tuple[Cohort, Screen]:
    """One place for the best portfolio among those with a Klout of at least 50."""
    frame = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c", "d"],
            "name": ["Ann", "Bo", "Cy", "Di"],
            "klout": [55.0, 80.0, 45.0, 20.0],
            "portfolio": [4.0, 3.0, 5.0, 1.0],
        }
    )
    rule = Screen.from_toml(
        'name = "Club"\nplaces = 1\n[[gates]]\nsignal = "klout"\nat_least = 50\n'
        "[weights]\nportfolio = 1.0\n"
    )
    return cohort_from_frame(frame, roles={"portfolio": "evidence"}), rule


def chosen(test: AppTest, candidate_id: str) -> AppTest:
    (picker,) = [one for one in test.selectbox if one.label == "Candidate"]
    return checked(picker.set_value(candidate_id).run())


def test_the_best_portfolio_is_kept_out_by_the_gate_and_the_page_says_so() -> None:
    """Alone, the portfolio takes c; with the gate, a."""
    test = chosen(opened(page.page, at_work(*club())), "c")
    said = said_on(test)
    assert "Candidate c was not taken forward: a condition of the screen is not met." in said
    assert "The condition Klout at least 50 is not met: the value is 45." in said
    assert "Klout decided this: without it this candidate would be taken forward." in said
    assert "With one place among 4 candidates, everyone starts with 25.0 % of a place." in said
    table = test.table[0].value
    assert [cell.replace("\\", "") for cell in table["What would change the decision"]] == [
        "Portfolio: no admissible value would win a place.",
        "Klout 5 higher (50 instead of 45) would win a place.",
    ]
    assert test.query_params["candidate"] == "c"


def test_the_rank_can_be_drawn_instead_of_the_decision() -> None:
    """Shares ranked below, those level by half.

    With the portfolio alone a has 5/8 (before b and d), with the gate alone 3/4 (before c and d,
    level with b), with both 7/8. The gate: ½(3/4 − 1/2) + ½(7/8 − 5/8) = 1/4; the portfolio:
    ½(5/8 − 1/2) + ½(7/8 − 3/4) = 1/8.
    """
    test = chosen(opened(page.page, at_work(*club())), "a")
    (choice,) = [one for one in test.radio if one.label == "What is drawn"]
    checked(choice.set_value("rank").run())
    said = said_on(test)
    assert "- Where everyone starts: 50.0 % of the candidates" in said
    assert "- Klout (score): +25.0 % of the candidates" in said
    assert "- Portfolio (evidence): +12.5 % of the candidates" in said
    assert "- Percentile rank: 87.5 % of the candidates" in said


def test_the_page_says_what_the_library_says() -> None:
    cohort, rule = agency(60), gated().changed(places=12)
    test = opened(page.page, at_work(cohort, rule))
    for candidate_id in ("C-0003", "C-0040"):
        said = said_on(chosen(test, candidate_id))
        found = explain(cohort, rule, candidate_id)
        assert headline(found) in said
        assert found.noise is not None
        assert noise_sentence(found.noise) in said
        for one in found.signals:
            assert f"{one.label} ({one.role}): " in said


def test_all_of_it_in_words_stands_there_to_copy() -> None:
    test = chosen(opened(page.page, at_work(*club())), "c")
    text = test.code[0].value
    assert text.startswith("Candidate c was not taken forward")
    assert "Ann" not in text
    assert "Cy" not in text
    assert "Klout 5 higher (50 instead of 45) would win a place." in text


def test_the_signals_as_a_file() -> None:
    cohort, rule = club()
    frame = explanation_frame(explain(cohort, rule, "c", draws=0))
    assert frame["signal"].tolist() == ["portfolio", "klout"]
    assert frame["candidate_id"].unique().tolist() == ["c"]
    assert frame["margin"].tolist()[1] == 5
    assert "name" not in frame.columns


def test_the_reasons_for_suspicion_come_when_asked_for() -> None:
    test = opened(page.page, at_work(*club()))
    assert "suspected" not in said_on(test).split("suspected to be inflated?")[1]
    (toggle,) = [one for one in test.toggle if one.label == "Look at the scores, too"]
    checked(toggle.set_value(True).run())
    assert "There are not enough facts to say anything about this candidate." in said_on(test)


def test_without_sharing_out_the_rest_stands() -> None:
    test = opened(page.page, at_work(*club()))
    (toggle,) = [one for one in test.toggle if one.label == "Share the decisions out"]
    checked(toggle.set_value(False).run())
    said = said_on(test)
    assert "The decisions are not shared out among the signals." in said
    assert "With every score measured again" in said


def test_a_screen_without_scores() -> None:
    rule = Screen(places=2, weights={"task": 1})
    said = said_on(opened(page.page, at_work(agency(), rule)))
    assert "The screen uses no score: evidence and facts decide alone." in said
    assert "The screen uses no score, so nothing is measured again." in said


def test_a_screen_that_looks_at_nothing() -> None:
    test = opened(page.page, at_work(agency(), Screen(places=2)))
    assert "Drawn by lot: " in said_on(test)
    assert not test.table


def test_more_than_twelve_signals_are_estimated_when_asked_for() -> None:
    rng = np.random.default_rng(5)
    columns = {f"s{i}": rng.integers(1, 100, 12).astype(float) for i in range(13)}
    cohort = cohort_from_frame(pd.DataFrame(columns), roles=dict.fromkeys(columns, "fact"))
    rule = Screen(places=4, weights=dict.fromkeys(columns, 1.0))
    test = opened(page.page, at_work(cohort, rule))
    (toggle,) = [one for one in test.toggle if one.label == "Share the decisions out"]
    assert toggle.value is False
    checked(toggle.set_value(True).run())
    assert "The parts are estimated from random orders." in said_on(test)


def test_without_candidates_or_screen_it_says_what_to_do_next() -> None:
    assert "There are no candidates yet" in words(opened(page.page))
    assert "There is no screen yet" in words(opened(page.page, at_work(agency())))


@pytest.mark.parametrize("size", [1, 3, 3000])
def test_few_candidates_and_many(size: int) -> None:
    cohort, rule = agency(size), gated()
    test = opened(page.page, at_work(cohort, rule))
    first = test.selectbox[0].value
    outcome = "was taken forward" if first in decide(cohort, rule).selected_ids else "was not taken"
    assert f"Candidate {first} {outcome}" in said_on(test)


def test_markup_in_labels_and_codes_is_shown_as_it_stands() -> None:
    frame = pd.DataFrame(
        {
            "candidate_id": ["![](https://example.org/x.png)", "b"],
            "klout": [55.0, 80.0],
            "![](https://example.org/y.png)": [1.0, 2.0],
        }
    )
    cohort = cohort_from_frame(frame)
    rule = Screen(places=1, weights={"![](https://example.org/y.png)": 1.0, "klout": 1.0})
    test = opened(page.page, at_work(cohort, rule))
    assert "![](https" not in words(chosen(test, "![](https://example.org/x.png)"))
    assert "![](https" not in test.table[0].value.to_csv()
