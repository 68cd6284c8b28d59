from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.review.rubric import rubric_template
from toolkit.review.task import AUTHORSHIP_QUESTIONS, Task
from toolkit.review.task_items import (
    ChoiceItem,
    ChoicesItem,
    ExactItem,
    Item,
    NumberItem,
    OpenItem,
)

DATA = """
name = "Sign-ups"
version = "1"
instructions = "Answer from the file."
minutes = 90
materials = ["signups.csv"]
conditions = ["At home, within one day", "Any tool, no other person"]
adjustments = ["Half as much time again"]
authorship = ["What did you try first?"]

[[items]]
key = "rows"
kind = "number"
question = "How many rows are complete?"
points = 2
answer = 1523

[[items]]
key = "share"
kind = "number"
question = "Which share signed up?"
answer = 4.5
tolerance = 0.1
unit = "%"

[[items]]
key = "source"
kind = "exact"
question = "Which channel brought most?"
answers = ["Newsletter", "The newsletter"]

[[items]]
key = "test"
kind = "choice"
question = "Which test fits?"
options = ["Fisher", "Pearson"]
answer = "Fisher"

[[items]]
key = "faults"
kind = "choices"
question = "Which faults does the file have?"
options = ["gaps", "repeated rows", "wrong units", "none"]
answers = ["gaps", "repeated rows"]
partial = true

[[items]]
key = "report"
kind = "open"
question = "Tell the team in half a page."
criteria = ["report", "uncertainty"]
"""


def test_a_task_file_becomes_a_task_with_its_key() -> None:
    task = Task.from_toml(DATA)
    assert (task.name, task.minutes, task.points) == ("Sign-ups", 90.0, 6.0)
    assert [type(item) for item in task.items] == [
        NumberItem,
        NumberItem,
        ExactItem,
        ChoiceItem,
        ChoicesItem,
        OpenItem,
    ]
    assert task.open_items[0].criteria == ("report", "uncertainty")
    assert Task.from_toml(task.to_toml()) == task
    assert Task.from_toml(task.to_toml()).digest == task.digest


def test_what_candidates_are_given_holds_no_key() -> None:
    handout = Task.from_toml(DATA).handout()
    for shown in (
        "# Sign-ups",
        "Time: 90 minutes.",
        "- signups.csv",
        "- Any tool, no other person",
        "- Half as much time again",
        "- What did you try first?",
        "2. Which share signed up? (1 points) Answer in %.",
        "   - Fisher",
        "   - Pearson",
        "6. Tell the team in half a page.",
    ):
        assert shown in handout
    for key in ("1523", "4.5", "Newsletter", "0.1"):
        assert key not in handout
    # Where all options are shown, nothing marks the right one.
    assert handout.count("Fisher") == handout.count("Pearson") == 1
    assert Task("n", "1", "Do.").handout() == "# n\n\nDo.\n\nNo time limit.\n"


def test_an_open_item_is_rated_on_what_the_rubric_has() -> None:
    task = Task.from_toml(DATA)
    task.check_rubric(rubric_template("data_task"))
    with pytest.raises(InputError, match="'report' of the task 'Sign-ups' is rated on 'report'"):
        task.check_rubric(rubric_template("code_review"))


