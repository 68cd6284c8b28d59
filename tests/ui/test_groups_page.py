from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.fairness.published import berkeley
from tests.ui.opened import at_work, checked, opened, words
from toolkit.fairness.before_after import before_after
from toolkit.fairness.impact import impact
from toolkit.fairness.score_impact import score_impact
from toolkit.influence.group_comparison import AS_IT_IS
from toolkit.influence.group_wording import impact_sentence
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen
from toolkit.ui.components.before_after_picture import before_after_frame, groups_compared
from toolkit.ui.components.group_picture import drawn, group_frame
from toolkit.ui.components.group_source import COUNTS
from toolkit.ui.components.group_table import group_words
from toolkit.ui.pages import groups as page
from toolkit.ui.results import decisions_compared_of
from toolkit.ui.state import Workspace


def divided(size: int = 400, unknown: int = 0) -> Cohort:
    """Women have the lower score and the same evidence."""
    draw = np.random.default_rng(5)
    sex = np.where(np.arange(size) % 2 == 0, "Female", "Male").astype(object)
    klout = np.where(sex == "Male", 60.0, 45.0) + draw.integers(-10, 11, size)
    sex[:unknown] = None
    frame = pd.DataFrame(
        {
            "candidate_id": [f"C-{n:04d}" for n in range(size)],
            "klout": klout,
            "portfolio": draw.integers(1, 6, size).astype(float),
            "sex": sex,
            "age_band": draw.choice(["under 40", "40 and over"], size),
        }
    )
    return cohort_from_frame(frame, groups=["sex", "age_band"])


def club() -> Screen:
    return Screen(
        name="Club",
        places=100,
        weights={"portfolio": 1.0},
        gates=(Gate(signal="klout", at_least=55),),
    )


def _table(test: AppTest, *columns: str) -> pd.DataFrame:
    """The first table that has these columns."""
    frames: list[pd.DataFrame] = [table.value for table in test.table]
    return next(frame for frame in frames if set(columns) <= set(frame.columns))


def test_a_gate_on_the_score_shows_as_adverse_impact_and_goes_with_it() -> None:
    cohort, rule = divided(), club()
    test = opened(page.page, at_work(cohort, rule))
    lead = words(test).replace("\\", "")
    assert "Adverse impact is indicated for Female (sex)" in lead
    shown = _table(test).set_index("Group")
    assert shown.loc["Female", "What it says"] == "adverse impact indicated"
    compared = _table(test, "Decision by").set_index(["Group", "Decision by"])["What it says"]
    without = "Without Klout \\(evidence only\\)"
    assert compared["Female", AS_IT_IS] == "adverse impact indicated"
    assert compared["Female", without] != "adverse impact indicated"


def test_the_page_shows_the_librarys_counts() -> None:
    cohort, rule = divided(), club()
    work = at_work(cohort, rule)
    shown = _table(opened(page.page, work)).set_index("Group")
    selected = decisions_compared_of(work, rule)[AS_IT_IS]
    women = (cohort.groups["sex"] == "Female").to_numpy()
    assert shown.loc["Female", "Selected"].startswith(f"{int(selected[women].sum())} of 200")


def test_unknown_membership_is_counted_and_bounded() -> None:
    test = opened(page.page, at_work(divided(unknown=7), club()))
    assert "7 candidates of unknown group" in words(test)
    assert len(_table(test, "If unknowns were known"))


def test_groups_kept_out_of_the_referent_are_listed_with_the_reason() -> None:
    cohort = divided()
    cohort.groups.iloc[:3, 0] = "Another"
    test = opened(page.page, at_work(cohort, club()))
    assert any("Kept out of the comparison group: 1" in one.label for one in test.expander)
    assert "- **Another**" in words(test)


def test_few_people_are_too_few_to_say() -> None:
    test = opened(page.page, at_work(divided(12), club().changed(places=3)))
    assert "too small to say" in words(test)
    assert "not the same as no difference" in words(test)


def test_without_group_columns_it_says_what_to_do() -> None:
    cohort = cohort_from_frame(pd.DataFrame({"klout": [1.0, 2.0, 3.0]}))
    test = opened(page.page, at_work(cohort, Screen(places=1, weights={"klout": 1.0})))
    assert "There are no group columns" in words(test)
    assert not test.table


