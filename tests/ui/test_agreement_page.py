from __future__ import annotations

import numpy as np

from tests.ui.opened import checked, opened, words
from toolkit.intake.read_file import read_files
from toolkit.ui.pages import agreement as page
from toolkit.ui.state import Workspace

LONG = "candidate,criterion,reviewer,rating\n" + "".join(
    f"C-{row},{criterion},{reviewer},{rating}\n"
    for criterion, shift in (("design", 0), ("writing", 1))
    for row, ratings in enumerate(
        ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))
    )
    for reviewer, rating in zip("ABCD", (value + shift for value in ratings), strict=True)
)


def with_ratings() -> Workspace:
    work = Workspace()
    work.reading = read_files((("ratings.csv", LONG.encode()),))
    return work


def test_ratings_that_came_with_the_candidates() -> None:
    said = words(opened(page.page, with_ratings())).replace("\\", "")
    assert "Where one reviewer rates, 29 % (2 % to 76 %) of what tells ratings apart is" in said
    assert "6 reviewers a candidate would reach a dependability of 0.70" in said
    assert "24 ratings of 6 candidates by 4 reviewers." in said
    assert "Who rates low or high?" in said


def test_one_criterion_alone() -> None:
    test = opened(page.page, with_ratings())
    checked(test.selectbox[0].set_value("writing").run())
    figures = test.dataframe[0].value.set_index("Figure")["Value"]
    assert round(figures["ICC(A,1)"], 4) == 0.2898
    assert "" not in figures.index


def test_criteria_are_named_as_people_read_them() -> None:
    work = Workspace()
    text = LONG.replace("design", "problem_solving")
    work.reading = read_files((("ratings.csv", text.encode()),))
    test = opened(page.page, work)
    assert test.selectbox[0].options == ["All together", "Problem solving", "Writing"]


def test_a_pasted_table_stands_in() -> None:
    test = opened(page.page)
    assert "No ratings by reviewers came with the candidates" in words(test)
    checked(test.text_area[0].set_value("candidate,Ann,Bo\nc1,4,3\nc2,2,1\nc3,5,5\n").run())
    assert "6 ratings of 3 candidates by 2 reviewers." in words(test).replace("\\", "")


def test_what_cannot_be_used_is_said_in_place() -> None:
    test = opened(page.page)
    checked(test.text_area[0].set_value("candidate,Ann,Bo\nc1,4,good\nc2,2,1\n").run())
    assert "row 2, column" in test.error[0].value.replace("\\", "")


def test_reviewers_who_cannot_be_compared_are_not() -> None:
    test = opened(page.page)
    table = "candidate,Ann,Bo,Cy,Di\nc1,4,3,,\nc2,2,1,,\nc3,,,2,3\nc4,,,5,4\n"
    checked(test.text_area[0].set_value(table).run())
    assert "cannot all be compared" in words(test)
    assert "Who rates low or high?" not in words(test)


def test_everybody_the_same_is_no_picture() -> None:
    test = opened(page.page)
    checked(test.text_area[0].set_value("candidate,Ann,Bo\nc1,4,4\nc2,4,4\n").run())
    assert "All ratings are the same" in words(test)


def test_severity_over_time_where_ratings_say_when() -> None:
    draw = np.random.default_rng(1)
    lines = ["candidate,reviewer,rating,position"]
    for reviewer, slope in (("Ann", 0.1), ("Bo", 0.0), ("Cy", 0.0)):
        for place, number in enumerate(draw.permutation(20)):
            rating = 3 + number / 10 - slope * place + draw.normal(0, 0.1)
            lines.append(f"C{number},{reviewer},{rating:.3f},{place + 1}")
    test = opened(page.page)
    checked(test.text_area[0].set_value("\n".join(lines)).run())
    said = words(test).replace("\\", "")
    assert "Does severity change over time?" in said
    assert "Ann rates about" in said
    assert "points lower at the end than at the beginning" in said
