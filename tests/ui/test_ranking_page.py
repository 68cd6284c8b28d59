from __future__ import annotations

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from tests.ui.test_agreement_page import with_ratings
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
    assert "Review and screen take" in words(test)
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