def test_the_digest_changes_with_the_key_and_with_the_kind() -> None:
    task = Task.from_toml(DATA)
    for old, new in [("1523", "1524"), ("minutes = 90", "minutes = 60"), ("gaps", "holes")]:
        assert Task.from_toml(DATA.replace(old, new)).digest != task.digest


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name =", "name", "not valid TOML"),
        ('instructions = "Answer from the file."', "", "has no instructions"),
        ("minutes = 90", "minutes = 0", "minutes are 0. Give a number above 0"),
        ("minutes = 90", 'minutes = "90"', "minutes is '90'. Give a number, without quotation"),
        ("minutes = 90", "duration = 90", "'duration' is not a setting"),
        ('materials = ["signups.csv"]', 'materials = "signups.csv"', "must be a list of texts"),
        ('kind = "choice"', 'kind = "choise"', "item 4 has the kind 'choise'. Did you mean"),
        ('kind = "exact"', "", "item 3 has no kind. Known: 'exact', 'number'"),
        ("answer = 1523", "", "item 1 has no answer. Add one line: answer = 42"),
        ("answer = 1523", "answer = nan", "answer is nan. Give a number"),
        ("answer = 1523", "answer = true", "answer is True. Give a number"),
        ("points = 2", "points = 0", "points are 0. Give a number above 0"),
        ("tolerance = 0.1", "tolerance = -1", "the tolerance is -1. Give 0 or more"),
        ("tolerance = 0.1", "tolerence = 0.1", "Did you mean 'tolerance'"),
        ('answer = "Fisher"', 'answer = "Fischer"', "'Fischer' is not among the options. Did you"),
        ('options = ["Fisher", "Pearson"]', 'options = ["Fisher"]', "has one option"),
        ('"Pearson"]', '"fisher"]', "differ by capitals alone"),
        ('"Pearson"]', '"Pearson; exact"]', "has a semicolon"),
        ('answers = ["gaps", "repeated rows"]', "answers = []", "answers must be a list of texts"),
        ('["gaps", "repeated rows"]', '["gaps", "gaps"]', "'gaps' stands in answers twice"),
        ("partial = true", "partial = 1", "partial is 1. Write true or false"),
        ('key = "share"', 'key = "rows"', "has the item 'rows' twice"),
    ],
)
def test_a_bad_key_is_told(old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as told:
        Task.from_toml(DATA.replace(old, new, 1))
    assert message in str(told.value)


def test_items_must_be_tables() -> None:
    head = 'name = "n"\nversion = "1"\ninstructions = "Do."\n'
    with pytest.raises(InputError, match=r"must be written as \[\[items\]\] tables"):
        Task.from_toml(head + 'items = "rows"')
    with pytest.raises(InputError, match="item 1 is not a table"):
        Task.from_toml(head + 'items = ["rows"]')
    with pytest.raises(InputError, match=r"cannot be read: No such file"):
        Task.read("none.toml")


_WORD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters=";"),
    min_size=1,
    max_size=8,
).map(lambda word: f"x{word}x")
_SEVERAL = st.lists(_WORD, min_size=2, max_size=4, unique_by=str.casefold).map(tuple)
_POINTS = st.floats(1e-3, 1e6)
_ITEMS: st.SearchStrategy[Item] = st.one_of(
    st.builds(ExactItem, _WORD, _WORD, _POINTS, _SEVERAL, st.booleans()),
    st.builds(
        NumberItem,
        _WORD,
        _WORD,
        _POINTS,
        st.floats(-1e12, 1e12),
        st.floats(0, 1e6),
        st.sampled_from(["", "%", "km"]),
    ),
    _SEVERAL.flatmap(
        lambda options: st.builds(
            ChoiceItem, _WORD, _WORD, _POINTS, st.just(options), st.sampled_from(options)
        )
    ),
    _SEVERAL.flatmap(
        lambda options: st.builds(
            ChoicesItem,
            _WORD,
            _WORD,
            _POINTS,
            st.just(options),
            st.just(options[:-1]),
            st.booleans(),
        )
    ),
    st.builds(OpenItem, _WORD, _WORD, st.just(("craft",)) | st.just(())),
)


@settings(max_examples=40)
@given(
    st.lists(_ITEMS, max_size=5, unique_by=lambda item: item.key),
    st.none() | st.floats(0.5, 600),
    _WORD,
)
def test_what_is_written_reads_back(items: list[Item], minutes: float | None, word: str) -> None:
    task = Task(word, "1", word, minutes, (word,), (), (), AUTHORSHIP_QUESTIONS, tuple(items))
    again = Task.from_toml(task.to_toml())
    assert again == task
    assert again.digest == task.digest


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (ExactItem("q", "Which?", 1.0, ()), "Item 1: write at least one answer that is right."),
        (ChoiceItem("q", "Which?", 1.0, ("a",), "a"), "Item 1: write at least two options."),
        (ChoicesItem("q", "Which?", 1.0, (), ()), "Item 1: write at least two options."),
        (
            ChoiceItem("q", "Which?", 1.0, ("a", "b"), ""),
            "Item 1: choose the option that is right.",
        ),
        (
            ChoicesItem("q", "Which?", 1.0, ("a", "b"), ()),
            "Item 1: choose the options that are right.",
        ),
        (NumberItem("q", " ", 1.0, 2.0), "Item 1 has no question yet."),
    ],
)
def test_what_an_unfinished_task_lacks(item: Item, fault: str) -> None:
    assert Task("T", "1", "Do.", items=(item,)).faults() == [fault]
    with pytest.raises(InputError):
        Task.from_toml(Task("T", "1", "Do.", items=(item,)).to_toml())


def test_a_finished_task_lacks_nothing() -> None:
    assert Task.from_toml(DATA).faults() == []
    assert Task("", "1", "").faults() == [
        "The task has no name yet.",
        "The task has no instructions yet.",
    ]
