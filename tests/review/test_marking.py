from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.test_task import DATA
from toolkit.errors import InputError
from toolkit.review.marking import mark, mark_table, read_answers
from toolkit.review.task import Task
from toolkit.review.task_items import ChoicesItem, NumberItem

TASK = Task.from_toml(DATA)


def points(key: str, given_answer: object) -> float | None:
    marks = mark(TASK, {key: given_answer})
    return next(one.points for one in marks.items if one.item == key)


def why(key: str, given_answer: object) -> str:
    marks = mark(TASK, {key: given_answer})
    return next(one.why for one in marks.items if one.item == key)


def test_answers_are_marked_and_each_mark_says_why() -> None:
    marks = mark(
        TASK,
        {
            "rows": "1600",
            "share": "4.45 %",
            "source": "  the  NEWSLETTER",
            "test": "Pearson",
            "faults": ["gaps", "wrong units"],
            "report": "We gained sign-ups.",
        },
        "C-1",
    )
    assert [(one.item, one.points) for one in marks.items] == [
        ("rows", 0.0),
        ("share", 1.0),
        ("source", 1.0),
        ("test", 0.0),
        ("faults", 0.0),
        ("report", None),
    ]
    assert (marks.points, marks.of, marks.by_a_person) == (2.0, 6.0, ("report",))
    assert [one.why for one in marks.items] == [
        "Wrong by 77; right is 1523.",
        "Right: within 0.1 of 4.5 %.",
        "Right.",
        "Wrong; right is 'Fisher'.",
        "1 of 2 right, 1 wrong; missing: 'repeated rows'; wrong: 'wrong units'.",
        "Open: rated by the rubric on report, uncertainty.",
    ]


@pytest.mark.parametrize(
    ("key", "answer", "earned"),
    [
        ("rows", 1523, 2.0),
        ("rows", "1523.0", 2.0),
        ("rows", "1523.001", 0.0),
        ("rows", "many", 0.0),
        ("rows", "", 0.0),
        ("rows", None, 0.0),
        ("rows", float("nan"), 0.0),
        ("share", "4.4", 1.0),
        ("share", "4.6%", 1.0),
        ("share", "4,5", 1.0),
        ("share", "4.61", 0.0),
        ("source", "newsletter", 1.0),
        ("source", "newsletters", 0.0),
        ("test", "fisher", 1.0),
        ("test", "Fisher; Pearson", 0.0),
        ("test", "Student", 0.0),
        ("faults", "repeated rows; gaps", 1.0),
        ("faults", "gaps, repeated rows", 1.0),
        ("faults", "gaps", 0.5),
        ("faults", "gaps; gaps", 0.5),
        ("faults", "gaps; repeated rows; none", 0.5),
        ("faults", "wrong units; none", 0.0),
        ("faults", "gaps; holes", 0.0),
    ],
)
def test_what_an_answer_earns(key: str, answer: object, earned: float) -> None:
    assert points(key, answer) == earned


@pytest.mark.parametrize(
    ("key", "answer", "said"),
    [
        ("rows", "many", "'many' is not a number; right is 1523."),
        ("rows", "", "No answer."),
        ("share", "4.9", "Wrong by 0.4; right is 4.5 %, give or take 0.1."),
        ("source", "Facebook", "Wrong; right is 'Newsletter' or 'The newsletter'."),
        ("test", "Student", "'Student' is none of the options; right is 'Fisher'."),
        ("test", "Fisher; Pearson", "Several are chosen where one is right: 'Fisher'."),
        ("faults", "gaps; repeated rows", "Right: all of them."),
    ],
)
def test_why(key: str, answer: object, said: str) -> None:
    assert why(key, answer) == said


def test_a_number_that_can_be_read_in_two_ways_is_left_to_a_person() -> None:
    assert points("rows", "1.523") is None
    assert why("rows", "1.523") == (
        "'1.523' can be read as 1.523 or as 1523, and one of them is right: a person has to say "
        "which is meant."
    )
    assert points("rows", "1.524") == 0


def test_capitals_matter_where_the_key_says_so() -> None:
    text = DATA.replace('answers = ["Newsletter"', 'capitals = true\nanswers = ["Newsletter"')
    (found,) = [
        one
        for one in mark(Task.from_toml(text), {"source": "newsletter"}).items
        if one.item == "source"
    ]
    assert (found.points, found.why) == (
        0.0,
        "Wrong in its capitals; right is 'Newsletter' or 'The newsletter'.",
    )


