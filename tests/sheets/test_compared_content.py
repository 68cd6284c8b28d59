from __future__ import annotations

from toolkit.sentence import in_a_row, say, to_json
from toolkit.sheets.compared_content import compared_content


def places(document: object, expected: object) -> list[tuple[str, str, str]]:
    found = compared_content(document, expected)
    return [(one.where, one.document, one.expected) for one in found]


def test_every_value_that_differs_is_named_by_its_place() -> None:
    document = {"rank": 9, "signals": [{"value": 1.5}, {"value": 2.0}], "title": "ö"}
    expected = {"rank": 9, "signals": [{"value": 1.5}, {"value": 3.0}], "title": "o", "new": None}
    assert places(document, expected) == [("signals.2.value", "2.0", "3.0"), ("title", "ö", "o")]


def test_what_is_only_in_one_of_them() -> None:
    assert places([1], [1, True]) == [(".2", "–", "true")]
    assert places({"a": {"b": "x"}}, {}) == [("a", '{"b": "x"}', "–")]


def test_the_last_digits_of_a_sum_may_differ() -> None:
    assert places({"x": 0.1 + 0.2}, {"x": 0.3}) == []
    assert places({"x": 0.3}, {"x": 0.300001}) != []
    assert places({"x": 0.3}, {"x": None}) == [("x", "0.3", "–")]


def test_a_sentence_differs_in_its_text_and_not_in_its_parts() -> None:
    said = [to_json(in_a_row([say("{n} of {all}.", n=n, all=9), "Why."])) for n in (3, 4)]
    assert places({"headline": said[0]}, {"headline": said[1]}) == [
        ("headline", "3 of 9. Why.", "4 of 9. Why.")
    ]
    assert places({"step": {"row": 1}}, {"step": {"row": 2}}) == [("step.row", "1", "2")]
