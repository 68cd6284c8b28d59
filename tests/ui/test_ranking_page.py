from __future__ import annotations

import json
from dataclasses import replace

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from tests.ui.test_agreement_page import LONG, with_ratings
from toolkit.intake.read_file import read_files
from toolkit.ui.pages import ranking as page
from toolkit.ui.state import Workspace


def beside_a_screen() -> Workspace:
    cohort = agency(12)
    work = at_work(cohort, gated())
    rows = [
        f"{code},{reviewer},{(place * 7 + number) % 5 + 1}\n"
        for place, code in enumerate(cohort.candidate_ids)
        for number, reviewer in enumerate(("Ann", "Bo"))
    ]
    text = "candidate,reviewer,rating\n" + "".join(rows)
    work.reading = read_files((("ratings.csv", text.encode()),))
    return work


def test_ratings_that_came_with_the_candidates() -> None:
    test = opened(page.page, with_ratings())
    said = words(test).replace("\\", "")
    assert "By the total of their ratings 5 candidates are taken for 5 places." in said
    assert "How sure is each place?" in said
    shown = test.dataframe[0].value
    assert shown["Total"].tolist() == sorted(shown["Total"], reverse=True)
    assert "Among the best 5" in shown


def test_places_and_weights_are_given() -> None:
    test = opened(page.page, with_ratings())
    checked(test.number_input[0].set_value(1).run())
    assert "1 candidate is taken for 1 place" in words(test)
    checked(test.number_input[1].set_value(0.0).run())
    checked(test.number_input[2].set_value(0.0).run())
    assert "No criterion has a weight" in test.error[0].value


def test_the_screen_stands_beside_it() -> None:
    test = opened(page.page, beside_a_screen())
    assert "Taken by review and screen alike" in words(test)
    shown = test.dataframe[0].value
    assert {"Name", "Screen takes"} <= set(shown.columns)


def test_without_ratings_a_table_is_asked_for() -> None:
    test = opened(page.page)
    assert "No ratings by reviewers came with the candidates" in words(test)
    checked(test.text_area[0].set_value("candidate,Ann,Bo\nc1,4,3\nc2,2,1\nc3,5,5\n").run())
    assert test.dataframe[0].value["Candidate"].tolist() == ["c3", "c1", "c2"]


def test_words_cannot_be_ranked() -> None:
    test = opened(page.page)
    checked(test.text_area[0].set_value("r1,r2\nneurosis,other\nother,other\n").run())
    assert "no ratings in numbers" in test.error[0].value


def test_criteria_are_named_as_people_read_them() -> None:
    work = Workspace()
    text = LONG.replace("design", "problem_solving")
    work.reading = read_files((("ratings.csv", text.encode()),))
    test = opened(page.page, work)
    labels = [one.label for one in test.number_input]
    assert labels == ["Places", "Weight of Problem solving", "Weight of Writing"]


def test_those_level_at_the_last_place_are_taken_together_and_it_says_so() -> None:
    test = opened(page.page)
    checked(test.text_area[0].set_value("candidate,Ann,Bo\nc1,4,4\nc2,4,4\nc3,1,1\n").run())
    checked(test.number_input[0].set_value(1).run())
    said = "2 candidates are taken for 1 place, since those level at the last place are taken"
    assert said in words(test)


def test_two_people_of_one_name_have_a_row_each() -> None:
    work = beside_a_screen()
    assert work.cohort is not None
    people = work.cohort.candidates.assign(name="Ann Lee")
    work.cohort = replace(work.cohort, candidates=people)
    test = opened(page.page, work)
    chart = json.loads(test.get("vega_lite_chart")[0].proto.spec)
    rows = chart["encoding"]["y"]["sort"]
    assert len(set(rows)) == len(rows) == 12
    assert test.dataframe[0].value["Likely rank"].str.fullmatch(r"\d+( to \d+)?").all()