def test_all_or_nothing_unless_parts_count() -> None:
    task = Task.from_toml(DATA.replace("partial = true", ""))
    (found,) = [one for one in mark(task, {"faults": "gaps"}).items if one.item == "faults"]
    assert found.points == 0
    assert found.why == "Not all right, which is needed; missing: 'repeated rows'."


def test_an_answer_to_no_item_is_told() -> None:
    with pytest.raises(InputError, match="'row', which is no item of the task 'Sign-ups'"):
        mark(TASK, {"row": 1})


@settings(max_examples=40)
@given(
    st.floats(-1e9, 1e9),
    st.floats(0, 1e6),
    st.floats(-2, 2),
)
def test_within_the_tolerance_is_right(answer: float, tolerance: float, away: float) -> None:
    task = Task("n", "1", "Do.", items=(NumberItem("q", "?", 1.0, answer, tolerance),))
    given_answer = answer + away * tolerance
    apart, slack = abs(given_answer - answer), 1e-6 * max(abs(answer), tolerance)
    (found,) = mark(task, {"q": repr(given_answer)}).items
    if apart <= tolerance:
        assert found.points == 1
    if apart > tolerance + slack:
        assert found.points == 0


@settings(max_examples=40)
@given(st.sets(st.sampled_from("abcde")), st.sets(st.sampled_from("abcde"), min_size=1))
def test_part_of_the_choices_is_worth_part_of_the_points(chosen: set[str], right: set[str]) -> None:
    item = ChoicesItem("q", "?", 4.0, tuple("abcde"), tuple(sorted(right)), partial=True)
    (found,) = mark(Task("n", "1", "Do.", items=(item,)), {"q": sorted(chosen)}).items
    assert found.points == pytest.approx(
        4 * max(0, len(chosen & right) - len(chosen - right)) / len(right)
    )


def test_a_table_of_answers(tmp_path) -> None:
    frame = pd.DataFrame(
        {
            "Candidate ID": ["C-1", "C-2", "C-3"],
            "Rows": ["1523", "12", ""],
            "share": ["4,5", "4,52", "9,0"],
            "source": ["Newsletter"] * 3,
            "test": ["Fisher"] * 3,
            "faults": ["gaps; repeated rows"] * 3,
            "remark": ["", "", "late"],
        }
    )
    frame.to_csv(tmp_path / "answers.csv", index=False, sep=";")
    found = mark_table(TASK, read_answers(tmp_path / "answers.csv"))
    assert [one.candidate_id for one in found.candidates] == ["C-1", "C-2", "C-3"]
    assert [one.points for one in found.candidates] == [6.0, 4.0, 3.0]
    alone = mark(TASK, {"rows": "12", "share": "4,52"}, "C-2")
    assert found.candidates[1].items[:2] == alone.items[:2]
    data = found.to_dict()
    assert data["points"] == 6.0
    assert data["task"]["sha256"] == TASK.digest  # type: ignore[index]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ({"rows": ["1"]}, "no column with the candidates' codes"),
        ({"candidate_id": ["C-1"], "row": ["1"]}, "no column for the item 'rows'. Did you mean"),
        ({"candidate_id": ["C-1", "C-1"], "rows": ["1", "2"]}, "row 3: 'C-1' has answered before"),
        ({"candidate_id": ["C-1", ""], "rows": ["1", "2"]}, "row 3 without a candidate"),
        ({"candidate_id": ["C-1"], "ROWS": ["1"], "Rows": ["2"]}, "several columns for the item"),
    ],
)
def test_a_table_that_cannot_be_marked(tmp_path, frame: dict[str, list[str]], message: str) -> None:
    pd.DataFrame(frame).to_csv(tmp_path / "answers.csv", index=False)
    with pytest.raises(InputError) as told:
        mark_table(TASK, read_answers(tmp_path / "answers.csv"))
    assert message in str(told.value)


def test_many_candidates_are_marked_at_once() -> None:
    frame = pd.DataFrame({"candidate_id": [f"C{n}" for n in range(2000)]}, index=range(2, 2002))
    draw = np.random.default_rng(1)
    for item in TASK.items[:-1]:
        frame[item.key] = draw.choice(["1523", "4.5", "Newsletter", "Fisher", "gaps"], 2000)
    from toolkit.intake.raw_table import RawTable

    found = mark_table(TASK, RawTable("a.csv", None, frame))
    assert len(found.candidates) == 2000
    row = frame.iloc[77].to_dict()
    code = row.pop("candidate_id")
    assert found.candidates[77] == mark(TASK, row, code)
