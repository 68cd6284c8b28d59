from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen
from toolkit.sheets.embedding import record_in
from toolkit.sheets.record import Record
from toolkit.sheets.verify import verify
from toolkit.ui.pages import statutory as page
from toolkit.ui.state import Workspace

#: New York's example by sex: 92 at 54.3 %, 76 at 44.7 %.
COUNTS = "sex,race,selected,n\nMale,White,50,92\nFemale,White,33,74\nFemale,Asian,1,2\n"


def people(size: int = 168, **columns: object) -> Cohort:
    draw = np.random.default_rng(144)
    frame = pd.DataFrame(
        {
            "candidate_id": [f"C-{n:04d}" for n in range(size)],
            "klout": np.arange(size, dtype=float),
            "portfolio": draw.integers(1, 6, size).astype(float),
            "sex": draw.choice(["Female", "Male"], size),
            "ethnicity": draw.choice(["Asian", "White", "Black"], size),
            **columns,
        }
    )
    return cohort_from_frame(frame, groups=["sex", "ethnicity"])


def by_klout(places: int = 50) -> Screen:
    return Screen(name="Klout", places=places, weights={"klout": 1.0})


def choose(test: AppTest, label: str, value: object) -> AppTest:
    widgets = [*test.radio, *test.selectbox, *test.checkbox, *test.text_input]
    widget = next(one for one in widgets if one.label == label)
    return checked(widget.set_value(value).run())


def tables(test: AppTest) -> list[pd.DataFrame]:
    return [table.value for table in test.table]


def test_the_three_tables_of_the_candidates() -> None:
    test = opened(page.page, at_work(people(), by_klout()))
    sex, race, both = tables(test)
    assert list(sex["Category"]) == ["Male", "Female"]
    assert "1.00" in set(sex["Impact ratio"])
    assert len(race) == 7
    assert len(both) == 6
    said = words(test).replace("\\", "")
    assert "This law sets no limit of 0.80, nor any other limit" in said
    assert "Below 4/5" not in sex.columns
    assert "Date of the audit" in said


def test_a_score_is_tabulated_above_the_median_of_everybody() -> None:
    test = opened(page.page, at_work(people()))
    assert "median score 83.5" in words(test).replace("\\", "")
    sex = tables(test)[0]
    assert sum(int(n) for n in sex["Above the median"]) == 84


def test_new_yorks_own_example_from_counts() -> None:
    test = choose(opened(page.page), "From", "A table of counts")
    checked(test.text_area[0].set_value(COUNTS).run())
    sex = tables(test)[0].set_index("Category")
    assert sex.loc["Male", "Selection rate"] == "54.3\u00a0%"
    assert sex.loc["Female", "Impact ratio"] == "0.82"
    choose(test, "The counts are", "People above the median score")
    assert "Scoring rate" in tables(test)[0].columns


def test_small_categories_are_left_out_with_a_reason() -> None:
    test = choose(opened(page.page), "From", "A table of counts")
    checked(test.text_area[0].set_value(COUNTS).run())
    small = "Leave categories under 2 % of a table out of the ratios"
    choose(test, small, True)
    assert "until then nothing is left out" in words(test)
    choose(test, "The reason", "Two people.")
    race = tables(test)[1].set_index("Category")
    asian = race.loc["Asian \\(Not Hispanic or Latino\\)"]
    assert (asian["Applicants"], asian["Impact ratio"]) == ("2", "left out")


def test_values_of_no_category_are_asked_about() -> None:
    cohort = people(sex=["Non-binary"] * 3 + ["Male", "Female", "Female"] * 55)
    test = opened(page.page, at_work(cohort, by_klout()))
    assert "nothing is guessed" in words(test)
    assert not test.table
    box = next(one for one in test.selectbox if "Non" in one.label)
    checked(box.set_value("unknown").run())
    assert "3 people of unknown category are in no row" in words(test)


def test_the_guideline_has_its_rule_of_thumb_and_no_scoring_rate() -> None:
    test = opened(page.page, at_work(people(), by_klout()))
    choose(test, "Law or guideline", "ugesp")
    assert len(tables(test)) == 2
    assert "Below 4/5" in tables(test)[0].columns
    assert "What is tabulated" not in [one.label for one in test.radio]


def test_tables_of_each_job_from_counts() -> None:
    test = choose(opened(page.page), "From", "A table of counts")
    choose(test, "Law or guideline", "ugesp")
    rows = "job,sex,race,hired,applicants\nclerk,M,White,5,10\nclerk,F,White,2,10\n"
    checked(test.text_area[0].set_value(rows + "driver,M,White,1,10\ndriver,F,White,4,10\n").run())
    assert len(tables(test)) == 4
    assert tables(test)[2]["Impact ratio"].tolist() == ["1.00", "0.40"]
    choose(test, "Job", "driver")
    assert tables(test)[2]["Impact ratio"].tolist() == ["0.25", "1.00"]


def test_without_candidates_groups_or_screen_it_says_what_to_do() -> None:
    assert "There are no candidates yet" in words(opened(page.page))
    alone = cohort_from_frame(pd.DataFrame({"klout": [1.0, 2.0]}))
    assert "no group columns" in words(opened(page.page, at_work(alone)))
    test = opened(page.page, at_work(people()))
    choose(test, "What is tabulated", "Whom the screen selects")
    assert "There is no screen yet" in words(test)


def test_a_column_that_is_missing_can_be_chosen() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    assert "Choose the columns with the groups" in words(test)


@pytest.mark.parametrize(
    "text", ["x", "sex,race,selected,n\nM,White,5,3\n", "sex,race,selected,n\nM,White,a,b\n"]
)
def test_whatever_is_pasted_there_is_no_fault(text: str) -> None:
    test = choose(opened(page.page), "From", "A table of counts")
    checked(test.text_area[0].set_value(text).run())


def test_nothing_is_counted_twice() -> None:
    test = opened(page.page, at_work(people(), by_klout()))
    work: Workspace = test.session_state["workspace"]
    before = {key: id(value) for key, value in work.kept.items()}
    checked(test.run())
    assert {key: id(value) for key, value in work.kept.items()} == before


def test_no_candidate_is_named() -> None:
    cohort = people()
    test = opened(page.page, at_work(cohort, by_klout()))
    everything = words(test) + "".join(table.to_csv() for table in tables(test))
    assert not any(code in everything for code in cohort.candidate_ids)


def test_the_document_is_in_the_language_chosen_and_can_be_counted_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(
        page, "download", lambda _, name, make, key: made.__setitem__(name, make) or key
    )
    cohort = people()
    test = opened(page.page, at_work(cohort, by_klout()))
    test.selectbox(key="sheet-language").select("es")
    test.text_input(key="sheet-footer").input("People team")
    checked(test.run())
    pdf = made["statutory-tables-nyc-ll144.pdf"]()
    look = Record.from_bytes(record_in(pdf).record).look
    assert (look.language, look.branding.footer) == ("es", "People team")
    found = verify(pdf, against=cohort)
    assert {check.name: check.passed for check in found.checks}["data"] is True
    assert found.screen is not None
    assert found.screen.sha256 == by_klout().digest