def test_without_candidates_or_screen_it_says_what_to_do_next() -> None:
    assert "There are no candidates yet" in words(opened(page.page))
    assert "There is no screen yet" in words(opened(page.page, at_work(divided())))


def test_one_attribute_alone_has_no_intersection() -> None:
    work = at_work(divided(), club())
    test = opened(page.page, work)
    assert [tab.label for tab in test.tabs] == ["sex", "age\\_band", "sex × age\\_band"]
    pills = next(one for one in test.button_group if one.label == "Group columns")
    checked(pills.set_value(["age_band"]).run())
    assert [tab.label for tab in test.tabs] == ["age\\_band"]
    checked(pills.set_value([]).run())
    assert "Choose at least one group column" in words(test)


@pytest.mark.parametrize("size", [3, 3000])
def test_three_candidates_and_three_thousand(size: int) -> None:
    opened(page.page, at_work(divided(size), club().changed(places=max(1, size // 10))))


def test_nobody_selected_is_no_fault() -> None:
    test = opened(page.page, at_work(divided(40), club().changed(places=0)))
    assert "no comparison to make" in words(test)


def test_no_candidate_is_named() -> None:
    cohort = divided(40)
    test = opened(page.page, at_work(cohort, club()))
    everything = words(test) + "".join(one.value.to_csv() for one in test.table)
    assert not any(code in everything for code in cohort.candidate_ids)


def test_the_sentence_names_no_more_than_a_few_groups() -> None:
    people = pd.DataFrame({"team": [f"team {i % 12}" for i in range(1200)]})
    chosen = np.array([i % 12 == 0 or i % 24 == 5 for i in range(1200)])
    said = impact_sentence(impact(people, chosen))
    assert "more groups" in said
    assert said.count("(team)") == 3


def test_an_interval_without_an_upper_end_is_drawn_to_the_edge() -> None:
    people = pd.DataFrame({"sex": ["F"] * 10 + ["M"] * 10})
    found = impact(people, np.array([0] * 10 + [1] * 8 + [0] * 2)).attributes["sex"]
    frame = group_frame(found, drawn(found)).set_index("group")
    assert frame.loc["F (0 of 10)", "ratio"] == 0
    assert group_words(found, 0.05)["Impact ratio"][0].startswith("0.00 (")


def test_every_decision_has_a_row_for_each_compared_group() -> None:
    cohort, rule = divided(), club()
    compared = before_after(
        cohort.groups, decisions_compared_of(at_work(cohort, rule), rule), ["sex"]
    )
    names = groups_compared(compared, "sex")
    frame = before_after_frame(compared, "sex", names)
    assert len(frame) == len(names) * len(compared.impacts)


def test_evidence_is_found_where_the_screen_uses_none() -> None:
    rule = Screen(places=20, weights={"klout": 1.0})
    compared = decisions_compared_of(at_work(divided(), rule), rule)
    assert list(compared) == [AS_IT_IS, "Without Klout", "Evidence only"]
    assert int(compared["Evidence only"].sum()) == 20


def test_nothing_is_counted_twice() -> None:
    test = opened(page.page, at_work(divided(), club()))
    work: Workspace = test.session_state["workspace"]
    before = {key: id(value) for key, value in work.kept.items()}
    checked(test.run())
    assert {key: id(value) for key, value in work.kept.items()} == before


def test_small_groups_have_an_exact_interval_beside_the_other() -> None:
    test = opened(page.page, at_work(divided(60), club().changed(places=20)))
    shown = _table(test, "Exact interval").set_index("Group")
    assert " to " in shown.loc["Female", "Exact interval"]
    assert "Exact interval" not in _table(
        opened(page.page, at_work(divided(400), club())), "Impact ratio"
    )


def test_scores_are_compared_themselves() -> None:
    cohort = divided()
    test = opened(page.page, at_work(cohort, club()))
    shown = _table(test, "Standardised difference").set_index("Group")
    found = score_impact(cohort.groups, cohort.signals["klout"], ["sex", "age_band"])
    women = found.attributes["sex"].group("Female")
    assert women.g is not None
    assert shown.loc["Female", "Standardised difference"].startswith(f"−{abs(women.g):.2f}")
    assert "On a score itself" in words(test)
    picker = next(one for one in test.selectbox if one.label == "Signal")
    checked(picker.set_value("portfolio").run())
    assert "median of 3" in words(test).replace("**", "")


def with_outcomes() -> Cohort:
    cohort = divided()
    draw = np.random.default_rng(3)
    result = cohort.signals["portfolio"] + draw.normal(0, 1, len(cohort))
    return replace(cohort, outcomes=pd.DataFrame({"performance": result}))


def test_outcomes_are_compared_where_there_are_any() -> None:
    test = opened(page.page, at_work(with_outcomes(), club()))
    assert "Against how people turned out" in words(test)
    assert len(_table(test, "Selected of the good")) == 2
    assert len(_table(test, "Equal slopes")) == 2
    assert "Against how" not in words(opened(page.page, at_work(divided(), club())))


def test_strata_turn_a_comparison_around_and_say_so() -> None:
    """Openings that take few have more women; within each, women are taken as often."""
    cohort = divided()
    strata = np.where(np.arange(400) % 3 == 0, "tight", "open")
    cohort = replace(cohort, candidates=cohort.candidates.assign(opening=strata))
    test = opened(page.page, at_work(cohort, club()))
    picker = next(one for one in test.selectbox if one.label == "Compared within")
    checked(picker.set_value("opening").run())
    assert "Within each opening" in words(test)
    assert _table(test, "Stratum")["Stratum"].tolist() == ["open", "tight"]
    assert "Mantel–Haenszel p" in words(test)


def counts_page(text: str) -> AppTest:
    test = opened(page.page)
    source = next(one for one in test.button_group if one.label == "Look at")
    checked(source.set_value(COUNTS).run())
    test.text_area[0].set_value(text)
    return checked(next(b for b in test.button if b.label == "Use the pasted counts").click().run())


def test_counts_need_no_candidates() -> None:
    """New York's worked example: 92 at 54.3 % and 76 at 44.7 % give 0.82."""
    test = counts_page("sex,selected,total\nMale,50,92\nFemale,34,76\n")
    shown = _table(test, "Impact ratio").set_index("Group")
    assert shown.loc["Female", "Impact ratio"].startswith("0.82")
    assert shown.loc["Male", "Impact ratio"] == "1.00"
    assert "impact ratio 0.82" in words(test).replace("\\", "")


def test_berkeley_from_counts_in_the_browser_is_simpsons_paradox() -> None:
    counts = berkeley().rename(columns={"Admitted": "admitted"})
    test = counts_page(counts.to_csv(index=False))
    groups = next(one for one in test.multiselect if one.label == "Group columns")
    checked(groups.set_value(["Gender"]).run())
    within = next(one for one in test.selectbox if one.label == "Compared within")
    checked(within.set_value("Dept").run())
    assert any("the direction turns around" in one.value for one in test.warning)
    assert _table(test, "Stratum")["Stratum"].tolist() == list("ABCDEF")


def test_bad_counts_are_named_in_place() -> None:
    assert "Nothing was pasted" in words(counts_page(" "))
    assert "50 selected of 43" in words(counts_page("race,selected,total\nW,50,43\nB,1,9\n"))
    assert "No column holds counts" in words(counts_page("race,selected\nW,x\nB,y\n"))


def test_counts_of_scores_say_what_selected_means() -> None:
    rows = "".join(f"{sex},{x},{9 + x * (sex == 'M')}\n" for sex in "FM" for x in range(1, 6))
    test = counts_page("sex,level,people\n" + rows)
    total = next(one for one in test.selectbox if one.label == "All people of a row")
    assert total.value == "people"
    selected = next(one for one in test.selectbox if one.label == "Selected people of a row")
    checked(selected.set_value("").run())
    score = next(one for one in test.selectbox if one.label == "Score of a row's people")
    checked(score.set_value("level").run())
    assert "selected means above the median of level" in words(test)
    assert len(_table(test, "Standardised difference")) == 2
