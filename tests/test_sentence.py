"""English text that remembers its form: what a document needs to say it in another language."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from toolkit.sentence import (
    NOTHING,
    Form,
    Sentence,
    begun,
    day,
    either,
    figure,
    from_json,
    in_a_row,
    listed,
    say,
    say_count,
    to_json,
)


def test_a_sentence_is_its_english_text_and_knows_its_form() -> None:
    said = say("{n} of {places} places", n=3, places=1200)
    assert said == "3 of 1,200 places"
    assert isinstance(said.meaning, Form)
    assert said.meaning.one == "{n} of {places} places"
    assert to_json(said) == {
        "say": "{n} of {places} places",
        "with": {"n": {"figure": "3"}, "places": {"figure": "1,200"}},
    }


def test_a_count_chooses_between_two_forms() -> None:
    said = [say_count("{n} post", "{n} posts", n, n=n) for n in (0, 1, 2)]
    assert said == ["0 posts", "1 post", "2 posts"]


def test_lists_rows_days_and_beginnings() -> None:
    assert listed(["a"]) == "a"
    assert listed([]) == ""
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert either(["a", "b", "c"]) == "a, b or c"
    assert in_a_row(["One.", "Two."]) == "One. Two."
    assert day(dt.date(2026, 11, 22)) == "2026-11-22"
    assert figure("seven", "7") == "seven"
    assert begun(say("over all")) == "Over all"
    assert to_json(NOTHING) == ""


def test_what_is_filled_in_is_never_read_as_a_form() -> None:
    assert say("{who} left", who="{n} {who.__class__}") == "{n} {who.__class__} left"
    assert from_json({"say": "{n.__class__} {n:9}", "with": {"n": "x"}}) == "{n.__class__} {n:9}"


@pytest.mark.parametrize(
    "damaged",
    [
        7,
        {},
        {"say": "{n}"},
        {"say": "{n}", "with": [1]},
        {"day": "someday"},
        {"row": 3, "between": " "},
        {"begin": None},
    ],
)
def test_a_damaged_record_is_refused(damaged: object) -> None:
    with pytest.raises(ValueError, match=r"sentence|isoformat"):
        from_json(damaged)


def test_a_record_that_would_grow_without_end_is_refused() -> None:
    told: object = "x" * 1000
    for _ in range(9):
        told = {"say": "{n}" * 9, "with": {"n": told}}
    with pytest.raises(ValueError, match="too long"):
        from_json(told)


@dataclass(frozen=True)
class _Told:
    first: Sentence
    more: tuple[Sentence, ...]
    last: Sentence | None = None


def test_a_dataclass_of_sentences_goes_to_json_and_back() -> None:
    adapter = TypeAdapter(_Told)
    value = _Told(say("{n} of them", n=figure("seven", "7")), (listed(["a", "b"]),))
    content = adapter.dump_python(value, mode="json")
    again = adapter.validate_python(content)
    assert again == value
    assert adapter.dump_python(again, mode="json") == content
    assert adapter.validate_python({"first": "plain", "more": []}).first == "plain"


def test_copies_and_pickles_keep_the_meaning() -> None:
    said = say("{n} of them", n=7)
    for made in (pickle.loads(pickle.dumps(said)), copy.deepcopy(said)):
        assert made == said
        assert made.meaning == said.meaning
    assert json.dumps(said) == '"7 of them"'
    with pytest.raises(AttributeError, match="does not change"):
        said.meaning = Form("x")


_TEXTS = st.text(max_size=12)
_SAID = st.recursive(
    _TEXTS | st.builds(figure, st.from_regex(r"[0-9]{1,3}(,[0-9]{3})?", fullmatch=True)),
    lambda inner: (
        st.builds(lambda a, b: say("{a} or {b}.", a=a, b=b), inner, inner)
        | st.builds(lambda parts: listed(parts), st.lists(inner, max_size=3))
        | st.builds(begun, inner)
    ),
    max_leaves=6,
)


@settings(max_examples=40)
@given(_SAID)
def test_any_sentence_comes_back_from_json(said: str) -> None:
    assert from_json(json.loads(json.dumps(to_json(said)))) == said
